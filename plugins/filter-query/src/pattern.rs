//! Regular expressions: bounded in size, and `i` for letters beyond ASCII too.
//!
//! regex-lite adds some 70 KB to a component where the full engine adds 900 KB. What it lacks is
//! Unicode: `\w`, `\b` and `i` know ASCII only. `i` is mended here.

use regex_lite::{Regex, RegexBuilder};

/// Bounds the compiled program, and with it the time that a character of text can take.
const LARGEST_PROGRAM: usize = 128 * 1024;

/// Compiles a pattern.
///
/// # Errors
/// What is wrong with it, in a sentence: not a pattern, or one that is too large.
pub(crate) fn compile(pattern: &str, ignore_case: bool) -> Result<Regex, String> {
    let widened = if ignore_case { widen_case(pattern) } else { pattern.to_owned() };
    RegexBuilder::new(&widened)
        .case_insensitive(ignore_case)
        .size_limit(LARGEST_PROGRAM)
        .nest_limit(50)
        .build()
        .map_err(|error| error.to_string())
}

/// Writes both cases of every letter that is not ASCII: `é` becomes `[éÉ]`, in a class `éÉ`.
fn widen_case(pattern: &str) -> String {
    let mut widened = String::with_capacity(pattern.len() + 16);
    let (mut escaped, mut in_class) = (false, false);
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let other = other_case(c);
        let range_follows = in_class && chars.peek() == Some(&'-');
        match (c, other) {
            _ if escaped => escaped = false,
            ('\\', _) => escaped = true,
            ('[', _) => in_class = true,
            (']', _) => in_class = false,
            (_, Some(other)) if in_class && !range_follows && !widened.ends_with('-') => widened.push(other),
            (_, Some(other)) if !in_class => {
                widened.extend(['[', c, other, ']']);
                continue;
            }
            _ => {}
        }
        widened.push(c);
    }
    widened
}

/// The letter in its other case, where that is one letter.
fn other_case(c: char) -> Option<char> {
    let mut cases: (Option<char>, Option<char>) = (None, None);
    if c.is_uppercase() {
        let mut lower = c.to_lowercase();
        cases = (lower.next(), lower.next());
    } else if !c.is_ascii() {
        let mut upper = c.to_uppercase();
        cases = (upper.next(), upper.next());
    }
    match cases {
        (Some(other), None) if other != c && !c.is_ascii() => Some(other),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_ignored_for_accented_letters_too() {
        let found = |pattern, text| compile(pattern, true).is_ok_and(|regex| regex.is_match(text));
        assert!(found("été", "ÉTÉ"));
        assert!(found("[éè]t", "bÈT"));
        assert!(found("[à-ÿ]t", "ét"));
        assert!(!found("été", "ete"));
        assert!(compile("été", false).is_ok_and(|regex| !regex.is_match("ÉTÉ")));
    }

    #[test]
    fn a_pattern_that_would_explode_is_refused() {
        assert!(compile("((a{100}){100}){100}", false).is_err());
        assert!(compile(&"(".repeat(200), false).is_err());
        assert!(compile("a(", false).is_err());
    }
}
