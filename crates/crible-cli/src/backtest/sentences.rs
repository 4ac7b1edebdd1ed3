//! What `crible backtest` says, in its two languages side by side.

use std::path::Path;

use crate::language::Language;
use crate::sentences::messages;

pub(crate) fn headline(number: u64, file: &Path, language: Language) -> String {
    let (file, messages) = (file.display(), messages(number, language));
    language.pick(format!("{file}: {messages}"), format!("{file} : {messages}"))
}

/// The heads of the table: kept, dropped, failed, time per message.
pub(crate) fn heads(language: Language) -> [&'static str; 4] {
    language
        .pick(["kept", "dropped", "failed", "per message"], ["gardés", "écartés", "échecs", "par message"])
}

pub(crate) fn no_change(language: Language) -> &'static str {
    language.pick(
        "Nothing changes: both keep the same messages.",
        "Rien ne change : les deux gardent les mêmes messages.",
    )
}

pub(crate) fn newly_kept(number: &str, language: Language) -> String {
    language.pick(
        format!("Newly kept: {number}, dropped before because of"),
        format!("Nouvellement gardés : {number}, écartés jusqu’ici par"),
    )
}

pub(crate) fn newly_dropped(number: &str, language: Language) -> String {
    language
        .pick(format!("Newly dropped: {number}, because of"), format!("Nouvellement écartés : {number}, par"))
}

pub(crate) fn no_reason(language: Language) -> &'static str {
    language.pick("no sink to go to", "aucune sortie où aller")
}

/// The heads of what was said of a message before and is said now, as wide as each other.
pub(crate) fn before_and_now(language: Language) -> [&'static str; 2] {
    language.pick(["before", "now   "], ["avant     ", "maintenant"])
}

pub(crate) fn nothing_said(kept: bool, language: Language) -> &'static str {
    match kept {
        true => language.pick("kept", "gardé"),
        false => language.pick("dropped", "écarté"),
    }
}

pub(crate) fn more(number: &str, language: Language) -> String {
    language.pick(
        format!("… and {number} more (--show says how many are shown)"),
        format!("… et {number} de plus (--show dit combien en montrer)"),
    )
}
