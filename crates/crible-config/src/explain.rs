//! A schema's refusal, said as a problem with its place and its mend.

use crible_core::Kind;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Refusal;
use serde_json::Value;

use crate::document::{Node, NodeKind, segments};
use crate::expected::{expected, found};
use crate::nearest::{did_you_mean, listed, nearest};
use crate::problem::{Problem, Span};
use crate::structure;
use crate::units;

/// Whose options are checked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// The file's own tables.
    File,
    /// The options of a plugin.
    Plugin { kind: Kind, name: &'a str },
}

/// All that is needed to say what a refusal means.
pub(crate) struct Explainer<'a> {
    pub(crate) source: &'a str,
    pub(crate) root: &'a Node,
    pub(crate) schema: &'a Value,
    pub(crate) subject: Subject<'a>,
}

impl Explainer<'_> {
    /// The problems that one refusal stands for; none when the value is not known yet.
    pub(crate) fn explain(&self, error: &ValidationError<'_>) -> Vec<Problem> {
        let path = error.instance_path().as_str();
        let node = self.root.nearest(path);
        match &node.kind {
            NodeKind::Unreadable => return Vec::new(),
            NodeKind::Text(text) if text.unresolved => return Vec::new(),
            _ => {}
        }
        let schema = self.schema_of(error);
        let value: &Value = error.instance();
        match error.kind() {
            Refusal::AdditionalProperties { unexpected } | Refusal::UnevaluatedProperties { unexpected } => {
                unexpected.iter().map(|key| self.unknown(path, node, schema, key)).collect()
            }
            Refusal::Required { property } => {
                vec![self.missing(path, node, schema, property.as_str().unwrap_or_default())]
            }
            Refusal::Type { .. } => vec![self.wrong_type(path, node, schema, value)],
            Refusal::Enum { options } => vec![self.no_choice(path, node, options, value)],
            Refusal::AnyOf { context } | Refusal::OneOfNotValid { context } => {
                self.no_branch(path, node, schema, value, context)
            }
            Refusal::Format { format } => vec![self.bad_format(path, node, format, value)],
            other => vec![self.out_of_bounds(path, node, schema, value, other)],
        }
    }

    /// The schema whose keyword refused.
    fn schema_of(&self, error: &ValidationError<'_>) -> &Value {
        let keyword = error.schema_path().as_str();
        let parent = keyword.rsplit_once('/').map_or("", |(parent, _)| parent);
        self.schema.pointer(parent).unwrap_or(&Value::Null)
    }

    fn unknown(&self, path: &str, table: &Node, schema: &Value, key: &str) -> Problem {
        if let Subject::File = self.subject
            && let Some(problem) = structure::misplaced(path, table, key)
        {
            return problem;
        }
        let span = table.entry(key).map_or(table.span.clone(), |entry| entry.key_span.clone());
        let options = schema["properties"].as_object();
        let mut names: Vec<&str> = options.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        // serde_json keeps or sorts them, as the features of a build will have it.
        names.sort_unstable();
        let owner = self.owner(path);
        let choice = match names.as_slice() {
            [] => format!("{owner} takes no options"),
            [only] => format!("the only option of {owner} is `{only}`"),
            _ => format!("the options of {owner} are {}", listed(names.iter().copied(), "and")),
        };
        let help = did_you_mean(key, names, &choice);
        Problem::new(
            "unknown-option",
            span,
            format!("unknown option `{key}`"),
            format!("not an option of {owner}"),
        )
        .with_help(help)
    }

    fn missing(&self, path: &str, table: &Node, schema: &Value, key: &str) -> Problem {
        let wanted = &schema["properties"][key];
        let owner = self.owner(path);
        let kind_of_value = match expected(wanted).as_str() {
            "another value" => String::new(),
            words => format!(" ({words})"),
        };
        let below = match self.subject {
            Subject::Plugin { kind, .. } if path.is_empty() => format!(" below `[{kind}.config]`"),
            _ => String::new(),
        };
        let about = wanted["description"].as_str().map(|about| format!(": {about}")).unwrap_or_default();
        Problem::new(
            "missing-option",
            table.span.clone(),
            format!("{owner} needs the option `{key}`"),
            format!("`{key}` is missing here"),
        )
        .with_help(format!("add `{key} = …`{kind_of_value}{below}{about}"))
    }

    fn wrong_type(&self, path: &str, node: &Node, schema: &Value, value: &Value) -> Problem {
        if let Subject::File = self.subject
            && let Some(problem) = structure::wrong_brackets(path, node, self.source)
        {
            return problem;
        }
        let wanted = expected(schema);
        let problem = Problem::new(
            "wrong-type",
            node.span.clone(),
            format!("{} must be {wanted}", name_of(path)),
            format!("expected {wanted}, found {}", found(value)),
        );
        match self.retyped(path, node, schema, value) {
            Some(help) => problem.with_help(help),
            None => problem,
        }
    }

    /// The line as it was probably meant, when only quotes or brackets are wrong.
    fn retyped(&self, path: &str, node: &Node, schema: &Value, value: &Value) -> Option<String> {
        if matches!(&node.kind, NodeKind::Text(text) if text.from_variable) {
            return Some("a variable always gives a string: write the value itself".to_owned());
        }
        let written = self.source.get(node.span.clone())?;
        let key = segments(path).last().filter(|key| key.parse::<usize>().is_err());
        let prefix = key.map(|key| format!("{key} = ")).unwrap_or_default();
        let accepts = |name: &str| match &schema["type"] {
            Value::String(only) => only == name,
            Value::Array(names) => names.iter().any(|one| one == name),
            _ => false,
        };
        match value {
            Value::String(text)
                if accepts("integer") && text.parse::<i64>().is_ok()
                    || accepts("number") && text.parse::<f64>().is_ok_and(f64::is_finite)
                    || accepts("boolean") && (text == "true" || text == "false") =>
            {
                Some(format!("write it without quotes: `{prefix}{text}`"))
            }
            Value::String(_)
                if accepts("array")
                    && (schema["items"]["type"] == "string" || schema["items"]["enum"].is_array()) =>
            {
                Some(format!("put it in brackets: `{prefix}[{written}]`"))
            }
            Value::Number(_) if schema["format"] == "duration" => {
                Some(format!("say the unit, in quotes: `{prefix}\"{written}s\"` is {written} seconds"))
            }
            Value::Number(_) if schema["format"] == "size" => {
                Some(format!("say the unit, in quotes: `{prefix}\"{written}B\"` is {written} bytes"))
            }
            Value::Number(_) | Value::Bool(_) if accepts("string") => {
                Some(format!("put it in quotes: `{prefix}\"{written}\"`"))
            }
            _ => None,
        }
    }

    fn no_choice(&self, path: &str, node: &Node, options: &Value, value: &Value) -> Problem {
        let names: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let wrong = value.as_str().unwrap_or_default();
        let (label, meant) = match &node.kind {
            NodeKind::Text(text) if text.from_variable => {
                ("the variable holds none of these values".to_owned(), None)
            }
            NodeKind::Text(_) => {
                (format!("`{wrong}` is none of them"), nearest(wrong, names.iter().copied()))
            }
            _ => (format!("found {}", found(value)), None),
        };
        let problem = Problem::new(
            "unknown-value",
            node.span.clone(),
            format!("{} must be {}", name_of(path), listed(names, "or")),
            label,
        );
        match meant {
            Some(meant) => problem.with_help(format!("did you mean `{meant}`?")),
            None => problem,
        }
    }

    fn no_branch(
        &self,
        path: &str,
        node: &Node,
        schema: &Value,
        value: &Value,
        branches: &[Vec<ValidationError<'static>>],
    ) -> Vec<Problem> {
        let required: Option<Vec<&str>> = branches
            .iter()
            .flatten()
            .map(|error| match error.kind() {
                Refusal::Required { property } if error.instance_path().as_str() == path => property.as_str(),
                _ => None,
            })
            .collect();
        if let Some(names) = required {
            let owner = self.owner(path);
            let names = listed(names, "or");
            return vec![
                Problem::new(
                    "missing-option",
                    node.span.clone(),
                    format!("{owner} needs at least one of the options {names}"),
                    "none of them is here",
                )
                .with_help(format!("add {names}")),
            ];
        }
        // The branch that is of the value's own type is the one that was meant.
        let meant = branches
            .iter()
            .filter(|errors| {
                !errors.iter().any(|error| {
                    matches!(error.kind(), Refusal::Type { .. }) && error.instance_path().as_str() == path
                })
            })
            .min_by_key(|errors| errors.len());
        match meant {
            Some(errors) => errors.iter().flat_map(|error| self.explain(error)).collect(),
            None => vec![self.wrong_type(path, node, schema, value)],
        }
    }

    fn bad_format(&self, path: &str, node: &Node, format: &str, value: &Value) -> Problem {
        let text = value.as_str().unwrap_or_default();
        let (code, refused) = match format {
            "duration" => ("bad-duration", units::duration(text).err()),
            "size" => ("bad-size", units::size(text).err()),
            _ => ("bad-value", None),
        };
        let what = match format {
            "duration" | "size" => format!("a {format}"),
            other => format!("of the form `{other}`"),
        };
        let message = format!("{} must be {what}", name_of(path));
        match refused {
            // What a variable holds may be secret: it is not repeated.
            Some(_) if matches!(&node.kind, NodeKind::Text(text) if text.from_variable) => Problem::new(
                code,
                node.span.clone(),
                message,
                format!("the variable does not hold a {format}"),
            ),
            Some(error) => {
                Problem::new(code, node.span.clone(), message, error.message).with_help(error.help)
            }
            None => Problem::new(code, node.span.clone(), message, "it is not"),
        }
    }

    fn out_of_bounds(
        &self,
        path: &str,
        node: &Node,
        schema: &Value,
        value: &Value,
        refusal: &Refusal,
    ) -> Problem {
        let name = name_of(path);
        let entries = |limit: u64| if limit == 1 { "entry" } else { "entries" };
        let characters = |limit: u64| if limit == 1 { "character" } else { "characters" };
        let is = format!("this is {value}");
        let (code, message, label, span) = match refusal {
            Refusal::Minimum { limit } => {
                ("out-of-range", format!("{name} must be at least {limit}"), is, None)
            }
            Refusal::Maximum { limit } => {
                ("out-of-range", format!("{name} must be at most {limit}"), is, None)
            }
            Refusal::ExclusiveMinimum { limit } => {
                ("out-of-range", format!("{name} must be more than {limit}"), is, None)
            }
            Refusal::ExclusiveMaximum { limit } => {
                ("out-of-range", format!("{name} must be less than {limit}"), is, None)
            }
            Refusal::MinLength { limit: 1 } | Refusal::MinItems { limit: 1 } => {
                ("empty-value", format!("{name} must not be empty"), "nothing is here".to_owned(), None)
            }
            Refusal::MinLength { limit } => {
                let words = format!("{name} must have at least {limit} {}", characters(*limit));
                ("out-of-range", words, "too short".to_owned(), None)
            }
            Refusal::MaxLength { limit } => {
                let words = format!("{name} must have at most {limit} {}", characters(*limit));
                ("out-of-range", words, "too long".to_owned(), None)
            }
            Refusal::MinItems { limit } => {
                let words = format!("{name} must have at least {limit} {}", entries(*limit));
                ("out-of-range", words, "too few".to_owned(), None)
            }
            Refusal::MaxItems { limit } => {
                let words = format!("{name} must have at most {limit} {}", entries(*limit));
                ("out-of-range", words, "too many".to_owned(), None)
            }
            Refusal::UniqueItems => {
                let words = format!("{name} names the same thing twice");
                ("repeated-value", words, "the second time".to_owned(), repeated(node))
            }
            Refusal::Pattern { .. } => {
                let words = format!("{name} does not have the right form");
                ("bad-value", words, "not of that form".to_owned(), None)
            }
            other => {
                let words = format!("{name} is refused by its schema (`{}`)", other.keyword());
                ("bad-value", words, "refused".to_owned(), None)
            }
        };
        let problem = Problem::new(code, span.unwrap_or(node.span.clone()), message, label);
        match schema["description"].as_str() {
            Some(about) => problem.with_help(format!("{name}: {about}")),
            None => problem,
        }
    }

    /// The table that a path names, as a person calls it.
    fn owner(&self, path: &str) -> String {
        let named = segments(path).filter(|part| part.parse::<usize>().is_err()).last();
        match (self.subject, named.as_deref()) {
            (Subject::File, None) => "the config".to_owned(),
            (Subject::File, Some("pipeline")) => "`[pipeline]`".to_owned(),
            (Subject::File, Some(kind @ ("source" | "filter" | "sink" | "test"))) => format!("`[[{kind}]]`"),
            (Subject::Plugin { kind, name }, None) => format!("the {kind} `{name}`"),
            (_, Some(name)) => format!("`{name}`"),
        }
    }
}

/// The option that a path names: its key, or its place in a list.
fn name_of(path: &str) -> String {
    let parts: Vec<String> = segments(path).collect();
    match parts.as_slice() {
        [] => "the config".to_owned(),
        [.., list, last] => match last.parse::<usize>() {
            Ok(index) => format!("entry {} of `{list}`", index + 1),
            Err(_) => format!("`{last}`"),
        },
        [only] => format!("`{only}`"),
    }
}

/// The first entry of a list that is there already.
fn repeated(list: &Node) -> Option<Span> {
    let items = list.items();
    let values: Vec<Value> = items.iter().map(Node::to_json).collect();
    (1..items.len()).find(|at| values[..*at].contains(&values[*at])).map(|at| items[at].span.clone())
}
