//! What `crible test` says, in its two languages side by side.

use std::path::Path;

use crible::{Expectation, ExpectedFate, Fate, Judgement, TestPlan};

use crate::language::Language;
use crate::said;
use crate::sentences::counted;
use crate::table::NOTHING;

pub(crate) fn no_tests(config: &Path, language: Language) -> String {
    let config = config.display();
    language.pick(format!("{config} has no tests"), format!("{config} n’a pas de tests"))
}

pub(crate) fn how_to_write_one(language: Language) -> &'static str {
    language.pick(
        "write a table `[[test]]` below the filters: `crible test --help` shows a whole one",
        "écrivez une table `[[test]]` sous les filtres : `crible test --help` en montre une entière",
    )
}

pub(crate) fn passed(language: Language) -> &'static str {
    language.pick("ok    ", "ok    ")
}

pub(crate) fn failed(language: Language) -> &'static str {
    language.pick("FAILED", "ÉCHEC ")
}

/// What all tests together came to.
pub(crate) fn result(tests: u64, failed: u64, language: Language) -> String {
    let all = counted(tests, ["test", "tests"], ["test", "tests"], language);
    let passed = tests - failed;
    match failed {
        0 => language.pick(format!("{all}: all passed"), format!("{all} : tout est réussi")),
        _ => {
            let passed = counted(passed, ["passed", "passed"], ["réussi", "réussis"], language);
            let failed = counted(failed, ["failed", "failed"], ["en échec", "en échec"], language);
            language.pick(format!("{all}: {passed}, {failed}"), format!("{all} : {passed}, {failed}"))
        }
    }
}

pub(crate) fn stopped(language: Language) -> &'static str {
    language.pick("the filters stopped", "les filtres se sont arrêtés")
}

/// The heads of what was expected and of what came, as wide as each other.
pub(crate) fn expected_and_came(language: Language) -> [&'static str; 2] {
    language.pick(["expected", "came    "], ["attendu ", "obtenu  "])
}

pub(crate) fn order(language: Language) -> &'static str {
    language.pick("the order of what is kept", "l’ordre de ce qui est gardé")
}

/// The ids of messages.
pub(crate) fn ids(test: &TestPlan, places: &[usize], language: Language) -> String {
    if places.is_empty() {
        return language.pick("nothing", "rien").to_owned();
    }
    let ids: Vec<String> = places.iter().map(|&place| said::plain(&test.messages[place].id)).collect();
    ids.join(", ")
}

/// All that was expected of a message.
pub(crate) fn wanted(expectation: &Expectation, language: Language) -> String {
    let mut parts = vec![match expectation.fate {
        ExpectedFate::Kept => language.pick("kept", "gardé").to_owned(),
        ExpectedFate::Dropped => language.pick("dropped", "écarté").to_owned(),
        ExpectedFate::Failed => language.pick("failed", "en échec").to_owned(),
    }];
    if let Some(score) = expectation.score {
        parts.push(format!("score {}", said::score(score as f32, language)));
    }
    if let Some(stage) = &expectation.stage {
        parts.push(format!("{} {stage}", language.pick("by", "par")));
    }
    let quoted = |text: &str| language.pick(format!("“{text}”"), format!("« {text} »"));
    if let Some(reason) = &expectation.reason {
        let reason = quoted(&said::plain(reason));
        parts.push(language.pick(format!("because of {reason}"), format!("pour {reason}")));
    }
    if let Some(about) = &expectation.about {
        let about = quoted(&said::plain(about));
        parts.push(language.pick(format!("about {about}"), format!("au sujet de {about}")));
    }
    parts.extend(expectation.labels.iter().map(|label| format!("#{}", said::plain(label))));
    parts.join(", ")
}

/// What became of a message.
pub(crate) fn became(judgement: &Option<Judgement>, language: Language) -> String {
    let Some(judgement) = judgement else { return NOTHING.to_owned() };
    let fate = match judgement.fate {
        Fate::Kept => language.pick("kept", "gardé"),
        Fate::Dropped => language.pick("dropped", "écarté"),
        Fate::Held => language.pick("held", "retenu"),
        Fate::Failed => language.pick("failed", "en échec"),
    };
    let mut line = format!("{fate}, score {}", said::score(judgement.score, language));
    if judgement.whys.is_empty() {
        line.push_str(language.pick(", and no filter said why", ", et aucun filtre n’a dit pourquoi"));
    }
    line
}
