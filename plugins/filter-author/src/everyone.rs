//! What everyone writes: how much of it is usually worth reading, in all and on each theme.

use crate::fading::Fading;

/// So many themes are told apart; of more, those on which most is worth reading.
const MOST_THEMES: usize = 64;

/// A theme and how many messages on it were worth reading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Usual {
    pub(crate) theme: u32,
    pub(crate) worth: f64,
}

/// Faded counts of what everyone wrote.
pub(crate) struct Everyone {
    /// The latest time so far, in ms: the counts are as of then.
    pub(crate) at: i64,
    pub(crate) seen: f64,
    pub(crate) worth: f64,
    pub(crate) themes: Vec<Usual>,
}

impl Everyone {
    pub(crate) fn new() -> Self {
        Self { at: i64::MIN, seen: 0.0, worth: 0.0, themes: Vec::with_capacity(MOST_THEMES) }
    }

    /// Time has come so far: fade. Answers the time, which does not run backwards.
    pub(crate) fn advance(&mut self, time: i64, fading: &Fading) -> i64 {
        let now = self.at.max(time);
        let left = fading.left(self.at, now);
        self.at = now;
        if left < 1.0 {
            self.seen *= left;
            self.worth *= left;
            self.themes.iter_mut().for_each(|of| of.worth *= left);
        }
        now
    }

    /// The share of the messages that is usually worth reading.
    pub(crate) fn usual(&self) -> f64 {
        self.share(self.worth)
    }

    /// The share of the messages that is usually worth reading and on a theme.
    pub(crate) fn usual_on(&self, theme: u32) -> f64 {
        self.share(self.themes.iter().find(|of| of.theme == theme).map_or(0.0, |of| of.worth))
    }

    fn share(&self, worth: f64) -> f64 {
        if self.seen > 0.0 { worth / self.seen } else { 0.0 }
    }

    /// Count a message, as a part of one.
    pub(crate) fn count(&mut self, part: f64, is_worth: bool) {
        self.seen += part;
        if is_worth {
            self.worth += part;
        }
    }

    /// Count a message that was worth reading for a theme, as a part of one.
    pub(crate) fn count_on(&mut self, theme: u32, part: f64) {
        if let Some(known) = self.themes.iter_mut().find(|of| of.theme == theme) {
            known.worth += part;
            return;
        }
        let new = Usual { theme, worth: part };
        if self.themes.len() < MOST_THEMES {
            self.themes.push(new);
        } else if let Some(least) = self.themes.iter_mut().min_by(|a, b| a.worth.total_cmp(&b.worth)) {
            *least = new;
        }
    }
}
