//! `crible test`: whether the rules do what the config's tests say.

mod sentences;
mod trial;

use std::path::Path;

use crible::TestPlan;

use crate::language::Language;
use crate::output::{bold, colour_on_stdout, print, width_of_stdout};
use crate::test::trial::Failure;
use crate::{FAILED, WRONG, refusal, said, setup};

/// What is printed is not wider than this, however wide the terminal is.
const WIDEST: usize = 100;

/// Try all tests of a config.
pub(crate) fn test(config: &Path, language: Language) -> anyhow::Result<u8> {
    let loaded = match setup::crible().load_to_judge(config) {
        Ok(loaded) => loaded,
        Err(error) => return Ok(refusal::tell_load_error(&error, language)),
    };
    let tests = &loaded.plan().tests;
    if tests.is_empty() {
        refusal::tell(&sentences::no_tests(config, language), Some(sentences::how_to_write_one(language)));
        return Ok(WRONG);
    }
    let mut failed = 0;
    for test in tests {
        let failures = trial::failures(&loaded, test);
        failed += u64::from(!failures.is_empty());
        print(&told(test, &failures, language))?;
    }
    print(&format!("\n{}\n", sentences::result(tests.len() as u64, failed, language)))?;
    Ok(if failed > 0 { FAILED } else { 0 })
}

/// A line for a test and, where it failed, what was expected and what came.
fn told(test: &TestPlan, failures: &[Failure<'_>], language: Language) -> String {
    let name = said::plain(&test.name);
    if failures.is_empty() {
        return format!("{}  {name}\n", sentences::passed(language));
    }
    let mut lines = vec![bold(&format!("{}  {name}", sentences::failed(language)), colour_on_stdout())];
    for failure in failures {
        lines.extend(failure_lines(test, failure, language));
    }
    lines.join("\n") + "\n"
}

fn failure_lines(test: &TestPlan, failure: &Failure<'_>, language: Language) -> Vec<String> {
    let [expected, came] = sentences::expected_and_came(language);
    match failure {
        Failure::Stopped(error) => {
            let stage = error.stage.as_ref().map(|stage| format!("`{stage}`: ")).unwrap_or_default();
            let mut lines = vec![format!("  {}: {stage}{}", sentences::stopped(language), error.message)];
            lines.extend(
                error.hint.iter().flat_map(|hint| hint.lines()).map(|line| format!("  = help: {line}")),
            );
            lines
        }
        Failure::Order { expected: wanted, arrived } => {
            let ids = |places: &[usize]| sentences::ids(test, places, language);
            vec![
                format!("  {}", sentences::order(language)),
                format!("    {expected} {}", ids(wanted)),
                format!("    {came} {}", ids(arrived)),
            ]
        }
        Failure::Message { expectation, judgement } => {
            let message = &test.messages[expectation.message];
            let id = said::plain(&message.id);
            let width = width_of_stdout().min(WIDEST).saturating_sub(id.chars().count() + 4);
            let mut lines = vec![
                format!("  {id}  {}", said::gist(message, width)),
                format!("    {expected} {}", sentences::wanted(expectation, language)),
                format!("    {came} {}", sentences::became(judgement, language)),
            ];
            let whys = judgement.iter().flat_map(|judgement| &judgement.whys);
            lines.extend(whys.map(|why| format!("      {}", said::why(why, language))));
            lines
        }
    }
}
