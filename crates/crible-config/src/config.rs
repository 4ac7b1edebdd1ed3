//! From the text to the plan.

use crible_core::Kind;
use serde_json::Value;
use toml::de::DeTable;

use crate::document::{Node, NodeKind};
use crate::drafts::{Draft, read_drafts, table_of};
use crate::explain::Subject;
use crate::grants::grants;
use crate::options;
use crate::pipeline;
use crate::plan::{PipelineSettings, Stage, StagePlan};
use crate::problem::{Problem, Problems, Span};
use crate::review::{Review, ReviewedStage};
use crate::structure::document_schema;
use crate::syntax::syntax_problem;
use crate::test_plan::TestPlan;
use crate::test_tables::read_tests;
use crate::variables::Lookup;
use crate::wiring::wire;

/// A config that is TOML, with all that is wrong with it so far.
#[derive(Debug, Clone)]
pub struct Config {
    source: String,
    document: Node,
    pipeline: PipelineSettings,
    drafts: Vec<Draft>,
    wires: Vec<Vec<usize>>,
    tests: Vec<TestPlan>,
    /// Errors and warnings; [`Config::review`] adds those of the plugins' options.
    problems: Vec<Problem>,
}

impl Config {
    /// Reads the text of a config file. `bundled` are the plugins that come with the program, each
    /// kind with its own names; `lookup` says what a variable of the environment holds.
    ///
    /// Mistakes in the structure are kept and come out of [`Config::review`], together with those in
    /// the plugins' options, so that all are shown at once.
    ///
    /// # Errors
    /// One problem, when the text is not TOML.
    pub fn parse(text: &str, bundled: &[(Kind, &str)], lookup: Lookup<'_>) -> Result<Config, Problems> {
        let table = DeTable::parse(text).map_err(|error| syntax_problem(text, &error))?;
        let mut problems = Vec::new();
        let document = Node::of_document(text, &table, lookup, &mut problems);
        match options::check(text, &document, &document_schema(), Subject::File) {
            Ok(found) => problems.extend(found),
            Err(cause) => problems.push(Problem::new("bad-schema", 0..0, cause, "")),
        }
        let nothing = Node::empty_table(0..0);
        let pipeline =
            pipeline::pipeline_settings(document.get("pipeline").unwrap_or(&nothing), &mut problems);
        let drafts = read_drafts(&document, bundled, pipeline.allow_native, &mut problems);
        let wires = wire(&document, &drafts, &mut problems);
        let tests = read_tests(&document, &drafts, &mut problems);
        let mut config =
            Config { source: text.to_owned(), document, pipeline, drafts, wires, tests, problems };
        config.warn_of_lost_letters();
        Ok(config)
    }

    /// The stages whose plugin is known, in the order of [`Plan::stages`](crate::Plan::stages): what
    /// [`Config::review`] will ask the schemas of.
    pub fn stages(&self) -> Vec<Stage> {
        self.drafts.iter().filter_map(stage_of).collect()
    }

    /// Checks each stage's options against the JSON Schema that its plugin gave. Where `schema_of`
    /// answers `None`, the options are taken as they are: whoever could not load the plugin has a
    /// better problem to show.
    ///
    /// In a schema, `"format": "duration"` and `"format": "size"` mean what [`crate::duration`]
    /// and [`crate::size`] read, and `"x-crible": { "grant": "read" }` (or `"write"`), on a string
    /// or on the items of a list of strings, grants the path that is written there; `"content"` has the host
    /// read the file and give the stage its content.
    pub fn review<'s>(&self, schema_of: &dyn Fn(&Stage) -> Option<&'s Value>) -> Review {
        let mut problems = self.problems.clone();
        let mut stages = Vec::new();
        for (draft, from) in self.drafts.iter().zip(&self.wires) {
            let Some(table) = table_of(&self.document, draft.kind, draft.position) else { continue };
            // The limits are read even when the plugin is unknown: their mistakes are shown too.
            let limits = pipeline::limits(table, &mut problems);
            let retry = pipeline::retry(table, &mut problems);
            let Some(stage) = stage_of(draft) else { continue };
            let options = options_of(table);
            let schema = schema_of(&stage);
            let mut sound = matches!(options.kind, NodeKind::Table(_)) && options.is_resolved();
            if let Some(schema) = schema {
                let found = self.check_options(&stage, &options, schema);
                sound &= found.is_empty();
                problems.extend(found);
            }
            let plan = StagePlan {
                id: stage.id,
                kind: stage.kind,
                plugin: stage.plugin,
                config: options.to_json(),
                from: from.clone(),
                on_error: pipeline::on_error(table),
                retry,
                limits,
                grants: schema.map(|schema| grants(&options, schema)).unwrap_or_default(),
                allow: draft.allow.clone(),
                span: draft.header.clone(),
                plugin_span: stage.plugin_span,
                from_span: table.get("from").unwrap_or(table).span.clone(),
            };
            stages.push(ReviewedStage { plan, sound });
        }
        Review { pipeline: self.pipeline.clone(), stages, tests: self.tests.clone(), problems }
    }

    /// Where in the text a part of a stage's options is written: the value that `pointer` (a JSON
    /// pointer into the options) names, or the nearest table above it. With `part`, an offset and
    /// a length in bytes of that string's value, the bytes of the text that wrote this part,
    /// through escapes and variables.
    pub fn place(&self, stage: &StagePlan, pointer: &str, part: Option<(usize, usize)>) -> Span {
        // By its header: two stages may, by mistake, have one id.
        let draft = self.drafts.iter().find(|draft| draft.kind == stage.kind && draft.header == stage.span);
        let table = draft.and_then(|draft| table_of(&self.document, draft.kind, draft.position));
        let Some(table) = table else { return stage.span.clone() };
        let options = options_of(table);
        let node = options.nearest(pointer);
        match (&node.kind, part) {
            (NodeKind::Text(text), Some((offset, length))) => text.place(offset, length),
            _ => node.span.clone(),
        }
    }

    /// Where the value of an option of `[pipeline]` is written, or else its header. Of a table, `table/option`.
    pub fn place_in_pipeline(&self, option: &str) -> Span {
        self.document.nearest(&format!("/pipeline/{option}")).span.clone()
    }

    fn check_options(&self, stage: &Stage, options: &Node, schema: &Value) -> Vec<Problem> {
        if !matches!(options.kind, NodeKind::Table(_)) {
            // That `config` is no table was said already.
            return Vec::new();
        }
        let name = stage.plugin.to_string();
        let subject = Subject::Plugin { kind: stage.kind, name: &name };
        options::check(&self.source, options, schema, subject).unwrap_or_else(|cause| {
            vec![
                Problem::new(
                    "bad-schema",
                    stage.plugin_span.clone(),
                    format!("the plugin `{name}` describes its options wrongly"),
                    cause,
                )
                .with_help("this is a fault of the plugin, not of the config: tell its author"),
            ]
        })
    }

    /// Messages that a filter sends to dead letters which the pipeline does not keep.
    fn warn_of_lost_letters(&mut self) {
        // With a state they are kept beside it, and a quarantine remembers them too.
        let PipelineSettings { dead_letters, state, quarantine, .. } = &self.pipeline;
        if dead_letters.is_some() || state.is_some() || quarantine.is_some() {
            return;
        }
        for draft in self.drafts.iter().filter(|draft| draft.kind == Kind::Filter) {
            let table = table_of(&self.document, draft.kind, draft.position);
            let Some(node) = table.and_then(|table| table.get("on_error")) else { continue };
            if node.as_text() == Some("dead_letter") {
                self.problems.push(
                    Problem::warning(
                        "no-dead-letters",
                        node.span.clone(),
                        "the pipeline keeps no dead letters",
                        "messages that fail here are counted, but not written anywhere",
                    )
                    .with_help("add `dead_letters = \"PATH\"` below `[pipeline]`"),
                );
            }
        }
    }
}

fn stage_of(draft: &Draft) -> Option<Stage> {
    Some(Stage {
        id: draft.id.clone().unwrap_or_default(),
        kind: draft.kind,
        plugin: draft.plugin.clone()?,
        plugin_span: draft.plugin_span.clone(),
    })
}

/// The table of a stage's options, or an empty one at the stage's header.
fn options_of(table: &Node) -> Node {
    table.get("config").cloned().unwrap_or_else(|| Node::empty_table(table.span.clone()))
}
