//! The languages that are told apart within a writing by a model, and the texts that it learns from.

use crate::script::Script;

/// How many languages one writing has at most.
pub(crate) const LANES: usize = 16;

/// A language and a text to learn it from: its common words, the most common first, a line of dashes, and
/// sentences.
pub(crate) struct Language {
    pub(crate) code: &'static str,
    pub(crate) text: &'static str,
}

macro_rules! languages {
    ($($code:literal)*) => {
        &[$(Language { code: $code, text: include_str!(concat!("../data/", $code, ".txt")) }),*]
    };
}

/// The languages of each writing that has several, the most common first, at most [`LANES`] for each.
pub(crate) const LANGUAGES: &[(Script, &[Language])] = &[
    (
        Script::Latin,
        languages!("fr" "en" "de" "es" "it" "pt" "nl" "ca" "sv" "da" "pl" "ro" "tr" "fi" "hu" "cs"),
    ),
    (Script::Cyrillic, languages!("ru" "uk" "bg" "sr")),
    (Script::Arabic, languages!("ar" "fa" "ur")),
];

/// The place of the Latin writing.
pub(crate) const LATIN: usize = 0;

/// The languages of a writing; none where it has only one or none.
pub(crate) fn of(script: Script) -> &'static [Language] {
    LANGUAGES.iter().find(|(of, _)| *of == script).map_or(&[], |(_, languages)| languages)
}
