//! What is to be said of a file of recorded messages.

use crible::Recording;

use crate::language::Language;
use crate::output::say;
use crate::said::plain;
use crate::sentences::counted;

/// Say how many lines were no messages, where there were any.
pub(crate) fn tell_malformed(recording: &Recording, language: Language) {
    let Some(first) = recording.first_malformed() else { return };
    let lines = counted(
        recording.malformed(),
        ["line is no message", "lines are no messages"],
        ["ligne n’est pas un message", "lignes ne sont pas des messages"],
        language,
    );
    let (place, why) = (plain(&first.place), plain(&first.why));
    say(&language.pick(
        format!("warning: {lines}; the first is {place}: {why}"),
        format!("attention : {lines} ; la première est {place} : {why}"),
    ));
}
