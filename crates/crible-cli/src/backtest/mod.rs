//! `crible backtest`: what a change of rules changes, on recorded messages.

mod changes;
mod report;
mod sentences;

use crible::{Cost, Loaded, Recording, RunError};

use crate::args::Backtest;
use crate::backtest::changes::Changes;
use crate::language::Language;
use crate::output::print;
use crate::{recorded, refusal, setup};

/// What the filters of the old and of the new pipeline cost.
struct Costs {
    old: Vec<Cost>,
    new: Vec<Cost>,
}

/// Judge a file by two pipelines and say where they differ.
pub(crate) fn backtest(args: &Backtest, language: Language) -> anyhow::Result<u8> {
    let crible = setup::crible();
    let mut refused = None;
    let mut load = |config| match crible.load_to_judge(config) {
        Ok(loaded) => Some(loaded),
        Err(error) => {
            refused = Some(refusal::tell_load_error(&error, language));
            None
        }
    };
    // Both are looked at, whatever the first one says.
    let (old, new) = (load(&args.old), load(&args.new));
    let (Some(old), Some(new)) = (old, new) else { return Ok(refused.unwrap_or(crate::WRONG)) };
    let mut recording = match crible.recording(&args.on, &new) {
        Ok(recording) => recording,
        Err(error) => return Ok(refusal::tell_load_error(&error, language)),
    };
    let (changes, costs) = match compare(&old, &new, &mut recording, args.show) {
        Ok(compared) => compared,
        Err(error) => return Ok(refusal::tell_run_error(&error)),
    };
    recorded::tell_malformed(&recording, language);
    print(&report::report(&changes, &costs, args, language))?;
    Ok(0)
}

fn compare(
    old: &Loaded,
    new: &Loaded,
    recording: &mut Recording,
    show: usize,
) -> Result<(Changes, Costs), RunError> {
    let (mut old, mut new) = (old.replay()?, new.replay()?);
    let mut changes = Changes::new(show);
    loop {
        let messages = recording.read()?;
        if messages.is_empty() {
            break;
        }
        messages.iter().for_each(|message| changes.read(message));
        changes.by_old(old.judge(&messages)?);
        changes.by_new(new.judge(&messages)?);
    }
    changes.by_old(old.end()?);
    changes.by_new(new.end()?);
    Ok((changes, Costs { old: old.costs(), new: new.costs() }))
}
