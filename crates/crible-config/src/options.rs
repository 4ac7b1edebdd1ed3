//! Checking a table of the file against a JSON Schema.

use std::collections::HashSet;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Value, json};

use crate::document::Node;
use crate::explain::{Explainer, Subject};
use crate::nearest::nearest;
use crate::problem::Problem;
use crate::units;

/// Everything in `table` that `schema` refuses.
///
/// # Errors
/// What is wrong with `schema`, when it is not a JSON Schema.
pub(crate) fn check(
    source: &str,
    table: &Node,
    schema: &Value,
    subject: Subject<'_>,
) -> Result<Vec<Problem>, String> {
    let schema = closed(schema);
    let validator = jsonschema::options()
        .with_format("duration", |text: &str| units::duration(text).is_ok())
        .with_format("size", |text: &str| units::size(text).is_ok())
        .should_validate_formats(true)
        .build(&schema)
        .map_err(|error| error.to_string())?;
    let value = table.to_json();
    let errors: Vec<_> = validator.iter_errors(&value).collect();
    let wrong_types: HashSet<&str> = errors
        .iter()
        .filter(|error| matches!(error.kind(), ValidationErrorKind::Type { .. }))
        .map(|error| error.instance_path().as_str())
        .collect();
    let misspelt: HashSet<(&str, &str)> = errors.iter().flat_map(|error| misspelt(error, &schema)).collect();
    let explainer = Explainer { source, root: table, schema: &schema, subject };
    Ok(errors
        .iter()
        .filter(|error| match error.kind() {
            ValidationErrorKind::Type { .. } => true,
            // It is there under a mistyped name, and that is said.
            ValidationErrorKind::Required { property } => {
                !misspelt.contains(&(error.instance_path().as_str(), property.as_str().unwrap_or_default()))
            }
            // Of a value that is of the wrong type nothing else is worth saying.
            _ => !wrong_types.contains(error.instance_path().as_str()),
        })
        .flat_map(|error| explainer.explain(error))
        .collect())
}

/// The tables and the options that a mistyped name in them probably means.
fn misspelt<'a>(error: &'a ValidationError<'_>, schema: &'a Value) -> Vec<(&'a str, &'a str)> {
    let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() else { return Vec::new() };
    let path = error.instance_path().as_str();
    let keyword = error.schema_path().as_str();
    let parent = keyword.rsplit_once('/').map_or("", |(parent, _)| parent);
    let Some(known) = schema.pointer(parent).and_then(|table| table["properties"].as_object()) else {
        return Vec::new();
    };
    unexpected
        .iter()
        .filter_map(|wrong| nearest(wrong, known.keys().map(String::as_str)))
        .map(|meant| (path, meant))
        .collect()
}

/// The schema with `additionalProperties: false` on each table that lists its properties and says
/// nothing of others: a mistyped option is never passed over, whether or not the plugin's author
/// thought of it.
pub(crate) fn closed(schema: &Value) -> Value {
    let mut schema = schema.clone();
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else { return };
    // Where schemas are combined, each sees only a part of the properties.
    const SPEAKS_OF_OTHERS: [&str; 8] = [
        "additionalProperties",
        "unevaluatedProperties",
        "patternProperties",
        "allOf",
        "anyOf",
        "oneOf",
        "if",
        "$ref",
    ];
    let combined = SPEAKS_OF_OTHERS.iter().any(|keyword| {
        // `anyOf` that only says which options are needed adds no properties of its own.
        object.get(*keyword).is_some_and(|said| !only_requires(said))
    });
    if object.contains_key("properties") && !combined {
        object.insert("additionalProperties".to_owned(), json!(false));
    }
    for keyword in ["properties", "$defs", "definitions"] {
        if let Some(members) = object.get_mut(keyword).and_then(Value::as_object_mut) {
            members.values_mut().for_each(close);
        }
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(member) = object.get_mut(keyword) {
            close(member);
        }
    }
    for keyword in ["anyOf", "oneOf"] {
        if let Some(branches) = object.get_mut(keyword).and_then(Value::as_array_mut) {
            branches.iter_mut().for_each(close);
        }
    }
}

fn only_requires(branches: &Value) -> bool {
    branches.as_array().is_some_and(|branches| {
        branches.iter().all(|branch| {
            branch.as_object().is_some_and(|object| object.keys().all(|keyword| keyword == "required"))
        })
    })
}
