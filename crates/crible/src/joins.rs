//! Where ways meet of which one holds messages back: the same message comes twice.

use std::collections::BTreeSet;

use crible_config::{Plan, Problem, StagePlan};
use crible_core::Kind;

use crate::stage::Stage;

/// A source, and the stage that its messages waited in last; both by their places in the plan.
type Way = (usize, Option<usize>);

/// A message that one way lets pass at once, and that another holds and lets go later, comes to the stage
/// where they meet twice. The engine could only know by remembering every message that ever passed.
pub(crate) fn warnings(plan: &Plan, stages: &[Stage]) -> Vec<Problem> {
    let mut warnings = Vec::new();
    let mut ways: Vec<BTreeSet<Way>> = Vec::with_capacity(stages.len());
    for (at, (planned, stage)) in plan.stages.iter().zip(stages).enumerate() {
        let arriving: BTreeSet<Way> = planned.from.iter().flat_map(|&from| ways[from].clone()).collect();
        let leaving_as_one = |waited: &BTreeSet<Way>| waited.iter().map(|&(of, _)| (of, Some(at))).collect();
        let leaving = match planned.kind {
            Kind::Source => BTreeSet::from([(at, None)]),
            Kind::Filter if stage.may_hold() || stage.may_know_repeats() => leaving_as_one(&arriving),
            Kind::Filter | Kind::Sink => arriving.clone(),
        };
        if !stage.may_know_repeats()
            && let Some((early, late, hold)) = meeting(planned, &arriving, &ways)
        {
            let id = |at: usize| plan.stages[at].id.as_str();
            warnings.push(twice(planned, id(early), id(late), id(hold)));
        }
        ways.push(leaving);
    }
    warnings
}

/// The stages that a message may come from at once and later, and the one that holds it meanwhile; absent
/// where each message comes once.
fn meeting(
    planned: &StagePlan,
    arriving: &BTreeSet<Way>,
    ways: &[BTreeSet<Way>],
) -> Option<(usize, usize, usize)> {
    let of = |ways: &BTreeSet<Way>, source| ways.iter().filter(|(of, _)| *of == source).count();
    let held = arriving.iter().rev().filter_map(|&(source, hold)| Some((source, hold?)));
    held.filter_map(|(source, hold)| {
        let late = *planned.from.iter().find(|&&from| ways[from].contains(&(source, Some(hold))))?;
        // Where one of them alone brings it by all these ways, they met before.
        let met_before = planned.from.iter().any(|&from| of(&ways[from], source) == of(arriving, source));
        let early = planned.from.iter().find(|&&from| from != late && of(&ways[from], source) > 0)?;
        (!met_before).then_some((*early, late, hold))
    })
    .next()
}

fn twice(planned: &StagePlan, early: &str, late: &str, hold: &str) -> Problem {
    let id = &planned.id;
    Problem::warning(
        "comes-twice",
        planned.from_span.clone(),
        format!("`{id}` may get a message twice: from `{early}`, and again from `{late}`"),
        format!("`{hold}` holds messages back, and lets them go later"),
    )
    .with_help(
        "let the stages follow each other, or join the ways in a filter that drops what it has met, such as \
         `dedupe` with `by = [\"id\"]`",
    )
}
