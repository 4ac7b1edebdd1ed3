//! `crible eval`: how well a pipeline tells the essential from the rest, on messages whose labels say it.

mod by;
mod json;
mod outcome;
mod ranking;
mod report;
mod sentences;

use std::path::Path;

use crible::{Loaded, RunError};

use crate::args::{Eval, Labels};
use crate::eval::by::Group;
use crate::eval::outcome::Outcome;
use crate::judging::Judging;
use crate::labels::{Labelled, Reading};
use crate::language::Language;
use crate::output::print;
use crate::{WRONG, recorded, refusal, setup};

/// What came of a labelled file, and where that is to be said.
pub(crate) struct Evaluated<'a> {
    pub(crate) pipeline: &'a str,
    pub(crate) file: &'a Path,
    pub(crate) labels: &'a Labels,
    pub(crate) outcome: Outcome,
    /// Where all groups but one were trained on, in turn: what came of each.
    pub(crate) groups: Vec<Group>,
}

/// Judge a labelled file and say how well it went.
pub(crate) fn eval(args: &Eval, language: Language) -> anyhow::Result<u8> {
    if let (Some(by), Some(stage)) = (&args.by, &args.stage) {
        return by::eval(args, by, stage, language);
    }
    let crible = setup::crible();
    let opened = crible.load_to_judge(&args.pipeline).and_then(|loaded| {
        let recording = crible.recording(&args.labelled, &loaded)?;
        Ok((loaded, recording))
    });
    let (loaded, recording) = match opened {
        Ok(opened) => opened,
        Err(error) => return Ok(refusal::tell_load_error(&error, language)),
    };
    evaluate(&loaded, Reading::new(recording, &args.labels), &args.labelled, args.json, language)
}

/// Judge labelled messages and say how well it went.
pub(crate) fn evaluate(
    loaded: &Loaded,
    mut reading: Reading<'_>,
    file: &Path,
    json: bool,
    language: Language,
) -> anyhow::Result<u8> {
    let outcome = match judge(loaded, &mut reading) {
        Ok(outcome) => outcome,
        Err(error) => return Ok(refusal::tell_run_error(&error)),
    };
    recorded::tell_malformed(&reading.recording, language);
    if let Some((message, hint)) = reading.unusable(file, &outcome.labels, outcome.unlabelled, language) {
        refusal::tell(&message, Some(&hint));
        return Ok(WRONG);
    }
    let labels = reading.labels;
    tell(&Evaluated { pipeline: loaded.name(), file, labels, outcome, groups: Vec::new() }, json, language)
}

fn tell(evaluated: &Evaluated<'_>, json: bool, language: Language) -> anyhow::Result<u8> {
    match json {
        true => print(&format!("{:#}\n", json::json(evaluated)))?,
        false => print(&report::report(evaluated, language))?,
    }
    Ok(0)
}

/// What came of the file.
fn judge(loaded: &Loaded, reading: &mut Reading<'_>) -> Result<Outcome, RunError> {
    let mut trial = Trial::new(loaded)?;
    loop {
        let messages = reading.read()?;
        if messages.is_empty() {
            break;
        }
        trial.judge(messages)?;
    }
    let mut outcome = trial.end()?;
    outcome.malformed = reading.recording.malformed();
    Ok(outcome)
}

/// Labelled messages on their way through the filters, and what came of them so far.
struct Trial {
    judging: Judging<Labelled>,
    outcome: Outcome,
}

impl Trial {
    fn new(loaded: &Loaded) -> Result<Self, RunError> {
        let judging = Judging::new(loaded)?;
        let outcome = Outcome::new(judging.replay.costs().into_iter().map(|cost| cost.stage));
        Ok(Self { judging, outcome })
    }

    fn judge(&mut self, labelled: Vec<Labelled>) -> Result<(), RunError> {
        let messages: Vec<_> = labelled.iter().map(|labelled| labelled.message.clone()).collect();
        for (labelled, judgement) in self.judging.judge(&messages, labelled)? {
            self.outcome.count(labelled, judgement);
        }
        Ok(())
    }

    fn end(mut self) -> Result<Outcome, RunError> {
        for (labelled, judgement) in self.judging.end()? {
            self.outcome.count(labelled, judgement);
        }
        self.outcome.cost(&self.judging.replay.costs());
        Ok(self.outcome)
    }
}
