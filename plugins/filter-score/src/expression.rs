//! An expression, compiled, and what it says of a message.

use std::sync::Arc;

use cel::common::types::{CelBool, CelDouble, CelInt, CelUInt};
use cel::common::value::CowVal;
use cel::{Context, Env, ExecutionError, IdedExpr, Value};

use crate::check::Check;
use crate::inputs::{Inputs, Values};
use crate::mistake::Mistake;
use crate::parse::{Parsed, parse};
use crate::time;
use crate::types::Type;

/// The functions that expressions may call.
pub(crate) fn env() -> Arc<Env> {
    let mut env = Env::stdlib();
    time::declare(&mut env);
    Arc::new(env)
}

/// A compiled expression.
#[derive(Debug)]
pub(crate) struct Expression(IdedExpr);

impl Expression {
    /// Compile a condition.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub(crate) fn condition(text: &str, env: &Arc<Env>, inputs: &mut Inputs) -> Result<Self, Mistake> {
        Self::compile(text, env, inputs, |of| matches!(of, Type::Bool | Type::Any), "true or false")
    }

    /// Compile the expression of a number.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub(crate) fn number(text: &str, env: &Arc<Env>, inputs: &mut Inputs) -> Result<Self, Mistake> {
        Self::compile(text, env, inputs, Type::is_number, "a number")
    }

    fn compile(
        text: &str,
        env: &Arc<Env>,
        inputs: &mut Inputs,
        fits: fn(&Type) -> bool,
        wanted: &str,
    ) -> Result<Self, Mistake> {
        let Parsed { mut tree, words } = parse(text)?;
        let whole = words.whole();
        let of_type = Check { env, inputs, words, bound: Vec::new(), depth: 0 }.check(&mut tree)?;
        if !fits(&of_type) {
            let message = format!("this must be {wanted}, and is of type {of_type}");
            return Err(Mistake::new(whole, message));
        }
        Ok(Self(tree))
    }

    /// Whether the condition holds for a row.
    ///
    /// # Errors
    /// Why it cannot be said, in a reader's words.
    pub(crate) fn holds(&self, env: &Arc<Env>, values: &Values<'_>) -> Result<bool, &'static str> {
        self.evaluate(env, values, |value| value.downcast_ref::<CelBool>().map(|of| *of.inner()))
    }

    /// The number for a row.
    ///
    /// # Errors
    /// Why there is none, in a reader's words.
    pub(crate) fn value(&self, env: &Arc<Env>, values: &Values<'_>) -> Result<f64, &'static str> {
        self.evaluate(env, values, |value| {
            let int = || value.downcast_ref::<CelInt>().map(|of| *of.inner() as f64);
            let uint = || value.downcast_ref::<CelUInt>().map(|of| *of.inner() as f64);
            value.downcast_ref::<CelDouble>().map(|of| *of.inner()).or_else(int).or_else(uint)
        })
    }

    fn evaluate<T>(
        &self,
        env: &Arc<Env>,
        values: &Values<'_>,
        read: fn(&CowVal<'_, '_>) -> Option<T>,
    ) -> Result<T, &'static str> {
        let mut context = Context::with_env(Arc::clone(env));
        context.set_variable_resolver(values);
        let value = Value::resolve_val(&self.0, &context).map_err(|error| reason(&error))?;
        read(&value).ok_or(MISMATCH)
    }
}

const MISMATCH: &str = "a value is not of the type that is wanted";

/// Why an expression could not be evaluated: few sentences, so that they can be counted.
fn reason(error: &ExecutionError) -> &'static str {
    match error {
        ExecutionError::DivisionByZero(_) | ExecutionError::RemainderByZero(_) => "a number is divided by 0",
        ExecutionError::Overflow(..) => "a number is too large",
        ExecutionError::IndexOutOfBounds(_) => "a list has no such element",
        ExecutionError::NoSuchKey(_) => "a map has no such key",
        ExecutionError::DuplicateKey(_) => "a map has a key twice",
        ExecutionError::FunctionError { function, .. } => match function.as_str() {
            "timestamp" => "a text is no timestamp",
            "duration" => "a text is no duration",
            _ => "a value cannot be converted",
        },
        _ => MISMATCH,
    }
}
