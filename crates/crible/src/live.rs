//! What a config loses when it is stopped.

use crible_config::{Plan, Problem, StagePlan};
use crible_core::Kind;

/// What is worth knowing of sources that never end: without `state` a run that is stopped forgets.
pub(crate) fn warnings(plan: &Plan) -> Vec<Problem> {
    if plan.pipeline.state.is_some() {
        return Vec::new();
    }
    let sources = plan.stages.iter().filter(|stage| stage.kind == Kind::Source);
    sources.filter_map(|stage| warning(plan, stage)).collect()
}

fn warning(plan: &Plan, source: &StagePlan) -> Option<Problem> {
    let follows = source.config["follow"].as_bool() == Some(true);
    let standard_input = source.grants.iter().any(|grant| grant.value == "-");
    let lost = match (follows, standard_input) {
        (true, _) => "reads its files from the start again",
        (false, true) => "knows nothing of what came before",
        (false, false) => return None,
    };
    let filters = plan.stages.iter().any(|stage| stage.kind == Kind::Filter);
    let forgets = if filters { ", and the filters forget what they have seen and hold" } else { "" };
    Some(
        Problem::warning(
            "no-state",
            source.span.clone(),
            format!("the source `{}` is live, and the pipeline has no `state`", source.id),
            format!("started again, it {lost}{forgets}"),
        )
        .with_help("add `state = \"DIR\"` below `[pipeline]`: a run then goes on where the last one stopped"),
    )
}
