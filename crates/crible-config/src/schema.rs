//! The JSON Schema of the whole config, with which an editor completes it.

use crible_core::Kind;
use serde_json::{Map, Value, json};

use crate::options::closed;
use crate::structure::document_schema;

/// A bundled plugin as the schema describes it.
#[derive(Debug, Clone, Copy)]
pub struct BundledPlugin<'a> {
    /// What its stages do.
    pub kind: Kind,
    /// Its name in `plugin = "…"`.
    pub name: &'a str,
    /// The JSON Schema of its options.
    pub config: &'a Value,
    /// What it does, in a sentence.
    pub about: &'a str,
}

const DURATION: &str = r"^( *[0-9]+ *(ms|s|m|h|d|w))+ *$|\$\{";
const SIZE: &str = r"^ *[0-9]+ *([KMGTkmgt][Ii]?)?[Bb] *$|\$\{";

/// The JSON Schema (2020-12) of a config file, each bundled plugin's own schema in it.
pub fn schema(plugins: &[BundledPlugin<'_>]) -> Value {
    let mut whole = document_schema();
    let mut definitions = Map::new();
    for kind in Kind::ALL {
        let own: Vec<&BundledPlugin<'_>> = plugins.iter().filter(|plugin| plugin.kind == kind).collect();
        let stage = &mut whole["properties"][kind.name()]["items"];
        stage["properties"]["plugin"] = plugin_schema(&own);
        stage["allOf"] = own.iter().map(|plugin| options_when_used(plugin)).collect();
        for plugin in own {
            let name = definition(plugin);
            let mut options = closed(plugin.config);
            if let Some(object) = options.as_object_mut() {
                object.remove("$schema");
                object.remove("$id");
                object.entry("description").or_insert_with(|| plugin.about.into());
            }
            move_references(&mut options, &name);
            definitions.insert(name, options);
        }
    }
    whole["required"] = json!(["source", "sink"]);
    whole["$defs"] = Value::Object(definitions);
    whole["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    whole["title"] = "crible pipeline".into();
    formats_to_patterns(&mut whole);
    whole
}

fn definition(plugin: &BundledPlugin<'_>) -> String {
    format!("{}-{}", plugin.kind, plugin.name)
}

fn plugin_schema(plugins: &[&BundledPlugin<'_>]) -> Value {
    let mut choices: Vec<Value> =
        plugins.iter().map(|plugin| json!({ "const": plugin.name, "description": plugin.about })).collect();
    choices.push(json!({ "type": "string", "pattern": r"\.wasm$|\$\{",
        "description": "the path to a component" }));
    json!({ "description": "a bundled plugin, or the path to a `.wasm` file", "anyOf": choices })
}

/// The rule that a stage with this plugin has this plugin's options.
fn options_when_used(plugin: &BundledPlugin<'_>) -> Value {
    let mut then = json!({
        "properties": { "config": { "$ref": format!("#/$defs/{}", definition(plugin)) } }
    });
    if plugin.config["required"].as_array().is_some_and(|names| !names.is_empty()) {
        then["required"] = json!(["config"]);
    }
    json!({
        "if": { "properties": { "plugin": { "const": plugin.name } }, "required": ["plugin"] },
        "then": then,
    })
}

/// A plugin's `#/…` means its own schema, which now stands deeper.
fn move_references(schema: &mut Value, name: &str) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref")
                && let Some(inner) = reference.strip_prefix('#')
            {
                *reference = format!("#/$defs/{name}{inner}");
            }
            members.values_mut().for_each(|member| move_references(member, name));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| move_references(item, name)),
        _ => {}
    }
}

/// To an editor `"format": "duration"` is `P1DT2H`, and it has never heard of sizes.
fn formats_to_patterns(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            let pattern = match members.get("format").and_then(Value::as_str) {
                Some("duration") => Some(DURATION),
                Some("size") => Some(SIZE),
                _ => None,
            };
            if let Some(pattern) = pattern {
                members.remove("format");
                members.insert("pattern".to_owned(), pattern.into());
            }
            members.values_mut().for_each(formats_to_patterns);
        }
        Value::Array(items) => items.iter_mut().for_each(formats_to_patterns),
        _ => {}
    }
}
