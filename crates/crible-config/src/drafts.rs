//! The stages of the file, named and with their plugins, before they are wired.

use crate::document::{Node, NodeKind};
use crate::plan::{Access, Allow, PluginRef};
use crate::plugin::plugin_ref;
use crate::problem::{Problem, Span};
use crible_core::Kind;

/// A stage as far as it could be read.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) kind: Kind,
    /// Its place among the stages of its kind.
    pub(crate) position: usize,
    /// Its name, when it has one or its plugin's will do.
    pub(crate) id: Option<String>,
    /// The value of `id`, or the header without one.
    pub(crate) id_span: Span,
    pub(crate) header: Span,
    /// The plugin, when it is one.
    pub(crate) plugin: Option<PluginRef>,
    pub(crate) plugin_span: Span,
    pub(crate) allow: Vec<Allow>,
    id_written: bool,
}

/// The table of a stage.
pub(crate) fn table_of(document: &Node, kind: Kind, position: usize) -> Option<&Node> {
    document.get(kind.name())?.items().get(position)
}

/// Reads all stages: sources, then filters, then sinks, each in the order of the file.
pub(crate) fn read_drafts(
    document: &Node,
    bundled: &[(Kind, &str)],
    allow_native: bool,
    problems: &mut Vec<Problem>,
) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for kind in Kind::ALL {
        let tables = document.get(kind.name()).map(Node::items).unwrap_or_default();
        for (position, table) in tables.iter().enumerate() {
            if matches!(table.kind, NodeKind::Table(_)) {
                drafts.push(read_draft(table, kind, position, bundled, allow_native, problems));
            }
        }
    }
    check_ids(&drafts, problems);
    drafts
}

fn read_draft(
    table: &Node,
    kind: Kind,
    position: usize,
    bundled: &[(Kind, &str)],
    allow_native: bool,
    problems: &mut Vec<Problem>,
) -> Draft {
    let plugin_span = table.get("plugin").map_or(table.span.clone(), |node| node.span.clone());
    let written = table.text("plugin").filter(|written| !written.is_empty());
    let plugin = written.and_then(|written| {
        plugin_ref(written, &plugin_span, kind, bundled, allow_native)
            .map_err(|problem| problems.push(problem))
            .ok()
    });
    let id_written = table.get("id").is_some();
    let id = if id_written { table.text("id") } else { written.map(stem).filter(|name| is_id(name)) };
    if let (false, None, Some(plugin)) = (id_written, id, &plugin) {
        problems.push(
            Problem::new(
                "missing-id",
                table.span.clone(),
                format!("this stage needs an `id`: the name of `{plugin}` cannot serve as one"),
                "`id` is missing here",
            )
            .with_help("add `id = \"…\"`, of small letters without accents, digits, `-` and `_`"),
        );
    }
    Draft {
        kind,
        position,
        id: id.map(str::to_owned),
        id_span: table.get("id").map_or(table.span.clone(), |node| node.span.clone()),
        header: table.span.clone(),
        plugin,
        plugin_span,
        allow: read_allow(table, problems),
        id_written,
    }
}

/// The name of a plugin's file without its folder and ending, or a bundled name as it is.
fn stem(plugin: &str) -> &str {
    let file = plugin.rsplit(['/', '\\']).next().unwrap_or(plugin);
    file.strip_suffix(".wasm").unwrap_or(file)
}

fn is_id(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}

fn check_ids(drafts: &[Draft], problems: &mut Vec<Problem>) {
    for (index, draft) in drafts.iter().enumerate() {
        let Some(id) = &draft.id else { continue };
        let mut others = drafts.iter().enumerate().filter(|(at, other)| *at != index && other.id == draft.id);
        // Of two that share a name one is told: the later, or the one that did not choose it.
        let taken = if draft.id_written {
            others.any(|(at, other)| at < index && other.id_written)
        } else {
            others.any(|(at, other)| at < index || other.id_written)
        };
        if !taken {
            continue;
        }
        let problem = if draft.id_written {
            Problem::new(
                "duplicate-id",
                draft.id_span.clone(),
                format!("the id `{id}` is taken"),
                "another stage has it already",
            )
            .with_help("ids are unique among all sources, filters and sinks: choose another")
        } else {
            Problem::new(
                "duplicate-id",
                draft.header.clone(),
                format!("this stage needs an `id`: another one is called `{id}` already"),
                "named after its plugin, as it has no `id`",
            )
            .with_help(format!("add a line such as `id = \"{id}-2\"` below it"))
        };
        problems.push(problem);
    }
}

fn read_allow(table: &Node, problems: &mut Vec<Problem>) -> Vec<Allow> {
    let mut allowed = Vec::new();
    for entry in table.get("allow").map(Node::items).unwrap_or_default() {
        let Some(written) = entry.as_text() else { continue };
        let (access, value) = match written.split_once(':') {
            Some(("read", path)) => (Access::Read, path),
            Some(("write", path)) => (Access::Write, path),
            _ => {
                problems.push(
                    Problem::new(
                        "bad-allow",
                        entry.span.clone(),
                        "an entry of `allow` begins with `read:` or `write:`",
                        "allowed to do what?",
                    )
                    .with_help("write for instance `\"read:/data/words.txt\"` or `\"write:out\"`"),
                );
                continue;
            }
        };
        if value.is_empty() {
            problems.push(
                Problem::new(
                    "bad-allow",
                    entry.span.clone(),
                    "this entry of `allow` names no path",
                    "nothing after the colon",
                )
                .with_help("write for instance `\"read:/data/words.txt\"` or `\"write:out\"`"),
            );
            continue;
        }
        allowed.push(Allow { access, value: value.to_owned(), span: entry.span.clone() });
    }
    allowed
}
