//! `crible eval`: how well a pipeline tells the essential from the rest, on messages whose labels say it.

mod json;
mod label;
mod outcome;
mod ranking;
mod report;
mod sentences;

use std::collections::{BTreeSet, HashMap};

use crible::{Judgement, Loaded, Recording, RunError};

use crate::args::Eval;
use crate::eval::outcome::{Labelled, Outcome};
use crate::language::Language;
use crate::output::print;
use crate::{WRONG, recorded, refusal, setup};

/// Names of attributes that are shown where the label is not found.
const SHOWN: usize = 12;

/// Judge a labelled file and say how well it went.
pub(crate) fn eval(args: &Eval, language: Language) -> anyhow::Result<u8> {
    let crible = setup::crible();
    let opened = crible.load(&args.pipeline).and_then(|loaded| {
        let recording = crible.recording(&args.labelled, &loaded)?;
        Ok((loaded, recording))
    });
    let (loaded, mut recording) = match opened {
        Ok(opened) => opened,
        Err(error) => return Ok(refusal::tell_load_error(&error, language)),
    };
    let (outcome, attributes) = match judge(&loaded, &mut recording, args) {
        Ok(judged) => judged,
        Err(error) => return Ok(refusal::tell_run_error(&error)),
    };
    recorded::tell_malformed(&recording, language);
    if let Some((message, hint)) = unusable(&outcome, &attributes, args, language) {
        refusal::tell(&message, Some(&hint));
        return Ok(WRONG);
    }
    if args.json {
        print(&format!("{:#}\n", json::json(&loaded, &outcome, args)))?;
    } else {
        print(&report::report(&loaded, &outcome, args, language))?;
    }
    Ok(0)
}

/// What came of the file, and the names of the attributes that its messages have.
fn judge(
    loaded: &Loaded,
    recording: &mut Recording,
    args: &Eval,
) -> Result<(Outcome, BTreeSet<String>), RunError> {
    let mut replay = loaded.replay()?;
    let mut outcome = Outcome::new(replay.costs().into_iter().map(|cost| cost.stage));
    let mut attributes = BTreeSet::new();
    let mut waiting: HashMap<u64, Labelled> = HashMap::new();
    let mut next = 0;
    let mut settle = |waiting: &mut HashMap<u64, Labelled>, judgements: Vec<Judgement>| {
        for judgement in judgements {
            if let Some(labelled) = waiting.remove(&judgement.number) {
                outcome.count(labelled, judgement);
            }
        }
    };
    loop {
        let mut messages = recording.read()?;
        if messages.is_empty() {
            break;
        }
        for message in &mut messages {
            let label = label::take(message, &args.label);
            if label.is_none() && attributes.len() < SHOWN {
                attributes.extend(message.attrs.keys().cloned());
            }
            let positive = label.as_ref().is_some_and(|label| args.positive.contains(label));
            waiting.insert(next, Labelled { message: message.clone(), label, positive });
            next += 1;
        }
        settle(&mut waiting, replay.judge(&messages)?);
    }
    settle(&mut waiting, replay.end()?);
    outcome.cost(&replay.costs());
    outcome.malformed = recording.malformed();
    Ok((outcome, attributes))
}

/// Why the labels do not serve, and what to do about it.
fn unusable(
    outcome: &Outcome,
    attributes: &BTreeSet<String>,
    args: &Eval,
    language: Language,
) -> Option<(String, String)> {
    if outcome.labelled() == 0 {
        let seen: Vec<&str> = attributes.iter().map(String::as_str).take(SHOWN).collect();
        return Some(sentences::no_labels(args, outcome.unlabelled == 0, &seen, language));
    }
    if outcome.positives() == 0 {
        return Some(sentences::no_positives(args, &outcome.labels, language));
    }
    None
}
