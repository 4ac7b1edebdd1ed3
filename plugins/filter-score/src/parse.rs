//! From text to a tree, by the parser of the `cel` crate; and where the words of the text stand.

use cel::IdedExpr;
use cel::parser::ParseError;
use cel::parser::pratt_parser::{Lexer, PrattParser, Token, TokenKind};

use crate::mistake::{Mistake, Place};

/// How long an expression may be, in bytes. Together with the bounds below it bounds how deep the tree can
/// grow, and so the stack that reading and judging it take.
const LONGEST: usize = 4096;
/// How many brackets may be open at once.
const DEEPEST: usize = 32;
/// How many choices (`a ? b : c`) there may be.
const MOST_CHOICES: usize = 64;

/// An expression as it was read.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) tree: IdedExpr,
    pub(crate) words: Words,
}

/// The words and signs of an expression, in their order.
#[derive(Debug)]
pub(crate) struct Words {
    text: String,
    tokens: Vec<Token>,
    next: usize,
}

impl Words {
    /// The place of the next `word` behind those that were found so far; the whole text where there is none.
    pub(crate) fn find(&mut self, word: &str) -> Place {
        let ahead = self.tokens.get(self.next..).unwrap_or_default();
        match ahead.iter().position(|token| self.text.get(token.start..token.end) == Some(word)) {
            Some(at) => {
                self.next += at + 1;
                place_of(&ahead[at])
            }
            None => self.whole(),
        }
    }

    /// The whole text.
    pub(crate) fn whole(&self) -> Place {
        Place { offset: 0, length: self.text.len() }
    }
}

/// Read an expression.
///
/// # Errors
/// What is too long, nested too deeply, or not an expression.
pub(crate) fn parse(text: &str) -> Result<Parsed, Mistake> {
    let whole = Place { offset: 0, length: text.len() };
    if text.trim().is_empty() {
        return Err(Mistake::new(whole, "the expression is empty"));
    }
    if text.len() > LONGEST {
        let message = format!("the expression is longer than {LONGEST} bytes");
        return Err(Mistake::new(whole, message).hint("Make several rules of it."));
    }
    let tokens = tokens(text)?;
    bounded(&tokens)?;
    match PrattParser::new().parse(text) {
        Ok(tree) => Ok(Parsed { tree, words: Words { text: text.to_owned(), tokens, next: 0 } }),
        Err(errors) => Err(errors.errors.first().map_or_else(
            || Mistake::new(whole, "this is not a CEL expression"),
            |error| unexpected(text, &tokens, error),
        )),
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, Mistake> {
    let mut lexer = Lexer::new(text);
    let mut tokens = Vec::new();
    loop {
        let token = lexer.lex();
        match token.kind {
            TokenKind::TokEnd => return Ok(tokens),
            TokenKind::TokWhitespace | TokenKind::TokComment => {}
            TokenKind::TokError => {
                // It may end within a letter of several bytes.
                let end =
                    (token.end..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
                let place = Place { offset: token.start, length: end.saturating_sub(token.start).max(1) };
                let written = text.get(token.start..end).unwrap_or_default();
                return Err(if written.starts_with(['"', '\'']) {
                    Mistake::new(place, "a text is not closed")
                        .hint("Write the quotation mark behind it too.")
                } else {
                    let hint = "Texts stand in quotation marks; and is &&, or is ||, equal is ==.";
                    Mistake::new(place, format!("`{written}` is no word or sign of CEL")).hint(hint)
                });
            }
            _ => tokens.push(token),
        }
    }
}

fn bounded(tokens: &[Token]) -> Result<(), Mistake> {
    let (mut open, mut choices) = (0_usize, 0);
    for token in tokens {
        match token.kind {
            TokenKind::TokLeftParen | TokenKind::TokLeftBracket | TokenKind::TokLeftBrace => open += 1,
            TokenKind::TokRightParen | TokenKind::TokRightBracket | TokenKind::TokRightBrace => {
                open = open.saturating_sub(1);
            }
            TokenKind::TokQuestion => choices += 1,
            _ => {}
        }
        if open > DEEPEST || choices > MOST_CHOICES {
            return Err(Mistake::new(place_of(token), "the expression is nested too deeply")
                .hint("Make several rules of it."));
        }
    }
    Ok(())
}

/// A parser's error in a reader's words.
fn unexpected(text: &str, tokens: &[Token], error: &ParseError) -> Mistake {
    let (line, column) = error.pos;
    let before = text.split_inclusive('\n').take(usize::try_from(line - 1).unwrap_or(0)).map(str::len);
    let offset = before.sum::<usize>() + usize::try_from(column - 1).unwrap_or(0);
    let Some(token) = tokens.iter().find(|token| token.start >= offset && error.pos != (0, 0)) else {
        let place = Place { offset: text.trim_end().len(), length: 0 };
        return Mistake::new(place, "the expression ends too early");
    };
    let written = text.get(token.start..token.end).unwrap_or_default();
    let mistake = Mistake::new(place_of(token), format!("`{written}` was not expected here"));
    match (token.kind, written.to_ascii_lowercase().as_str()) {
        _ if error.msg.contains("has()") => mistake.hint("Ask for an attribute: has(attrs.flair)."),
        (TokenKind::TokEqual, _) => mistake.hint("Write == to compare."),
        (_, "and") => mistake.hint("Write && for and."),
        (_, "or") => mistake.hint("Write || for or."),
        (TokenKind::TokReservedWord, _) => mistake.hint("CEL keeps this word for itself."),
        (TokenKind::TokInt | TokenKind::TokUint | TokenKind::TokFloat, _) => {
            mistake.hint("Numbers are written 1000 or 0.5.")
        }
        _ => mistake,
    }
}

fn place_of(token: &Token) -> Place {
    Place { offset: token.start, length: token.end.saturating_sub(token.start) }
}
