//! Rust source without what is not code.

use std::iter::repeat_n;

/// The source with comments, strings and characters blanked; lines stay where they are.
pub(super) fn code_of(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let after_word = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let length = match rest {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => block_comment(rest),
            _ if first == '"' => string(rest),
            _ if first == '\'' => character(rest),
            _ if !after_word && matches!(first, 'r' | 'b' | 'c') => prefixed(rest),
            _ => 0,
        };
        if length == 0 {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            let (blanked, behind) = rest.split_at(length);
            // At least one, so that the words around it do not become one.
            code.push(' ');
            code.extend(repeat_n('\n', blanked.matches('\n').count()));
            rest = behind;
        }
    }
    code
}

/// How long the comment is that starts here; one may lie in another.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// How long the string is that starts here with a quotation mark.
fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// How long the character is that starts here; 0 where it is a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => {
            chars.next();
            chars.find(|(_, c)| *c == '\'').map_or(rest.len(), |(at, _)| at + 1)
        }
        Some(_) => chars.next().filter(|(_, c)| *c == '\'').map_or(0, |(at, _)| at + 1),
        None => 0,
    }
}

/// How long the string or byte is that starts here with a letter; 0 where it is just a letter.
fn prefixed(rest: &str) -> usize {
    let letters = rest.find(|c| !matches!(c, 'r' | 'b' | 'c')).unwrap_or(rest.len());
    let (prefix, behind) = rest.split_at(letters);
    let length = match prefix {
        "b" | "c" if behind.starts_with('"') => string(behind),
        "b" if behind.starts_with('\'') => character(behind),
        "r" | "br" | "cr" => raw_string(behind),
        _ => 0,
    };
    if length == 0 { 0 } else { letters + length }
}

/// How long the raw string is behind its letters; 0 where there is none.
fn raw_string(behind: &str) -> usize {
    let marks = behind.len() - behind.trim_start_matches('#').len();
    if !behind[marks..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(marks));
    behind[marks + 1..].find(&end).map_or(behind.len(), |at| marks + 1 + at + end.len())
}

/// The lines, counted from 1, in which a word stands by itself.
pub(super) fn lines_with_word(code: &str, word: &str) -> Vec<usize> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let stands = |line: &str| line.split(|c| !is_part(c)).any(|found| found == word);
    code.lines().enumerate().filter(|(_, line)| stands(line)).map(|(at, _)| at + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_is_left() {
        for (source, code) in [
            ("a // gone\nb", "a  \nb"),
            ("a /* go /* on */\n e */ b", "a  \n b"),
            (r#"f("go \" ne", x)"#, "f( , x)"),
            (r###"f(r#"go " ne"#, br"x", b"y", c"z")"###, "f( ,  ,  ,  )"),
            (r"f('x', '\'', '\u{e9}', 'é', b'\n')", "f( ,  ,  ,  ,  )"),
            ("fn f<'a>(x: &'a str, r: u8) -> X<'static>", "fn f<'a>(x: &'a str, r: u8) -> X<'static>"),
            ("number\"s\"", "number "),
            ("r#type", "r#type"),
            ("\"never closed", " "),
        ] {
            assert_eq!(code_of(source), code, "{source}");
        }
    }

    #[test]
    fn lines_stay_where_they_are() {
        let source = "/* a\n b */ \"c\nd\"\nunsafe // e\n";
        assert_eq!(lines_with_word(&code_of(source), "unsafe"), [4]);
    }

    #[test]
    fn a_word_is_whole() {
        assert_eq!(lines_with_word("unsafe_code\nan unsafe fn\nmy_unsafe", "unsafe"), [2]);
    }
}
