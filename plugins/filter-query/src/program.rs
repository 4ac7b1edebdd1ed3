//! What the rules are compiled to.

use crate::dictionary::Dictionary;
use crate::query::{Counter, Field};
use regex_lite::Regex;

/// The kinds of text that words are looked up in, each with a dictionary of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Zone {
    /// The title (column 1) and the text (column 2).
    Body,
    Author,
    Channel,
    Lang,
    Tag,
    Link,
}

impl Zone {
    pub(crate) const COUNT: usize = 6;

    /// The zone of a field, and the columns of it that the field means, a bit each.
    pub(crate) fn of(field: Field) -> (Zone, u8) {
        match field {
            Field::Body => (Zone::Body, 0b11),
            Field::Title => (Zone::Body, 0b01),
            Field::Text => (Zone::Body, 0b10),
            Field::Author => (Zone::Author, 1),
            Field::Channel => (Zone::Channel, 1),
            Field::Lang => (Zone::Lang, 1),
            Field::Tag => (Zone::Tag, 1),
            Field::Link => (Zone::Link, 1),
        }
    }
}

/// A tree of conditions. Words, phrases and NEAR are all a hit: they have been looked for before.
/// Alternatives share one hit, so an OR of ten thousand words is a single question.
#[derive(Debug)]
pub(crate) enum Node {
    Hit(u32),
    Count { counter: Counter, least: u64, most: u64 },
    Regex { regex: Box<Regex>, field: Field },
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
}

/// What follows from a hit.
#[derive(Debug, Default)]
pub(crate) struct Hit {
    /// Whether the places are needed too: it is part of a phrase or of a NEAR.
    pub(crate) placed: bool,
    /// Rules that cannot match without this hit or one like it.
    pub(crate) rules: Vec<u32>,
    /// Patterns that cannot match without this hit or one like it.
    pub(crate) patterns: Vec<u32>,
}

/// Words whose places matter, and the hit to note when they are right.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) shape: Shape,
    pub(crate) hit: u32,
    pub(crate) term: u32,
}

/// A run of hits that must lie side by side.
pub(crate) type Run = Box<[u32]>;

#[derive(Debug)]
pub(crate) enum Shape {
    Phrase(Run),
    Near { left: Vec<Run>, right: Vec<Run>, distance: u32 },
}

/// One rule.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) node: Node,
    pub(crate) weight: f64,
    pub(crate) reason: String,
}

/// The words of all rules and what follows from each.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) zones: [Dictionary; Zone::COUNT],
    pub(crate) hits: Vec<Hit>,
    pub(crate) patterns: Vec<Pattern>,
    /// The terms as they were typed.
    pub(crate) terms: Vec<String>,
    pub(crate) rules: Vec<Rule>,
    /// Rules that can match a message in which no word was found.
    pub(crate) always: Vec<u32>,
}
