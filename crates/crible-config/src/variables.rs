//! `${VAR}` in string values, read from the environment through a look-up.

use crate::literal::Text;
use crate::problem::Problem;

/// What an environment variable holds, if it is set.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The text with each `${VAR}` replaced and each `$${` made a plain `${`. A variable that cannot
/// be read leaves the text as it was written, marked unresolved, and a problem.
pub(crate) fn substitute(text: Text, lookup: Lookup<'_>, problems: &mut Vec<Problem>) -> Text {
    if !text.value.contains("${") {
        return text;
    }
    let mut out = text.emptied();
    let found_before = problems.len();
    let mut at = 0;
    while let Some(dollar) = text.value[at..].find("${").map(|found| at + found) {
        if dollar > at && text.value.as_bytes()[dollar - 1] == b'$' {
            out.push_part(&text, at..dollar - 1);
            out.push_whole("${", text.place(dollar - 1, 3));
            at = dollar + 2;
            continue;
        }
        out.push_part(&text, at..dollar);
        let Some(length) = text.value[dollar..].find('}').map(|close| close + 1) else {
            problems.push(
                Problem::new(
                    "bad-variable",
                    text.place(dollar, 2),
                    "this `${` has no closing `}`",
                    "a variable begins here",
                )
                .with_help("write `${NAME}` to read a variable, or `$${` for the two characters themselves"),
            );
            at = dollar;
            break;
        };
        let name = &text.value[dollar + 2..dollar + length - 1];
        let place = text.place(dollar, length);
        if !is_name(name) {
            problems.push(
                Problem::new(
                    "bad-variable",
                    place,
                    format!("`{name}` is not the name of a variable"),
                    "letters, digits and `_` only",
                )
                .with_help("write `${NAME}` to read a variable, or `$${` for the two characters themselves"),
            );
        } else if let Some(value) = lookup(name) {
            out.push_whole(&value, place);
            out.from_variable = true;
        } else {
            problems.push(
                Problem::new(
                    "unset-variable",
                    place,
                    format!("the environment variable `{name}` is not set"),
                    "read here",
                )
                .with_help(format!(
                    "set it before the program starts, for instance `export {name}='…'` in the shell"
                )),
            );
        }
        at = dollar + length;
    }
    if problems.len() > found_before {
        let mut as_written = text;
        as_written.unresolved = true;
        return as_written;
    }
    out.push_part(&text, at..text.value.len());
    out
}

fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
