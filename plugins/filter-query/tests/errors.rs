//! What a person is told of a query that cannot be read: the place, the cause, the mend.

use filter_query::parse;

/// The query, a line that underlines the place, and what is said.
fn shown(query: &str) -> String {
    let Err(error) = parse(query) else { return format!("{query}\nis fine") };
    let chars = |bytes: &str| bytes.chars().count();
    let before = " ".repeat(chars(&query[..error.offset]));
    let under = "^".repeat(chars(&query[error.offset..error.offset + error.len]).max(1));
    format!("{query}\n{before}{under} {}\n= {}", error.message, error.help)
}

#[test]
fn errors_name_the_place_the_cause_and_the_mend() {
    let expected = include_str!("errors.txt");
    let queries = expected.split("\n\n").filter_map(|case| case.lines().next());
    let actual: Vec<String> = queries.map(shown).collect();
    assert!(actual.len() >= 20, "only {} cases", actual.len());
    let actual = actual.join("\n\n") + "\n";
    assert_eq!(actual, expected, "what was said is:\n{actual}");
}

#[test]
fn an_empty_query_is_refused() {
    assert_eq!(parse("").unwrap_err().message, "the query is empty");
    assert_eq!(parse(" \u{a0} ").unwrap_err().message, "the query is empty");
}
