//! For a plugin's own tests: judge messages as the engine would, without an engine.

use std::collections::HashMap;

use crible_core::{
    Batch, Filter, FilterPlugin, Live, Message, Occasion, Rows, Spec, StageError, Verdict, Verdicts,
};

/// What became of a message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// `keep`, `drop` or `fail`.
    pub verdict: &'static str,
    /// What was added to its score.
    pub score: f32,
    /// Why.
    pub reason: String,
    /// Whom or what the reason is about.
    pub about: String,
    /// Its labels.
    pub labels: Vec<String>,
}

/// Judge messages in batches of so many, with the clock of the messages, then end the stream. What is
/// held comes out as the verdict that it was released with.
///
/// # Panics
/// Where the filter returns an error or answers with something that does not fit.
pub fn judge(filter: &mut dyn Filter, messages: &[Message], batch: usize) -> Vec<Judged> {
    let mut judge = Judge::default();
    for messages in messages.chunks(batch.max(1)) {
        judge.batch(filter, messages).unwrap_or_else(|error| panic!("{error}"));
    }
    judge.end(filter).unwrap_or_else(|error| panic!("{error}"));
    judge.judged
}

/// Judges messages batch by batch.
#[derive(Default)]
pub struct Judge {
    /// What became of each message so far; what is held counts as kept.
    pub judged: Vec<Judged>,
    clock: i64,
    held: HashMap<u64, ()>,
    out: Verdicts,
}

impl Judge {
    /// Judge a batch.
    ///
    /// # Errors
    /// The filter's own, or a fault where its answer does not fit.
    pub fn batch(&mut self, filter: &mut dyn Filter, messages: &[Message]) -> Result<(), StageError> {
        let mut batch = Batch::from_messages(messages);
        let times = messages.iter().map(|message| {
            self.clock = self.clock.max(message.created_at);
            self.clock
        });
        let times = times.collect();
        let first = self.judged.len();
        batch.stamp(first as u64, times);
        let live = Live::new(batch);
        self.out.start(live.len());
        filter.judge(&Rows::new(&live), &mut self.out)?;
        self.out.check()?;
        self.out.labels.sort();
        for row in 0..messages.len() {
            let out = &self.out;
            let verdict = out.verdict(row);
            if verdict == Verdict::Hold {
                self.held.insert((first + row) as u64, ());
            }
            self.judged.push(Judged {
                verdict: name(verdict),
                score: out.score(row),
                reason: out.reasons.get(row).to_owned(),
                about: out.abouts.get(row).to_owned(),
                labels: out.labels.get(row).map(str::to_owned).collect(),
            });
        }
        self.released()
    }

    /// End the stream.
    ///
    /// # Errors
    /// The filter's own, or a fault where its answer does not fit.
    pub fn end(&mut self, filter: &mut dyn Filter) -> Result<(), StageError> {
        self.out.start(0);
        filter.release(Occasion::End, self.clock, &mut self.out)?;
        self.out.check()?;
        self.released()
    }

    fn released(&mut self) -> Result<(), StageError> {
        let release = &self.out.release;
        for (at, seq) in release.seqs.iter().enumerate() {
            if self.held.remove(seq).is_none() {
                return Err(StageError::fault(format!("it released {seq}, which it does not hold")));
            }
            let judged = &mut self.judged[*seq as usize];
            judged.verdict = name(Verdict::from_u8(release.verdicts[at]).unwrap_or(Verdict::Keep));
            judged.score += release.scores[at];
            release.reasons.get(at).clone_into(&mut judged.reason);
            release.abouts.get(at).clone_into(&mut judged.about);
        }
        Ok(())
    }
}

fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Keep | Verdict::Hold => "keep",
        Verdict::Drop => "drop",
        Verdict::Fail => "fail",
    }
}

/// Messages in batches of so many, as they reach a filter by the clock of the messages: for benchmarks.
pub fn batches(messages: &[Message], size: usize) -> Vec<Live> {
    let (mut clock, mut first) = (0, 0);
    let of = |messages: &[Message]| {
        let mut batch = Batch::from_messages(messages);
        let times = messages.iter().map(|message| {
            clock = message.created_at.max(clock);
            clock
        });
        batch.stamp(first, times.collect());
        first += messages.len() as u64;
        Live::new(batch)
    };
    messages.chunks(size.max(1)).map(of).collect()
}

/// Have a filter judge batches, and leave the answers: for benchmarks.
///
/// # Panics
/// Where the filter returns an error.
pub fn judge_batches(filter: &mut dyn Filter, batches: &[Live]) {
    let mut out = Verdicts::default();
    for live in batches {
        out.start(live.len());
        filter.judge(&Rows::new(live), &mut out).unwrap_or_else(|error| panic!("{error}"));
    }
}

/// Run the examples of a filter's spec.
///
/// # Panics
/// Where the spec cannot be read, has no example, or an example comes out otherwise.
pub fn check_examples<P: FilterPlugin>() {
    let spec = Spec::from_json(P::SPEC).unwrap_or_else(|error| panic!("{error}"));
    assert!(!spec.examples.is_empty(), "{} has no examples", spec.name);
    for example in &spec.examples {
        let mut filter = P::configure(&example.config.to_string(), None)
            .unwrap_or_else(|error| panic!("{}: {error}", example.about));
        let judged = judge(&mut filter, &example.messages, 1);
        assert_eq!(judged.len(), example.verdicts.len(), "{}: a verdict for each message", example.about);
        for (row, (judged, expected)) in judged.iter().zip(&example.verdicts).enumerate() {
            let said = (judged.verdict, judged.score);
            assert_eq!(said, (expected.verdict.as_str(), expected.score), "{}: message {row}", example.about);
            if let Some(reason) = &expected.reason {
                assert_eq!(&judged.reason, reason, "{}: message {row}", example.about);
            }
        }
    }
}
