//! `matches`: regular expressions, compiled before the first message.
//!
//! By regex-lite, which adds some 70 KB to a component where the engine that the `cel` crate would bring adds
//! 900 KB. What it lacks is that `(?i)` means letters beyond ASCII too; that is mended here.

use regex_lite::{Regex, RegexBuilder};

/// Bounds the compiled program, and with it the time that a character of text can take.
const LARGEST_PROGRAM: usize = 128 * 1024;

/// Compile a pattern.
///
/// # Errors
/// What is wrong with it, in a sentence: not a pattern, or one that is too large.
pub(crate) fn compile(pattern: &str) -> Result<Regex, String> {
    let widened = if pattern.starts_with("(?i)") { with_both_cases(pattern) } else { pattern.to_owned() };
    RegexBuilder::new(&widened)
        .size_limit(LARGEST_PROGRAM)
        .nest_limit(50)
        .build()
        .map_err(|error| error.to_string())
}

/// Every letter beyond ASCII as a class of its two cases, `é` as `[éÉ]`; those in classes and behind a
/// backslash stay as they are.
fn with_both_cases(pattern: &str) -> String {
    let mut widened = String::with_capacity(2 * pattern.len());
    let (mut escaped, mut in_class) = (false, false);
    for letter in pattern.chars() {
        let plain = !escaped && !in_class && !letter.is_ascii();
        let mut lower = letter.to_lowercase();
        let mut upper = letter.to_uppercase();
        match ((lower.next(), lower.next()), (upper.next(), upper.next())) {
            ((Some(lower), None), (Some(upper), None)) if plain && lower != upper => {
                widened.extend(['[', lower, upper, ']']);
            }
            _ => widened.push(letter),
        }
        in_class = if escaped { in_class } else { letter == '[' || (in_class && letter != ']') };
        escaped = letter == '\\' && !escaped;
    }
    widened
}
