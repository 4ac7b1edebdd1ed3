//! How a condition is judged: its common forms here, all else by the library, which takes several times as long.

use std::ops::RangeInclusive;
use std::sync::Arc;

use cel::common::ast::{Expr, IdedExpr, LiteralValue, operators};
use cel::common::types::CelBool;
use cel::common::value::Val;
use cel::{Env, ExecutionError};

use crate::expression::{MISMATCH, evaluate, reason};
use crate::inputs::{Inputs, Values};
use crate::question::Question;

/// A condition, as the library would judge it.
#[derive(Debug)]
pub(crate) enum Plan {
    Both(Box<Plan>, Box<Plan>),
    Either(Box<Plan>, Box<Plan>),
    Not(Box<Plan>),
    Equal(Operand, Operand),
    /// Whether a value is in another, which may be a [`Question`](crate::question::Question).
    In(Operand, Operand),
    /// Whether the count of that place lies between two numbers: what rules ask most.
    Within(usize, RangeInclusive<i64>),
    /// Whether a text is in the list of that place.
    Listed(String, usize),
    Other(IdedExpr),
}

/// What stands in a tree where a value is wanted.
#[derive(Debug)]
pub(crate) enum Operand {
    Constant(Box<dyn Val>),
    /// The input of that place.
    Input(usize),
}

impl Plan {
    /// The plan of a checked tree.
    pub(crate) fn of(tree: IdedExpr, inputs: &Inputs) -> Self {
        let Expr::Call(call) = &tree.expr else { return Self::Other(tree) };
        let operand = |of: &IdedExpr| Operand::of(of, inputs);
        let plan = |of: &IdedExpr| Box::new(Self::of(of.clone(), inputs));
        let known = match (call.func_name.as_str(), call.args.as_slice()) {
            _ if call.target.is_some() => None,
            (operators::LOGICAL_AND, [left, right]) => Some(Self::Both(plan(left), plan(right))),
            (operators::LOGICAL_OR, [left, right]) => Some(Self::Either(plan(left), plan(right))),
            (operators::LOGICAL_NOT, [of]) => Some(Self::Not(plan(of))),
            (operators::EQUALS, [left, right]) => {
                operand(left).zip(operand(right)).map(|(left, right)| Self::Equal(left, right))
            }
            (operators::NOT_EQUALS, [left, right]) => operand(left)
                .zip(operand(right))
                .map(|(left, right)| Self::Not(Box::new(Self::Equal(left, right)))),
            (operators::IN, [left, right]) => match (&left.expr, operand(right)) {
                (Expr::Literal(LiteralValue::String(text)), Some(Operand::Input(list))) => {
                    Some(Self::Listed(text.inner().to_owned(), list))
                }
                (_, right) => {
                    operand(left).zip(right).map(|(left, right)| Self::of_membership(left, right, inputs))
                }
            },
            _ => None,
        };
        known.unwrap_or(Self::Other(tree))
    }

    fn of_membership(value: Operand, container: Operand, inputs: &Inputs) -> Self {
        let question = match &container {
            Operand::Constant(constant) => constant.downcast_ref::<Question>(),
            Operand::Input(_) => None,
        };
        match (&value, question.and_then(Question::of_count)) {
            (Operand::Input(place), Some(numbers)) if inputs.is_count(*place) => {
                Self::Within(*place, numbers)
            }
            _ => Self::In(value, container),
        }
    }

    /// Whether the condition holds for a row.
    ///
    /// # Errors
    /// Why it cannot be said, in a reader's words.
    pub(crate) fn holds(&self, env: &Arc<Env>, values: &Values<'_>) -> Result<bool, &'static str> {
        match self {
            Self::Both(left, right) => Self::decided(false, left, right, env, values),
            Self::Either(left, right) => Self::decided(true, left, right, env, values),
            Self::Not(of) => of.holds(env, values).map(|holds| !holds),
            Self::Equal(left, right) => Ok(left.value(values)?.equals(right.value(values)?)),
            Self::In(value, container) => {
                let container = container.value(values)?.as_container().ok_or(MISMATCH)?;
                container.contains(value.value(values)?).map_err(|error: ExecutionError| reason(&error))
            }
            Self::Within(count, numbers) => {
                values.count(*count).map(|count| numbers.contains(&count)).ok_or(MISMATCH)
            }
            Self::Listed(text, list) => values.lists(*list, text).ok_or(MISMATCH),
            Self::Other(tree) => {
                evaluate(tree, env, values, |value| value.downcast_ref::<CelBool>().map(|of| *of.inner()))
            }
        }
    }

    /// Two conditions of which one that is `deciding` decides, even where the other cannot be judged.
    fn decided(
        deciding: bool,
        left: &Self,
        right: &Self,
        env: &Arc<Env>,
        values: &Values<'_>,
    ) -> Result<bool, &'static str> {
        let left = left.holds(env, values);
        if left == Ok(deciding) {
            return left;
        }
        match right.holds(env, values)? {
            right if right == deciding => Ok(right),
            _ => left,
        }
    }
}

impl Operand {
    fn of(tree: &IdedExpr, inputs: &Inputs) -> Option<Self> {
        match &tree.expr {
            Expr::Literal(literal) => Some(Self::Constant(literal.to_val().into_owned())),
            Expr::Ident(name) => match inputs.constant(name) {
                Some(constant) => Some(Self::Constant(constant)),
                None => inputs.place(name).map(Self::Input),
            },
            _ => None,
        }
    }

    fn value<'v>(&'v self, values: &'v Values<'_>) -> Result<&'v (dyn Val + 'v), &'static str> {
        match self {
            Self::Constant(constant) => Ok(constant.as_ref()),
            Self::Input(place) => values.input(*place).ok_or(MISMATCH),
        }
    }
}
