//! A filter whose instance may be lost at any call.
//!
//! A new instance starts from the last snapshot and is fed again what the lost one had judged since;
//! those verdicts stand. Then the call is made again, halved until the guilty message is found.

use std::thread;
use std::time::Duration;

use crible_core::{ErrorKind, Filter, Live, Occasion, Rows, StageError, Verdict, Verdicts};

use crate::pipeline::FilterStage;

/// What is fed again after a fault is bounded by bytes and by calls: then there is a new snapshot.
const JOURNAL_BYTES: usize = 16 << 20;
const JOURNAL_CALLS: usize = 256;
/// So many instances may be lost without a whole call going well in between.
const FAULTS: u32 = 64;
/// How many messages that could not be judged are told in the log; all are counted in the report.
const TOLD: u32 = 5;

/// A filter and what it takes to bring it back.
pub(crate) struct Guarded {
    stage: FilterStage,
    filter: Box<dyn Filter>,
    snapshot: Option<Vec<u8>>,
    journal: Vec<Call>,
    journal_bytes: usize,
    faults_in_a_row: u32,
    pub(crate) faults: u64,
    told: u32,
}

/// A call that an instance has answered since its last snapshot.
enum Call {
    Judge(Live),
    Release(Occasion, i64),
}

/// What a guarded filter answers to a batch: parts of it, in order, with the answer to each.
pub(crate) struct Part {
    /// The place of its first row among the rows that were to be judged.
    pub(crate) first: usize,
    pub(crate) live: Live,
    pub(crate) verdicts: Verdicts,
}

impl Guarded {
    /// Make the filter as it was at a snapshot.
    pub(crate) fn new(stage: FilterStage, snapshot: Option<Vec<u8>>) -> Result<Self, StageError> {
        let filter = (stage.make)(snapshot.as_deref())?;
        let journal = Vec::new();
        let (journal_bytes, faults_in_a_row, faults, told) = (0, 0, 0, 0);
        Ok(Self { stage, filter, snapshot, journal, journal_bytes, faults_in_a_row, faults, told })
    }

    pub(crate) fn stage(&self) -> &FilterStage {
        &self.stage
    }

    /// Judge a batch. Nearly always that is one part. An error means that the stage cannot go on.
    pub(crate) fn judge(&mut self, live: &Live, scratch: Verdicts) -> Result<Vec<Part>, StageError> {
        let mut parts = Vec::with_capacity(1);
        self.judge_from(0, live, scratch, &mut parts)?;
        Ok(parts)
    }

    fn judge_from(
        &mut self,
        first: usize,
        live: &Live,
        mut verdicts: Verdicts,
        parts: &mut Vec<Part>,
    ) -> Result<(), StageError> {
        match self.try_judge(live, &mut verdicts) {
            Ok(()) => self.faults_in_a_row = 0,
            Err(error) if error.kind == ErrorKind::Fatal => return Err(error),
            Err(error) => {
                self.revive(&error)?;
                if live.len() > 1 {
                    let places: Vec<u32> = (0..live.len() as u32).collect();
                    let (left, right) = places.split_at(live.len() / 2);
                    self.judge_from(first, &live.narrow(left), verdicts, parts)?;
                    return self.judge_from(
                        first + left.len(),
                        &live.narrow(right),
                        Verdicts::default(),
                        parts,
                    );
                }
                self.tell(&error);
                verdicts.start(1);
                verdicts.fail(0, &error.message);
            }
        }
        parts.push(Part { first, live: live.clone(), verdicts });
        Ok(())
    }

    fn tell(&mut self, error: &StageError) {
        if self.told == TOLD {
            return;
        }
        self.told += 1;
        let rest = if self.told == TOLD { " (from here on such messages are only counted)" } else { "" };
        tracing::warn!(stage = %self.stage.id, "a message could not be judged: {}{rest}", error.message);
    }

    fn try_judge(&mut self, live: &Live, verdicts: &mut Verdicts) -> Result<(), StageError> {
        verdicts.start(live.len());
        self.filter.judge(&Rows::new(live), verdicts)?;
        verdicts.check()?;
        verdicts.labels.sort();
        self.record(Call::Judge(live.clone()), live.batch().size())
    }

    /// Ask for what is held.
    pub(crate) fn release(
        &mut self,
        occasion: Occasion,
        now: i64,
        out: &mut Verdicts,
    ) -> Result<(), StageError> {
        out.start(0);
        let released = self.filter.release(occasion, now, out).and_then(|()| out.check());
        match released {
            Ok(()) => self.record(Call::Release(occasion, now), 0),
            Err(error) if error.kind == ErrorKind::Fatal => Err(error),
            Err(error) => {
                self.revive(&error)?;
                out.start(0);
                Ok(())
            }
        }
    }

    fn record(&mut self, call: Call, bytes: usize) -> Result<(), StageError> {
        if self.stage.stateless {
            return Ok(());
        }
        self.journal.push(call);
        self.journal_bytes += bytes;
        if self.journal_bytes > JOURNAL_BYTES || self.journal.len() > JOURNAL_CALLS {
            self.snapshot()?;
        }
        Ok(())
    }

    /// All that the filter must remember; absent where it remembers nothing.
    pub(crate) fn snapshot(&mut self) -> Result<Option<&[u8]>, StageError> {
        if self.stage.stateless {
            return Ok(None);
        }
        if !self.journal.is_empty() {
            let snapshot = match self.filter.snapshot() {
                Ok(snapshot) => snapshot,
                Err(error) if error.kind == ErrorKind::Fault => {
                    self.revive(&error)?;
                    self.filter.snapshot()?
                }
                Err(error) => return Err(error),
            };
            self.snapshot = Some(snapshot);
            self.journal.clear();
            self.journal_bytes = 0;
        }
        Ok(self.snapshot.as_deref())
    }

    /// Bring back the instance that was lost: from the last snapshot, fed again with what it has judged
    /// since.
    fn revive(&mut self, lost_by: &StageError) -> Result<(), StageError> {
        self.faults += 1;
        self.faults_in_a_row += 1;
        if self.faults_in_a_row > FAULTS {
            let error = StageError::fatal(format!("it failed {FAULTS} times in a row: {}", lost_by.message));
            return Err(match &lost_by.hint {
                Some(hint) => error.hint(hint.clone()),
                None => error,
            });
        }
        // A filter that fails on many messages shall not burn a whole core.
        if let Some(doublings) = self.faults_in_a_row.checked_sub(16) {
            thread::sleep(Duration::from_millis(1 << doublings.min(7)));
        }
        self.filter = (self.stage.make)(self.snapshot.as_deref())?;
        let mut ignored = Verdicts::default();
        for call in &self.journal {
            let again = match call {
                Call::Judge(live) => {
                    ignored.start(live.len());
                    self.filter.judge(&Rows::new(live), &mut ignored)
                }
                Call::Release(occasion, now) => {
                    ignored.start(0);
                    self.filter.release(*occasion, *now, &mut ignored)
                }
            };
            again.map_err(|error| {
                StageError::fatal(format!(
                    "it failed on messages that it had judged before: {}",
                    error.message
                ))
                .hint("the same messages after the same state must give the same verdicts")
            })?;
        }
        Ok(())
    }
}

impl Part {
    /// The rows of this part that have a verdict.
    pub(crate) fn places(&self, verdict: Verdict) -> impl Iterator<Item = usize> + '_ {
        (0..self.live.len()).filter(move |&place| self.verdicts.verdict(place) == verdict)
    }
}

#[cfg(test)]
mod tests {
    use crible_core::{Batch, Message, TextField};

    use super::*;
    use crate::OnError;

    /// Numbers the messages that it keeps; a fault loses the count, "fatal" ends the stage.
    struct Counter(u64);

    impl Filter for Counter {
        fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
            for message in rows.iter() {
                match message.text() {
                    "poison" => return Err(StageError::fault("it trapped")),
                    "fatal" => return Err(StageError::fatal("no")),
                    _ => {
                        self.0 += 1;
                        out.reason(message.row(), &self.0.to_string());
                    }
                }
            }
            Ok(())
        }

        fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
            Ok(self.0.to_le_bytes().to_vec())
        }
    }

    fn guarded() -> Guarded {
        let make = |state: Option<&[u8]>| {
            let count = state.map_or(0, |bytes| u64::from_le_bytes(bytes.try_into().unwrap()));
            Ok(Box::new(Counter(count)) as Box<dyn Filter>)
        };
        let stage = FilterStage {
            id: "counter".into(),
            from: vec![],
            on_error: OnError::DeadLetter,
            stateless: false,
            make: Box::new(make),
        };
        Guarded::new(stage, None).unwrap()
    }

    fn judge(guarded: &mut Guarded, texts: &[&str]) -> Result<Vec<String>, StageError> {
        let messages: Vec<Message> =
            texts.iter().map(|text| Message { text: (*text).into(), ..Message::default() }).collect();
        let live = Live::new(Batch::from_messages(&messages));
        let mut said = Vec::new();
        for part in guarded.judge(&live, Verdicts::default())? {
            assert_eq!(part.first, said.len());
            for place in 0..part.live.len() {
                assert_eq!(
                    part.live.batch().text_at(TextField::Text, part.live.row(place)),
                    texts[said.len()]
                );
                said.push(part.verdicts.reasons.get(place).to_owned());
            }
        }
        Ok(said)
    }

    #[test]
    fn only_the_guilty_message_fails_and_the_state_is_as_if_it_had_not_been() {
        let mut guarded = guarded();
        assert_eq!(judge(&mut guarded, &["a", "b"]).unwrap(), ["1", "2"]);
        let said = judge(&mut guarded, &["c", "poison", "d", "e", "poison"]).unwrap();
        assert_eq!(said, ["3", "it trapped", "4", "5", "it trapped"]);
        assert_eq!(guarded.snapshot().unwrap(), Some(&5u64.to_le_bytes()[..]));
        assert_eq!(judge(&mut guarded, &["poison", "f"]).unwrap(), ["it trapped", "6"]);
    }

    #[test]
    fn a_stage_that_cannot_live_ends() {
        let mut guarded = guarded();
        assert_eq!(judge(&mut guarded, &["fatal"]).unwrap_err().message, "no");
        let error = judge(&mut guarded, &["poison"; 200]).unwrap_err();
        assert!(error.message.contains("64 times in a row"), "{}", error.message);
    }
}
