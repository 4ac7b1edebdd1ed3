//! The resources that a stage's options name: what the schema marks with
//! `"x-crible": { "grant": "read" }` is granted by being written there.

use serde_json::Value;

use crate::document::Node;
use crate::plan::{Access, Grant};

/// References that lead to references are followed this far.
const DEEPEST: usize = 64;

/// All grants in a stage's options, in the order of the file.
pub(crate) fn grants(table: &Node, schema: &Value) -> Vec<Grant> {
    let mut walk = Walk { table, root: schema, found: Vec::new() };
    walk.visit(schema, &table.to_json(), "", 0);
    walk.found.sort_by_key(|grant| grant.span.start);
    walk.found
}

struct Walk<'a> {
    table: &'a Node,
    root: &'a Value,
    found: Vec<Grant>,
}

impl Walk<'_> {
    fn visit(&mut self, schema: &Value, value: &Value, pointer: &str, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        if let Some(target) = schema["$ref"].as_str().and_then(|name| name.strip_prefix('#')) {
            let root = self.root;
            if let Some(target) = root.pointer(target) {
                self.visit(target, value, pointer, depth + 1);
            }
        }
        for combination in ["allOf", "anyOf", "oneOf"] {
            for branch in schema[combination].as_array().into_iter().flatten() {
                self.visit(branch, value, pointer, depth + 1);
            }
        }
        let access = match schema["x-crible"]["grant"].as_str() {
            Some("read") => Some(Access::Read),
            Some("write") => Some(Access::Write),
            Some("content") => Some(Access::Content),
            _ => None,
        };
        match value {
            Value::String(text) => {
                if let Some(access) = access {
                    self.grant(access, text, pointer);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let pointer = format!("{pointer}/{index}");
                    if let (Some(access), Some(text)) = (access, item.as_str()) {
                        self.grant(access, text, &pointer);
                    }
                    self.visit(&schema["items"], item, &pointer, depth + 1);
                }
            }
            Value::Object(members) => {
                for (key, member) in members {
                    let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                    let own = schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]);
                    self.visit(own, member, &pointer, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn grant(&mut self, access: Access, value: &str, pointer: &str) {
        let node = self.table.nearest(pointer);
        if !node.is_resolved() {
            return;
        }
        let span = node.span.clone();
        let grant = Grant { access, value: value.to_owned(), pointer: pointer.to_owned(), span };
        // Two branches of one `anyOf` may both mark it.
        if !self.found.contains(&grant) {
            self.found.push(grant);
        }
    }
}
