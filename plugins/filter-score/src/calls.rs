//! Checks calls of functions, and readies what they take: patterns are compiled, times read.

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators};
use cel::common::value::Val;

use crate::check::{Check, Checked};
use crate::mistake::{Mistake, Place, nearest};
use crate::question::Question;
use crate::types::{self, FUNCTIONS, MACROS, Type};
use crate::{pattern, time};

impl Check<'_> {
    /// The type of what a call gives.
    pub(crate) fn function(&mut self, mut call: CallExpr, into: &mut Expr) -> Checked {
        let name = call.func_name.clone();
        let member = call.target.is_some();
        let mut taken = Vec::new();
        if let Some(target) = &mut call.target {
            taken.push(self.check(target)?);
        }
        let place = self.words.find(&name);
        if !FUNCTIONS.iter().any(|function| function.name == name) {
            return Err(Self::no_function(place, &name));
        }
        for value in &mut call.args {
            taken.push(self.check(value)?);
        }
        let pattern = matches!((name.as_str(), call.args.last()), ("matches", Some(last)) if is_text(last));
        if let Some(last) = taken.last_mut().filter(|_| pattern) {
            *last = Type::Pattern;
        }
        let Some(gives) = types::call(&name, member, &taken) else {
            return Err(Self::misused(place, &name, member, &taken));
        };
        self.settle_call(call, place, into)?;
        Ok(gives)
    }

    /// Take out of a call what is the same for all messages.
    fn settle_call(&mut self, mut call: CallExpr, place: Place, into: &mut Expr) -> Result<(), Mistake> {
        let name = call.func_name.clone();
        let written = match call.args.last().map(|value| &value.expr) {
            Some(Expr::Literal(LiteralValue::String(written))) => written.inner().to_owned(),
            _ => {
                *into = Expr::Call(call);
                return Ok(());
            }
        };
        let question = match name.as_str() {
            "duration" | "timestamp" => return self.settle_time(place, &name, &written, into),
            "matches" => Some(Question::Matches(
                pattern::compile(&written)
                    .map_err(|cause| Mistake::new(place, format!("this pattern cannot be used: {cause}")))?,
            )),
            _ => Question::of_text(&name, &written),
        };
        let Some(question) = question else {
            *into = Expr::Call(call);
            return Ok(());
        };
        if let Some(target) = call.target.take() {
            call.args.insert(0, *target);
        }
        if let Some(last) = call.args.last_mut() {
            self.settle(Box::new(question), &mut last.expr);
        }
        call.func_name = operators::IN.to_owned();
        *into = Expr::Call(call);
        Ok(())
    }

    fn no_function(place: Place, name: &str) -> Mistake {
        if MACROS.contains(&name) {
            let example = if name == "has" { "has(attrs.flair)" } else { "tags.exists(tag, tag == 'wasm')" };
            return Mistake::new(place, format!("`{name}` is not used like that"))
                .hint(format!("Write it as in {example}."));
        }
        let functions = FUNCTIONS.iter().map(|function| function.name).chain(MACROS.iter().copied());
        let mistake = Mistake::new(place, format!("there is no function `{name}`"));
        match nearest(name, functions) {
            Some(meant) => mistake.hint(format!("Did you mean `{meant}`?")),
            None => mistake,
        }
    }

    fn misused(place: Place, name: &str, member: bool, taken: &[Type]) -> Mistake {
        let list = |types: &[Type]| types.iter().map(Type::to_string).collect::<Vec<_>>().join(", ");
        let mistake = match taken {
            [target, rest @ ..] if member => {
                Mistake::new(place, format!("`{name}` cannot be called so: {target}.{name}({})", list(rest)))
            }
            _ => Mistake::new(place, format!("`{name}` cannot be called so: {name}({})", list(taken))),
        };
        match (name, taken) {
            ("matches", [Type::Text, Type::Text]) => {
                mistake.hint("The pattern must be written out, so that it can be compiled once.")
            }
            _ if types::call(name, !member, taken).is_some() && member => {
                mistake.hint(format!("Write {name}(…)."))
            }
            _ if types::call(name, !member, taken).is_some() => mistake.hint(format!("Write ….{name}(…).")),
            _ => mistake,
        }
    }

    /// Read a time or a length of time that is written out.
    fn settle_time(
        &mut self,
        place: Place,
        name: &str,
        written: &str,
        into: &mut Expr,
    ) -> Result<(), Mistake> {
        let value: Option<Box<dyn Val>> = match name {
            "duration" => time::span(written).map(|span| Box::new(span) as Box<dyn Val>),
            _ => crible_sdk::instant(written).map(|ms| Box::new(time::Time(ms)) as Box<dyn Val>),
        };
        let hint = match name {
            "duration" => "Write numbers and their units, such as 90s, 1h30m or 7d.",
            _ => "Write it as 2026-03-14 or 2026-03-14T09:12:00Z.",
        };
        let mistake = || Mistake::new(place, format!("`{written}` is no {name}")).hint(hint);
        self.settle(value.ok_or_else(mistake)?, into);
        Ok(())
    }
}

fn is_text(tree: &IdedExpr) -> bool {
    matches!(tree.expr, Expr::Literal(LiteralValue::String(_)))
}
