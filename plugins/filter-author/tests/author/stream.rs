//! Messages that earlier stages have scored and labelled.

use crible_sdk::testing::Judged;
use crible_sdk::{Batch, Filter, Held, Live, Message, Rows, Verdict, Verdicts};

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 1440 * MINUTE;

/// A message with a score and labels.
pub(crate) fn scored(author: &str, score: f32, labels: &[&str], time: i64) -> Held {
    let message = Message { author: author.into(), ..Message::default() };
    let labels = labels.iter().map(|&label| label.to_owned()).collect();
    Held { time, score, labels, message, ..Held::default() }
}

/// A verdict of which nothing is said.
pub(crate) fn of(verdict: &'static str) -> Judged {
    Judged { verdict, ..Judged::default() }
}

/// Judge messages in batches of so many.
pub(crate) fn judge(filter: &mut dyn Filter, messages: &[Held], batch: usize) -> Vec<Judged> {
    let mut out = Verdicts::default();
    let mut judged = Vec::new();
    for messages in messages.chunks(batch) {
        let live = Live::new(Batch::from_held(messages));
        out.start(live.len());
        filter.judge(&Rows::new(&live), &mut out).unwrap();
        out.check().unwrap();
        judged.extend((0..live.len()).map(|row| Judged {
            score: out.score(row),
            reason: out.reasons.get(row).to_owned(),
            about: out.abouts.get(row).to_owned(),
            ..of(if out.verdict(row) == Verdict::Drop { "drop" } else { "keep" })
        }));
    }
    judged
}
