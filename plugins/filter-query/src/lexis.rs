//! The small parts of a query: runs, quoted phrases, regular expressions, bounds of a counter.

use crate::parse_error::ParseError;
use crate::pattern;
use crate::query::{Counter, Field};
use crible_sdk::words::{begins_word, is_word_char};

/// A pair of quotation marks.
#[derive(Clone, Copy)]
pub(crate) struct Quote {
    open: char,
    close: char,
}

impl Quote {
    /// The pairs that word processors write are understood too.
    pub(crate) fn opened_by(c: char) -> Option<Quote> {
        let close = match c {
            '"' => '"',
            '“' => '”',
            '«' => '»',
            _ => return None,
        };
        Some(Quote { open: c, close })
    }
}

/// Whether a bare word stops before this character.
pub(crate) fn ends_run(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '”' | '»') || Quote::opened_by(c).is_some()
}

/// Reads the phrase that opens at `start`; answers with its text and the place after it.
pub(crate) fn quoted(query: &str, start: usize, quote: Quote) -> Result<(String, usize), ParseError> {
    let inside = start + quote.open.len_utf8();
    let mut typed = String::new();
    let mut escaped = false;
    for (offset, c) in query.get(inside..).unwrap_or_default().char_indices() {
        match c {
            _ if escaped => {
                typed.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            _ if c == quote.close => {
                return Ok((typed.trim().to_owned(), inside + offset + c.len_utf8()));
            }
            _ => typed.push(c),
        }
    }
    let message = format!("this `{}` is never closed", quote.open);
    Err(ParseError::new((start, inside), message, format!("end the phrase with `{}`", quote.close)))
}

/// A regular expression as it was typed.
pub(crate) struct TypedRegex {
    pub(crate) pattern: String,
    pub(crate) ignore_case: bool,
    pub(crate) end: usize,
}

/// Reads the `/pattern/i` that begins at `start`.
pub(crate) fn regex(query: &str, start: usize) -> Result<TypedRegex, ParseError> {
    let mut pattern = String::new();
    let mut escaped = false;
    for (offset, c) in query.get(start + 1..).unwrap_or_default().char_indices() {
        match c {
            '/' if escaped => {
                pattern.pop();
                pattern.push('/');
            }
            '/' => return regex_flags(query, start, pattern, start + 1 + offset + 1),
            _ => pattern.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    Err(ParseError::new(
        (start, start + 1),
        "this `/` opens a regular expression that is never closed",
        "end it with `/`, or put a path in quotation marks",
    ))
}

fn regex_flags(query: &str, start: usize, pattern: String, at: usize) -> Result<TypedRegex, ParseError> {
    let rest = query.get(at..).unwrap_or_default();
    let flags = rest.get(..rest.find(ends_run).unwrap_or(rest.len())).unwrap_or_default();
    let end = at + flags.len();
    if !matches!(flags, "" | "i") {
        return Err(ParseError::new(
            (at, end),
            format!("`{flags}` after a regular expression"),
            "only `i` may follow (case is ignored); put a path in quotation marks",
        ));
    }
    if pattern.is_empty() {
        return Err(ParseError::new(
            (start, end),
            "the regular expression is empty",
            "write one between the `/`",
        ));
    }
    let ignore_case = flags == "i";
    match pattern::compile(&pattern, ignore_case) {
        Ok(_) => Ok(TypedRegex { pattern, ignore_case, end }),
        Err(cause) => Err(ParseError::new(
            (start, end),
            format!("the regular expression cannot be used: {cause}"),
            "a `\\` before `( [ { . * + ? ^ $ |` makes it an ordinary character",
        )),
    }
}

/// Refuses the operators of other languages, which would silently be read as nothing.
pub(crate) fn check_operator(run: &str, span: (usize, usize)) -> Result<(), ParseError> {
    let mend = match run {
        "&" | "&&" => "AND",
        "|" | "||" => "OR",
        _ if run.starts_with('!') && run.chars().any(begins_word) => "NOT",
        _ => return Ok(()),
    };
    let sign: String = run.chars().take_while(|c| matches!(c, '&' | '|' | '!')).collect();
    let end = span.0 + sign.len();
    Err(ParseError::new((span.0, end), format!("`{sign}` is not an operator"), format!("write `{mend}`")))
}

/// Refuses a term that could never be found: no word in it, or a `*` that ends no beginning.
pub(crate) fn check_words(typed: &str, span: (usize, usize)) -> Result<(), ParseError> {
    let mut previous = ' ';
    let mut chars = typed.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '*' {
            let message = match chars.peek() {
                _ if !is_word_char(previous) => "a `*` with no word before it",
                Some(next) if is_word_char(*next) => "a `*` inside a word",
                _ => "",
            };
            if !message.is_empty() {
                let help = "`*` ends the beginning of a word, as in `rust*`";
                return Err(ParseError::new(span, message, help));
            }
        }
        previous = c;
    }
    if typed.chars().any(begins_word) {
        return Ok(());
    }
    let help = "write at least one letter, digit or emoji, or use a regular expression, as in `/!!+/`";
    Err(ParseError::new(span, "no word to look for", help))
}

/// Says that no field has this name, and which one was probably meant.
pub(crate) fn unknown_field(name: &str, run: &str, start: usize) -> ParseError {
    let lower = name.to_ascii_lowercase();
    let names = || Field::NAMED.iter().map(|f| f.name()).chain(Counter::ALL.iter().map(|c| c.name()));
    let nearest = names()
        .map(|known| (strsim::osa_distance(known, &lower), known))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, known)| *distance <= known.len().div_ceil(3));
    let help = match nearest {
        Some((_, known)) => format!("did you mean `{known}:`?"),
        None => {
            let all: Vec<String> = names().map(|known| format!("`{known}:`")).collect();
            format!("there are {}; to look for the words write \"{run}\"", all.join(", "))
        }
    };
    ParseError::new((start, start + name.len()), format!("no field is called `{name}`"), help)
}

/// Reads what follows `followers:`; answers with the least and the most that match.
pub(crate) fn bounds(counter: Counter, typed: &str, start: usize) -> Result<(u64, u64), ParseError> {
    let name = counter.name();
    let refused = |message: String| {
        let help = format!("write `{name}:>1000`, `{name}:<=10`, `{name}:5` or `{name}:10..100`");
        ParseError::new((start, start + typed.len()), message, help)
    };
    let read =
        |digits: &str| number(digits).ok_or_else(|| refused(format!("`{digits}` is not a whole number")));
    if typed.is_empty() {
        return Err(refused(format!("`{name}:` needs a number")));
    }
    let nothing = || refused(format!("no number of {name} can be `{typed}`"));
    let (least, most) = if let Some((from, to)) = typed.split_once("..") {
        if from.is_empty() && to.is_empty() {
            return Err(refused("a range without an end".to_owned()));
        }
        (if from.is_empty() { 0 } else { read(from)? }, if to.is_empty() { u64::MAX } else { read(to)? })
    } else if let Some(digits) = typed.strip_prefix(">=") {
        (read(digits)?, u64::MAX)
    } else if let Some(digits) = typed.strip_prefix("<=") {
        (0, read(digits)?)
    } else if let Some(digits) = typed.strip_prefix('>') {
        (read(digits)?.checked_add(1).ok_or_else(nothing)?, u64::MAX)
    } else if let Some(digits) = typed.strip_prefix('<') {
        (0, read(digits)?.checked_sub(1).ok_or_else(nothing)?)
    } else {
        let exact = read(typed.strip_prefix('=').unwrap_or(typed))?;
        (exact, exact)
    };
    if least > most {
        return Err(refused("the range ends before it starts".to_owned()));
    }
    Ok((least, most))
}

/// A whole number; `10k` and `2M` are understood.
fn number(digits: &str) -> Option<u64> {
    let (digits, unit) = match digits.char_indices().next_back()? {
        (at, 'k' | 'K') => (digits.get(..at)?, 1_000),
        (at, 'M') => (digits.get(..at)?, 1_000_000),
        _ => (digits, 1),
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse::<u64>().ok()?.checked_mul(unit)
}
