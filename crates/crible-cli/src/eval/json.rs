//! The figures for machines.

use serde_json::{Value, json};

use crate::eval::Evaluated;
use crate::eval::by::Group;
use crate::eval::outcome::{Example, Outcome, Share, Sort};
use crate::eval::ranking::{are_probabilities, calibration_error, ranking, reliability};

/// All figures as one object. What cannot be said (the precision of nothing) is `null`.
pub(crate) fn json(evaluated: &Evaluated<'_>) -> Value {
    let Evaluated { pipeline, file, labels, outcome, groups } = evaluated;
    let confusion = outcome.confusion();
    let stages = outcome.stages.iter().map(|stage| {
        let mut value = share(&stage.stopped);
        value["stage"] = stage.stage.clone().into();
        value["judged"] = stage.judged.into();
        value["ns_per_message"] = match stage.judged {
            0 => Value::Null,
            judged => (stage.time.as_nanos() as f64 / judged as f64).round().into(),
        };
        value
    });
    json!({
        "pipeline": pipeline,
        "file": file.to_string_lossy(),
        "label": labels.label,
        "positive": labels.positive,
        "messages": outcome.labelled() + outcome.unlabelled,
        "labelled": outcome.labelled(),
        "unlabelled": outcome.unlabelled,
        "malformed": outcome.malformed,
        "positives": outcome.positives(),
        "labels": outcome.labels,
        "kept": {
            "rightly": confusion.kept_rightly,
            "wrongly": confusion.kept_wrongly,
            "missed": confusion.missed,
            "dropped_rightly": confusion.dropped_rightly,
            "precision": confusion.precision(),
            "recall": confusion.recall(),
            "f1": confusion.f1(),
            "accuracy": confusion.accuracy(),
            "examples_wrongly": examples(&outcome.kept.wrongly),
        },
        "score": score(outcome),
        "stages": stages.collect::<Vec<_>>(),
        "no_sink": share(&outcome.lost),
        "groups": groups.iter().map(group).collect::<Vec<_>>(),
    })
}

fn group(of: &Group) -> Value {
    let confusion = &of.confusion;
    json!({
        "group": of.name,
        "messages": of.messages,
        "positives": of.positives,
        "precision": confusion.precision(),
        "recall": confusion.recall(),
        "f1": confusion.f1(),
        "accuracy": confusion.accuracy(),
        "average_precision": of.average_precision,
    })
}

fn score(outcome: &Outcome) -> Value {
    let bins = reliability(&outcome.scored);
    let probabilities = are_probabilities(&outcome.scored);
    let rows = bins.iter().map(|bin| {
        json!({ "from": bin.from, "to": bin.to, "messages": bin.messages, "mean_score": bin.mean_score,
            "positives": bin.positives, "share": bin.share() })
    });
    let ranked = ranking(&outcome.scored);
    let best = ranked.as_ref().map(|ranked| {
        let best = &ranked.best;
        json!({ "score": best.score, "precision": best.precision, "recall": best.recall, "f1": best.f1,
            "accuracy": best.accuracy })
    });
    json!({
        "ranks": ranked.as_ref().map(|ranked| ranked.ranks),
        "average_precision": ranked.as_ref().map(|ranked| ranked.average_precision),
        "best_threshold": best,
        "probabilities": probabilities,
        "calibration_error": probabilities.then(|| calibration_error(&bins)),
        "reliability": rows.collect::<Vec<_>>(),
    })
}

fn share(of: &Share) -> Value {
    json!({
        "dropped_rightly": of.rightly.messages,
        "dropped_wrongly": of.wrongly.messages,
        "examples_rightly": examples(&of.rightly),
        "examples_wrongly": examples(&of.wrongly),
    })
}

fn examples(sort: &Sort) -> Vec<Value> {
    let example = |of: &Example| {
        json!({ "id": of.message.id, "author": of.message.author, "text": of.message.text, "label": of.label,
            "score": of.judgement.score, "why": of.judgement.whys.iter().map(|why| json!({
                "stage": why.stage, "score": why.score, "reason": why.reason, "about": why.about,
                "labels": why.labels })).collect::<Vec<_>>() })
    };
    sort.examples.iter().map(example).collect()
}
