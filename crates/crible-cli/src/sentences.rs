//! What the command says, in its two languages side by side.

use std::path::Path;

use crible::Kind;

use crate::figures::count;
use crate::language::Language;
use crate::live_line::Progress;

/// A count with its noun: the French plural begins at two, the English one at all but one.
pub(crate) fn counted(number: u64, nouns: [&str; 2], french: [&str; 2], language: Language) -> String {
    let [one, many] = language.pick(nouns, french);
    let single = language.pick(number == 1, number < 2);
    format!("{} {}", count(number, language), if single { one } else { many })
}

pub(crate) fn messages(number: u64, language: Language) -> String {
    counted(number, ["message", "messages"], ["message", "messages"], language)
}

pub(crate) fn fine(config: &Path, stages: [usize; 3], tests: usize, language: Language) -> String {
    let nouns = [
        (["source", "sources"], ["source", "sources"]),
        (["filter", "filters"], ["filtre", "filtres"]),
        (["sink", "sinks"], ["sortie", "sorties"]),
    ];
    let mut parts: Vec<String> =
        stages.into_iter().zip(nouns).map(|(n, (en, fr))| counted(n as u64, en, fr, language)).collect();
    if tests > 0 {
        parts.push(counted(tests as u64, ["test", "tests"], ["test", "tests"], language));
    }
    let (config, parts) = (config.display(), parts.join(", "));
    language.pick(format!("{config}: fine: {parts}"), format!("{config} : rien à redire : {parts}"))
}

pub(crate) fn no_such_file(path: &Path, language: Language) -> String {
    let path = path.display();
    language.pick(format!("there is no file {path}"), format!("il n’y a pas de fichier {path}"))
}

/// That a stage cannot be taught, and which can.
pub(crate) fn unteachable(
    stage: &str,
    known: bool,
    teachable: &[String],
    language: Language,
) -> (String, String) {
    let message = match known {
        true => language.pick(
            format!("the stage `{stage}` cannot be taught"),
            format!("l’étape `{stage}` ne peut rien apprendre"),
        ),
        false => {
            language.pick(format!("there is no stage `{stage}`"), format!("il n’y a pas d’étape `{stage}`"))
        }
    };
    let named = teachable.join("`, `");
    let hint = match teachable {
        [] => language.pick(
            "add a filter with plugin = \"learned\"".to_owned(),
            "ajoutez un filtre avec plugin = \"learned\"".to_owned(),
        ),
        _ => language
            .pick(format!("those that can are `{named}`"), format!("celles qui apprennent : `{named}`")),
    };
    (message, hint)
}

pub(crate) fn did_you_mean(nearest: &str, language: Language) -> String {
    language.pick(format!("did you mean {nearest}?"), format!("est-ce {nearest} ?"))
}

pub(crate) fn progress(now: &Progress, rate: &str, language: Language) -> String {
    let figure = |number| count(number, language);
    let Progress { read, delivered, dropped, held, in_flight } = *now;
    let mut line = language.pick(
        format!("{} read, {rate} a second · {} kept", figure(read), figure(delivered)),
        format!("{} lus, {rate} par seconde · {} gardés", figure(read), figure(delivered)),
    );
    line.push_str(
        &language.pick(format!(" · {} dropped", figure(dropped)), format!(" · {} écartés", figure(dropped))),
    );
    if held > 0 {
        line.push_str(
            &language.pick(format!(" · {} held", figure(held)), format!(" · {} retenus", figure(held))),
        );
    }
    line.push_str(
        &language
            .pick(format!(" · {} in flight", figure(in_flight)), format!(" · {} en vol", figure(in_flight))),
    );
    line
}

pub(crate) fn stopping(language: Language) -> &'static str {
    language.pick(
        "stopping: what was read is brought to its end; Ctrl-C again stops at once",
        "arrêt : ce qui a été lu est mené à son terme ; un second Ctrl-C arrête sur-le-champ",
    )
}

/// The heads of the columns of the summary: in, kept, dropped, held, failed, time per message.
pub(crate) fn heads(language: Language) -> [&'static str; 6] {
    language.pick(
        ["in", "kept", "dropped", "held", "failed", "per message"],
        ["reçus", "gardés", "écartés", "retenus", "échecs", "par message"],
    )
}

pub(crate) fn headline(name: &str, read: u64, time: &str, rate: &str, language: Language) -> String {
    let read = messages(read, language);
    language.pick(
        format!("{name}: {read} in {time}, {rate} a second"),
        format!("{name} : {read} en {time}, {rate} par seconde"),
    )
}

pub(crate) fn other_reasons(reasons: u64, language: Language) -> String {
    counted(reasons, ["other reason", "other reasons"], ["autre raison", "autres raisons"], language)
}

/// How many of the messages are essential, where there is one sink.
pub(crate) fn essential(kept: u64, read: u64, language: Language) -> String {
    if read == 0 {
        return language.pick("There was nothing to read.", "Il n’y avait rien à lire.").to_owned();
    }
    let (kept_figure, all) = (count(kept, language), messages(read, language));
    match kept {
        0 => {
            language.pick(format!("None of {all} is essential."), format!("Aucun de {all} n’est essentiel."))
        }
        1 => language.pick(
            format!("1 of {all} is essential."),
            format!("1 message sur {} est essentiel.", count(read, language)),
        ),
        _ => language.pick(
            format!("{kept_figure} of {all} are essential."),
            format!("{kept_figure} messages sur {} sont essentiels.", count(read, language)),
        ),
    }
}

/// How many messages each of several sinks got.
pub(crate) fn shares(sinks: &[(String, u64)], read: u64, language: Language) -> String {
    let shares: Vec<String> =
        sinks.iter().map(|(id, kept)| format!("{id} {}", count(*kept, language))).collect();
    let (shares, all) = (shares.join(", "), messages(read, language));
    language.pick(format!("Of {all}: {shares}."), format!("Sur {all} : {shares}."))
}

pub(crate) fn held_back(held: u64, language: Language) -> String {
    let held = messages(held, language);
    language.pick(
        format!("{held} held for the next run."),
        format!("{held} en attente de la prochaine exécution."),
    )
}

pub(crate) fn dead_letters(number: u64, file: Option<&Path>, language: Language) -> String {
    let letters =
        counted(number, ["dead letter", "dead letters"], ["lettre morte", "lettres mortes"], language);
    match file {
        Some(file) => language
            .pick(format!("{letters} in {}.", file.display()), format!("{letters} dans {}.", file.display())),
        None => language.pick(
            format!("{letters}, not written anywhere: add dead_letters = \"PATH\" below [pipeline]."),
            format!("{letters}, écrites nulle part : ajoutez dead_letters = \"CHEMIN\" sous [pipeline]."),
        ),
    }
}

/// That a run failed, and how many messages had been read that are neither dropped, held, delivered nor a
/// dead letter.
pub(crate) fn failed(in_flight: u64, language: Language) -> String {
    let under_way = messages(in_flight, language);
    match in_flight {
        0 => language.pick("The run failed.", "L’exécution a échoué.").to_owned(),
        _ => language.pick(
            format!("The run failed with {under_way} under way."),
            format!("L’exécution a échoué, {under_way} en route."),
        ),
    }
}

pub(crate) fn stopped(language: Language) -> &'static str {
    language.pick("Stopped before the end.", "Arrêté avant la fin.")
}

pub(crate) fn kinds(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::Source => {
            language.pick("Sources: where messages come from", "Sources : d’où viennent les messages")
        }
        Kind::Filter => language.pick("Filters: what judges them", "Filtres : ce qui les juge"),
        Kind::Sink => {
            language.pick("Sinks: where those that are kept go", "Sorties : où vont ceux qui sont gardés")
        }
    }
}

pub(crate) fn a_kind(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::Source => language.pick("a source", "une source"),
        Kind::Filter => language.pick("a filter", "un filtre"),
        Kind::Sink => language.pick("a sink", "une sortie"),
    }
}

pub(crate) fn look_closer(language: Language) -> &'static str {
    language.pick(
        "`crible plugins inspect NAME` shows the options of one.",
        "`crible plugins inspect NOM` montre les options de l’un d’eux.",
    )
}
