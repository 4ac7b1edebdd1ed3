//! What a person is told of an expression that cannot be meant: the place, the cause, the mend.

use crible_sdk::FilterPlugin;
use filter_score::Score;

/// The expression, a line that underlines the place, and what is said.
fn shown(expression: &str) -> String {
    let config = serde_json::json!({ "rules": [{ "when": expression, "drop": true }] });
    let Err(error) = Score::configure(&config.to_string(), None) else {
        return format!("{expression}\nis fine");
    };
    assert_eq!(error.pointer, "/rules/0/when");
    let (offset, length) = (error.offset.unwrap_or(0), error.length.unwrap_or(0));
    let chars = |bytes: &str| bytes.chars().count();
    let before = " ".repeat(chars(&expression[..offset]));
    let under = "^".repeat(chars(&expression[offset..offset + length]).max(1));
    let hint = error.hint.map(|hint| format!("\n= {hint}")).unwrap_or_default();
    format!("{expression}\n{before}{under} {}{hint}", error.message)
}

#[test]
fn errors_name_the_place_the_cause_and_the_mend() {
    let expected = include_str!("errors.txt");
    let expressions = expected.split("\n\n").filter_map(|case| case.lines().next());
    let actual: Vec<String> = expressions.map(shown).collect();
    assert!(actual.len() >= 30, "only {} cases", actual.len());
    let actual = actual.join("\n\n") + "\n";
    assert_eq!(actual, expected, "what was said is:\n{actual}");
}
