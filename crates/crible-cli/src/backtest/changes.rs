//! What a change of rules changes: who is newly kept, who is newly dropped, and why.

use std::collections::HashMap;

use crible::{Fate, Judgement, Message};

/// Different reasons that are counted one by one; what comes after them is counted together.
const REASONS: usize = 1000;

/// A message of which something else becomes.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) message: Message,
    pub(crate) old: Judgement,
    pub(crate) new: Judgement,
}

/// What ended the way of a message: the stage and its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct End {
    pub(crate) stage: String,
    pub(crate) reason: String,
}

/// The messages that change in one direction.
#[derive(Clone, Debug, Default)]
pub(crate) struct Side {
    pub(crate) messages: u64,
    /// Why the one side does not keep them.
    reasons: HashMap<End, u64>,
    /// The messages whose reasons are not counted one by one.
    pub(crate) other_reasons: u64,
    /// The first of them.
    pub(crate) examples: Vec<Change>,
}

/// How many messages a pipeline kept, dropped and could not judge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fates {
    pub(crate) kept: u64,
    pub(crate) dropped: u64,
    pub(crate) failed: u64,
}

/// All that a change of rules changes.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub(crate) messages: u64,
    pub(crate) old: Fates,
    pub(crate) new: Fates,
    pub(crate) newly_kept: Side,
    pub(crate) newly_dropped: Side,
    /// Messages that one of the two has not judged to the end yet, by number.
    waiting: HashMap<u64, Waiting>,
    /// How many examples of each direction are kept.
    show: usize,
}

#[derive(Debug)]
struct Waiting {
    message: Message,
    old: Option<Judgement>,
    new: Option<Judgement>,
}

impl Changes {
    /// Nothing so far; so many examples are to be shown of each direction.
    pub(crate) fn new(show: usize) -> Self {
        Self { show, ..Self::default() }
    }

    /// Note the next message.
    pub(crate) fn read(&mut self, message: &Message) {
        let waiting = Waiting { message: message.clone(), old: None, new: None };
        self.waiting.insert(self.messages, waiting);
        self.messages += 1;
    }

    /// Note what becomes of messages by the old rules.
    pub(crate) fn by_old(&mut self, judgements: Vec<Judgement>) {
        for judgement in judgements {
            self.old.count(&judgement);
            let number = judgement.number;
            if let Some(waiting) = self.waiting.get_mut(&number) {
                waiting.old = Some(judgement);
            }
            self.settle(number);
        }
    }

    /// Note what becomes of messages by the new rules.
    pub(crate) fn by_new(&mut self, judgements: Vec<Judgement>) {
        for judgement in judgements {
            self.new.count(&judgement);
            let number = judgement.number;
            if let Some(waiting) = self.waiting.get_mut(&number) {
                waiting.new = Some(judgement);
            }
            self.settle(number);
        }
    }

    /// Compare where both have judged.
    fn settle(&mut self, number: u64) {
        let both = self.waiting.get(&number).is_some_and(|of| of.old.is_some() && of.new.is_some());
        if !both {
            return;
        }
        if let Some(Waiting { message, old: Some(old), new: Some(new) }) = self.waiting.remove(&number) {
            let (side, end) = match (old.kept(), new.kept()) {
                (false, true) => (&mut self.newly_kept, end_of(&old)),
                (true, false) => (&mut self.newly_dropped, end_of(&new)),
                _ => return,
            };
            side.add(Change { message, old, new }, end, self.show);
        }
    }
}

impl Side {
    fn add(&mut self, change: Change, end: End, show: usize) {
        self.messages += 1;
        if self.reasons.len() < REASONS || self.reasons.contains_key(&end) {
            *self.reasons.entry(end).or_default() += 1;
        } else {
            self.other_reasons += 1;
        }
        // What is held is answered for late: the first are the first that were read.
        let place = self.examples.partition_point(|of| of.old.number < change.old.number);
        if place < show {
            self.examples.insert(place, change);
            self.examples.truncate(show);
        }
    }

    /// The reasons, the most frequent first.
    pub(crate) fn reasons(&self) -> Vec<(&End, u64)> {
        let mut reasons: Vec<(&End, u64)> = self.reasons.iter().map(|(end, number)| (end, *number)).collect();
        reasons.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        reasons
    }
}

impl Fates {
    fn count(&mut self, judgement: &Judgement) {
        match judgement.fate {
            Fate::Kept => self.kept += 1,
            Fate::Failed => self.failed += 1,
            Fate::Dropped | Fate::Held => self.dropped += 1,
        }
    }
}

fn end_of(judgement: &Judgement) -> End {
    let last = judgement.whys.last();
    last.map(|why| End { stage: why.stage.clone(), reason: why.reason.clone() }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crible::Why;

    fn judgement(number: u64, kept: bool) -> Judgement {
        let whys = match kept {
            true => vec![],
            false => vec![Why { stage: "themes".into(), reason: "off topic".into(), ..Why::default() }],
        };
        Judgement { number, fate: if kept { Fate::Kept } else { Fate::Dropped }, score: 0.0, whys }
    }

    #[test]
    fn only_what_changes_is_told_whenever_it_is_decided() {
        let mut changes = Changes::new(1);
        (0..4).for_each(|n| changes.read(&Message { id: n.to_string(), ..Message::default() }));
        changes.by_old((0..4).map(|n| judgement(n, n == 0)).collect());
        // The new rules hold the first message for a while.
        changes.by_new(vec![judgement(3, true), judgement(2, true), judgement(1, false)]);
        changes.by_new(vec![judgement(0, false)]);
        assert_eq!((changes.newly_kept.messages, changes.newly_dropped.messages), (2, 1));
        let shown: Vec<&str> = changes.newly_kept.examples.iter().map(|of| of.message.id.as_str()).collect();
        assert_eq!(shown, ["2"], "the first that was read");
        let reasons = changes.newly_kept.reasons();
        assert_eq!((reasons[0].0.reason.as_str(), reasons[0].1), ("off topic", 2));
        assert_eq!(changes.old, Fates { kept: 1, dropped: 3, failed: 0 });
        assert_eq!(changes.new, Fates { kept: 2, dropped: 2, failed: 0 });
        assert!(changes.waiting.is_empty());
    }
}
