//! What is remembered of one author.

use crate::fading::Fading;
use crate::rate::Rate;
use crate::standing::Counts;

/// So many themes of an author are told apart: those on which most was worth reading.
pub(crate) const MOST_THEMES: usize = 4;

/// What has faded to less is nothing.
const NOTHING: f32 = 1e-6;

/// A theme and how many messages of the author on it were worth reading.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct OnTheme {
    pub(crate) theme: u32,
    pub(crate) worth: f32,
}

/// Faded counts of what an author wrote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Author {
    /// When the author last wrote, in ms: the counts are as of then.
    pub(crate) at: i64,
    pub(crate) seen: f32,
    pub(crate) worth: f32,
    /// Those without messages are the default.
    pub(crate) themes: [OnTheme; MOST_THEMES],
    pub(crate) rate: Rate,
}

impl Author {
    /// Of whom nothing is known.
    pub(crate) fn new(at: i64) -> Self {
        Self { at, seen: 0.0, worth: 0.0, themes: Default::default(), rate: Rate::default() }
    }

    /// Time has come so far: fade.
    pub(crate) fn advance(&mut self, now: i64, fading: &Fading, flood_window: i64) {
        self.rate.advance(self.at, now, flood_window);
        let left = fading.left(self.at, now) as f32;
        self.at = now;
        if left < 1.0 {
            self.seen *= left;
            self.worth *= left;
            for of in &mut self.themes {
                of.worth *= left;
                if of.worth < NOTHING {
                    *of = OnTheme::default();
                }
            }
        }
    }

    /// What was worth reading, of everything.
    pub(crate) fn counts(&self) -> Counts {
        Counts { worth: self.worth.into(), seen: self.seen.into() }
    }

    /// What was worth reading on a theme, of everything. Of everything, since who has one good message on it
    /// in a hundred is no specialist.
    pub(crate) fn counts_on(&self, theme: u32) -> Counts {
        let worth = self.themes.iter().find(|of| of.theme == theme).map_or(0.0, |of| of.worth);
        Counts { worth: worth.into(), seen: self.seen.into() }
    }

    /// Count a message.
    pub(crate) fn count(&mut self, is_worth: bool) {
        self.rate.count();
        self.seen += 1.0;
        if is_worth {
            self.worth += 1.0;
        }
    }

    /// Count a message that was worth reading for a theme; of more than there is room for, the one with the
    /// fewest gives way.
    pub(crate) fn count_on(&mut self, theme: u32) {
        if let Some(known) = self.themes.iter_mut().find(|of| of.theme == theme && of.worth > 0.0) {
            known.worth += 1.0;
        } else if let Some(least) = self.themes.iter_mut().min_by(|a, b| a.worth.total_cmp(&b.worth)) {
            *least = OnTheme { theme, worth: 1.0 };
        }
    }
}
