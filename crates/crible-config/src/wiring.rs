//! Which stage reads from which.

use crate::document::{Node, NodeKind};
use crate::drafts::{Draft, table_of};
use crate::nearest::{did_you_mean, listed, nearest};
use crate::problem::Problem;
use crible_core::Kind;

/// Which stages a wrong name may stand for. Behind a wrong name a stage seems to lead nowhere: one mistake
/// is enough to say.
#[derive(Default)]
struct Meant {
    /// Those of which that is likely.
    stages: Vec<usize>,
    /// It may be any.
    any: bool,
}

/// For each stage the positions of those that it reads from.
pub(crate) fn wire(document: &Node, drafts: &[Draft], problems: &mut Vec<Problem>) -> Vec<Vec<usize>> {
    let before = problems.len();
    check_ends(document, drafts, problems);
    // Without a sink every way ends somewhere else.
    let mut meant = Meant { any: problems.len() > before, ..Meant::default() };
    let wires: Vec<Vec<usize>> = drafts
        .iter()
        .enumerate()
        .map(|(index, draft)| {
            let from = table_of(document, draft.kind, draft.position)
                .and_then(|table| table.get("from"))
                .filter(|_| draft.kind != Kind::Source);
            match from {
                Some(Node { kind: NodeKind::Array(names), .. }) => {
                    named(names, index, drafts, &mut meant, problems)
                }
                _ => usual(index, drafts),
            }
        })
        .collect();
    if !meant.any {
        check_dead_ends(drafts, &wires, &meant.stages, problems);
    }
    wires
}

fn check_ends(document: &Node, drafts: &[Draft], problems: &mut Vec<Problem>) {
    let lacks = |kind: Kind| match document.get(kind.name()) {
        None => true,
        // Anything else than a list has its problem already.
        Some(node) => matches!(&node.kind, NodeKind::Array(items) if items.is_empty()),
    };
    let (Some(first), Some(last)) = (drafts.first(), drafts.last()) else {
        if lacks(Kind::Source) && lacks(Kind::Sink) && document.get("filter").is_none() {
            problems.push(
                Problem::new("no-source", 0..0, "the config has no stages", "nothing to run").with_help(
                    "begin with a `[[source]]` and a `[[sink]]`, each with a line `plugin = \"…\"`",
                ),
            );
        }
        return;
    };
    if lacks(Kind::Source) {
        problems.push(
            Problem::new(
                "no-source",
                first.header.clone(),
                "the config has no source",
                "no messages come here",
            )
            .with_help("add a `[[source]]` with a line `plugin = \"…\"`"),
        );
    }
    if lacks(Kind::Sink) {
        problems.push(
            Problem::new("no-sink", last.header.clone(), "the config has no sink", "its messages go nowhere")
                .with_help("add a `[[sink]]` with a line `plugin = \"…\"`"),
        );
    }
}

/// What a stage without `from` reads from.
fn usual(index: usize, drafts: &[Draft]) -> Vec<usize> {
    let of_kind = |kind: Kind| (0..drafts.len()).filter(move |at| drafts[*at].kind == kind);
    match drafts[index].kind {
        Kind::Source => Vec::new(),
        Kind::Filter | Kind::Sink => match of_kind(Kind::Filter).rfind(|at| *at < index) {
            Some(previous) => vec![previous],
            None => of_kind(Kind::Source).collect(),
        },
    }
}

fn named(
    names: &[Node],
    index: usize,
    drafts: &[Draft],
    meant: &mut Meant,
    problems: &mut Vec<Problem>,
) -> Vec<usize> {
    let reader = &drafts[index];
    let mut from = Vec::new();
    for node in names {
        let Some(name) = node.as_text() else {
            meant.any = true;
            continue;
        };
        let problem = |code, message: String, label: &str, help: String| {
            Problem::new(code, node.span.clone(), message, label).with_help(help)
        };
        let may_read = |at: usize| drafts[at].kind != Kind::Sink && at < index;
        let Some(at) = drafts.iter().position(|draft| draft.id.as_deref() == Some(name)) else {
            let alike = nearest(name, drafts.iter().filter_map(|draft| draft.id.as_deref()));
            match drafts.iter().position(|draft| alike.is_some() && draft.id.as_deref() == alike) {
                Some(at) => meant.stages.push(at),
                None => meant.any = true,
            }
            // A stage whose name could not be read may be the one that is meant.
            if drafts.iter().all(|draft| draft.id.is_some()) {
                let ids =
                    (0..drafts.len()).filter(|at| may_read(*at)).filter_map(|at| drafts[at].id.as_deref());
                let ids: Vec<&str> = ids.collect();
                let choice = match ids.as_slice() {
                    [] => "there is no stage above it to read from".to_owned(),
                    [only] => format!("the stage that it can read from is `{only}`"),
                    _ => format!("the stages that it can read from are {}", listed(ids.clone(), "and")),
                };
                problems.push(problem(
                    "unknown-stage",
                    format!("there is no stage `{name}`"),
                    "no stage has this id",
                    did_you_mean(name, ids, &choice),
                ));
            }
            continue;
        };
        // Mending it changes the ways of others.
        meant.any |= !may_read(at);
        if at == index {
            problems.push(problem(
                "later-stage",
                format!("the {} `{name}` cannot read from itself", reader.kind),
                "this is its own id",
                "name a source, or a filter that stands above it".to_owned(),
            ));
        } else if drafts[at].kind == Kind::Sink {
            problems.push(problem(
                "reads-from-sink",
                format!("`{name}` is a sink: no messages come out of it"),
                "a sink",
                "name a source or a filter".to_owned(),
            ));
        } else if at > index {
            problems.push(problem(
                "later-stage",
                format!("the filter `{name}` comes later in the file"),
                "stands below this stage",
                format!("stages run in the order of the file: move `{name}` above this one"),
            ));
        } else if !from.contains(&at) {
            from.push(at);
        }
    }
    from
}

fn check_dead_ends(drafts: &[Draft], wires: &[Vec<usize>], meant: &[usize], problems: &mut Vec<Problem>) {
    for (index, draft) in drafts.iter().enumerate() {
        let read = wires.iter().any(|from| from.contains(&index));
        if draft.kind == Kind::Sink || read || meant.contains(&index) {
            continue;
        }
        let name = draft.id.as_deref().unwrap_or_default();
        problems.push(
            Problem::new(
                "dead-end",
                draft.id_span.clone(),
                format!("the {} `{name}` leads nowhere", draft.kind),
                "no stage reads from it",
            )
            .with_help(format!(
                "name it in the `from` of a filter or a sink, such as `from = [\"{name}\"]`, or take it out"
            )),
        );
    }
}
