//! What earlier stages said: scores, of all and of each, and labels.

#![allow(clippy::unwrap_used)]

use crible_sdk::{Batch, Filter, FilterPlugin, Live, Message, Notes, Rows, Step, Verdict, Verdicts};
use filter_score::Score;
use serde_json::json;

/// Three messages that the stage `themes` gave 1.5 each, the second of which it labelled.
fn live() -> Live {
    let of = |id: &str| Message { id: id.into(), ..Message::default() };
    let mut batch = Batch::from_messages(&["a", "b", "c"].map(of));
    batch.stamp(0, vec![0; 3]);
    let live = Live::new(batch);
    let mut labels = Notes::default();
    labels.push(1, "theme:été");
    let step = |stage: &str, scores: Vec<f32>| Step {
        stage: stage.into(),
        passed: vec![true; 3],
        scores,
        ..Step::default()
    };
    let themes = Step { labels, ..step("themes", vec![1.5; 3]) };
    let trace = live.trace().with(themes).with(step("fresh-news", vec![0.0, 0.0, -4.0]));
    live.with_trace(trace)
}

fn scores(expression: &str) -> Vec<f32> {
    let config = json!({ "rules": [{ "add": expression }] }).to_string();
    let (live, mut out) = (live(), Verdicts::default());
    out.start(live.len());
    Score::configure(&config, None).unwrap().judge(&Rows::new(&live), &mut out).unwrap();
    assert_eq!(out.verdict(0), Verdict::Keep, "{}", out.reasons.get(0));
    (0..live.len()).map(|row| out.score(row)).collect()
}

#[test]
fn an_expression_sees_what_earlier_stages_said() {
    assert_eq!(scores("score"), [1.5, 1.5, -2.5]);
    assert_eq!(scores("scores.themes * 2.0"), [3.0, 3.0, 3.0]);
    assert_eq!(scores("scores['fresh-news']"), [0.0, 0.0, -4.0]);
    assert_eq!(scores("has(scores.other) || 'fresh-news' in scores ? 1 : 0"), [0.0, 0.0, 1.0]);
    assert_eq!(scores("'theme:été' in labels ? size(labels) : 0"), [0.0, 1.0, 0.0]);
    assert_eq!(scores("labels.exists(label, label.startsWith('theme:')) ? 1 : 0"), [0.0, 1.0, 0.0]);
}
