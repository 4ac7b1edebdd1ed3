//! What `crible eval` says, in its two languages side by side.

use std::path::Path;

use crate::args::Labels;
use crate::figures::count;
use crate::language::Language;
use crate::sentences::messages;

/// What was judged, and how much of it was to be kept.
pub(crate) fn headline(
    name: &str,
    file: &Path,
    labels: &Labels,
    [all, positives]: [u64; 2],
    language: Language,
) -> String {
    let (file, all) = (file.display(), messages(all, language));
    let (label, values) = (&labels.label, labels.positive.join(language.pick(" or ", " ou ")));
    let positives = count(positives, language);
    language.pick(
        format!("{name} on {file}: {all}, {positives} of them essential ({label} = {values})"),
        format!("{name} sur {file} : {all}, dont {positives} essentiels ({label} = {values})"),
    )
}

pub(crate) fn unlabelled(number: u64, label: &str, language: Language) -> String {
    let messages = messages(number, language);
    language.pick(
        format!("{messages} without `{label}`: judged as the others, and left out of the figures"),
        format!("{messages} sans `{label}`, que les filtres jugent comme les autres, hors des chiffres"),
    )
}

/// The heads of the four cases, and of their rows.
pub(crate) fn cases(language: Language) -> [&'static str; 4] {
    language
        .pick(["kept", "dropped", "essential", "the rest"], ["gardés", "écartés", "essentiels", "le reste"])
}

/// The four measures and what they mean.
pub(crate) fn measures(language: Language) -> [(&'static str, &'static str); 4] {
    language.pick(
        [
            ("precision", "of what was kept is essential"),
            ("recall", "of what is essential was kept"),
            ("F1", "the two in one figure"),
            ("accuracy", "of all was rightly kept or dropped"),
        ],
        [
            ("précision", "de ce qui a été gardé est essentiel"),
            ("rappel", "de ce qui est essentiel a été gardé"),
            ("F1", "les deux en un chiffre"),
            ("exactitude", "du tout a été gardé ou écarté à raison"),
        ],
    )
}

pub(crate) fn groups_title(language: Language) -> &'static str {
    language.pick(
        "Each group, judged by what the others taught",
        "Chaque groupe, jugé par ce que les autres ont appris",
    )
}

/// The heads of the table of groups.
pub(crate) fn group_heads(language: Language) -> [&'static str; 7] {
    language.pick(
        ["group", "messages", "essential", "precision", "recall", "F1", "average precision"],
        ["groupe", "messages", "essentiels", "précision", "rappel", "F1", "précision moyenne"],
    )
}

/// That there is nothing to leave out in turn.
pub(crate) fn no_groups(file: &Path, by: &str, found: usize, language: Language) -> (String, String) {
    let file = file.display();
    let message = match found {
        0 => language.pick(format!("{file} holds no messages"), format!("{file} ne contient aucun message")),
        _ => language.pick(
            format!("all messages of {file} have the same `{by}`"),
            format!("tous les messages de {file} ont le même `{by}`"),
        ),
    };
    let hint = language.pick(
        "name a field or an attribute that tells groups, such as --by channel",
        "nommez un champ ou un attribut qui distingue des groupes, comme --by channel",
    );
    (message, hint.to_owned())
}

pub(crate) fn score_title(language: Language) -> &'static str {
    language.pick("The score, of all that were judged", "Le score, pour tout ce qui a été jugé")
}

pub(crate) fn ranks_nothing(score: &str, language: Language) -> String {
    language.pick(
        format!("Every message has the score {score}: there is nothing to rank."),
        format!("Chaque message a le score {score} : il n’y a rien à classer."),
    )
}

pub(crate) fn average_precision(value: &str, chance: &str, language: Language) -> String {
    language.pick(
        format!("average precision {value} (a score that knows nothing has {chance})"),
        format!("précision moyenne {value} (un score qui ne sait rien a {chance})"),
    )
}

pub(crate) fn best_threshold(score: &str, figures: [&str; 3], language: Language) -> String {
    let [f1, precision, recall] = figures;
    language.pick(
        format!("best threshold {score}: F1 {f1}, precision {precision}, recall {recall}"),
        format!("meilleur seuil {score} : F1 {f1}, précision {precision}, rappel {recall}"),
    )
}

pub(crate) fn calibration(error: &str, language: Language) -> String {
    language.pick(
        format!("read as probabilities, the scores are off by {error} on average"),
        format!("lus comme des probabilités, les scores s’écartent de {error} en moyenne"),
    )
}

/// The heads of the table of reliability: score, messages, mean, essential.
pub(crate) fn reliability_heads(language: Language) -> [&'static str; 4] {
    language.pick(["score", "messages", "mean", "essential"], ["score", "messages", "moyen", "essentiels"])
}

/// The heads of the table of stages: stage, dropped, rightly, wrongly, time per message.
pub(crate) fn stage_heads(language: Language) -> [&'static str; 5] {
    language.pick(
        ["stage", "dropped", "rightly", "wrongly", "per message"],
        ["étape", "écartés", "à raison", "à tort", "par message"],
    )
}

pub(crate) fn stages_title(language: Language) -> &'static str {
    language.pick("What each stage dropped", "Ce que chaque étape a écarté")
}

pub(crate) fn no_sink(language: Language) -> &'static str {
    language.pick("(no sink)", "(sans sortie)")
}

pub(crate) fn dropped_wrongly(stage: &str, language: Language) -> String {
    language.pick(format!("{stage}, wrongly dropped"), format!("{stage}, écartés à tort"))
}

pub(crate) fn dropped_rightly(stage: &str, language: Language) -> String {
    language.pick(format!("{stage}, rightly dropped"), format!("{stage}, écartés à raison"))
}

pub(crate) fn kept_wrongly(language: Language) -> &'static str {
    language.pick("wrongly kept", "gardés à tort")
}
