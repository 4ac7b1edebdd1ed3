//! Gives each author a standing that fades: how often what they wrote was worth reading, by theme. Floods cost.
//! See `plugin.json`.

mod author;
mod authors;
mod everyone;
mod fading;
mod rate;
mod settings;
mod snapshot;
mod standing;
mod themes;

use crible_sdk::{ConfigError, Filter, FilterPlugin, Plugin, Rows, StageError, TextField, Verdicts};
use xxhash_rust::xxh3::xxh3_64;

use author::Author;
use authors::Authors;
use everyone::Everyone;
use fading::Fading;
use settings::Settings;
use standing::{Counts, standing, thousandths};
use themes::Themes;

/// A handle that is longer is cut where it is shown, in bytes.
const LONGEST_SHOWN: usize = 100;

/// Scores messages by the standing of their authors.
pub struct Standings {
    settings: Settings,
    fading: Fading,
    everyone: Everyone,
    authors: Authors,
    about: String,
}

impl Plugin for Standings {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Standings {
    fn configure(config: &str, state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let settings = Settings::read(config)?;
        let (everyone, authors) = match state {
            Some(state) => snapshot::read(state, settings.most)?,
            None => (Everyone::new(), Authors::new(settings.most)),
        };
        let fading = Fading::new(settings.half_life);
        Ok(Self { settings, fading, everyone, authors, about: String::new() })
    }
}

impl Filter for Standings {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        let Self { settings, fading, everyone, authors, about } = self;
        let (handles, labels, scores) = (rows.texts(TextField::Author), rows.labels(), rows.scores());
        let mut themes = Themes::default();
        for (row, &time) in rows.times().iter().enumerate() {
            let handle = handles.get(row);
            if handle.is_empty() {
                continue;
            }
            let now = everyone.advance(time, fading);
            let author = authors.writing(xxh3_64(handle.as_bytes()), now);
            author.advance(now, fading, settings.flood.window);
            themes.read(labels.get(row));
            // Judged first and learned from then: no message speaks for itself.
            let found = Found::of(author, everyone, &themes, settings);
            if let Some(reason) = found.judge(row, settings, out) {
                out.reason(row, reason);
                about.clear();
                found.write_about(reason, handle, settings, about);
                out.about(row, about);
            }
            learn(author, everyone, &themes, f64::from(scores[row]) >= settings.worth_from, settings.prior);
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(snapshot::write(&self.everyone, &self.authors))
    }
}

const OFTEN: &str = "its author often writes what is worth reading";
const OFTEN_ON_THEME: &str = "its author often writes what is worth reading on this theme";
const SELDOM: &str = "its author seldom writes what is worth reading";
const NOT_KNOWN: &str = "its author is not known for what is worth reading";
const FLOODS: &str = "its author floods";

/// What is known of the author of a message.
struct Found<'a> {
    /// From -1 to 1.
    standing: f64,
    /// What the standing comes from.
    counts: Counts,
    /// Of which theme; absent where it is that of everything.
    theme: Option<&'a str>,
    /// How many messages the author wrote within the window of floods, with this one.
    rate: f64,
}

impl<'a> Found<'a> {
    fn of(author: &Author, everyone: &Everyone, themes: &Themes<'a>, settings: &Settings) -> Self {
        let counts = author.counts();
        let rate = author.rate.within(everyone.at, settings.flood.window) + 1.0;
        let standing_in_all = standing(counts, everyone.usual(), settings.prior);
        let mut best = Self { standing: standing_in_all, counts, theme: None, rate };
        for theme in themes.iter() {
            let counts = author.counts_on(theme.hash);
            let standing = standing(counts, everyone.usual_on(theme.hash), settings.prior);
            // Who has not written on a theme so far is no worse for that.
            if standing > best.standing.max(0.0) {
                best = Self { standing, counts, theme: Some(theme.name), rate };
            }
        }
        best
    }

    /// Drop the message or score it, and answer why, where there is anything to say.
    fn judge(&self, row: usize, settings: &Settings, out: &mut Verdicts) -> Option<&'static str> {
        if settings.drop_below.is_some_and(|below| self.standing < below) {
            let reason = if self.standing < 0.0 { SELDOM } else { NOT_KNOWN };
            out.drop(row, reason);
            return Some(reason);
        }
        let of_standing = settings.weight * self.standing;
        let of_flood = thousandths(settings.flood.cost(self.rate));
        if of_standing == 0.0 && of_flood == 0.0 {
            return None;
        }
        out.add_score(row, (of_standing - of_flood) as f32);
        Some(match self.theme {
            _ if of_flood > of_standing.abs() => FLOODS,
            Some(_) => OFTEN_ON_THEME,
            None if of_standing > 0.0 => OFTEN,
            None => SELDOM,
        })
    }

    /// The author and the figures.
    fn write_about(&self, reason: &str, handle: &str, settings: &Settings, about: &mut String) {
        let shown = &handle[..handle.floor_char_boundary(LONGEST_SHOWN)];
        about.push_str(shown);
        about.push_str(if shown.len() < handle.len() { "…: " } else { ": " });
        // Nearly every message has figures to tell, and `write!` would cost as much as judging it.
        let mut digits = itoa::Buffer::new();
        let mut figure = |of: f64, behind: &str| {
            about.push_str(digits.format(of.round() as u64));
            about.push_str(behind);
        };
        if reason == FLOODS {
            figure(self.rate, " within ");
            about.push_str(&settings.flood_window);
            return;
        }
        figure(self.counts.worth, " of ");
        figure(self.counts.seen, "");
        if let Some(theme) = self.theme {
            about.push_str(" on ");
            about.push_str(theme);
        }
    }
}

/// Count a message for its author and for everyone.
fn learn(author: &mut Author, everyone: &mut Everyone, themes: &Themes<'_>, is_worth: bool, prior: f64) {
    // The more of an author is known, the less a message says of what is usual: else those who flood were the
    // usual, and everyone else were good.
    let part = prior / (prior + author.counts().seen);
    author.count(is_worth);
    everyone.count(part, is_worth);
    if is_worth {
        for theme in themes.iter() {
            author.count_on(theme.hash);
            everyone.count_on(theme.hash, part);
        }
    }
}

crible_sdk::export!(filter: Standings);
