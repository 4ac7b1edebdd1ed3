//! What the expressions of a stage read, and its values for a row.

use std::sync::OnceLock;

use cel::common::types::{CelDouble, CelInt, CelList, CelString};
use cel::common::value::{CowVal, Val};
use cel::context::VariableResolver;
use crible_sdk::{ListColumn, ListField, NumberField, Rows, TextColumn, TextField, Why};

use crate::time::{Span, Time};
use crate::types::Type;

/// Something that an expression can read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Input {
    Text(TextField),
    Count(NumberField),
    Texts(ListField),
    Labels,
    /// The score so far, with what earlier rules of this stage added.
    Score,
    Created,
    Now,
    Age,
    /// A free attribute.
    Attr(String),
    /// What one stage added to the score.
    ScoreOf(String),
}

/// The inputs that expressions name, but for free attributes and the scores of stages.
const NAMED: &[(&str, Input)] = &[
    ("id", Input::Text(TextField::Id)),
    ("channel", Input::Text(TextField::Channel)),
    ("author", Input::Text(TextField::Author)),
    ("author_name", Input::Text(TextField::AuthorName)),
    ("title", Input::Text(TextField::Title)),
    ("text", Input::Text(TextField::Text)),
    ("lang", Input::Text(TextField::Lang)),
    ("url", Input::Text(TextField::Url)),
    ("reply_to", Input::Text(TextField::ReplyTo)),
    ("repost_of", Input::Text(TextField::RepostOf)),
    ("followers", Input::Count(NumberField::Followers)),
    ("likes", Input::Count(NumberField::Likes)),
    ("reposts", Input::Count(NumberField::Reposts)),
    ("replies", Input::Count(NumberField::Replies)),
    ("links", Input::Texts(ListField::Links)),
    ("tags", Input::Texts(ListField::Tags)),
    ("labels", Input::Labels),
    ("score", Input::Score),
    ("created", Input::Created),
    ("now", Input::Now),
    ("age", Input::Age),
];

impl Input {
    /// The input of that name.
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        NAMED.iter().find(|(known, _)| *known == name).map(|(_, input)| input.clone())
    }

    /// The names of inputs, and of the groups of them.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        NAMED.iter().map(|(name, _)| *name).chain(["attrs", "scores"])
    }

    pub(crate) fn of_type(&self) -> Type {
        match self {
            Self::Text(_) | Self::Attr(_) => Type::Text,
            Self::Count(_) => Type::Int,
            Self::Texts(_) | Self::Labels => Type::List(Box::new(Type::Text)),
            Self::Score | Self::ScoreOf(_) => Type::Double,
            Self::Created | Self::Now => Type::Time,
            Self::Age => Type::Span,
        }
    }
}

/// The inputs and constants of all expressions of a stage. In the trees they bear the name of their place.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    inputs: Vec<Input>,
    constants: Vec<Box<dyn Val>>,
}

/// The signs before the place of an input and of a constant: no word of an expression begins so.
const INPUT: char = '$';
const CONSTANT: char = '#';

impl Inputs {
    /// The name of an input in the trees.
    pub(crate) fn add(&mut self, input: Input) -> String {
        let known = self.inputs.iter().position(|known| *known == input);
        let at = known.unwrap_or_else(|| {
            self.inputs.push(input);
            self.inputs.len() - 1
        });
        format!("{INPUT}{at}")
    }

    /// The name of a value that is the same for all messages in the trees.
    pub(crate) fn add_constant(&mut self, value: Box<dyn Val>) -> String {
        self.constants.push(value);
        format!("{CONSTANT}{}", self.constants.len() - 1)
    }

    /// The value of that name in the trees, where it is the same for all messages.
    pub(crate) fn constant(&self, name: &str) -> Option<Box<dyn Val>> {
        let place = name.strip_prefix(CONSTANT)?.parse::<usize>().ok()?;
        self.constants.get(place).cloned()
    }

    /// The place of the input of that name in the trees.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        let place = name.strip_prefix(INPUT)?.parse().ok()?;
        (place < self.inputs.len()).then_some(place)
    }

    /// Whether the input of that place is a count.
    pub(crate) fn is_count(&self, place: usize) -> bool {
        matches!(self.inputs.get(place), Some(Input::Count(_)))
    }

    /// The columns that the inputs need, and no others.
    pub(crate) fn columns<'r>(&self, rows: &'r Rows<'_>) -> Vec<Column<'r>> {
        let column = |input: &Input| match input {
            Input::Text(field) => Column::Texts(rows.texts(*field)),
            Input::Count(field) => Column::Counts(rows.numbers(*field)),
            Input::Texts(field) => Column::Lists(rows.lists(*field)),
            Input::Labels => Column::Lists(rows.labels()),
            Input::Score => Column::Scores(rows.scores()),
            Input::Created => Column::Times(rows.numbers(NumberField::CreatedAt)),
            Input::Now => Column::Times(rows.times()),
            Input::Age => Column::Ages { now: rows.times(), created: rows.numbers(NumberField::CreatedAt) },
            Input::Attr(name) => Column::Attr(rows.attr(name)),
            Input::ScoreOf(stage) => Column::ScoresOf { stage: stage.clone(), whys: rows.whys() },
        };
        self.inputs.iter().map(column).collect()
    }

    /// The values of one row, to be filled from its columns.
    pub(crate) fn values(&self) -> Values<'_> {
        Values { constants: &self.constants, inputs: Vec::with_capacity(self.inputs.len()) }
    }
}

/// A column as the inputs read it.
pub(crate) enum Column<'r> {
    Texts(&'r TextColumn),
    Attr(TextColumn),
    Counts(&'r [i64]),
    Lists(&'r ListColumn),
    Scores(&'r [f32]),
    Times(&'r [i64]),
    Ages { now: &'r [i64], created: &'r [i64] },
    ScoresOf { stage: String, whys: &'r TextColumn },
}

impl Column<'_> {
    fn value(&self, row: usize) -> Value<'_> {
        let number = |of: &[i64]| of.get(row).copied().unwrap_or_default();
        match self {
            Self::Texts(column) => Value::Text(column.get(row).into()),
            Self::Attr(column) => Value::Text(column.get(row).into()),
            Self::Counts(column) => Value::Count(number(column).into()),
            Self::Lists(column) => Value::Texts { column, row, list: OnceLock::new() },
            Self::Scores(column) => {
                Value::Score(f64::from(column.get(row).copied().unwrap_or_default()).into())
            }
            Self::Times(column) => Value::Time(Time(number(column))),
            Self::Ages { now, created } => Value::Span(Span(match number(created) {
                // When it was written is not known.
                0 => 0,
                created => number(now).saturating_sub(created).max(0),
            })),
            Self::ScoresOf { stage, whys } => {
                let whys = Why::all(whys.get(row)).unwrap_or_default();
                let score = whys.iter().filter(|why| why.stage == *stage).map(|why| f64::from(why.score));
                Value::ScoreOf(score.sum::<f64>().into())
            }
        }
    }
}

enum Value<'a> {
    Text(CelString<'a>),
    Count(CelInt),
    /// The library's list is made when it asks for it.
    Texts {
        column: &'a ListColumn,
        row: usize,
        list: OnceLock<CelList<'a>>,
    },
    Score(CelDouble),
    ScoreOf(CelDouble),
    Time(Time),
    Span(Span),
}

/// The values of one row, by the names that they have in the trees.
pub(crate) struct Values<'a> {
    constants: &'a [Box<dyn Val>],
    inputs: Vec<Value<'a>>,
}

impl<'a> Values<'a> {
    /// Take the values of a row.
    pub(crate) fn fill(&mut self, columns: &'a [Column<'_>], row: usize) {
        self.inputs.clear();
        self.inputs.extend(columns.iter().map(|column| column.value(row)));
    }

    /// Add to the score so far, as later rules see it.
    pub(crate) fn add_score(&mut self, added: f64) {
        for value in &mut self.inputs {
            if let Value::Score(score) = value {
                *score = (*score.inner() + added).into();
            }
        }
    }

    /// The value of an input.
    pub(crate) fn input(&self, place: usize) -> Option<&(dyn Val + '_)> {
        Some(match self.inputs.get(place)? {
            Value::Text(of) => of,
            Value::Count(of) => of,
            Value::Texts { column, row, list } => list.get_or_init(|| {
                let text = |text| Box::new(CelString::from(text)) as Box<dyn Val + '_>;
                column.get(*row).map(text).collect::<Vec<_>>().into()
            }),
            Value::Score(of) | Value::ScoreOf(of) => of,
            Value::Time(of) => of,
            Value::Span(of) => of,
        })
    }

    /// The count that an input is; `None` where it is none.
    pub(crate) fn count(&self, place: usize) -> Option<i64> {
        match self.inputs.get(place)? {
            Value::Count(of) => Some(*of.inner()),
            _ => None,
        }
    }

    /// Whether a text is in the list that an input is; `None` where it is none.
    pub(crate) fn lists(&self, place: usize, text: &str) -> Option<bool> {
        match self.inputs.get(place)? {
            Value::Texts { column, row, .. } => Some(column.get(*row).any(|of| of == text)),
            _ => None,
        }
    }
}

impl VariableResolver for Values<'_> {
    fn resolve<'b>(&'b self, name: &str) -> Option<CowVal<'b, 'b>> {
        if let Some(place) = name.strip_prefix(CONSTANT) {
            let constant = self.constants.get(place.parse::<usize>().ok()?)?;
            return Some(CowVal::Borrowed(constant.as_ref()));
        }
        let place = name.strip_prefix(INPUT)?.parse::<usize>().ok()?;
        self.input(place).map(CowVal::Borrowed)
    }
}
