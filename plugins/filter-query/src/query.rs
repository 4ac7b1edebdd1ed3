//! What a query is once it has been read: a tree of terms joined by AND, OR and NOT.
//!
//! The tree keeps words as they were typed, so that it can be shown again; they are folded when
//! the rules are compiled. Printing a tree gives a query that reads back as the same tree.

use std::fmt::{self, Display, Formatter, Write};

/// Where a term is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// No field was named: the title and the text.
    Body,
    /// `title:`
    Title,
    /// `text:`
    Text,
    /// `author:`, the handle and the name.
    Author,
    /// `channel:`
    Channel,
    /// `lang:`
    Lang,
    /// `tag:`
    Tag,
    /// `link:`, the message's own address and those that it links to.
    Link,
}

impl Field {
    /// Every field that can be named, in the order in which they are listed to people.
    pub const NAMED: [Field; 7] =
        [Field::Title, Field::Text, Field::Author, Field::Channel, Field::Lang, Field::Tag, Field::Link];

    /// The name as it is typed before the colon; empty for [`Field::Body`].
    pub fn name(self) -> &'static str {
        match self {
            Field::Body => "",
            Field::Title => "title",
            Field::Text => "text",
            Field::Author => "author",
            Field::Channel => "channel",
            Field::Lang => "lang",
            Field::Tag => "tag",
            Field::Link => "link",
        }
    }
}

/// A number that a message carries. One that is absent counts as 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counter {
    /// `followers:`
    Followers,
    /// `likes:`
    Likes,
    /// `reposts:`
    Reposts,
    /// `replies:`
    Replies,
}

impl Counter {
    /// Every counter, in the order in which they are listed to people.
    pub const ALL: [Counter; 4] = [Counter::Followers, Counter::Likes, Counter::Reposts, Counter::Replies];

    /// The name as it is typed before the colon.
    pub fn name(self) -> &'static str {
        match self {
            Counter::Followers => "followers",
            Counter::Likes => "likes",
            Counter::Reposts => "reposts",
            Counter::Replies => "replies",
        }
    }
}

/// A word, the beginning of one (`rust*`), or several words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What was typed, without its quotation marks; a `*` ends the beginning of a word.
    pub typed: String,
    /// Whether it stood in quotation marks.
    pub quoted: bool,
}

/// One query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// A word, a prefix or a phrase.
    Words {
        /// Where to look.
        field: Field,
        /// What to look for.
        words: Words,
    },
    /// `/pattern/` or `/pattern/i`
    Regex {
        /// Where to look.
        field: Field,
        /// The pattern, as regex-lite reads it.
        pattern: String,
        /// Whether letter case is ignored (`i`).
        ignore_case: bool,
    },
    /// `left NEAR/distance right`
    Near {
        /// Where to look; both sides must be found in the same value.
        field: Field,
        /// What one side may be: one of these.
        left: Vec<Words>,
        /// What the other side may be: one of these.
        right: Vec<Words>,
        /// How many words lie at most between them, counting the last: 1 is side by side.
        distance: u32,
    },
    /// A counter between two bounds, both included.
    Count {
        /// Which number.
        counter: Counter,
        /// The least that matches.
        least: u64,
        /// The most that matches; `u64::MAX` is no bound.
        most: u64,
    },
    /// All of these; at least two.
    And(Vec<Query>),
    /// At least one of these; at least two.
    Or(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
}

impl Display for Words {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if !self.quoted {
            return f.write_str(&self.typed);
        }
        f.write_char('"')?;
        for c in self.typed.chars() {
            if matches!(c, '"' | '\\') {
                f.write_char('\\')?;
            }
            f.write_char(c)?;
        }
        f.write_char('"')
    }
}

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Query::Words { field, words } => {
                write_field(f, *field)?;
                write!(f, "{words}")
            }
            Query::Regex { field, pattern, ignore_case } => {
                write_field(f, *field)?;
                write!(f, "/{}/{}", pattern.replace('/', "\\/"), if *ignore_case { "i" } else { "" })
            }
            Query::Near { field, left, right, distance } => {
                let grouped = *field != Field::Body;
                write_field(f, *field)?;
                f.write_str(if grouped { "(" } else { "" })?;
                write_alternatives(f, left)?;
                write!(f, " NEAR/{distance} ")?;
                write_alternatives(f, right)?;
                f.write_str(if grouped { ")" } else { "" })
            }
            Query::Count { counter, least, most } => {
                write!(f, "{}:", counter.name())?;
                match (*least, *most) {
                    (least, u64::MAX) => write!(f, ">={least}"),
                    (least, most) if least == most => write!(f, "{least}"),
                    (0, most) => write!(f, "<={most}"),
                    (least, most) => write!(f, "{least}..{most}"),
                }
            }
            Query::And(parts) => write_joined(f, parts, " AND "),
            Query::Or(parts) => write_joined(f, parts, " OR "),
            Query::Not(inner) => {
                f.write_str("NOT ")?;
                write_operand(f, inner)
            }
        }
    }
}

fn write_field(f: &mut Formatter<'_>, field: Field) -> fmt::Result {
    if field == Field::Body { Ok(()) } else { write!(f, "{}:", field.name()) }
}

fn write_alternatives(f: &mut Formatter<'_>, alternatives: &[Words]) -> fmt::Result {
    if let [one] = alternatives {
        return write!(f, "{one}");
    }
    f.write_char('(')?;
    for (index, words) in alternatives.iter().enumerate() {
        write!(f, "{}{words}", if index == 0 { "" } else { " OR " })?;
    }
    f.write_char(')')
}

fn write_joined(f: &mut Formatter<'_>, parts: &[Query], operator: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { operator })?;
        write_operand(f, part)?;
    }
    Ok(())
}

/// Puts parentheses around what would otherwise be read as part of the operator outside it.
fn write_operand(f: &mut Formatter<'_>, part: &Query) -> fmt::Result {
    match part {
        Query::And(_) | Query::Or(_) => write!(f, "({part})"),
        _ => write!(f, "{part}"),
    }
}
