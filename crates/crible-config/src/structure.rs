//! The file's own tables as a JSON Schema, and the mistakes that only make sense for them.
//!
//! The schema that refuses a config is the one that an editor completes it with.

use crible_core::Kind;
use serde_json::{Value, json};

use crate::document::{Node, NodeKind};
use crate::nearest::did_you_mean;
use crate::problem::Problem;
use crate::test_schema::test_schema;

const TABLES: &str =
    "a config has the tables `[pipeline]`, `[[source]]`, `[[filter]]`, `[[sink]]` and `[[test]]`";

/// The JSON Schema of the whole file, in which a plugin's options are any table.
pub(crate) fn document_schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "pipeline": pipeline_schema(),
            "source": { "type": "array", "items": stage_schema(Kind::Source),
                "description": "where messages come from" },
            "filter": { "type": "array", "items": stage_schema(Kind::Filter),
                "description": "what judges them, in the order of the file" },
            "sink": { "type": "array", "items": stage_schema(Kind::Sink),
                "description": "where those that are kept go" },
            "test": { "type": "array", "items": test_schema(),
                "description": "what the filters must do with a few messages; `crible test` tries it" },
        },
        "additionalProperties": false,
    })
}

fn pipeline_schema() -> Value {
    json!({
        "type": "object",
        "description": "the settings of the whole pipeline",
        "additionalProperties": false,
        "properties": {
            "name": { "type": "string", "minLength": 1, "default": "crible",
                "description": "the pipeline's name" },
            "state": { "type": "string", "minLength": 1,
                "description": "the folder of the checkpoints; without it a run remembers nothing of the last one" },
            "clock": { "enum": ["wall", "messages"], "default": "wall",
                "description": "what filters take for the present: the machine's clock, or the latest date that a message carries (one of more than a day ahead counts when the next message agrees)" },
            "checkpoint_every": { "type": "string", "format": "duration", "default": "1s",
                "description": "the time between two checkpoints, at least 10ms" },
            "dead_letters": { "type": "string", "minLength": 1,
                "description": "the file that messages which failed are written to" },
            "quarantine": quarantine_schema(),
            "at_end": { "enum": ["release", "keep"], "default": "release",
                "description": "what becomes of held messages when all sources have ended: let go, or kept for the next run" },
            "batch": { "type": "integer", "minimum": 1, "maximum": 8192, "default": 2048,
                "description": "how many messages a batch has at most" },
            "in_flight": { "type": "integer", "minimum": 1, "default": 65536,
                "description": "how many messages may be under way at most; not less than `batch`" },
            "allow_native": { "type": "boolean", "default": false,
                "description": "whether `native:PATH` plugins may be used, which no sandbox holds" },
        },
    })
}

fn quarantine_schema() -> Value {
    let path = json!({ "type": "string", "minLength": 1, "description": "the folder" });
    json!({
        "description": "the folder where it is remembered what became of each message and why, for `crible why`",
        "anyOf": [
            path,
            {
                "type": "object",
                "additionalProperties": false,
                "required": ["path"],
                "properties": {
                    "path": path,
                    "size": { "type": "string", "format": "size", "default": "100MB",
                        "description": "how much is remembered at most, at least 1MB; the oldest is forgotten for the newest" },
                    "age": { "type": "string", "format": "duration", "default": "30d",
                        "description": "how long a message is remembered at most, at least 1m" },
                },
            },
        ],
    })
}

/// The JSON Schema of one stage's table.
pub(crate) fn stage_schema(kind: Kind) -> Value {
    let mut properties = json!({
        "id": { "type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$",
            "description": "small letters without accents, digits, `-` and `_`, beginning with a letter or a digit" },
        "plugin": { "type": "string", "minLength": 1,
            "description": "the name of a bundled plugin, or the path to a `.wasm` file" },
        "config": { "type": "object", "description": "the options of the plugin" },
        "limits": limits_schema(),
        "allow": { "type": "array", "items": { "type": "string" },
            "description": "resources that the plugin may use besides those its options name, such as `read:/data/words.txt`" },
    });
    let from = json!({ "type": "array", "minItems": 1, "uniqueItems": true, "items": { "type": "string" },
        "description": "the ids of the stages to read from" });
    match kind {
        Kind::Source => {}
        Kind::Filter => {
            properties["from"] = from;
            properties["on_error"] = json!({ "enum": ["keep", "drop", "stop", "dead_letter"],
                "default": "dead_letter", "description": "what becomes of a message that the filter fails on" });
        }
        Kind::Sink => {
            properties["from"] = from;
            properties["retry"] = retry_schema();
        }
    }
    json!({ "type": "object", "properties": properties, "required": ["plugin"], "additionalProperties": false })
}

fn retry_schema() -> Value {
    json!({
        "type": "object",
        "description": "how often a delivery is tried again",
        "additionalProperties": false,
        "properties": {
            "most": { "type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 10,
                "description": "how many times at most" },
            "first": { "type": "string", "format": "duration", "default": "100ms",
                "description": "the wait before the first time" },
            "longest": { "type": "string", "format": "duration", "default": "30s",
                "description": "the longest wait between two" },
        },
    })
}

fn limits_schema() -> Value {
    json!({
        "type": "object",
        "description": "what the plugin may use up",
        "additionalProperties": false,
        "properties": {
            "memory": { "type": "string", "format": "size", "default": "64MiB", "description": "memory" },
            "time": { "type": "string", "format": "duration", "default": "2s",
                "description": "the time that a call may take" },
            "answer": { "type": "string", "format": "size", "default": "16MiB",
                "description": "the size of what a call answers" },
            "log_per_second": { "type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 10,
                "description": "how many log lines a second" },
            "interrupt": { "type": "boolean", "default": true,
                "description": "whether an endless loop is interrupted, which costs some speed" },
        },
    })
}

/// The problem of an unknown key whose right place is known, or of an unknown table.
pub(crate) fn misplaced(path: &str, table: &Node, key: &str) -> Option<Problem> {
    let entry = table.entry(key)?;
    let problem = |code, message: String, label: &str, help: String| {
        Some(Problem::new(code, entry.key_span.clone(), message, label).with_help(help))
    };
    let owner = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    if owner.is_empty() {
        return match (&entry.node.kind, key) {
            (NodeKind::Table(_), "config") => problem(
                "unknown-table",
                "`[config]` does not say whose options these are".to_owned(),
                "of which stage?",
                "write `[source.config]`, `[filter.config]` or `[sink.config]` below the stage".to_owned(),
            ),
            (NodeKind::Table(_) | NodeKind::Array(_), _) => problem(
                "unknown-table",
                format!("there is no table `{key}`"),
                "unknown table",
                did_you_mean(key, ["pipeline", "source", "filter", "sink", "test"], TABLES),
            ),
            _ => problem(
                "unknown-option",
                format!("`{key}` stands outside of every table"),
                "belongs to no table",
                format!("put it below `[pipeline]`, or below the stage that it is meant for; {TABLES}"),
            ),
        };
    }
    // Deeper tables, such as `limits`, are nobody else's.
    if owner == "pipeline" || owner == "test" || path.matches('/').count() != 2 {
        return None;
    }
    let home = match (key, owner) {
        ("retry", _) => "retry` belongs to a `[[sink]]`: only deliveries are tried again",
        ("on_error", _) => "on_error` belongs to a `[[filter]]`",
        ("from", _) => "from` belongs to filters and sinks: a source reads from no other stage",
        _ => {
            let names = stage_schema(Kind::Sink)["properties"].clone();
            let elsewhere = format!(
                "an option of the plugin itself is written `config.{key} = …`, or below `[{owner}.config]`"
            );
            return problem(
                "unknown-option",
                format!("unknown option `{key}`"),
                &format!("not an option of `[[{owner}]]`"),
                did_you_mean(key, names.as_object()?.keys().map(String::as_str), &elsewhere),
            );
        }
    };
    problem("unknown-option", format!("a {owner} has no `{key}`"), "not here", format!("`{home}"))
}

/// The problem of `[source]` written for `[[source]]`, or `[[pipeline]]` for `[pipeline]`.
pub(crate) fn wrong_brackets(path: &str, node: &Node, source: &str) -> Option<Problem> {
    let name = path.strip_prefix('/')?;
    match (name, &node.kind) {
        ("source" | "filter" | "sink", NodeKind::Table(entries)) => {
            let written = source.get(node.span.clone()).unwrap_or_default();
            // `[filter.config]` alone implies the table without writing it.
            let only_config = !written.starts_with('[') && entries.iter().all(|entry| entry.key == "config");
            let problem = if only_config {
                Problem::new(
                    "brackets",
                    node.span.clone(),
                    format!("these options belong to no {name}"),
                    format!("there is no `[[{name}]]` above"),
                )
            } else {
                Problem::new(
                    "brackets",
                    node.span.clone(),
                    format!("`[{name}]` needs two brackets on each side"),
                    "one bracket is for a table that is there only once",
                )
            };
            Some(problem.with_help(format!(
                "write `[[{name}]]`, once for each {name}, and the options of its plugin below `[{name}.config]`"
            )))
        }
        ("test", NodeKind::Table(_)) => {
            let label = "one bracket is for a table that is there only once";
            let message = "`[test]` needs two brackets on each side";
            let problem = Problem::new("brackets", node.span.clone(), message, label);
            Some(problem.with_help("write `[[test]]`, once for each test"))
        }
        ("pipeline", NodeKind::Array(items)) => {
            let span = items.first().map_or(node.span.clone(), |item| item.span.clone());
            Some(
                Problem::new(
                    "brackets",
                    span,
                    "there is one `[pipeline]` only",
                    "two brackets are for a list",
                )
                .with_help("write `[pipeline]`, with one bracket on each side"),
            )
        }
        _ => None,
    }
}
