//! `crible report authors`: the specialists of each theme with their best messages, and the channels where the
//! same person writes.

mod account;
mod homes;
mod json;
mod names;
mod persons;
mod report;
mod sentences;
mod standing;
mod writers;

use crate::args::ReportAuthors;
use crate::language::Language;
use crate::output::print;
use crate::report::authors::persons::Person;
use crate::report::authors::standing::Field;
use crate::report::authors::writers::Writers;
use crate::report::replayed;
use crate::{WRONG, recorded, refusal};

/// What was found in a file.
struct Found<'a> {
    messages: u64,
    malformed: u64,
    /// Reposts, and stories told again.
    retold: u64,
    without_author: u64,
    /// How often an account was given up for others.
    forgotten: u64,
    persons: &'a [Person],
    fields: Vec<Field<'a>>,
}

impl Found<'_> {
    /// Those who write on several channels and on one of the themes.
    fn on_several(&self) -> impl Iterator<Item = &Person> {
        let writes_on = |person: &Person| {
            let mut themes = person.accounts.iter().flat_map(|account| &account.tallies);
            themes.any(|tally| self.fields.iter().any(|field| field.place == tally.theme))
        };
        self.persons.iter().filter(move |person| person.is_on_several() && writes_on(person))
    }

    /// Whether any filter says what messages are about.
    fn has_themes(&self) -> bool {
        self.fields.iter().any(|field| !field.theme.name.is_empty())
    }
}

/// Say who is worth following for each theme.
pub(crate) fn authors(args: &ReportAuthors, language: Language) -> anyhow::Result<u8> {
    let (loaded, mut recording) = match replayed::open(&args.pipeline, &args.on) {
        Ok(opened) => opened,
        Err(error) => return Ok(refusal::tell_load_error(&error, language)),
    };
    let mut writers = Writers::default();
    let replayed =
        replayed::each(&loaded, &mut recording, |message, judgement| writers.note(&message, judgement));
    if let Err(error) = replayed {
        return Ok(refusal::tell_run_error(&error));
    }
    recorded::tell_malformed(&recording, language);
    let Writers { messages, retold, without_author, forgotten, .. } = writers;
    if messages > 0 && without_author == messages {
        let (message, hint) = sentences::no_authors(&args.on, language);
        refusal::tell(&message, Some(&hint));
        return Ok(WRONG);
    }
    let (accounts, themes) = writers.into_parts();
    let persons = persons::persons(accounts);
    let mut fields = standing::fields(&themes, &persons);
    if let Some(theme) = &args.theme {
        if !fields.iter().any(|field| field.theme.name == *theme) {
            let seen: Vec<&str> = fields.iter().map(|field| field.theme.name.as_str()).collect();
            let (message, hint) = sentences::no_such_theme(theme, &args.on, &seen, language);
            refusal::tell(&message, Some(&hint));
            return Ok(WRONG);
        }
        fields.retain(|field| field.theme.name == *theme);
    }
    let malformed = recording.malformed();
    let found = Found { messages, malformed, retold, without_author, forgotten, persons: &persons, fields };
    if args.json {
        print(&format!("{:#}\n", json::json(&loaded, &found, args)))?;
    } else {
        print(&report::report(&loaded, &found, args, language))?;
    }
    Ok(0)
}
