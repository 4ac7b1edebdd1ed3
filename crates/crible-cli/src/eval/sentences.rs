//! What `crible eval` says, in its two languages side by side.

use std::collections::BTreeMap;

use crate::args::Eval;
use crate::figures::count;
use crate::language::Language;
use crate::said::plain;
use crate::sentences::{counted, messages};

/// Labels that are named one by one.
const NAMED: usize = 8;

/// What was judged, and how much of it was to be kept.
pub(crate) fn headline(name: &str, all: u64, positives: u64, args: &Eval, language: Language) -> String {
    let (file, all) = (args.labelled.display(), messages(all, language));
    let (label, values) = (&args.label, args.positive.join(language.pick(" or ", " ou ")));
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

/// That no message has the label, and what to write instead.
pub(crate) fn no_labels(args: &Eval, empty: bool, seen: &[&str], language: Language) -> (String, String) {
    let (file, label) = (args.labelled.display(), &args.label);
    if empty {
        return (
            language.pick(format!("{file} holds no messages"), format!("{file} ne contient aucun message")),
            language.pick(
                "write one JSON object a line, such as {\"text\": \"…\", \"label\": \"keep\"}".to_owned(),
                "écrivez un objet JSON par ligne, comme {\"text\": \"…\", \"label\": \"keep\"}".to_owned(),
            ),
        );
    }
    let seen: Vec<String> = seen.iter().map(|name| format!("`{}`", plain(name))).collect();
    let hint = match seen.is_empty() {
        true => language.pick(
            "give each line one, such as \"label\": \"keep\"".to_owned(),
            "donnez-en un à chaque ligne, comme \"label\": \"keep\"".to_owned(),
        ),
        false => {
            let seen = seen.join(", ");
            language.pick(format!("its attributes are {seen}"), format!("ses attributs sont {seen}"))
        }
    };
    let message = language.pick(
        format!("no message of {file} has a `{label}`"),
        format!("aucun message de {file} n’a de `{label}`"),
    );
    (message, hint)
}

/// That no label says keep, and which there are.
pub(crate) fn no_positives(
    args: &Eval,
    labels: &BTreeMap<String, u64>,
    language: Language,
) -> (String, String) {
    let (file, label) = (args.labelled.display(), &args.label);
    let values = args.positive.join(language.pick("` or `", "` ou `"));
    let mut seen: Vec<(&String, &u64)> = labels.iter().collect();
    seen.sort_by_key(|(_, number)| std::cmp::Reverse(**number));
    let others = seen.len().saturating_sub(NAMED) as u64;
    let named = seen.iter().take(NAMED);
    let mut named: Vec<String> =
        named.map(|(value, number)| format!("`{}` {}", plain(value), count(**number, language))).collect();
    if others > 0 {
        named.push(counted(others, ["other", "others"], ["autre", "autres"], language));
    }
    let named = named.join(", ");
    (
        language.pick(
            format!("in {file} no `{label}` is `{values}`"),
            format!("dans {file} aucun `{label}` n’est `{values}`"),
        ),
        language.pick(format!("it holds {named}"), format!("il y a {named}")),
    )
}
