//! Keeps the best few messages of each window, by score. See `plugin.json`.

mod ranking;
mod settings;
mod snapshot;

use crible_sdk::{
    ConfigError, Filter, FilterPlugin, Occasion, Plugin, Rows, StageError, TextColumn, TextField, Verdict,
    Verdicts, site_of,
};
use xxhash_rust::xxh3::xxh3_64;

use ranking::{Entry, Placed, Ranking};
use settings::{Per, Settings};

/// Holds the best of the window so far and lets them go at its end.
pub struct Top {
    settings: Settings,
    ranking: Ranking,
    site: Vec<u8>,
}

impl Plugin for Top {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Top {
    fn configure(config: &str, state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let settings = Settings::read(config)?;
        let ranking = match state {
            Some(state) => snapshot::read(state, &settings)?,
            None => Ranking::new(&settings),
        };
        Ok(Self { settings, ranking, site: Vec::new() })
    }
}

impl Filter for Top {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        // What arrived in this batch is not held yet: if it has to make way, it is dropped at once.
        let before = self.ranking.arrived();
        let (seqs, scores) = (rows.seqs(), rows.scores());
        for (row, &time) in rows.times().iter().enumerate() {
            if self.ranking.advance(time) {
                self.let_go(out);
            }
            let key = self.key(rows, row);
            match self.ranking.place(key, seqs[row], scores[row]) {
                Placed::Among => out.hold(row),
                Placed::Below => out.drop(row, &self.settings.not_among),
                Placed::Instead(Entry { arrival, seq, .. }) => {
                    out.hold(row);
                    match arrival.checked_sub(before) {
                        Some(row) => out.drop(row as usize, &self.settings.not_among),
                        None => out.release(seq, Verdict::Drop, 0.0, &self.settings.not_among, ""),
                    }
                }
            }
        }
        Ok(())
    }

    fn release(&mut self, occasion: Occasion, now: i64, out: &mut Verdicts) -> Result<(), StageError> {
        if self.ranking.advance(now) || occasion == Occasion::End {
            self.let_go(out);
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(snapshot::write(&self.ranking))
    }
}

impl Top {
    /// The window is over: its best go on.
    fn let_go(&mut self, out: &mut Verdicts) {
        let Settings { among, not_among, .. } = &self.settings;
        self.ranking.finish(|rank, entry| match rank {
            Some(rank) => out.release(entry.seq, Verdict::Keep, 0.0, among, &ordinal(rank)),
            None => out.release(entry.seq, Verdict::Drop, 0.0, not_among, ""),
        });
    }

    /// Whom a message competes with. Two of 10,000 keys share a hash, and so compete, once in hundreds of
    /// billions of windows.
    fn key(&mut self, rows: &Rows<'_>, row: usize) -> u64 {
        let hash = |column: &TextColumn| xxh3_64(column.get(row).as_bytes());
        match self.settings.per {
            None => 0,
            Some(Per::Author) => hash(rows.texts(TextField::Author)),
            Some(Per::Channel) => hash(rows.texts(TextField::Channel)),
            Some(Per::Lang) => hash(rows.texts(TextField::Lang)),
            Some(Per::Domain) => {
                self.site.clear();
                self.site.extend(site_of(rows, row).bytes().map(|byte| byte.to_ascii_lowercase()));
                xxh3_64(&self.site)
            }
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
