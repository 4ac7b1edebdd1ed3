//! `crible train`: a stage is taught by labelled messages, and what it learned becomes a file.

pub(crate) mod lessons;
mod sentences;

use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::Context;
use crible::{Crible, Pupil};

use crate::args::Train;
use crate::labels::Reading;
use crate::language::Language;
use crate::output::say;
use crate::{WRONG, eval, recorded, refusal, setup};

/// Train a stage and write its model.
pub(crate) fn train(args: &Train, language: Language) -> anyhow::Result<u8> {
    let crible = setup::crible();
    let opened = crible.load_pupil(&args.pipeline, &args.stage, Pupil::InTraining).and_then(|loaded| {
        let recording = crible.recording(&args.examples, &loaded)?;
        Ok((loaded, recording))
    });
    let (loaded, recording) = match opened {
        Ok(opened) => opened,
        Err(error) => return Ok(refusal::tell_load_error(&error, language)),
    };
    let mut reading = Reading::new(recording, &args.labels);
    let examples = match reading.read_all() {
        Ok(examples) => examples,
        Err(error) => return Ok(refusal::tell_run_error(&error)),
    };
    recorded::tell_malformed(&reading.recording, language);
    if let Some((message, hint)) = reading.unusable_among(&args.examples, &examples, language) {
        refusal::tell(&message, Some(&hint));
        return Ok(WRONG);
    }
    let labelled = examples.iter().filter(|example| example.label.is_some()).count() as u64;
    let positives = examples.iter().filter(|example| example.positive).count() as u64;
    let numbers = [labelled, positives];
    let model = match lessons::teach(&loaded, &args.stage, examples) {
        Ok(model) => model,
        Err(error) => return Ok(refusal::tell_run_error(&error)),
    };
    let output = args.output.display();
    write(&args.output, &model).with_context(|| format!("{output} cannot be written"))?;
    say(&sentences::learned(&args.output, &args.stage, numbers, model.len(), language));
    if !names_model(&crible, args) {
        say(&sentences::name_it(&args.stage, &as_named(args), language));
    }
    let Some(valid) = &args.valid else { return Ok(0) };
    let tried = crible.load_pupil(&args.pipeline, &args.stage, Pupil::With(&model)).and_then(|loaded| {
        let recording = crible.recording(valid, &loaded)?;
        Ok((loaded, recording))
    });
    match tried {
        Ok((loaded, recording)) => {
            eval::evaluate(&loaded, Reading::new(recording, &args.labels), valid, false, language)
        }
        Err(error) => Ok(refusal::tell_load_error(&error, language)),
    }
}

/// Write the model under another name first, so that no run finds half of it.
fn write(path: &Path, model: &[u8]) -> io::Result<()> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = PathBuf::from(new);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&new, model)?;
    fs::rename(&new, path)
}

/// Whether the config names a model already.
fn names_model(crible: &Crible, args: &Train) -> bool {
    crible.load_to_judge(&args.pipeline).is_ok_and(|loaded| {
        let stage = loaded.plan().stages.iter().find(|stage| stage.id == args.stage);
        let option = loaded.teaching(&args.stage).map(|teaching| &teaching.model);
        stage.zip(option).is_some_and(|(stage, option)| stage.config.get(option).is_some())
    })
}

/// The model's path as the config would write it: from the folder of the config.
fn as_named(args: &Train) -> String {
    let folder = args.pipeline.parent().unwrap_or(Path::new(""));
    let path = args.output.strip_prefix(folder).unwrap_or(&args.output);
    path.to_string_lossy().into_owned()
}
