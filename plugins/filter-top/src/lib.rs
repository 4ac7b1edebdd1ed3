//! Keeps the best few messages of each window, by score. See `plugin.json`.

mod bars;
mod budget;
mod candidates;
mod counts;
mod entry;
mod progress;
mod ranking;
mod settings;
mod snapshot;

use crible_sdk::{
    ConfigError, Filter, FilterPlugin, Occasion, Plugin, Rows, StageError, TextColumn, TextField, Verdict,
    Verdicts,
};
use xxhash_rust::xxh3::xxh3_64;

use candidates::{Candidate, Candidates, End};
use entry::Entry;
use progress::Progress;
use ranking::{Placed, Ranking};
use settings::{Per, Settings};

/// Holds the best of the window so far and lets them go at its end.
pub struct Top {
    settings: Settings,
    progress: Progress,
    chooser: Chooser,
    site: Vec<u8>,
}

/// The messages that may be chosen.
enum Chooser {
    /// By their scores alone.
    Plain(Ranking),
    /// By their scores and budgets.
    Budgeted(Candidates),
}

impl Chooser {
    fn new(settings: &Settings) -> Self {
        match settings.limits.is_empty() {
            true => Self::Plain(Ranking::new(settings)),
            false => Self::Budgeted(Candidates::new(settings)),
        }
    }
}

impl Plugin for Top {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Top {
    fn configure(config: &str, state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let settings = Settings::read(config)?;
        let (progress, chooser) = match state {
            Some(state) => snapshot::read(state, &settings)?,
            None => (Progress::at(i64::MIN, 0, settings.window), Chooser::new(&settings)),
        };
        Ok(Self { settings, progress, chooser, site: Vec::new() })
    }
}

impl Filter for Top {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        // What arrived in this batch is not held yet: if it has to make way, it is dropped at once.
        let before = self.progress.arrived;
        let (seqs, scores) = (rows.seqs(), rows.scores());
        for (row, &time) in rows.times().iter().enumerate() {
            if self.progress.advance(time) {
                self.let_go(out);
            }
            let entry = Entry::new(scores[row], self.progress.arrived, seqs[row]);
            self.progress.arrived += 1;
            match &mut self.chooser {
                Chooser::Plain(ranking) => {
                    let key = key(self.settings.per, rows, row, &mut self.site);
                    match ranking.place(key, entry) {
                        Placed::Among => out.hold(row),
                        Placed::Below => out.drop(row, &self.settings.not_among),
                        Placed::Instead(loser) => {
                            out.hold(row);
                            make_way(loser, before, &self.settings.not_among, out);
                        }
                    }
                }
                Chooser::Budgeted(candidates) => {
                    if candidates.lost_to_all(&entry) {
                        out.drop(row, &self.settings.not_among);
                        continue;
                    }
                    let keys = budget::keys(&self.settings.limits, rows, row, &mut self.site);
                    if let Some(kinds) = candidates.place(Candidate { entry, keys }) {
                        out.drop(row, self.settings.lost_in(kinds));
                        continue;
                    }
                    out.hold(row);
                    candidates
                        .sweep(|kinds, loser| make_way(loser, before, self.settings.lost_in(kinds), out));
                }
            }
        }
        Ok(())
    }

    fn release(&mut self, occasion: Occasion, now: i64, out: &mut Verdicts) -> Result<(), StageError> {
        if self.progress.advance(now) || occasion == Occasion::End {
            self.let_go(out);
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(snapshot::write(self.progress, &self.chooser, &self.settings))
    }
}

impl Top {
    /// The window is over: its best go on.
    fn let_go(&mut self, out: &mut Verdicts) {
        let Settings { among, not_among, limits, .. } = &self.settings;
        match &mut self.chooser {
            Chooser::Plain(ranking) => ranking.finish(|rank, entry| match rank {
                Some(rank) => out.release(entry.seq, Verdict::Keep, 0.0, among, &ordinal(rank)),
                None => out.release(entry.seq, Verdict::Drop, 0.0, not_among, ""),
            }),
            Chooser::Budgeted(candidates) => candidates.finish(|end, entry| match end {
                End::Chosen(rank) => out.release(entry.seq, Verdict::Keep, 0.0, among, &ordinal(rank)),
                End::Full(limit) => out.release(entry.seq, Verdict::Drop, 0.0, &limits[limit].reason, ""),
                End::Below => out.release(entry.seq, Verdict::Drop, 0.0, not_among, ""),
            }),
        }
    }
}

/// Drop a message that was among the best when it arrived; what arrived `before` is held.
fn make_way(Entry { arrival, seq, .. }: Entry, before: u64, reason: &str, out: &mut Verdicts) {
    match arrival.checked_sub(before) {
        Some(row) => out.drop(row as usize, reason),
        None => out.release(seq, Verdict::Drop, 0.0, reason, ""),
    }
}

/// Whom a message competes with. Two of 10,000 keys share a hash, and so compete, once in hundreds of billions
/// of windows.
fn key(per: Option<Per>, rows: &Rows<'_>, row: usize, site: &mut Vec<u8>) -> u64 {
    let hash = |column: &TextColumn| xxh3_64(column.get(row).as_bytes());
    match per {
        None => 0,
        Some(Per::Author) => hash(rows.texts(TextField::Author)),
        Some(Per::Channel) => hash(rows.texts(TextField::Channel)),
        Some(Per::Lang) => hash(rows.texts(TextField::Lang)),
        Some(Per::Domain) => {
            budget::write_site(rows, row, site);
            xxh3_64(site)
        }
    }
}

/// 1st, 2nd, 3rd, 4th, …
fn ordinal(rank: usize) -> String {
    let end = match (rank % 100, rank % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{rank}{end}")
}

crible_sdk::export!(filter: Top);

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn ranks_are_written_as_they_are_said() {
        let said = [1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal);
        assert_eq!(said, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th"]);
    }
}
