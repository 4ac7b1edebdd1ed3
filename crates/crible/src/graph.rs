//! A pipeline as boxes and arrows.

use crible_config::Plan;
use crible_core::Kind;

/// A pipeline as boxes and arrows, sources first, then filters, then sinks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// The pipeline's name.
    pub name: String,
    /// The stages.
    pub stages: Vec<GraphStage>,
    /// Where messages go: from the first of each pair to the second, as places in `stages`.
    pub arrows: Vec<(usize, usize)>,
}

/// A stage as a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphStage {
    /// Its name in the pipeline.
    pub id: String,
    /// What it does.
    pub kind: Kind,
    /// The plugin, as the config names it.
    pub plugin: String,
}

impl Graph {
    pub(crate) fn of(plan: &Plan) -> Self {
        let stages = plan.stages.iter().map(|stage| GraphStage {
            id: stage.id.clone(),
            kind: stage.kind,
            plugin: stage.plugin.to_string(),
        });
        let arrows = plan.stages.iter().enumerate();
        let arrows = arrows.flat_map(|(to, stage)| stage.from.iter().map(move |&from| (from, to)));
        Self { name: plan.pipeline.name.clone(), stages: stages.collect(), arrows: arrows.collect() }
    }
}
