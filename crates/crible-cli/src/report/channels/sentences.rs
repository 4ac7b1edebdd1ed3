//! What `crible report channels` says, in its two languages side by side.

use std::path::Path;

use crate::figures::count;
use crate::language::Language;
use crate::report::channels::Found;
use crate::report::channels::stories::CHANNELS;
use crate::sentences::{counted, messages};

pub(crate) fn headline(
    name: &str,
    file: &Path,
    read: u64,
    stories: u64,
    shared: u64,
    language: Language,
) -> String {
    let (file, read) = (file.display(), messages(read, language));
    let stories = counted(stories, ["story", "stories"], ["histoire", "histoires"], language);
    let shared = count(shared, language);
    language.pick(
        format!("{name} on {file}: {read}, {stories}, {shared} of them told on several channels"),
        format!("{name} sur {file} : {read}, {stories}, dont {shared} sur plusieurs canaux"),
    )
}

/// The heads of the table of channels: channel, stories, only there, first, ahead, behind.
pub(crate) fn heads(language: Language) -> [&'static str; 6] {
    language.pick(
        ["channel", "stories", "only there", "first", "ahead by", "behind by"],
        ["canal", "histoires", "seul", "premier", "avance", "retard"],
    )
}

pub(crate) fn how_to_read(language: Language) -> &'static str {
    language.pick(
        "first: of the stories that others told too. ahead: the median lead over the second where it was \
         first; behind: the median delay after the first where it was not.",
        "premier : parmi les histoires que d’autres ont racontées aussi. avance : l’avance médiane sur le \
         deuxième quand il était premier ; retard : le retard médian sur le premier sinon.",
    )
}

pub(crate) fn none_shared(language: Language) -> &'static str {
    language.pick(
        "No story was told on more than one channel: nobody was first.",
        "Aucune histoire n’a été racontée sur plus d’un canal : personne n’a été premier.",
    )
}

pub(crate) fn tied(number: u64, language: Language) -> String {
    let stories = counted(number, ["story", "stories"], ["histoire", "histoires"], language);
    language.pick(
        format!("{stories} began on two channels at the same instant: nobody was first."),
        format!("{stories} au même instant sur deux canaux : personne n’a été premier."),
    )
}

pub(crate) fn pairs_title(language: Language) -> &'static str {
    language.pick("Two by two", "Deux à deux")
}

/// The heads of the table of pairs: who was before whom, how often, by how much.
pub(crate) fn pair_heads(language: Language) -> [&'static str; 3] {
    language.pick(["", "before", "by"], ["", "premier", "de"])
}

pub(crate) fn before(one: &str, other: &str, language: Language) -> String {
    language.pick(format!("{one} before {other}"), format!("{one} avant {other}"))
}

pub(crate) fn others(number: u64, language: Language) -> String {
    let channels = counted(number, ["other", "others"], ["autre", "autres"], language);
    language.pick(
        format!("… and {channels} (--show says how many are shown)"),
        format!("… et {channels} (--show dit combien en montrer)"),
    )
}

/// How many messages were left out, and why.
pub(crate) fn left_out(found: &Found, language: Language) -> Option<String> {
    let others = language.pick(
        format!("of channels beyond the first {}", count(CHANNELS as u64, language)),
        format!("de canaux au-delà des {} premiers", count(CHANNELS as u64, language)),
    );
    let parts = [
        (found.without_channel, language.pick("without a channel", "sans canal")),
        (found.of_other_channels, &others),
        (found.without_date, language.pick("without a date", "sans date")),
    ];
    let parts = parts.into_iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> =
        parts.map(|(number, why)| format!("{} {why}", messages(number, language))).collect();
    let named = (!parts.is_empty()).then(|| parts.join(", "))?;
    Some(language.pick(format!("Left out: {named}."), format!("Laissés de côté : {named}.")))
}

/// That no filter knows a story again, and the lines that would.
pub(crate) fn no_story_filter(config: &Path, language: Language) -> (String, String) {
    let config = config.display();
    let message = language.pick(
        format!("{config} has no filter that knows a story again when it is told on another channel"),
        format!("{config} n’a pas de filtre qui reconnaît une histoire racontée sur un autre canal"),
    );
    let add = language.pick("add, before the other filters:", "ajoutez, avant les autres filtres :");
    (message, format!("{add}\n[[filter]]\nid = \"once\"\nplugin = \"story\""))
}

/// That no message names its channel, and what to write.
pub(crate) fn no_channels(file: &Path, language: Language) -> (String, String) {
    let file = file.display();
    language.pick(
        (
            format!("no message of {file} says on which channel it was written"),
            "say where the file has it, in the source: fields = { channel = \"/forum\" }".to_owned(),
        ),
        (
            format!("aucun message de {file} ne dit sur quel canal il a été écrit"),
            "dites où le fichier le note, dans la source : fields = { channel = \"/forum\" }".to_owned(),
        ),
    )
}
