//! Checks an expression before the first message: every name is known, every type fits. On its way it binds
//! the names of the tree to what is read of a message, and takes out what is the same for all messages.

use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, IdedExpr, LiteralValue, SelectExpr, operators};
use cel::common::value::Val;
use cel::{Context, Env, Value};
use std::sync::Arc;

use crate::inputs::{Input, Inputs};
use crate::mistake::{Mistake, Place, nearest};
use crate::parse::Words;
use crate::question::Question;
use crate::types::{self, FUNCTIONS, Type};

/// How deep a tree may be: what judging it takes of the stack.
const DEEPEST: usize = 100;
/// How many macros over lists may stand in each other: what judging takes grows with the lists' length to
/// this power.
const DEEPEST_MACRO: usize = 2;
/// The macros' own variable.
const RESULT: &str = "@result";

/// Checks one expression.
pub(crate) struct Check<'a> {
    pub(crate) env: &'a Arc<Env>,
    pub(crate) inputs: &'a mut Inputs,
    pub(crate) words: Words,
    /// The variables of the macros that stand around, and their types.
    pub(crate) bound: Vec<(String, Type)>,
    pub(crate) depth: usize,
}

/// The type of a part of the tree.
pub(crate) type Checked = Result<Type, Mistake>;

impl Check<'_> {
    /// The type of a tree, whose names are bound.
    ///
    /// # Errors
    /// The first mistake in it.
    pub(crate) fn check(&mut self, tree: &mut IdedExpr) -> Checked {
        if self.depth == DEEPEST {
            return Err(Mistake::new(self.words.whole(), "the expression is nested too deeply")
                .hint("Make several rules of it."));
        }
        self.depth += 1;
        let checked = match &mut tree.expr {
            Expr::Literal(literal) => self.literal(literal),
            Expr::Ident(name) => {
                let name = name.clone();
                self.name(&name, &mut tree.expr)
            }
            Expr::Select(select) => {
                let select = std::mem::take(select);
                self.select(select, &mut tree.expr)
            }
            Expr::Call(call) => {
                let call = std::mem::take(call);
                self.call(call, &mut tree.expr)
            }
            Expr::List(_) => self.list(tree),
            Expr::Map(_) => self.map(tree),
            Expr::Comprehension(comprehension) => self.comprehension(comprehension),
            Expr::Struct(of) => Err(Mistake::new(
                self.words.find(&of.type_name),
                format!("there is no type `{}` to be made", of.type_name),
            )),
            Expr::Unspecified => Err(Mistake::new(self.words.whole(), "this is not a CEL expression")),
        };
        self.depth -= 1;
        checked
    }

    fn literal(&mut self, literal: &LiteralValue) -> Checked {
        match literal {
            LiteralValue::Boolean(_) => Ok(Type::Bool),
            LiteralValue::Int(_) => Ok(Type::Int),
            LiteralValue::UInt(_) => Ok(Type::Uint),
            LiteralValue::Double(_) => Ok(Type::Double),
            LiteralValue::String(_) => Ok(Type::Text),
            LiteralValue::Null => Err(Mistake::new(self.words.find("null"), "nothing is ever null here")
                .hint("A text that a message does not have is '', a number 0.")),
            LiteralValue::Bytes(_) => Err(Mistake::new(self.words.whole(), "no field holds bytes")
                .hint("Write a text without the b in front.")),
        }
    }

    fn name(&mut self, name: &str, into: &mut Expr) -> Checked {
        if name == RESULT {
            return Ok(Type::Any);
        }
        if let Some((_, of_type)) = self.bound.iter().rev().find(|(bound, _)| bound == name) {
            return Ok(of_type.clone());
        }
        let place = self.words.find(name);
        if let Some(input) = Input::by_name(name) {
            return Ok(self.bind(input, into));
        }
        Err(match name {
            "attrs" => Mistake::new(place, "`attrs` needs the name of an attribute")
                .hint("Write attrs.flair or attrs['flair']."),
            "scores" => Mistake::new(place, "`scores` needs the id of a stage")
                .hint("Write scores.themes or scores['my-stage']; the sum is `score`."),
            _ => self.no_field(place, name),
        })
    }

    /// There is no field of that name.
    fn no_field(&self, place: Place, name: &str) -> Mistake {
        let mut known: Vec<&str> = Input::names().collect();
        known.extend(self.bound.iter().map(|(name, _)| name.as_str()));
        let mistake = Mistake::new(place, format!("there is no field `{name}`"));
        match nearest(name, known) {
            Some(meant) => mistake.hint(format!("Did you mean `{meant}`?")),
            None => mistake.hint("Texts stand in quotation marks; free attributes are attrs.NAME."),
        }
    }

    /// Let a part of the tree stand for an input.
    fn bind(&mut self, input: Input, into: &mut Expr) -> Type {
        let of_type = input.of_type();
        *into = Expr::Ident(self.inputs.add(input));
        of_type
    }

    /// Let a part of the tree stand for a value that is the same for all messages.
    pub(crate) fn settle(&mut self, value: Box<dyn Val>, into: &mut Expr) {
        *into = Expr::Ident(self.inputs.add_constant(value));
    }

    /// Whether a tree is one of the groups `attrs` and `scores`.
    fn group(&self, tree: &IdedExpr) -> Option<fn(String) -> Input> {
        let Expr::Ident(name) = &tree.expr else { return None };
        match name.as_str() {
            _ if self.bound.iter().any(|(bound, _)| bound == name) => None,
            "attrs" => Some(Input::Attr),
            "scores" => Some(Input::ScoreOf),
            _ => None,
        }
    }

    fn select(&mut self, mut select: SelectExpr, into: &mut Expr) -> Checked {
        if let Some(input) = self.group(&select.operand) {
            self.words.find(&select.field);
            let of_type = self.bind(input(select.field), into);
            return Ok(if select.test { is_there(&of_type, into) } else { of_type });
        }
        let of_type = self.check(&mut select.operand)?;
        let place = self.words.find(&select.field);
        let (field, test) = (select.field.clone(), select.test);
        *into = Expr::Select(select);
        match of_type {
            Type::Map(_) if test => Ok(Type::Bool),
            Type::Map(of) => Ok(*of),
            Type::Any => Ok(Type::Any),
            other => {
                let mistake = Mistake::new(place, format!("a value of type {other} has no field `{field}`"));
                let is_function = FUNCTIONS.iter().any(|function| function.member && function.name == field);
                Err(if is_function {
                    mistake.hint(format!("Write {field}(): it is a function."))
                } else {
                    mistake
                })
            }
        }
    }

    fn call(&mut self, mut call: CallExpr, into: &mut Expr) -> Checked {
        let name = call.func_name.clone();
        let checked = match (name.as_str(), call.target.is_some(), call.args.len()) {
            (operators::CONDITIONAL, false, 3) => self.choice(&mut call),
            (operators::INDEX, false, 2) => return self.index(call, into),
            (operators::IN, false, 2) if self.group(&call.args[1]).is_some() => {
                return self.named_in(call, into);
            }
            (operators::LOGICAL_NOT | operators::NEGATE, false, 1) => self.unary(&mut call),
            (_, false, 2) if sign_of(&name).is_some() => {
                let checked = self.binary(&mut call);
                self.settle_comparison(&mut call);
                checked
            }
            (operators::NOT_STRICTLY_FALSE, false, 1) => Ok(Type::Bool),
            _ => return self.function(call, into),
        };
        *into = Expr::Call(call);
        checked
    }

    fn choice(&mut self, call: &mut CallExpr) -> Checked {
        let [condition, yes, no] = call.args.as_mut_slice() else { return Ok(Type::Any) };
        let of_condition = self.check(condition)?;
        if !matches!(of_condition, Type::Bool | Type::Any) {
            let message =
                format!("what stands before ? must be true or false, and this is of type {of_condition}");
            return Err(Mistake::new(self.words.find("?"), message));
        }
        Ok(self.check(yes)?.or(self.check(no)?))
    }

    fn unary(&mut self, call: &mut CallExpr) -> Checked {
        let not = call.func_name == operators::LOGICAL_NOT;
        let sign = if not { "!" } else { "-" };
        let place = self.words.find(sign);
        let Some(value) = call.args.first_mut() else { return Ok(Type::Any) };
        let of_type = self.check(value)?;
        match of_type {
            Type::Bool | Type::Any if not => Ok(Type::Bool),
            Type::Int | Type::Double | Type::Any if !not => Ok(of_type),
            _ => Err(Mistake::new(place, format!("`{sign}` cannot be applied to a value of type {of_type}"))),
        }
    }

    fn binary(&mut self, call: &mut CallExpr) -> Checked {
        let sign = sign_of(&call.func_name).unwrap_or_default();
        let [left, right] = call.args.as_mut_slice() else { return Ok(Type::Any) };
        let of_macro = matches!(&left.expr, Expr::Ident(name) if name == RESULT);
        let of_left = self.check(left)?;
        // The signs that a macro is made of do not stand in the text.
        let place = if of_macro { self.words.whole() } else { self.words.find(sign) };
        let of_right = self.check(right)?;
        types::operator(sign, &of_left, &of_right).ok_or_else(|| {
            let message = format!("`{sign}` cannot be applied to values of types {of_left} and {of_right}");
            let mistake = Mistake::new(place, message);
            match (&of_left, &of_right) {
                (Type::Int, Type::Double) | (Type::Double, Type::Int) => {
                    mistake.hint("Write 2.0 for 2, and double(likes) for likes.")
                }
                (Type::Text, Type::Text) if sign == "in" => mistake.hint("Write text.contains('word')."),
                (Type::Text, of) | (of, Type::Text) if of.is_number() => {
                    mistake.hint("To take a text for a number, write int(attrs.NAME) or double(attrs.NAME).")
                }
                (Type::Span, Type::Int | Type::Double) => mistake.hint("Write duration('1h30m')."),
                _ => mistake,
            }
        })
    }

    /// Make a question of a comparison with what is the same for all messages.
    fn settle_comparison(&mut self, call: &mut CallExpr) {
        let [_, other] = call.args.as_mut_slice() else { return };
        let value = match &other.expr {
            Expr::Literal(literal) => Some(literal.to_val().into_owned()),
            Expr::Ident(name) => self.inputs.constant(name),
            _ => None,
        };
        let sign = sign_of(&call.func_name).unwrap_or_default();
        if let Some(question) = value.and_then(|value| Question::comparison(sign, value)) {
            call.func_name = operators::IN.to_owned();
            self.settle(Box::new(question), &mut other.expr);
        }
    }

    fn index(&mut self, mut call: CallExpr, into: &mut Expr) -> Checked {
        let [value, index] = call.args.as_mut_slice() else { return Ok(Type::Any) };
        if let Some(input) = self.group(value) {
            let name = self.written_out(index)?;
            return Ok(self.bind(input(name), into));
        }
        let of_value = self.check(value)?;
        let place = self.words.find("[");
        let of_index = self.check(index)?;
        *into = Expr::Call(call);
        match (of_value, of_index) {
            (Type::List(of), Type::Int | Type::Uint | Type::Any) => Ok(*of),
            (Type::Map(of), Type::Int | Type::Uint | Type::Bool | Type::Text | Type::Any) => Ok(*of),
            (Type::Any, _) => Ok(Type::Any),
            (value, index) => {
                Err(Mistake::new(place, format!("a value of type {value} has no elements by {index}")))
            }
        }
    }

    /// `'flair' in attrs`: the same as `has(attrs.flair)`.
    fn named_in(&mut self, call: CallExpr, into: &mut Expr) -> Checked {
        let [name, group] = call.args.as_slice() else { return Ok(Type::Any) };
        let Some(input) = self.group(group) else { return Ok(Type::Any) };
        let name = self.written_out(name)?;
        let of_type = self.bind(input(name), into);
        Ok(is_there(&of_type, into))
    }

    /// The name of an attribute or of a stage: its column is fetched before the rows are looked at.
    fn written_out(&mut self, name: &IdedExpr) -> Result<String, Mistake> {
        match &name.expr {
            Expr::Literal(LiteralValue::String(name)) => Ok(name.inner().to_owned()),
            _ => Err(Mistake::new(self.words.whole(), "the name must be written out")
                .hint("Write attrs['flair'] or scores['my-stage'].")),
        }
    }

    fn list(&mut self, tree: &mut IdedExpr) -> Checked {
        let Expr::List(list) = &mut tree.expr else { return Ok(Type::Any) };
        let constant = list.elements.iter().all(is_literal) && !list.elements.is_empty();
        let mut of: Option<Type> = None;
        for element in &mut list.elements {
            let element = self.check(element)?;
            of = Some(match of {
                None => element,
                Some(of) => of.or(element),
            });
        }
        if constant {
            self.settle_value(tree);
        }
        Ok(Type::List(Box::new(of.unwrap_or(Type::Any))))
    }

    fn map(&mut self, tree: &mut IdedExpr) -> Checked {
        use cel::common::ast::EntryExpr;
        let Expr::Map(map) = &mut tree.expr else { return Ok(Type::Any) };
        let constant = |entry: &EntryExpr| match entry {
            EntryExpr::MapEntry(entry) => is_literal(&entry.key) && is_literal(&entry.value),
            EntryExpr::StructField(_) => false,
        };
        let constant = map.entries.iter().all(|entry| constant(&entry.expr));
        let mut of: Option<Type> = None;
        for entry in &mut map.entries {
            let EntryExpr::MapEntry(entry) = &mut entry.expr else { continue };
            let of_key = self.check(&mut entry.key)?;
            let place = self.words.find(":");
            if !matches!(of_key, Type::Text | Type::Int | Type::Uint | Type::Bool) {
                return Err(Mistake::new(place, format!("a value of type {of_key} cannot be a key")));
            }
            let value = self.check(&mut entry.value)?;
            of = Some(match of {
                None => value,
                Some(of) => of.or(value),
            });
        }
        if constant {
            self.settle_value(tree);
        }
        Ok(Type::Map(Box::new(of.unwrap_or(Type::Any))))
    }

    /// Evaluate a tree of literals, once for all messages. One that cannot be (a key that comes twice) fails
    /// each message instead, with its reason.
    fn settle_value(&mut self, tree: &mut IdedExpr) {
        let context = Context::with_env(Arc::clone(self.env));
        let value = Value::resolve_val(tree, &context).map(cel::common::value::CowVal::into_owned);
        if let Ok(value) = value {
            self.settle(value, &mut tree.expr);
        }
    }

    fn comprehension(&mut self, of: &mut ComprehensionExpr) -> Checked {
        let range = self.check(&mut of.iter_range)?;
        let element = match range {
            Type::List(of) => *of,
            Type::Any => Type::Any,
            other => {
                let message = format!("`{}` goes through a list, and this is of type {other}", of.iter_var);
                return Err(Mistake::new(self.words.find(&of.iter_var), message));
            }
        };
        let place = self.words.find(&of.iter_var);
        if self.bound.len() == DEEPEST_MACRO {
            let message = format!("more than {DEEPEST_MACRO} macros stand in each other");
            return Err(Mistake::new(place, message).hint("Each goes through a whole list."));
        }
        self.bound.push((of.iter_var.clone(), element));
        let step = self.check(&mut of.loop_step);
        self.bound.pop();
        Ok(match of.accu_init.expr {
            // `map` and `filter` gather; the others answer yes or no.
            Expr::List(_) => Type::List(Box::new(Type::Any)).or(step?),
            _ => step.map(|_| Type::Bool)?,
        })
    }
}

/// Make of an input whether the message has it: whether it is neither empty nor 0.
fn is_there(of_type: &Type, into: &mut Expr) -> Type {
    let nothing = match of_type {
        Type::Text => LiteralValue::String("".into()),
        _ => LiteralValue::Double(0.0.into()),
    };
    let tree = |expr| IdedExpr { id: 0, expr };
    let args = vec![tree(std::mem::take(into)), tree(Expr::Literal(nothing))];
    *into = Expr::Call(CallExpr { func_name: operators::NOT_EQUALS.to_owned(), target: None, args });
    Type::Bool
}

fn is_literal(tree: &IdedExpr) -> bool {
    matches!(tree.expr, Expr::Literal(_))
}

/// How an operator of two values is written.
fn sign_of(name: &str) -> Option<&'static str> {
    Some(match name {
        operators::LOGICAL_AND => "&&",
        operators::LOGICAL_OR => "||",
        operators::ADD => "+",
        operators::SUBSTRACT => "-",
        operators::MULTIPLY => "*",
        operators::DIVIDE => "/",
        operators::MODULO => "%",
        operators::EQUALS => "==",
        operators::NOT_EQUALS => "!=",
        operators::LESS => "<",
        operators::LESS_EQUALS => "<=",
        operators::GREATER => ">",
        operators::GREATER_EQUALS => ">=",
        operators::IN => "in",
        _ => return None,
    })
}
