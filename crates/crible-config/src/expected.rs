//! What a schema accepts and what a value is, in plain words.

use serde_json::Value;

use crate::nearest::{in_prose, listed};

/// What a schema accepts: `a whole number`, `` `read` or `write` ``, `a list of strings`.
pub(crate) fn expected(schema: &Value) -> String {
    for alternatives in ["anyOf", "oneOf"] {
        if let Some(branches) = schema[alternatives].as_array() {
            return in_prose(branches.iter().map(expected).collect(), "or");
        }
    }
    if let Some(choices) = schema["enum"].as_array() {
        return listed(choices.iter().filter_map(Value::as_str), "or");
    }
    match &schema["type"] {
        Value::String(name) => of_type(name, schema),
        Value::Array(names) => {
            // Leaving an option out is how a config says null.
            let names = names.iter().filter_map(Value::as_str).filter(|name| *name != "null");
            in_prose(names.map(|name| of_type(name, schema)).collect(), "or")
        }
        _ => "another value".to_owned(),
    }
}

fn of_type(name: &str, schema: &Value) -> String {
    let words = match (name, schema["format"].as_str()) {
        ("string", Some("duration")) => r#"a duration such as "90s" or "1h""#,
        ("string", Some("size")) => r#"a size such as "64MiB""#,
        ("string", _) => "a string",
        ("integer", _) => "a whole number",
        ("number", _) => "a number",
        ("boolean", _) => "`true` or `false`",
        ("object", _) => "a table",
        ("array", _) => return list_of(&schema["items"]),
        _ => "nothing",
    };
    words.to_owned()
}

fn list_of(items: &Value) -> String {
    if items["enum"].is_array() {
        return format!("a list of {}", expected(items));
    }
    match items["type"].as_str() {
        Some("string") => "a list of strings",
        Some("integer" | "number") => "a list of numbers",
        Some("object") => "a list of tables",
        _ => "a list",
    }
    .to_owned()
}

/// What a value is: `a string`, `the number 5`, `a list`.
pub(crate) fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a table".to_owned(),
    }
}
