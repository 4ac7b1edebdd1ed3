//! `crible feedback`: a reader's verdict on one message, for a stage that can be taught.

mod found;
mod sentences;

use crible::{Crible, Loaded, Pupil};

use crate::args::{Feedback, Lesson};
use crate::language::Language;
use crate::output::say;
use crate::{WRONG, refusal, setup};

/// Teach a stage by one message, or have it forget all.
pub(crate) fn feedback(args: &Feedback, language: Language) -> anyhow::Result<u8> {
    let crible = setup::crible();
    let stage = match stage(&crible, args, language) {
        Ok(stage) => stage,
        Err(code) => return Ok(code),
    };
    let loaded = match crible.load_pupil(&args.pipeline, &stage, Pupil::Listening) {
        Ok(loaded) => loaded,
        Err(error) => return Ok(refusal::tell_load_error(&error, language)),
    };
    let good = match (args.lesson, &args.id) {
        (Lesson::Good, Some(id)) => Some((id, true)),
        (Lesson::Bad, Some(id)) => Some((id, false)),
        _ => None,
    };
    let done = match good {
        None => loaded.forget(&stage).map(|()| sentences::forgot(&stage, language)),
        Some((id, good)) => match found::message(&crible, &loaded, args, id) {
            Err(error) => return Ok(refusal::tell_load_error(&error, language)),
            Ok(None) => {
                let (message, hint) = sentences::not_found(id, args.on.as_deref(), language);
                refusal::tell(&message, Some(&hint));
                return Ok(WRONG);
            }
            Ok(Some(message)) => loaded
                .feed_back(&stage, &message, good)
                .map(|()| sentences::taken(&stage, &message, good, language)),
        },
    };
    match done {
        Ok(line) => {
            say(&line);
            Ok(0)
        }
        Err(error) => Ok(refusal::tell_run_error(&error)),
    }
}

/// The stage that is meant; the exit code where none is.
fn stage(crible: &Crible, args: &Feedback, language: Language) -> Result<String, u8> {
    if let Some(stage) = &args.stage {
        return Ok(stage.clone());
    }
    let loaded: Loaded =
        crible.load_to_judge(&args.pipeline).map_err(|error| refusal::tell_load_error(&error, language))?;
    match loaded.teachable().as_slice() {
        [stage] => Ok((*stage).to_owned()),
        stages => {
            let (message, hint) = sentences::which_stage(stages, language);
            refusal::tell(&message, Some(&hint));
            Err(WRONG)
        }
    }
}
