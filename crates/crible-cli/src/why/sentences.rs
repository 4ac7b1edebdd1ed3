//! What `crible why` says, in its two languages side by side.

use std::path::Path;

use crible::Fate;

use crate::figures::{count, moment};
use crate::language::Language;
use crate::said;
use crate::sentences::counted;

pub(crate) fn no_quarantine(config: &Path, language: Language) -> (String, &'static str) {
    let config = config.display();
    let message = language.pick(
        format!("{config} has no quarantine: it is not remembered what becomes of each message"),
        format!("{config} n’a pas de quarantaine : ce que devient chaque message ne laisse pas de trace"),
    );
    let hint = language.pick(
        "add `quarantine = \"quarantine\"` below `[pipeline]`: from the next run on it can be asked",
        "ajoutez `quarantine = \"quarantine\"` sous `[pipeline]` : dès la prochaine exécution on pourra le demander",
    );
    (message, hint)
}

pub(crate) fn unreadable(folder: &Path, error: &std::io::Error, language: Language) -> String {
    let folder = folder.display();
    language.pick(
        format!("what is remembered in {folder} cannot be read: {error}"),
        format!("les traces dans {folder} ne peuvent être lues : {error}"),
    )
}

pub(crate) fn unknown(id: &str, language: Language) -> String {
    let id = said::plain(id);
    language.pick(
        format!("nothing is known of a message \"{id}\""),
        format!("rien n’est connu d’un message « {id} »"),
    )
}

/// How much is remembered, and what to do, a line each.
pub(crate) fn remembered(
    number: u64,
    since: i64,
    folder: &Path,
    config: &Path,
    language: Language,
) -> String {
    let (folder, config, since) = (folder.display(), config.display(), moment(since));
    let number = counted(number, ["ending", "endings"], ["trace", "traces"], language);
    language.pick(
        format!(
            "{folder} remembers {number} since {since}; `size` and `age` bound it\n\
             what is under way, or held by a filter, is not there yet\n\
             ids are written as the source gives them: `crible why {config} --dropped` shows some"
        ),
        format!(
            "{folder} garde {number} depuis {since} ; `size` et `age` en sont les bornes\n\
             ce qui est en route, ou retenu par un filtre, n’y est pas encore\n\
             les identifiants sont ceux de la source : `crible why {config} --dropped` en montre"
        ),
    )
}

pub(crate) fn nothing_remembered(folder: &Path, config: &Path, language: Language) -> String {
    let (folder, config) = (folder.display(), config.display());
    language.pick(
        format!("nothing is remembered in {folder} yet: `crible run {config}` writes there"),
        format!("{folder} ne garde encore aucune trace : `crible run {config}` y écrit"),
    )
}

pub(crate) fn no_such_filter(stage: &str, filters: &[String], language: Language) -> (String, String) {
    let (stage, filters) = (said::plain(stage), filters.join(", "));
    language.pick(
        (format!("there is no filter `{stage}`"), format!("the filters are: {filters}")),
        (format!("il n’y a pas de filtre `{stage}`"), format!("les filtres sont : {filters}")),
    )
}

/// Which of several readings of one message follows.
pub(crate) fn reading(number: usize, of: usize, language: Language) -> String {
    let (number, of) = (count(number as u64, language), count(of as u64, language));
    language.pick(format!("Reading {number} of {of}"), format!("Lecture {number} sur {of}"))
}

/// What became of a message at a stage; `said` names it, with what it said.
pub(crate) fn ended(fate: Fate, said: &str, language: Language) -> String {
    match fate {
        Fate::Kept => language.pick(format!("kept: delivered to {said}"), format!("gardé : remis à {said}")),
        Fate::Dropped => language.pick(format!("dropped by {said}"), format!("écarté par {said}")),
        Fate::Held => language.pick(format!("held by {said}"), format!("retenu par {said}")),
        Fate::Failed => language.pick(format!("failed in {said}"), format!("échec dans {said}")),
    }
}

pub(crate) fn score(score: f32, language: Language) -> String {
    format!("score {}", said::score(score, language))
}

pub(crate) fn dead_letter(file: &Path, language: Language) -> String {
    let file = file.display();
    language.pick(format!("it is a dead letter in {file}"), format!("c’est une lettre morte, dans {file}"))
}

pub(crate) fn dropped_last(number: u64, language: Language) -> String {
    match number {
        0 => language
            .pick("Nothing that was dropped is remembered.", "Aucun message écarté n’a laissé de trace.")
            .to_owned(),
        1 => language.pick("The last that was dropped", "Le dernier écarté").to_owned(),
        _ => {
            let number = count(number, language);
            language.pick(
                format!("The last {number} that were dropped, the newest last"),
                format!("Les {number} derniers écartés, le plus récent à la fin"),
            )
        }
    }
}
