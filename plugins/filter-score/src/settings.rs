//! The stage's config: rules, compiled.

use std::sync::Arc;

use cel::Env;
use crible_sdk::ConfigError;
use serde::Deserialize;

use crate::expression::{self, Expression};
use crate::inputs::Inputs;
use crate::plan::Plan;

/// No score that a config writes is larger: those of all stages are added up in 32 bits.
const LARGEST: f64 = 1e6;
/// How many characters of an expression are shown as a reason.
const SHOWN: usize = 48;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    rules: Vec<WrittenRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    when: Option<String>,
    add: Option<WrittenNumber>,
    #[serde(default)]
    drop: bool,
    #[serde(default)]
    keep: bool,
    label: Option<String>,
    theme: Option<String>,
    because: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenNumber {
    Number(f64),
    Expression(String),
}

/// A rule, compiled.
#[derive(Debug)]
pub(crate) struct Rule {
    /// What must hold; nothing: it is for every message.
    pub(crate) when: Option<Plan>,
    pub(crate) add: Add,
    pub(crate) then: Then,
    pub(crate) labels: Vec<String>,
    /// Why, in a reader's words; empty where there is nothing to say.
    pub(crate) reason: String,
}

/// What a rule adds to the score.
#[derive(Debug)]
pub(crate) enum Add {
    Nothing,
    Number(f64),
    Expression(Expression),
}

/// What comes after a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// The next one.
    Next,
    /// None: the message is kept.
    Keep,
    /// None: the message is dropped.
    Drop,
}

/// Read and compile the rules; what they read is noted in `inputs`.
pub(crate) fn read(config: &str, env: &Arc<Env>, inputs: &mut Inputs) -> Result<Vec<Rule>, ConfigError> {
    let written: Written = crible_sdk::settings(config)?;
    if written.rules.is_empty() {
        return Err(ConfigError::new("there is no rule").at("/rules").hint(EXAMPLE));
    }
    let rules = written.rules.into_iter().enumerate();
    rules.map(|(index, rule)| compile(rule, &format!("/rules/{index}"), env, inputs)).collect()
}

const EXAMPLE: &str = "Write one such as { when = 'followers < 1000 && likes > 20', add = 2 }.";

fn compile(
    written: WrittenRule,
    pointer: &str,
    env: &Arc<Env>,
    inputs: &mut Inputs,
) -> Result<Rule, ConfigError> {
    let WrittenRule { when, add, drop, keep, label, theme, because } = written;
    let refuse = |message: &str, hint: &str| ConfigError::new(message).at(pointer).hint(hint);
    if add.is_none() && label.is_none() && theme.is_none() && !drop && !keep {
        return Err(refuse("this rule does nothing", "Give it add, drop, keep, label or theme."));
    }
    if drop && (keep || add.is_some() || label.is_some() || theme.is_some()) {
        return Err(refuse(
            "this rule drops the message, and more besides",
            "What is dropped has no score and no label: leave the others away.",
        ));
    }
    for (option, name) in [("label", &label), ("theme", &theme)] {
        if name.as_ref().is_some_and(|name| name.trim().is_empty()) {
            return Err(ConfigError::new(format!("the {option} is empty"))
                .at(format!("{pointer}/{option}"))
                .hint("Write its name."));
        }
    }
    let reason = because.unwrap_or_else(|| {
        when.as_deref().map_or_else(String::new, |when| format!("matches “{}”", shortened(when)))
    });
    let when = match when {
        Some(text) => Some(
            expression::condition(&text, env, inputs)
                .map_err(|mistake| mistake.at(format!("{pointer}/when")))?,
        ),
        None => None,
    };
    let add = match add {
        None => Add::Nothing,
        Some(WrittenNumber::Number(number)) if number.abs() <= LARGEST => Add::Number(number),
        Some(WrittenNumber::Number(number)) => {
            return Err(ConfigError::new(format!("`add` is {number}, and no score may be so large"))
                .at(format!("{pointer}/add"))
                .hint("Write a number between -1000000 and 1000000."));
        }
        Some(WrittenNumber::Expression(text)) => Add::Expression(
            Expression::number(&text, env, inputs).map_err(|mistake| mistake.at(format!("{pointer}/add")))?,
        ),
    };
    let then = match (drop, keep) {
        (true, _) => Then::Drop,
        (false, true) => Then::Keep,
        (false, false) => Then::Next,
    };
    let labels = label.into_iter().chain(theme.map(|name| format!("theme:{name}"))).collect();
    Ok(Rule { when, add, then, labels, reason })
}

/// An expression on one line, cut at a space where it is long.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = line.char_indices().nth(SHOWN) else { return line };
    let head = line.get(..cut).unwrap_or_default();
    let head = head.rsplit_once(' ').map_or(head, |(head, _)| head);
    format!("{head} …")
}
