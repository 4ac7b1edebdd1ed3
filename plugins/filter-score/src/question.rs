//! Questions to one value, of which all else is the same for all messages: `likes > 20`, `text.contains('été')`.
//!
//! In the tree they are sets, and it is asked whether the value is in them. The library answers that without
//! allocating anything, where a comparison prepares its error beforehand and a call looks for its function each
//! time: in a component that is ten times as slow.

use std::any::Any;
use std::cmp::Ordering;
use std::ops::RangeInclusive;

use cel::ExecutionError;
use cel::common::traits::Container;
use cel::common::types::{CelInt, CelString, Type};
use cel::common::value::{StaticVal, Val};
use memchr::memmem::Finder;
use regex_lite::Regex;

/// A question to one value.
#[derive(Clone, Debug)]
pub(crate) enum Question {
    Less(Box<dyn Val>),
    LessOrEqual(Box<dyn Val>),
    Greater(Box<dyn Val>),
    GreaterOrEqual(Box<dyn Val>),
    Contains(Box<Finder<'static>>),
    StartsWith(String),
    EndsWith(String),
    Matches(Regex),
}

static QUESTION: Type = Type::new_unspecified_type("question");

impl Question {
    /// How a value stands to another, by the sign of the comparison.
    pub(crate) fn comparison(sign: &str, other: Box<dyn Val>) -> Option<Self> {
        Some(match sign {
            "<" => Self::Less(other),
            "<=" => Self::LessOrEqual(other),
            ">" => Self::Greater(other),
            ">=" => Self::GreaterOrEqual(other),
            _ => return None,
        })
    }

    /// What a function of CEL asks of a text.
    pub(crate) fn of_text(function: &str, other: &str) -> Option<Self> {
        Some(match function {
            "contains" => Self::Contains(Box::new(Finder::new(other).into_owned())),
            "startsWith" => Self::StartsWith(other.to_owned()),
            "endsWith" => Self::EndsWith(other.to_owned()),
            _ => return None,
        })
    }

    /// Between which whole numbers a count must lie, where that is what is asked.
    pub(crate) fn of_count(&self) -> Option<RangeInclusive<i64>> {
        let number = |other: &dyn Val| other.downcast_ref::<CelInt>().map(|of| *of.inner());
        Some(match self {
            Self::Less(other) => number(other.as_ref())?.checked_sub(1).map_or(NONE, |most| i64::MIN..=most),
            Self::LessOrEqual(other) => i64::MIN..=number(other.as_ref())?,
            Self::Greater(other) => {
                number(other.as_ref())?.checked_add(1).map_or(NONE, |least| least..=i64::MAX)
            }
            Self::GreaterOrEqual(other) => number(other.as_ref())?..=i64::MAX,
            _ => return None,
        })
    }
}

/// No number lies here.
const NONE: RangeInclusive<i64> = RangeInclusive::new(i64::MAX, i64::MIN);

impl Container for Question {
    fn contains(&self, value: &dyn Val) -> Result<bool, ExecutionError> {
        let mismatch = || ExecutionError::no_such_overload("", Vec::new());
        let compare = |other: &dyn Val| value.as_comparer().ok_or_else(mismatch)?.compare(other);
        let text = || value.downcast_ref::<CelString<'_>>().map(CelString::inner).ok_or_else(mismatch);
        Ok(match self {
            Self::Less(other) => compare(other.as_ref())? == Ordering::Less,
            Self::LessOrEqual(other) => compare(other.as_ref())? != Ordering::Greater,
            Self::Greater(other) => compare(other.as_ref())? == Ordering::Greater,
            Self::GreaterOrEqual(other) => compare(other.as_ref())? != Ordering::Less,
            Self::Contains(finder) => finder.find(text()?.as_bytes()).is_some(),
            Self::StartsWith(other) => text()?.starts_with(other.as_str()),
            Self::EndsWith(other) => text()?.ends_with(other.as_str()),
            Self::Matches(pattern) => pattern.is_match(text()?),
        })
    }
}

impl StaticVal for Question {}

impl Val for Question {
    fn get_type(&self) -> &Type {
        &QUESTION
    }

    fn cel_type() -> &'static Type {
        &QUESTION
    }

    fn as_any(&self) -> Option<&dyn Any> {
        Some(self)
    }

    fn as_container(&self) -> Option<&dyn Container> {
        Some(self)
    }

    fn clone_as_boxed<'v>(&self) -> Box<dyn Val + 'v>
    where
        Self: 'v,
    {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_lies_between_the_numbers_of_a_comparison() {
        let numbers = [i64::MIN, i64::MIN + 1, -1, 0, 1, 20, i64::MAX - 1, i64::MAX];
        for (sign, number) in ["<", "<=", ">", ">="].into_iter().flat_map(|sign| numbers.map(|n| (sign, n))) {
            let question = Question::comparison(sign, Box::new(CelInt::from(number))).unwrap();
            let within = question.of_count().unwrap();
            for count in numbers {
                let expected = question.contains(&CelInt::from(count)).unwrap();
                assert_eq!(within.contains(&count), expected, "{count} {sign} {number}");
            }
        }
        let of_text = Question::comparison("<", Box::new(CelString::from("été"))).unwrap();
        assert_eq!(of_text.of_count(), None);
    }
}
