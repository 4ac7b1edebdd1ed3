//! Scores, drops and labels messages by CEL expressions. See `plugin.json`.

mod calls;
mod check;
mod expression;
mod inputs;
mod mistake;
mod parse;
mod pattern;
mod plan;
mod question;
mod settings;
mod time;
mod types;

use std::sync::Arc;

use cel::Env;
use crible_sdk::{ConfigError, Filter, FilterPlugin, Plugin, Rows, StageError, Verdicts};

use inputs::{Inputs, Values};
use settings::{Add, Rule, Then};

/// How many reasons are told of a message.
const TOLD: usize = 3;

/// Judges messages by expressions.
pub struct Score {
    env: Arc<Env>,
    inputs: Inputs,
    rules: Vec<Rule>,
    /// The places of the rules that hold for the message at hand.
    held: Vec<usize>,
    line: String,
}

impl Plugin for Score {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Score {
    fn configure(config: &str, _state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let env = expression::env();
        let mut inputs = Inputs::default();
        let rules = settings::read(config, &env, &mut inputs)?;
        Ok(Self { env, inputs, rules, held: Vec::new(), line: String::new() })
    }
}

impl Filter for Score {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        let Self { env, inputs, rules, held, line } = self;
        let columns = inputs.columns(rows);
        let mut values = inputs.values();
        for row in 0..rows.len() {
            values.fill(&columns, row);
            held.clear();
            match apply(rules, env, &mut values, held) {
                Ok((Then::Drop, _)) => {
                    let last = held.last().and_then(|&at| rules.get(at));
                    out.drop(row, last.map_or("", |rule| &rule.reason));
                }
                Ok((_, added)) => {
                    if added != 0.0 {
                        out.add_score(row, added);
                    }
                    tell(rules, held, line, row, out);
                }
                Err((rule, cause)) => {
                    out.fail(row, &format!("rule {} cannot be judged: {cause}", rule + 1));
                }
            }
        }
        Ok(())
    }
}

/// Ask the rules in their order: what becomes of the message, and what is added to its score. Where a rule
/// cannot be judged: which, and why.
fn apply(
    rules: &[Rule],
    env: &Arc<Env>,
    values: &mut Values<'_>,
    held: &mut Vec<usize>,
) -> Result<(Then, f32), (usize, &'static str)> {
    let mut sum = 0.0;
    for (at, rule) in rules.iter().enumerate() {
        let of_rule = |cause| (at, cause);
        let holds = rule.when.as_ref().map_or(Ok(true), |when| when.holds(env, values));
        if !holds.map_err(of_rule)? {
            continue;
        }
        held.push(at);
        let added = match &rule.add {
            Add::Nothing => 0.0,
            Add::Number(number) => *number,
            Add::Expression(expression) => expression.value(env, values).map_err(of_rule)?,
        };
        sum += added;
        if !(sum as f32).is_finite() {
            return Err((at, "the score is no finite number"));
        }
        if rule.then != Then::Next {
            return Ok((rule.then, sum as f32));
        }
        if added != 0.0 {
            values.add_score(added);
        }
    }
    Ok((Then::Next, sum as f32))
}

/// Say the labels and the reasons of the rules that hold.
fn tell(rules: &[Rule], held: &[usize], line: &mut String, row: usize, out: &mut Verdicts) {
    line.clear();
    let mut told = 0;
    for rule in held.iter().filter_map(|&at| rules.get(at)) {
        rule.labels.iter().for_each(|label| out.label(row, label));
        if rule.reason.is_empty() {
            continue;
        }
        if told < TOLD {
            line.push_str(if told == 0 { "" } else { "; " });
            line.push_str(&rule.reason);
        }
        told += 1;
    }
    if told > TOLD {
        line.push_str("; and more");
    }
    if told > 0 {
        out.reason(row, line);
    }
}

crible_sdk::export!(filter: Score);
