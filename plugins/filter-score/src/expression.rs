//! An expression, compiled, and what it says of a message.

use std::sync::Arc;

use cel::common::types::{CelDouble, CelInt, CelUInt};
use cel::common::value::CowVal;
use cel::{Context, Env, ExecutionError, IdedExpr, Value};

use crate::check::Check;
use crate::inputs::{Inputs, Values};
use crate::mistake::Mistake;
use crate::parse::{Parsed, parse};
use crate::plan::Plan;
use crate::time;
use crate::types::Type;

/// The functions that expressions may call.
pub(crate) fn env() -> Arc<Env> {
    let mut env = Env::stdlib();
    time::declare(&mut env);
    Arc::new(env)
}

/// The expression of a number, compiled.
#[derive(Debug)]
pub(crate) struct Expression(IdedExpr);

impl Expression {
    /// Compile the expression of a number.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub(crate) fn number(text: &str, env: &Arc<Env>, inputs: &mut Inputs) -> Result<Self, Mistake> {
        compile(text, env, inputs, Type::is_number, "a number").map(Self)
    }

    /// The number for a row.
    ///
    /// # Errors
    /// Why there is none, in a reader's words.
    pub(crate) fn value(&self, env: &Arc<Env>, values: &Values<'_>) -> Result<f64, &'static str> {
        evaluate(&self.0, env, values, |value| {
            let int = || value.downcast_ref::<CelInt>().map(|of| *of.inner() as f64);
            let uint = || value.downcast_ref::<CelUInt>().map(|of| *of.inner() as f64);
            value.downcast_ref::<CelDouble>().map(|of| *of.inner()).or_else(int).or_else(uint)
        })
    }
}

/// Compile a condition.
///
/// # Errors
/// What is wrong with it, and where.
pub(crate) fn condition(text: &str, env: &Arc<Env>, inputs: &mut Inputs) -> Result<Plan, Mistake> {
    let fits = |of: &Type| matches!(of, Type::Bool | Type::Any);
    compile(text, env, inputs, fits, "true or false").map(|tree| Plan::of(tree, inputs))
}

fn compile(
    text: &str,
    env: &Arc<Env>,
    inputs: &mut Inputs,
    fits: fn(&Type) -> bool,
    wanted: &str,
) -> Result<IdedExpr, Mistake> {
    let Parsed { mut tree, words } = parse(text)?;
    let whole = words.whole();
    let of_type = Check { env, inputs, words, bound: Vec::new(), depth: 0 }.check(&mut tree)?;
    if !fits(&of_type) {
        let message = format!("this must be {wanted}, and is of type {of_type}");
        return Err(Mistake::new(whole, message));
    }
    Ok(tree)
}

/// What a tree says of a row.
///
/// # Errors
/// Why it says nothing, in a reader's words.
pub(crate) fn evaluate<T>(
    tree: &IdedExpr,
    env: &Arc<Env>,
    values: &Values<'_>,
    read: fn(&CowVal<'_, '_>) -> Option<T>,
) -> Result<T, &'static str> {
    let mut context = Context::with_env(Arc::clone(env));
    context.set_variable_resolver(values);
    let value = Value::resolve_val(tree, &context).map_err(|error| reason(&error))?;
    read(&value).ok_or(MISMATCH)
}

pub(crate) const MISMATCH: &str = "a value is not of the type that is wanted";

/// Why an expression could not be evaluated: few sentences, so that they can be counted.
pub(crate) fn reason(error: &ExecutionError) -> &'static str {
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

#[cfg(test)]
mod tests {
    use crible_sdk::{Batch, Live, Message, Rows};
    use proptest::prelude::*;

    use super::*;

    /// Conditions of every form; some cannot be judged for some messages.
    fn a_condition() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec![
            "likes > 2",
            "2 < likes",
            "likes == 3",
            "likes != replies",
            "likes in [1, 3]",
            "score <= 0.5",
            "1 / likes > 0",
            "lang == 'fr'",
            "'fr' != lang",
            "lang in ['fr', 'en']",
            "lang in tags",
            "'fr' in tags",
            "'fr' in tags + labels",
            "'theme' in labels",
            "tags == ['fr']",
            "tags[0] == 'fr'",
            "tags.exists(tag, tag == lang)",
            "text.contains('eau')",
            "text.matches('^l.eau')",
            "size(text) > 4 ? likes > 1 : replies > 1",
            "age < duration('1h')",
            "has(attrs.flair)",
            "'flair' in attrs",
            "true",
        ]);
        leaf.prop_map(str::to_owned).prop_recursive(4, 16, 2, |of| {
            prop_oneof![
                of.clone().prop_map(|of| format!("!({of})")),
                (of.clone(), of.clone()).prop_map(|(left, right)| format!("({left}) && ({right})")),
                (of.clone(), of).prop_map(|(left, right)| format!("({left}) || ({right})")),
            ]
        })
    }

    fn a_message() -> impl Strategy<Value = Message> {
        let word = || prop::sample::select(vec!["", "fr", "en", "l’eau monte"]).prop_map(str::to_owned);
        (word(), word(), prop::collection::vec(word(), 0..3), 0..4i64, 0..4i64, any::<bool>()).prop_map(
            |(lang, text, tags, likes, replies, flair)| Message {
                lang,
                text,
                tags,
                likes,
                replies,
                attrs: flair.then(|| ("flair".to_owned(), "News".to_owned())).into_iter().collect(),
                ..Message::default()
            },
        )
    }

    proptest! {
        #[test]
        fn a_plan_says_what_the_library_says(text in a_condition(), message in a_message()) {
            let env = env();
            let mut inputs = Inputs::default();
            let tree = compile(&text, &env, &mut inputs, |_| true, "").unwrap();
            let plan = Plan::of(tree.clone(), &inputs);
            let mut batch = Batch::from_messages(&[message]);
            batch.stamp(0, vec![0]);
            let live = Live::new(batch);
            let rows = Rows::new(&live);
            let columns = inputs.columns(&rows);
            let mut values = inputs.values();
            values.fill(&columns, 0);
            prop_assert_eq!(plan.holds(&env, &values), Plan::Other(tree).holds(&env, &values), "{}", text);
        }
    }
}
