//! What someone writes on one channel under one handle, and what of it was kept.

use crible::Message;

use crate::report::clip::clip;
use crate::report::recent::key;

/// Themes of an account that are counted: the first that it writes on.
const THEMES_EACH: usize = 16;
/// Messages that are remembered as evidence of each theme.
const EVIDENCE: usize = 3;
/// Home pages of an account that are remembered: the first that it gives.
const HOMES_EACH: usize = 4;
/// Bytes of names, ids and addresses, and of what was written.
const NAME: usize = 200;
const GIST: usize = 400;

/// A message that was kept, as evidence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Evidence {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) created_at: i64,
    pub(crate) score: f32,
    /// The beginning of the text, or else of the title.
    pub(crate) text: String,
    /// The hash of all of it.
    said: u64,
}

/// What an account wrote on one theme, in its own words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    /// The theme's place.
    pub(crate) theme: usize,
    pub(crate) written: u64,
    pub(crate) kept: u64,
    /// Of what was kept the best by score, the best first; of the same score the earliest.
    pub(crate) best: Vec<Evidence>,
}

/// An address that an account gives as its home page, or only links to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Home {
    /// In its canonical form.
    pub(crate) address: String,
    /// Whether an attribute of a message says that it is the author's.
    pub(crate) declared: bool,
    /// How many messages link to it.
    pub(crate) messages: u64,
}

/// Someone on one channel under one handle.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Account {
    pub(crate) channel: String,
    pub(crate) handle: String,
    /// The last one given.
    pub(crate) name: String,
    /// All other messages.
    pub(crate) written: u64,
    pub(crate) kept: u64,
    /// Messages that were told already, by others or on another channel.
    pub(crate) retold: u64,
    pub(crate) tallies: Vec<Tally>,
    pub(crate) homes: Vec<Home>,
}

impl Account {
    pub(crate) fn of(message: &Message) -> Self {
        let [channel, handle] = [&message.channel, &message.author].map(|text| clip(text, NAME).to_owned());
        Self { channel, handle, ..Self::default() }
    }

    /// Take note of a message that was not told already.
    pub(crate) fn count(&mut self, message: &Message, themes: &[usize], kept: bool, score: f32) {
        self.written += 1;
        self.kept += u64::from(kept);
        for &theme in themes {
            let at = self.tallies.iter().position(|tally| tally.theme == theme).unwrap_or_else(|| {
                self.tallies.push(Tally { theme, ..Tally::default() });
                self.tallies.len() - 1
            });
            self.tallies.truncate(THEMES_EACH);
            let Some(tally) = self.tallies.get_mut(at) else { continue };
            tally.written += 1;
            if kept {
                tally.kept += 1;
                tally.show(message, score);
            }
        }
    }

    /// Take note of the name that a message gives.
    pub(crate) fn call(&mut self, name: &str) {
        let name = clip(name.trim(), NAME);
        if !name.is_empty() && self.name != name {
            name.clone_into(&mut self.name);
        }
    }

    /// Take note of a page that may be the author's.
    pub(crate) fn link(&mut self, address: &str, declared: bool) {
        if let Some(home) = self.homes.iter_mut().find(|home| home.address == address) {
            home.messages += 1;
            home.declared |= declared;
        } else if self.homes.len() < HOMES_EACH {
            self.homes.push(Home { address: address.to_owned(), declared, messages: 1 });
        }
    }
}

impl Tally {
    /// Keep a message as evidence where it is among the best; the same words twice are one.
    fn show(&mut self, message: &Message, score: f32) {
        // What is no number was added up of infinite ones.
        let score = if score.is_nan() { f32::NEG_INFINITY } else { score };
        let place = self.best.partition_point(|of| {
            of.score > score || of.score == score && of.created_at <= message.created_at
        });
        if place >= EVIDENCE {
            return;
        }
        let text = if message.text.trim().is_empty() { &message.title } else { &message.text };
        let said = key([text.trim()]);
        if self.best.iter().take(place).any(|of| of.said == said) {
            return;
        }
        self.best.retain(|of| of.said != said);
        // Half an address leads nowhere.
        let url = Some(&message.url).filter(|url| url.len() <= NAME).cloned().unwrap_or_default();
        let evidence = Evidence {
            id: clip(&message.id, NAME).to_owned(),
            url,
            created_at: message.created_at,
            score,
            text: clip(text, GIST).to_owned(),
            said,
        };
        self.best.insert(place, evidence);
        self.best.truncate(EVIDENCE);
    }

    /// The best of two accounts of one person.
    pub(crate) fn add(&mut self, other: &Self) {
        self.written += other.written;
        self.kept += other.kept;
        for evidence in &other.best {
            if self.best.iter().all(|of| of.said != evidence.said) {
                self.best.push(evidence.clone());
            }
        }
        self.best.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.created_at.cmp(&b.created_at)));
        self.best.truncate(EVIDENCE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: &str, text: &str, created_at: i64) -> Message {
        Message { id: id.into(), author: "zoé".into(), text: text.into(), created_at, ..Message::default() }
    }

    fn shown(account: &Account) -> Vec<&str> {
        account.tallies[0].best.iter().map(|of| of.id.as_str()).collect()
    }

    #[test]
    fn the_best_messages_are_the_evidence_and_none_of_them_twice() {
        let mut account = Account::default();
        for (id, text, score) in [
            ("a", "eau", 1.0),
            ("b", "pont", 3.0),
            ("c", "eau", 2.0),
            ("d", "tram", 1.0),
            ("e", "gare", 0.5),
            ("f", "pont", 1.5),
        ] {
            account.count(&message(id, text, 5), &[0], true, score);
        }
        account.count(&message("g", "dropped", 5), &[0], false, 9.0);
        assert_eq!(shown(&account), ["b", "c", "d"]);
        assert_eq!((account.tallies[0].written, account.tallies[0].kept), (7, 6));
    }

    #[test]
    fn of_the_same_score_the_earliest_is_shown_first() {
        let mut account = Account::default();
        for (id, at) in [("late", 9), ("early", 1), ("never", i64::MIN)] {
            account.count(&message(id, id, at), &[0], true, f32::NAN);
        }
        assert_eq!(shown(&account), ["never", "early", "late"]);
        let mut two = account.tallies[0].clone();
        two.add(&account.tallies[0]);
        assert_eq!((two.best.len(), two.kept), (3, 6), "the same messages are no new ones");
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut account = Account::default();
        for theme in 0..100 {
            let long = Message { url: "u".repeat(9999), ..message("é", &"é".repeat(9999), 1) };
            account.count(&long, &[theme], true, 1.0);
            account.link(&format!("{theme}.example"), true);
        }
        assert_eq!((account.tallies.len(), account.homes.len()), (THEMES_EACH, HOMES_EACH));
        let evidence = &account.tallies[0].best[0];
        assert_eq!((evidence.text.len(), evidence.url.len()), (GIST, 0));
        assert_eq!(account.written, 100);
    }
}
