//! The parsed file: a tree of values, each with its place.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::literal::Text;
use crate::problem::{Problem, Span};
use crate::variables::{Lookup, substitute};

/// A value of the file.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// The value; of a table its header (`[source.config]`), or the key that implies it.
    pub(crate) span: Span,
    pub(crate) kind: NodeKind,
}

#[derive(Debug, Clone)]
pub(crate) enum NodeKind {
    /// In the order of the file.
    Table(Vec<Entry>),
    Array(Vec<Node>),
    Text(Text),
    /// A number or a truth value.
    Plain(Value),
    /// A number that has its problem already.
    Unreadable,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) node: Node,
}

impl Node {
    /// The tree of a parsed file, its variables put in; what cannot be read becomes a problem.
    pub(crate) fn of_document(
        source: &str,
        table: &Spanned<DeTable<'_>>,
        lookup: Lookup<'_>,
        problems: &mut Vec<Problem>,
    ) -> Node {
        let mut reader = Reader { source, lookup, problems };
        Node { span: 0..0, kind: reader.table(table.get_ref()) }
    }

    /// A table that the file does not have, placed where it would belong.
    pub(crate) fn empty_table(span: Span) -> Node {
        Node { span, kind: NodeKind::Table(Vec::new()) }
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.kind {
            NodeKind::Table(entries) => entries,
            _ => &[],
        }
    }

    pub(crate) fn items(&self) -> &[Node] {
        match &self.kind {
            NodeKind::Array(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The string at `key`, unless it waits for a variable that is not set.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_text()
    }

    /// The value as a string, unless it waits for a variable that is not set.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Text(text) if !text.unresolved => Some(&text.value),
            _ => None,
        }
    }

    pub(crate) fn integer(&self, key: &str) -> Option<u64> {
        match &self.get(key)?.kind {
            NodeKind::Plain(value) => value.as_u64(),
            _ => None,
        }
    }

    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        match &self.get(key)?.kind {
            NodeKind::Plain(value) => value.as_bool(),
            _ => None,
        }
    }

    /// Whether every value in it is known: no variable is unset, no number unreadable.
    pub(crate) fn is_resolved(&self) -> bool {
        match &self.kind {
            NodeKind::Table(entries) => entries.iter().all(|entry| entry.node.is_resolved()),
            NodeKind::Array(items) => items.iter().all(Node::is_resolved),
            NodeKind::Text(text) => !text.unresolved,
            NodeKind::Plain(_) => true,
            NodeKind::Unreadable => false,
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        match &self.kind {
            NodeKind::Table(entries) => {
                Value::Object(entries.iter().map(|e| (e.key.clone(), e.node.to_json())).collect())
            }
            NodeKind::Array(items) => Value::Array(items.iter().map(Node::to_json).collect()),
            NodeKind::Text(text) => Value::String(text.value.clone()),
            NodeKind::Plain(value) => value.clone(),
            NodeKind::Unreadable => Value::Null,
        }
    }

    /// The node that a JSON pointer names, or else the nearest one above it.
    pub(crate) fn nearest(&self, pointer: &str) -> &Node {
        let mut node = self;
        for segment in segments(pointer) {
            let next = match &node.kind {
                NodeKind::Table(_) => node.get(&segment),
                NodeKind::Array(items) => segment.parse::<usize>().ok().and_then(|at| items.get(at)),
                _ => None,
            };
            match next {
                Some(found) => node = found,
                None => break,
            }
        }
        node
    }
}

/// The parts of a JSON pointer, unescaped.
pub(crate) fn segments(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
}

struct Reader<'a> {
    source: &'a str,
    lookup: Lookup<'a>,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>) -> NodeKind {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_span: key.span(),
                node: self.node(value),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span.start);
        NodeKind::Table(entries)
    }

    fn node(&mut self, value: &Spanned<DeValue<'_>>) -> Node {
        let span = value.span();
        let kind = match value.get_ref() {
            DeValue::Table(table) => self.table(table),
            DeValue::Array(items) => NodeKind::Array(items.iter().map(|item| self.node(item)).collect()),
            DeValue::String(string) => {
                let text = Text::decode(self.source, &span, string);
                NodeKind::Text(substitute(text, self.lookup, self.problems))
            }
            // JSON has no dates: plugins get the text.
            DeValue::Datetime(when) => {
                let mut text = Text::empty(span.end);
                text.push_whole(&when.to_string(), span.clone());
                NodeKind::Text(text)
            }
            DeValue::Boolean(flag) => NodeKind::Plain(Value::Bool(*flag)),
            DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
                Ok(number) => NodeKind::Plain(number.into()),
                Err(_) => {
                    let limits = format!("whole numbers go from {} to {}", i64::MIN, i64::MAX);
                    self.unreadable(&span, "this number is too large", "beyond 64 bits", &limits)
                }
            },
            DeValue::Float(float) => {
                let number: Option<f64> = float.as_str().parse().ok();
                match number.and_then(serde_json::Number::from_f64) {
                    Some(number) => NodeKind::Plain(Value::Number(number)),
                    None => self.unreadable(
                        &span,
                        "this number cannot be used",
                        "infinite, or no number at all",
                        "write a number of ordinary size",
                    ),
                }
            }
        };
        Node { span, kind }
    }

    fn unreadable(&mut self, span: &Span, message: &str, label: &str, help: &str) -> NodeKind {
        self.problems.push(Problem::new("bad-number", span.clone(), message, label).with_help(help));
        NodeKind::Unreadable
    }
}
