//! What is wrong with text that is not TOML, said for people who do not know the grammar.

use crate::problem::{Problem, Span};

/// The problem for a syntax error of the TOML parser.
pub(crate) fn syntax_problem(source: &str, error: &toml::de::Error) -> Problem {
    let span = error.span().unwrap_or(source.len()..source.len());
    let message = error.message();
    let start = source.floor_char_boundary(span.start);
    let written = source.get(start..span.end).unwrap_or_default().trim();
    let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let before = &source[line_start..start];

    if message == "duplicate key" {
        return duplicate_key(source, span, written);
    }
    let problem = |said: &str, label: &str| Problem::new("syntax", span.clone(), said, label);
    if message.starts_with("string values must be quoted") {
        if written.is_empty() {
            return problem("there is no value after `=`", "expected a value here")
                .with_help("write text in quotes, a number, `true`, `false`, or a list in `[…]`");
        }
        if written.starts_with(['“', '”', '„', '«', '‘', '’']) {
            return problem("these quotes are typographic ones", "expected a straight `\"` or `'`")
                .with_help("type the quotes as `\"` or `'`; word processors replace them");
        }
        return problem("text must be in quotes", "this value has no quotes")
            .with_help(format!("write `{before}\"{written}\"`"));
    }
    if message.starts_with("invalid boolean") {
        return problem("this is neither `true` nor `false`", "expected `true` or `false`, in small letters")
            .with_help("text must be in quotes");
    }
    if message.starts_with("invalid unquoted key") {
        return problem("this key has a character that needs quotes", "letters, digits, `-` and `_` only")
            .with_help(format!("write the key in quotes: `\"{written}\"`"));
    }
    if message.starts_with("missing escaped value") {
        return problem("a backslash in `\"…\"` begins an escape, and this is none", "unknown escape")
            .with_help(
                "write `\\\\` for a backslash, or put the text in single quotes, which take it as it is",
            );
    }
    if message.starts_with("invalid basic string") || message.starts_with("invalid literal string") {
        return problem("this text has no closing quote", "expected the closing quote by here")
            .with_help("text over several lines stands between `\"\"\"` and `\"\"\"`");
    }
    if message.starts_with("unexpected key or value") && before.contains('\'') {
        return problem("there is something after the value", "expected the end of the line")
            .with_help("text that holds a `'` stands in double quotes: `\"it's\"`");
    }
    if message.starts_with("unexpected key or value") {
        return problem("there is something after the value", "expected the end of the line")
            .with_help("write each `key = value` on a line of its own");
    }
    if message.starts_with("key with no value") {
        return problem("this line has no `=`", "expected `=` here")
            .with_help("a line is `key = value`, a `[table]`, or a comment that begins with `#`");
    }
    if message.starts_with("unclosed") {
        let closing = message.rsplit_once("expected ").map_or("the closing bracket", |(_, bracket)| bracket);
        return problem("a bracket is not closed", &format!("expected {closing} by here"));
    }
    if message.starts_with("unexpected leading zero") {
        return problem("a number does not begin with `0`", "leave out the leading zero");
    }
    let (said, expected) = match message.split_once(", ") {
        Some((said, expected)) => (said, expected),
        None => (message, "not TOML from here on"),
    };
    problem(&format!("the file is not TOML: {said}"), expected)
}

fn duplicate_key(source: &str, span: Span, key: &str) -> Problem {
    let line = source[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let is_header = source[line..].trim_start().starts_with('[');
    if is_header {
        return Problem::new(
            "duplicate-key",
            span,
            format!("the table `{key}` is here a second time"),
            "it already has its place above",
        )
        .with_help("put both together; a further stage begins with two brackets, such as `[[filter]]`");
    }
    Problem::new(
        "duplicate-key",
        span,
        format!("`{key}` is written twice in the same table"),
        "the second time",
    )
    .with_help("keep one of the two")
}
