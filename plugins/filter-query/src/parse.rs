//! Reads a query: a recursive descent, one function for each level of the grammar.
//!
//! ```text
//! or     = and  { "OR" and }
//! and    = not  { ["AND"] not }
//! not    = { "NOT" | "-" } near
//! near   = term [ "NEAR/" number term ]
//! term   = [ field ":" ] ( word | phrase | regex | "(" or ")" ) | counter ":" bounds
//! ```
//!
//! It is written by hand because every way to fail has its own sentence and its own place: the
//! opening parenthesis and not the end of the query, the operator that lacks a side and not what
//! happens to follow it.

use crate::lexis::{self, Quote};
use crate::parse_error::ParseError;
use crate::query::{Counter, Field, Query, Words};

/// How deep parentheses and NOT may be nested: it bounds the stack.
const DEEPEST: usize = 50;
/// The largest distance of NEAR. Columns are kept farther apart than this.
pub(crate) const FARTHEST: u32 = 1000;

/// Reads a query.
///
/// # Errors
/// The first thing that is wrong, its place and how to mend it.
pub fn parse(query: &str) -> Result<Query, ParseError> {
    if query.trim().is_empty() {
        return Err(ParseError::new((0, query.len()), "the query is empty", "write a word to look for"));
    }
    let mut parser = Parser { query, at: 0, depth: 0 };
    let tree = parser.or(Field::Body, Before::Start)?;
    match parser.peek() {
        None => Ok(tree),
        Some(_) => Err(parser.closes_nothing()),
    }
}

type Span = (usize, usize);

/// What stands before an operand: it tells what to say when the operand is missing.
#[derive(Clone, Copy)]
enum Before {
    Start,
    Open(Span),
    Operator(Span),
}

struct Parser<'q> {
    query: &'q str,
    at: usize,
    depth: usize,
}

impl<'q> Parser<'q> {
    fn or(&mut self, field: Field, before: Before) -> Result<Query, ParseError> {
        let mut parts = vec![self.and(field, before)?];
        while let Some(operator) = self.take_keyword("OR") {
            parts.push(self.and(field, Before::Operator(operator))?);
        }
        Ok(one_or(parts, Query::Or))
    }

    fn and(&mut self, field: Field, before: Before) -> Result<Query, ParseError> {
        let mut parts = vec![self.not(field, before)?];
        loop {
            if let Some(operator) = self.take_keyword("AND") {
                parts.push(self.not(field, Before::Operator(operator))?);
            } else if matches!(self.peek(), None | Some(')')) || self.run() == "OR" {
                return Ok(one_or(parts, Query::And));
            } else {
                parts.push(self.not(field, Before::Start)?);
            }
        }
    }

    fn not(&mut self, field: Field, before: Before) -> Result<Query, ParseError> {
        let operator = match self.take_keyword("NOT") {
            Some(operator) => operator,
            None if self.peek() == Some('-') => {
                let dash = (self.at, self.at + 1);
                self.at += 1;
                if self.rest().starts_with(|c: char| c.is_whitespace() || c == ')') || self.rest().is_empty()
                {
                    return Err(ParseError::new(
                        dash,
                        "this `-` excludes nothing",
                        "it must touch what it excludes, as in `-crypto`",
                    ));
                }
                dash
            }
            None => return self.near(field, before),
        };
        self.descend(operator)?;
        let inner = self.not(field, Before::Operator(operator))?;
        self.depth -= 1;
        Ok(Query::Not(Box::new(inner)))
    }

    fn near(&mut self, field: Field, before: Before) -> Result<Query, ParseError> {
        self.peek();
        let start = self.at;
        let left = self.term(field, before)?;
        let left_span = (start, self.at);
        let Some((operator, distance)) = self.take_near()? else { return Ok(left) };
        self.peek();
        let start = self.at;
        let right = self.term(field, Before::Operator(operator))?;
        let right_span = (start, self.at);
        if let Some((again, _)) = self.take_near()? {
            return Err(ParseError::new(
                again,
                "a second `NEAR` in a row",
                format!("write two of them: `a NEAR/{distance} b AND b NEAR/{distance} c`"),
            ));
        }
        let (left_field, left) = near_operand(left, left_span)?;
        let (right_field, right) = near_operand(right, right_span)?;
        if left_field != right_field {
            return Err(ParseError::new(
                right_span,
                "both sides of `NEAR` must be in the same field",
                format!("write `title:(a NEAR/{distance} b)`"),
            ));
        }
        if matches!(left_field, Field::Tag | Field::Lang) {
            let message = format!("`NEAR` finds nothing in `{}:`", left_field.name());
            return Err(ParseError::new(
                operator,
                message,
                "it looks at words; these are compared as wholes",
            ));
        }
        Ok(Query::Near { field: left_field, left, right, distance })
    }

    fn term(&mut self, field: Field, before: Before) -> Result<Query, ParseError> {
        match self.peek() {
            None | Some(')') => Err(self.missing(before)),
            Some('-') => Err(self.misplaced_dash()),
            Some(_) if is_keyword(self.run()) => Err(self.missing(before)),
            Some(_) => match self.take_name()? {
                None => self.operand(field),
                Some((name, span)) if field != Field::Body => Err(ParseError::new(
                    span,
                    format!("`{name}:` stands inside `{}:( … )`", field.name()),
                    "close the parenthesis before it",
                )),
                Some((name, span)) => self.named(&name, span),
            },
        }
    }

    /// What follows `name:`.
    fn named(&mut self, name: &str, span: Span) -> Result<Query, ParseError> {
        let counter = Counter::ALL.into_iter().find(|counter| counter.name() == name);
        if self.rest().is_empty() || self.rest().starts_with(|c: char| c.is_whitespace() || c == ')') {
            let example = if counter.is_some() { format!("{name}:>1000") } else { format!("{name}:anna") };
            return Err(ParseError::new(
                span,
                format!("`{name}:` is followed by nothing"),
                format!("write what to look for right after the colon, as in `{example}`"),
            ));
        }
        if self.rest().starts_with('-') {
            return Err(self.misplaced_dash());
        }
        if let Some(counter) = counter {
            let (start, bounds) = (self.at, self.run());
            self.at += bounds.len();
            let (least, most) = lexis::bounds(counter, bounds, start)?;
            return Ok(Query::Count { counter, least, most });
        }
        match Field::NAMED.into_iter().find(|field| field.name() == name) {
            Some(field) => self.operand(field),
            None => Err(lexis::unknown_field(name, name, span.0)),
        }
    }

    /// A group, a phrase, a regex or a word.
    fn operand(&mut self, field: Field) -> Result<Query, ParseError> {
        let start = self.at;
        match self.rest().chars().next() {
            Some('(') => self.group(field),
            Some('/') => {
                let regex = lexis::regex(self.query, start)?;
                self.at = regex.end;
                Ok(Query::Regex { field, pattern: regex.pattern, ignore_case: regex.ignore_case })
            }
            Some(c) => match Quote::opened_by(c) {
                Some(quote) => {
                    let (typed, end) = lexis::quoted(self.query, start, quote)?;
                    self.at = end;
                    lexis::check_words(&typed, (start, end))?;
                    Ok(Query::Words { field, words: Words { typed, quoted: true } })
                }
                None => {
                    let run = self.run();
                    self.at += run.len();
                    lexis::check_operator(run, (start, self.at))?;
                    lexis::check_words(run, (start, self.at))?;
                    // Shown again without its field, it would be read as something else.
                    let quoted = is_keyword(run) || (field != Field::Body && run.contains(':'));
                    Ok(Query::Words { field, words: Words { typed: run.to_owned(), quoted } })
                }
            },
            None => Err(self.missing(Before::Start)),
        }
    }

    fn group(&mut self, field: Field) -> Result<Query, ParseError> {
        let open = (self.at, self.at + 1);
        self.descend(open)?;
        self.at += 1;
        let inner = self.or(field, Before::Open(open))?;
        self.depth -= 1;
        if self.peek() == Some(')') {
            self.at += 1;
            return Ok(inner);
        }
        Err(never_closed(open))
    }

    fn descend(&mut self, span: Span) -> Result<(), ParseError> {
        self.depth += 1;
        if self.depth <= DEEPEST {
            return Ok(());
        }
        let message = format!("more than {DEEPEST} parentheses or NOT inside each other");
        Err(ParseError::new(span, message, "take some of them away"))
    }

    /// The next character that is not white space.
    fn peek(&mut self) -> Option<char> {
        let trimmed = self.rest().trim_start();
        self.at = self.query.len() - trimmed.len();
        trimmed.chars().next()
    }

    fn rest(&self) -> &'q str {
        self.query.get(self.at..).unwrap_or_default()
    }

    /// What is written here without a space, a parenthesis or a quotation mark.
    fn run(&self) -> &'q str {
        let rest = self.rest();
        let end = rest.find(lexis::ends_run).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    fn take_keyword(&mut self, keyword: &str) -> Option<Span> {
        self.peek();
        let span = (self.at, self.at + keyword.len());
        (self.run() == keyword).then(|| {
            self.at = span.1;
            span
        })
    }

    fn take_near(&mut self) -> Result<Option<(Span, u32)>, ParseError> {
        self.peek();
        let run = self.run();
        if !is_near(run) {
            return Ok(None);
        }
        let span = (self.at, self.at + run.len());
        let Some(number) = run.strip_prefix("NEAR/") else {
            return Err(ParseError::new(
                span,
                "`NEAR` needs a number",
                "write `NEAR/5` for within five words",
            ));
        };
        self.at = span.1;
        match number.parse() {
            Ok(distance @ 1..=FARTHEST) => Ok(Some((span, distance))),
            _ => Err(ParseError::new(
                span,
                format!("`NEAR/` needs a number from 1 to {FARTHEST}"),
                "write `NEAR/5` for within five words",
            )),
        }
    }

    /// Takes `name:`, in lower case, if that is what stands here.
    fn take_name(&mut self) -> Result<Option<(String, Span)>, ParseError> {
        let Some((name, value)) = self.run().split_once(':') else { return Ok(None) };
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic());
        if !is_name || value.starts_with("//") {
            return Ok(None);
        }
        let lower = name.to_ascii_lowercase();
        let known = Field::NAMED.iter().any(|field| field.name() == lower)
            || Counter::ALL.iter().any(|counter| counter.name() == lower);
        if !known {
            return Err(lexis::unknown_field(name, self.run(), self.at));
        }
        let span = (self.at, self.at + name.len() + 1);
        self.at = span.1;
        Ok(Some((lower, span)))
    }

    fn missing(&mut self, before: Before) -> ParseError {
        let here = self.run();
        match before {
            Before::Operator((start, end)) => {
                let operator = self.query.get(start..end).unwrap_or_default();
                ParseError::new(
                    (start, end),
                    format!("`{operator}` has nothing on its right"),
                    format!("write a word after it, or put \"{operator}\" in quotation marks to look for it"),
                )
            }
            Before::Open(open) if self.peek() == Some(')') => {
                ParseError::new((open.0, self.at + 1), "nothing between the parentheses", "take them away")
            }
            Before::Open(open) if here.is_empty() => never_closed(open),
            Before::Start if here.is_empty() => self.closes_nothing(),
            Before::Start | Before::Open(_) => ParseError::new(
                (self.at, self.at + here.len()),
                format!("`{here}` has nothing on its left"),
                format!("write a word before it, or put \"{here}\" in quotation marks to look for it"),
            ),
        }
    }

    fn misplaced_dash(&self) -> ParseError {
        let help = "write the `-` first, as in `-author:anna`";
        ParseError::new((self.at, self.at + 1), "`-` cannot stand here", help)
    }

    fn closes_nothing(&self) -> ParseError {
        let end = self.rest().chars().next().map_or(self.at, |c| self.at + c.len_utf8());
        ParseError::new((self.at, end), "this `)` closes nothing", "take it away, or open a `(` before it")
    }
}

fn never_closed(open: Span) -> ParseError {
    ParseError::new(open, "this `(` is never closed", "write the `)` that belongs to it")
}

fn is_keyword(run: &str) -> bool {
    matches!(run, "AND" | "OR" | "NOT") || is_near(run)
}

fn is_near(run: &str) -> bool {
    run == "NEAR" || run.starts_with("NEAR/")
}

fn one_or(mut parts: Vec<Query>, join: fn(Vec<Query>) -> Query) -> Query {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            join(parts)
        }
    }
}

fn near_operand(query: Query, span: Span) -> Result<(Field, Vec<Words>), ParseError> {
    let refused = || {
        let help = "write a word, a phrase, or several joined by OR in parentheses";
        ParseError::new(span, "`NEAR` stands between words and phrases only", help)
    };
    match query {
        Query::Words { field, words } => Ok((field, vec![words])),
        Query::Or(parts) => {
            let mut alternatives = Vec::with_capacity(parts.len());
            let mut common = None;
            for part in parts {
                let Query::Words { field, words } = part else { return Err(refused()) };
                if *common.get_or_insert(field) != field {
                    return Err(refused());
                }
                alternatives.push(words);
            }
            common.map(|field| (field, alternatives)).ok_or_else(refused)
        }
        _ => Err(refused()),
    }
}
