//! `crible why`: what became of a message, whether it was kept or dropped, and why.

mod args;
mod json;
mod report;
mod sentences;

use std::io;

use crible::{Extent, Record};

use crate::language::Language;
use crate::output::print;
pub(crate) use crate::why::args::Why;
use crate::{FAILED, WRONG, refusal, setup};

/// Look up a message, or list what was dropped.
pub(crate) fn why(args: &Why, language: Language) -> anyhow::Result<u8> {
    let record = match setup::crible().record(&args.config) {
        Ok(Some(record)) => record,
        Ok(None) => {
            let (message, hint) = sentences::no_quarantine(&args.config, language);
            refusal::tell(&message, Some(hint));
            return Ok(WRONG);
        }
        Err(error) => return Ok(refusal::tell_load_error(&error, language)),
    };
    let answered = match &args.id {
        Some(id) => one(&record, id, args, language),
        None => dropped(&record, args, language),
    };
    answered.or_else(|error| {
        refusal::tell(&sentences::unreadable(&record.folder, &error, language), None);
        Ok(FAILED)
    })
}

/// Why an answer could not be given: what lies on the disk is not readable, or nobody reads the answer.
type Answered = Result<u8, io::Error>;

/// Tell what became of one message.
fn one(record: &Record, id: &str, args: &Why, language: Language) -> Answered {
    let (accounts, extent) = record.of(id)?;
    if args.json {
        say(&format!("{:#}\n", json::readings(id, &accounts, &extent)))?;
    }
    if accounts.is_empty() {
        tell_unknown(record, id, &extent, args, language);
        return Ok(FAILED);
    }
    if !args.json {
        say(&report::accounts(id, &accounts, record, language))?;
    }
    Ok(0)
}

/// List what was dropped last.
fn dropped(record: &Record, args: &Why, language: Language) -> Answered {
    let stage = args.stage.as_deref();
    let accounts = record.dropped(stage, args.last)?;
    // A filter that is no longer there may be remembered.
    if let Some(stage) =
        stage.filter(|stage| accounts.is_empty() && !record.filters.iter().any(|id| id == stage))
    {
        let (message, hint) = sentences::no_such_filter(stage, &record.filters, language);
        refusal::tell(&message, Some(&hint));
        return Ok(WRONG);
    }
    match args.json {
        true => say(&format!("{:#}\n", json::dropped(&accounts)))?,
        false => say(&report::dropped(&accounts, language))?,
    }
    Ok(0)
}

fn tell_unknown(record: &Record, id: &str, extent: &Extent, args: &Why, language: Language) {
    let hints = match extent.since {
        Some(since) => sentences::remembered(extent.endings, since, &record.folder, &args.config, language),
        None => sentences::nothing_remembered(&record.folder, &args.config, language),
    };
    refusal::tell(&sentences::unknown(id, language), Some(&hints));
}

fn say(text: &str) -> io::Result<()> {
    print(text).map_err(io::Error::other)
}
