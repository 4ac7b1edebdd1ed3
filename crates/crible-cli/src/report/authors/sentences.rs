//! What `crible report authors` says, in its two languages side by side.

use std::path::Path;

use crate::figures::count;
use crate::language::Language;
use crate::report::authors::persons::Because;
use crate::report::authors::standing::NEWCOMER;
use crate::said::plain;
use crate::sentences::{counted, messages};

/// Themes that are named one by one.
const NAMED: usize = 12;

pub(crate) fn headline(name: &str, file: &Path, read: u64, persons: u64, language: Language) -> String {
    let (file, read) = (file.display(), messages(read, language));
    let persons = counted(persons, ["author", "authors"], ["auteur", "auteurs"], language);
    language.pick(
        format!("{name} on {file}: {read} by {persons}"),
        format!("{name} sur {file} : {read}, {persons}"),
    )
}

/// The title of a theme.
pub(crate) fn theme(name: &str, kept: u64, written: u64, language: Language) -> String {
    let name = match name {
        "" => language.pick("no theme", "sans thème").to_owned(),
        name => plain(name),
    };
    let (kept, written) = (count(kept, language), messages(written, language));
    language
        .pick(format!("{name}: {kept} of {written} kept"), format!("{name} : {kept} sur {written} gardés"))
}

/// The heads of the table of specialists: author, kept on the theme, part of all they write, channels.
pub(crate) fn heads(language: Language) -> [&'static str; 4] {
    language.pick(["author", "kept", "of all theirs", "channels"], ["auteur", "gardés", "du total", "canaux"])
}

pub(crate) fn others(number: u64, specialists: usize, language: Language) -> String {
    let others = match specialists {
        0 => counted(number, ["author", "authors"], ["auteur", "auteurs"], language),
        _ => counted(number, ["other", "others"], ["autre", "autres"], language),
    };
    language.pick(
        format!("{others} with fewer than {NEWCOMER} messages kept, or kept more rarely"),
        format!("{others} avec moins de {NEWCOMER} messages gardés, ou gardés plus rarement"),
    )
}

pub(crate) fn more(number: u64, language: Language) -> String {
    let number = count(number, language);
    language.pick(
        format!("… and {number} more (--show says how many are shown)"),
        format!("… et {number} de plus (--show dit combien en montrer)"),
    )
}

pub(crate) fn nobody(language: Language) -> String {
    language.pick(
        format!("No specialists: it takes {NEWCOMER} messages kept on a theme, as often as is usual."),
        format!(
            "Pas de spécialiste : il faut {NEWCOMER} messages gardés sur un thème, aussi souvent que d’usage."
        ),
    )
}

pub(crate) fn same_person(language: Language) -> &'static str {
    language.pick("The same person on several channels", "La même personne sur plusieurs canaux")
}

pub(crate) fn because(why: &Because, language: Language) -> String {
    match why {
        Because::HandleAndName => language.pick("same handle and name", "mêmes pseudonyme et nom").to_owned(),
        Because::Home(address) => {
            let address = plain(address);
            language.pick(format!("same home page {address}"), format!("même page d’accueil {address}"))
        }
    }
}

/// A channel of a person: how much they write there and, where that differs, as whom.
pub(crate) fn account(channel: &str, number: u64, handle: Option<&str>, language: Language) -> String {
    let number = count(number, language);
    match handle {
        None => format!("{channel} ({number})"),
        Some(handle) => language
            .pick(format!("{channel} as {handle} ({number})"), format!("{channel} : {handle} ({number})")),
    }
}

pub(crate) fn no_channel(language: Language) -> &'static str {
    language.pick("(no channel)", "(sans canal)")
}

/// What sets themes, where none is set.
pub(crate) fn no_themes(language: Language) -> &'static str {
    language.pick(
        "No filter says what messages are about: rules of `query` and `score` do with theme = \"NAME\", and \
         so does `interest`.",
        "Aucun filtre ne dit de quoi parlent les messages : les règles de `query` et de `score` le font \
         avec theme = \"NOM\", ainsi qu’`interest`.",
    )
}

pub(crate) fn without_author(number: u64, language: Language) -> String {
    let messages = messages(number, language);
    language.pick(
        format!("Left out: {messages} without an author."),
        format!("Laissés de côté : {messages} sans auteur."),
    )
}

pub(crate) fn told_already(number: u64, language: Language) -> String {
    let messages = messages(number, language);
    language.pick(
        format!("{messages} not counted: reposts, and stories told again."),
        format!("{messages} hors du compte : relayés, ou déjà racontés."),
    )
}

pub(crate) fn forgotten(number: u64, language: Language) -> String {
    let times = counted(number, ["time", "times"], ["fois", "fois"], language);
    language.pick(
        format!("Forgotten for others, {times}: authors of whom little was kept or who wrote longest ago."),
        format!("Oubliés pour d’autres, {times} : des auteurs dont peu a été gardé ou qui n’écrivent plus."),
    )
}

/// That nothing is about a theme, and what there is instead.
pub(crate) fn no_such_theme(theme: &str, file: &Path, seen: &[&str], language: Language) -> (String, String) {
    let file = file.display();
    let message = language.pick(
        format!("nothing in {file} is about `{theme}`"),
        format!("rien dans {file} ne parle de `{theme}`"),
    );
    let mut seen: Vec<&str> = seen.iter().copied().filter(|name| !name.is_empty()).collect();
    if seen.is_empty() {
        return (message, no_themes(language).to_owned());
    }
    let others = seen.len().saturating_sub(NAMED) as u64;
    seen.truncate(NAMED);
    let mut named: Vec<String> = seen.iter().map(|name| format!("`{}`", plain(name))).collect();
    if others > 0 {
        named.push(counted(others, ["other", "others"], ["autre", "autres"], language));
    }
    let named = named.join(", ");
    (message, language.pick(format!("its themes are {named}"), format!("ses thèmes sont {named}")))
}

/// That no message names its author, and what to write.
pub(crate) fn no_authors(file: &Path, language: Language) -> (String, String) {
    let file = file.display();
    language.pick(
        (
            format!("no message of {file} says who wrote it"),
            "say where the file has it, in the source: fields = { author = \"/from\" }".to_owned(),
        ),
        (
            format!("aucun message de {file} ne dit qui l’a écrit"),
            "dites où le fichier le note, dans la source : fields = { author = \"/de\" }".to_owned(),
        ),
    )
}
