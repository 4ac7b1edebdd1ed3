//! `crible eval --by`: a stage is trained on all groups but one, and tried on that one, in turn. So the
//! figures say how well it will do on what is new, not on more of the same.

use crible::{Crible, LoadError, Message, Pupil, RunError};

use crate::args::Eval;
use crate::eval::outcome::{Confusion, Outcome};
use crate::eval::ranking::ranking;
use crate::eval::{Evaluated, Trial, sentences, tell};
use crate::labels::{Labelled, Reading, field_of};
use crate::language::Language;
use crate::train::lessons;
use crate::{WRONG, recorded, refusal, setup};

/// What came of a group, judged by what the others taught.
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) messages: u64,
    pub(crate) positives: u64,
    pub(crate) confusion: Confusion,
    pub(crate) average_precision: Option<f64>,
}

impl Group {
    fn of(name: String, outcome: &Outcome) -> Self {
        Self {
            name,
            messages: outcome.labelled(),
            positives: outcome.positives(),
            confusion: outcome.confusion(),
            average_precision: ranking(&outcome.scored).map(|ranked| ranked.average_precision),
        }
    }
}

/// Why it cannot go on.
enum Failed {
    Load(LoadError),
    Run(RunError),
}

impl From<RunError> for Failed {
    fn from(error: RunError) -> Self {
        Self::Run(error)
    }
}

impl From<LoadError> for Failed {
    fn from(error: LoadError) -> Self {
        Self::Load(error)
    }
}

pub(super) fn eval(args: &Eval, by: &str, stage: &str, language: Language) -> anyhow::Result<u8> {
    match try_eval(args, by, stage, language) {
        Ok(done) => done,
        Err(Failed::Load(error)) => Ok(refusal::tell_load_error(&error, language)),
        Err(Failed::Run(error)) => Ok(refusal::tell_run_error(&error)),
    }
}

fn try_eval(args: &Eval, by: &str, stage: &str, language: Language) -> Result<anyhow::Result<u8>, Failed> {
    let crible = setup::crible();
    let training = crible.load_pupil(&args.pipeline, stage, Pupil::InTraining)?;
    let mut reading = Reading::new(crible.recording(&args.labelled, &training)?, &args.labels);
    let all = reading.read_all()?;
    recorded::tell_malformed(&reading.recording, language);
    if let Some((message, hint)) = reading.unusable_among(&args.labelled, &all, language) {
        refusal::tell(&message, Some(&hint));
        return Ok(Ok(WRONG));
    }
    let groups = groups(&all, by);
    if groups.len() < 2 {
        let (message, hint) = sentences::no_groups(&args.labelled, by, groups.len(), language);
        refusal::tell(&message, Some(&hint));
        return Ok(Ok(WRONG));
    }
    let mut evaluated = Evaluated {
        pipeline: training.name(),
        file: &args.labelled,
        labels: &args.labels,
        outcome: Outcome::default(),
        groups: Vec::with_capacity(groups.len()),
    };
    for (at, group) in groups.iter().enumerate() {
        let outcome = try_group(&crible, args, stage, &all, by, group)?;
        evaluated.groups.push(Group::of(group.clone(), &outcome));
        match at {
            0 => evaluated.outcome = outcome,
            _ => evaluated.outcome.add(outcome),
        }
    }
    evaluated.outcome.malformed = reading.recording.malformed();
    Ok(tell(&evaluated, args.json, language))
}

/// What comes of a group, where all the others are the examples.
fn try_group(
    crible: &Crible,
    args: &Eval,
    stage: &str,
    all: &[Labelled],
    by: &str,
    group: &str,
) -> Result<Outcome, Failed> {
    let (tried, examples): (Vec<Labelled>, Vec<Labelled>) =
        all.iter().cloned().partition(|labelled| group_of(&labelled.message, by) == group);
    let training = crible.load_pupil(&args.pipeline, stage, Pupil::InTraining)?;
    let model = lessons::teach(&training, stage, examples)?;
    let loaded = crible.load_pupil(&args.pipeline, stage, Pupil::With(&model))?;
    let mut trial = Trial::new(&loaded)?;
    for page in tried.chunks(lessons::PAGE) {
        trial.judge(page.to_vec())?;
    }
    Ok(trial.end()?)
}

/// The groups in the order in which they first appear.
fn groups(all: &[Labelled], by: &str) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    for group in all.iter().map(|labelled| group_of(&labelled.message, by)) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

fn group_of(message: &Message, by: &str) -> String {
    match message.attrs.get(by) {
        Some(group) => group.clone(),
        None => field_of(message, by).unwrap_or_default(),
    }
}
