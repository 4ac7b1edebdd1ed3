//! What `crible feedback` says, in its two languages side by side.

use std::path::Path;

use crible::Message;

use crate::language::Language;
use crate::said::{gist, plain};

/// How much of the message is shown.
const SHOWN: usize = 60;

pub(super) fn taken(stage: &str, message: &Message, good: bool, language: Language) -> String {
    let gist = gist(message, SHOWN);
    match good {
        true => language.pick(
            format!("`{stage}` learned that this is good: {gist}"),
            format!("`{stage}` a appris que ceci est bon : {gist}"),
        ),
        false => language.pick(
            format!("`{stage}` learned that this is bad: {gist}"),
            format!("`{stage}` a appris que ceci est mauvais : {gist}"),
        ),
    }
}

pub(super) fn forgot(stage: &str, language: Language) -> String {
    language.pick(
        format!("`{stage}` remembers nothing any more, but for the model that its config names"),
        format!("`{stage}` a tout oublié, sauf le modèle que nomme sa configuration"),
    )
}

/// That no message has the id, and where to look for it.
pub(super) fn not_found(id: &str, on: Option<&Path>, language: Language) -> (String, String) {
    let id = plain(id);
    match on {
        Some(file) => {
            let file = file.display();
            let message = language.pick(
                format!("{file} has no message `{id}`"),
                format!("{file} n’a pas de message `{id}`"),
            );
            let hint = language.pick(
                "the id is the field `id` of its line".to_owned(),
                "l’identifiant est le champ `id` de sa ligne".to_owned(),
            );
            (message, hint)
        }
        None => (
            language.pick(
                format!("neither the quarantine nor a file of a sink has the message `{id}`"),
                format!("ni la quarantaine ni un fichier de sortie n’a le message `{id}`"),
            ),
            language.pick(
                "name a file that has it with --on FILE, or add `quarantine = \"quarantine\"` to [pipeline]"
                    .to_owned(),
                "nommez un fichier qui l’a par --on FILE, ou ajoutez `quarantine = \"quarantine\"` à [pipeline]"
                    .to_owned(),
            ),
        ),
    }
}

/// That it is not clear which stage is to learn.
pub(super) fn which_stage(stages: &[&str], language: Language) -> (String, String) {
    let named = stages.join("`, `");
    match stages {
        [] => (
            language.pick(
                "no stage of this pipeline can be taught".to_owned(),
                "aucune étape de ce pipeline n’apprend".to_owned(),
            ),
            language.pick(
                "add a filter with plugin = \"learned\"".to_owned(),
                "ajoutez un filtre avec plugin = \"learned\"".to_owned(),
            ),
        ),
        _ => (
            language.pick(
                format!("several stages can be taught: `{named}`"),
                format!("plusieurs étapes apprennent : `{named}`"),
            ),
            language
                .pick("say which one with --stage ID".to_owned(), "dites laquelle par --stage ID".to_owned()),
        ),
    }
}
