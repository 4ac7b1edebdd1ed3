//! One test: its messages are judged, and what became of them is compared with what was expected.

use std::collections::HashMap;

use crible::{Expectation, ExpectedFate, Fate, Judgement, Loaded, Replay, RunError, TestPlan, Why};

/// How far a score may be from the one that was expected.
const NEAR: f64 = 0.005;

/// Something that a test did not find as it should be.
pub(crate) enum Failure<'a> {
    /// A filter could not go on.
    Stopped(RunError),
    /// Something else became of a message, or for another reason.
    Message { expectation: &'a Expectation, judgement: Option<Judgement> },
    /// The messages reached the sinks in another order; places among the test's messages.
    Order { expected: &'a [usize], arrived: Vec<usize> },
}

/// All that is not as a test says. Its filters remember nothing of other tests.
pub(crate) fn failures<'a>(loaded: &Loaded, test: &'a TestPlan) -> Vec<Failure<'a>> {
    let mut replay = match loaded.replay() {
        Ok(replay) => replay,
        Err(error) => return vec![Failure::Stopped(error)],
    };
    let mut judged = match judge(&mut replay, test) {
        Ok(judged) => judged,
        Err(error) => return vec![Failure::Stopped(error)],
    };
    let mut failures = Vec::new();
    for expectation in &test.expected {
        let judgement = judged.remove(&(expectation.message as u64));
        if !judgement.as_ref().is_some_and(|judgement| meets(judgement, expectation)) {
            failures.push(Failure::Message { expectation, judgement });
        }
    }
    if let Some(expected) = &test.order {
        let arrived: Vec<usize> = replay.arrived().into_iter().map(|number| number as usize).collect();
        if arrived != *expected {
            failures.push(Failure::Order { expected, arrived });
        }
    }
    failures
}

/// What becomes of each message. They come one by one, as those of a live source do.
fn judge(replay: &mut Replay, test: &TestPlan) -> Result<HashMap<u64, Judgement>, RunError> {
    let mut judged = Vec::new();
    for message in &test.messages {
        judged.extend(replay.judge(std::slice::from_ref(message))?);
    }
    judged.extend(replay.end()?);
    Ok(judged.into_iter().map(|judgement| (judgement.number, judgement)).collect())
}

fn meets(judgement: &Judgement, expected: &Expectation) -> bool {
    let fate = match judgement.fate {
        Fate::Kept => expected.fate == ExpectedFate::Kept,
        Fate::Dropped => expected.fate == ExpectedFate::Dropped,
        Fate::Failed => expected.fate == ExpectedFate::Failed,
        Fate::Held => false,
    };
    let score = expected.score.is_none_or(|score| (f64::from(judgement.score) - score).abs() <= NEAR);
    let borne = || judgement.whys.iter().flat_map(|why| &why.labels);
    let labels = expected.labels.iter().all(|label| borne().any(|of| of == label));
    let asks_why = expected.stage.is_some() || expected.reason.is_some() || expected.about.is_some();
    fate && score && labels && (!asks_why || speakers(judgement).iter().any(|why| says(why, expected)))
}

/// Those whose reasons count: of what is kept all, of the rest the one that ended its way.
fn speakers(judgement: &Judgement) -> &[Why] {
    match judgement.kept() {
        true => &judgement.whys,
        false => &judgement.whys[judgement.whys.len().saturating_sub(1)..],
    }
}

fn says(why: &Why, expected: &Expectation) -> bool {
    expected.stage.as_ref().is_none_or(|stage| why.stage == *stage)
        && expected.reason.as_ref().is_none_or(|reason| why.reason.contains(reason.as_str()))
        && expected.about.as_ref().is_none_or(|about| why.about == *about)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judgement(fate: Fate) -> Judgement {
        let why = |stage: &str, reason: &str, about: &str| Why {
            stage: stage.into(),
            score: 1.0,
            reason: reason.into(),
            about: about.into(),
            labels: vec![format!("by-{stage}")],
        };
        let whys =
            vec![why("themes", "names the town", "été"), why("flood", "more than 2 from one author", "zoé")];
        Judgement { number: 0, fate, score: 2.0, whys }
    }

    fn expected(fate: ExpectedFate) -> Expectation {
        Expectation { message: 0, fate, stage: None, reason: None, about: None, score: None, labels: vec![] }
    }

    #[test]
    fn the_fate_must_be_the_one_expected() {
        assert!(meets(&judgement(Fate::Dropped), &expected(ExpectedFate::Dropped)));
        assert!(!meets(&judgement(Fate::Dropped), &expected(ExpectedFate::Kept)));
        assert!(!meets(&judgement(Fate::Failed), &expected(ExpectedFate::Dropped)));
        assert!(!meets(&judgement(Fate::Held), &expected(ExpectedFate::Kept)));
    }

    #[test]
    fn reason_and_about_must_be_said_by_one_stage() {
        let with = |fate, reason: &str, about: &str| Expectation {
            reason: Some(reason.into()),
            about: Some(about.into()),
            ..expected(fate)
        };
        assert!(meets(&judgement(Fate::Kept), &with(ExpectedFate::Kept, "names the", "été")));
        assert!(!meets(&judgement(Fate::Kept), &with(ExpectedFate::Kept, "names the", "zoé")));
        assert!(meets(&judgement(Fate::Dropped), &with(ExpectedFate::Dropped, "more than 2", "zoé")));
    }

    #[test]
    fn what_is_dropped_is_dropped_by_the_last_to_speak() {
        let by = |stage: &str| Expectation { stage: Some(stage.into()), ..expected(ExpectedFate::Dropped) };
        assert!(meets(&judgement(Fate::Dropped), &by("flood")));
        assert!(!meets(&judgement(Fate::Dropped), &by("themes")));
    }

    #[test]
    fn scores_and_labels_are_compared() {
        let kept = expected(ExpectedFate::Kept);
        let score = |score| Expectation { score: Some(score), ..kept.clone() };
        assert!(meets(&judgement(Fate::Kept), &score(2.004)));
        assert!(!meets(&judgement(Fate::Kept), &score(2.01)));
        let label = |label: &str| Expectation { labels: vec![label.into()], ..kept.clone() };
        assert!(meets(&judgement(Fate::Kept), &label("by-themes")));
        assert!(!meets(&judgement(Fate::Kept), &label("by-nobody")));
    }
}
