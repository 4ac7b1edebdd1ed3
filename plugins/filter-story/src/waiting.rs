//! Stories whose best telling is still waited for.

use std::collections::VecDeque;
use std::fmt::Write;

use crate::teller::push_cut;

/// So many authors of a story are told apart.
pub(crate) const MOST_AUTHORS: usize = 100;
/// So many channels of a story are named.
pub(crate) const MOST_CHANNELS: usize = 8;

/// A story that is held, and how often it was told so far.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    /// The reading of the telling that stays so far.
    pub(crate) seq: u64,
    /// Its score.
    pub(crate) score: f32,
    /// In which call it was held, and in which row.
    pub(crate) held_in: (u64, usize),
    /// How often it was told.
    pub(crate) told: u32,
    /// Hashes of those who told it.
    pub(crate) authors: Vec<u64>,
    /// The names of the channels on which it was told, one behind the other.
    pub(crate) names: String,
    /// Where each of them ends, and when it was first told there.
    pub(crate) channels: Vec<(usize, i64)>,
}

impl Waiting {
    /// It is told by someone on some channel.
    pub(crate) fn count(&mut self, author: u64, channel: &str, time: i64) {
        self.told = self.told.saturating_add(1);
        if author != 0 && self.authors.len() < MOST_AUTHORS && !self.authors.contains(&author) {
            self.authors.push(author);
        }
        if channel.is_empty() || self.channels.len() >= MOST_CHANNELS {
            return;
        }
        let start = self.names.len();
        push_cut(&mut self.names, channel);
        let known = self.channels().any(|(name, _)| *name == self.names[start..]);
        if known {
            self.names.truncate(start);
        } else {
            self.channels.push((self.names.len(), time));
        }
    }

    /// Write for readers how often it was told: `4 times by 3 authors; first on r/a, 5m later on r/b`.
    pub(crate) fn write(&self, out: &mut String) {
        out.clear();
        // Writing to a string cannot fail.
        let _ = write!(out, "{} times", self.told);
        let _ = match self.authors.len() {
            0 => Ok(()),
            1 => write!(out, " by 1 author"),
            MOST_AUTHORS.. => write!(out, " by {MOST_AUTHORS} authors or more"),
            authors => write!(out, " by {authors} authors"),
        };
        let mut first = None;
        for (name, time) in self.channels() {
            match first {
                None if self.channels.len() == 1 => _ = write!(out, " on {name}"),
                None => _ = write!(out, "; first on {name}"),
                Some(first) => {
                    out.push_str(", ");
                    write_duration(time - first, out);
                    let _ = write!(out, " later on {name}");
                }
            }
            first.get_or_insert(time);
        }
    }

    /// The names of the channels, and when it was first told there.
    pub(crate) fn channels(&self) -> impl Iterator<Item = (&str, i64)> {
        let mut start = 0;
        self.channels.iter().map(move |&(end, time)| {
            let name = &self.names[start..end];
            start = end;
            (name, time)
        })
    }
}

/// The two greatest units of a time, at least seconds.
fn write_duration(ms: i64, out: &mut String) {
    let seconds = ms.max(0) / 1000;
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    let parts = [(days, 'd'), (hours, 'h'), (minutes, 'm'), (seconds % 60, 's')];
    let from = parts.iter().position(|(number, _)| *number != 0).unwrap_or(parts.len() - 1);
    for (at, (number, unit)) in parts.into_iter().enumerate().skip(from).take(2) {
        if number != 0 || at == parts.len() - 1 && from == at {
            // Writing to a string cannot fail.
            let _ = write!(out, "{number}{unit}");
        }
    }
}

/// The stories that are held, in the order in which they were first told. They are the last ones of the memory.
#[derive(Default)]
pub(crate) struct Held {
    pub(crate) queue: VecDeque<Waiting>,
    /// Whose memory can be used again.
    spare: Vec<Waiting>,
}

impl Held {
    /// One more story is held.
    pub(crate) fn open(&mut self) -> &mut Waiting {
        let mut waiting = self.spare.pop().unwrap_or_default();
        waiting.told = 0;
        waiting.authors.clear();
        waiting.names.clear();
        waiting.channels.clear();
        self.queue.push_back(waiting);
        let last = self.queue.len() - 1;
        &mut self.queue[last]
    }

    /// The story that was held first is not held any more.
    pub(crate) fn close_first(&mut self) {
        self.spare.extend(self.queue.pop_front());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(tellings: &[(u64, &str, i64)]) -> String {
        let (mut waiting, mut out) = (Waiting::default(), String::new());
        tellings.iter().for_each(|&(author, channel, time)| waiting.count(author, channel, time));
        waiting.write(&mut out);
        out
    }

    #[test]
    fn how_often_a_story_was_told_is_said_in_words() {
        assert_eq!(said(&[(0, "", 0), (0, "", 9)]), "2 times");
        assert_eq!(said(&[(1, "r/a", 0), (1, "r/a", 9)]), "2 times by 1 author on r/a");
        let tellings = [(1, "r/a", 0), (2, "r/b", 300_000), (1, "r/b", 400_000), (3, "é", 90_061_000)];
        assert_eq!(said(&tellings), "4 times by 3 authors; first on r/a, 5m later on r/b, 1d1h later on é");
        assert_eq!(said(&[(1, "a", 0), (2, "b", 10)]), "2 times by 2 authors; first on a, 0s later on b");
    }

    #[test]
    fn what_is_counted_is_bounded() {
        let mut waiting = Waiting::default();
        for author in 0..1_000 {
            waiting.count(author, &author.to_string(), 0);
        }
        assert_eq!((waiting.authors.len(), waiting.channels.len()), (MOST_AUTHORS, MOST_CHANNELS));
        let mut out = String::new();
        waiting.write(&mut out);
        assert!(out.starts_with("1000 times by 100 authors or more; first on 0, 0s later on 1"));
    }
}
