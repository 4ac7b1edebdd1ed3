//! The bundled plugins as the tests pretend them: names and the schemas of their options.

#![allow(dead_code, reason = "each test program uses its own part")]

use crible_config::{Config, Kind, Plan, Problems, Review};
use serde_json::{Value, json};

/// Every pretended plugin.
pub(crate) struct Plugins(Vec<(Kind, &'static str, Value)>);

impl Plugins {
    pub(crate) fn new() -> Plugins {
        let per = json!({ "enum": ["author", "channel", "domain"], "description": "whom to count by" });
        let window = json!({ "type": "string", "format": "duration" });
        Plugins(vec![
            (
                Kind::Source,
                "jsonl",
                json!({ "type": "object", "required": ["path"], "properties": {
                "path": { "description": "the file to read, several, or `-` for the standard input", "anyOf": [
                    { "type": "string", "x-crible": { "grant": "read" } },
                    { "type": "array", "minItems": 1,
                      "items": { "type": "string", "x-crible": { "grant": "read" } } } ] },
                "fields": { "type": "object", "additionalProperties": { "type": "string" } },
                "follow": { "type": "boolean" } } }),
            ),
            (
                Kind::Filter,
                "query",
                json!({ "type": "object", "properties": {
                "keep": { "type": "string" }, "drop": { "type": "string" },
                "case": { "type": "boolean" }, "accents": { "type": "boolean" },
                "score": { "type": "array", "items": { "$ref": "#/$defs/Rule" } } },
                "anyOf": [{ "required": ["keep"] }, { "required": ["drop"] }, { "required": ["score"] }],
                "$defs": { "Rule": { "type": "object", "required": ["query"], "properties": {
                    "query": { "type": "string" }, "weight": { "type": "number" },
                    "because": { "type": "string" }, "theme": { "type": "string" } } } } }),
            ),
            (
                Kind::Filter,
                "dedupe",
                json!({ "type": "object", "properties": {
                "by": { "type": "array", "minItems": 1, "uniqueItems": true,
                        "items": { "enum": ["id", "text", "url"] } },
                "window": window, "most": { "type": "integer", "minimum": 1 } } }),
            ),
            (
                Kind::Filter,
                "cap",
                json!({ "type": "object", "required": ["per", "most"], "properties": {
                "per": per, "window": window,
                "most": { "type": "integer", "minimum": 1,
                          "description": "how many messages of each to keep in a window" } } }),
            ),
            (
                Kind::Filter,
                "top",
                json!({ "type": "object", "required": ["best"], "properties": {
                "best": { "type": "integer", "minimum": 1 }, "window": window, "per": per } }),
            ),
            (
                Kind::Sink,
                "jsonl",
                json!({ "type": "object", "required": ["path"], "properties": {
                "path": { "type": "string", "description": "the file to write", "x-crible": { "grant": "write" } },
                "mode": { "enum": ["append", "replace"] },
                "rotate": { "type": "string", "format": "size" } } }),
            ),
            (Kind::Sink, "console", json!({ "type": "object", "properties": {} })),
        ])
    }

    pub(crate) fn names(&self) -> Vec<(Kind, &str)> {
        self.0.iter().map(|(kind, name, _)| (*kind, *name)).collect()
    }

    pub(crate) fn of(&self, kind: Kind, plugin: &str) -> Option<&Value> {
        self.0.iter().find(|(of, name, _)| *of == kind && *name == plugin).map(|(.., schema)| schema)
    }

    pub(crate) fn parse(&self, text: &str) -> Result<Config, Problems> {
        Config::parse(text, &self.names(), &environment)
    }

    pub(crate) fn plan(&self, text: &str) -> Result<Plan, Problems> {
        self.review(&self.parse(text)?).plan()
    }

    pub(crate) fn review(&self, config: &Config) -> Review {
        config.review(&|stage| self.of(stage.kind, &stage.plugin.to_string()))
    }
}

/// The environment of the tests: one path, and a mode that is none.
pub(crate) fn environment(name: &str) -> Option<String> {
    match name {
        "DATA" => Some("data/été".to_owned()),
        "PASSWORD" => Some("hunter2".to_owned()),
        _ => None,
    }
}
