//! `crible graph`.

use std::fmt::Write;
use std::path::Path;

use crible::{Graph, Kind};

use crate::args::GraphFormat;
use crate::language::Language;
use crate::output::print;
use crate::{refusal, setup};

/// Draw a pipeline.
pub(crate) fn graph(config: &Path, format: GraphFormat, language: Language) -> anyhow::Result<u8> {
    match setup::crible().load(config) {
        Ok(loaded) => {
            let graph = loaded.graph();
            let drawing = match format {
                GraphFormat::Mermaid => mermaid(&graph),
                GraphFormat::Dot => dot(&graph),
            };
            print(&drawing?)?;
            Ok(0)
        }
        Err(error) => Ok(refusal::tell_load_error(&error, language)),
    }
}

/// Ids are small letters, digits, `-` and `_`, but words such as `end` mean something to Mermaid: the
/// boxes are numbered. Paths of plugins may contain anything.
fn mermaid(graph: &Graph) -> Result<String, std::fmt::Error> {
    let mut out = String::from("flowchart LR\n");
    for (at, stage) in graph.stages.iter().enumerate() {
        let (open, close) = match stage.kind {
            Kind::Source => ("([", "])"),
            Kind::Filter => ("[", "]"),
            Kind::Sink => ("[(", ")]"),
        };
        let plugin = stage.plugin.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
        writeln!(out, "  s{at}{open}\"{}<br/><i>{plugin}</i>\"{close}", stage.id)?;
    }
    for (from, to) in &graph.arrows {
        writeln!(out, "  s{from} --> s{to}")?;
    }
    Ok(out)
}

fn dot(graph: &Graph) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    writeln!(out, "digraph \"{}\" {{", quoted(&graph.name))?;
    writeln!(out, "  rankdir=LR; node [fontname=\"sans-serif\"];")?;
    for stage in &graph.stages {
        let shape = match stage.kind {
            Kind::Source => "ellipse",
            Kind::Filter => "box",
            Kind::Sink => "cylinder",
        };
        let plugin = quoted(&stage.plugin);
        writeln!(out, "  \"{0}\" [shape={shape}, label=\"{0}\\n{plugin}\"];", stage.id)?;
    }
    for &(from, to) in &graph.arrows {
        writeln!(out, "  \"{}\" -> \"{}\";", graph.stages[from].id, graph.stages[to].id)?;
    }
    writeln!(out, "}}")?;
    Ok(out)
}

fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ")
}
