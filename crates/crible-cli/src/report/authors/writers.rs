//! All who write, counted as their messages come.

use std::collections::HashMap;

use crible::{Judgement, Message, Why};

use crate::report::authors::account::Account;
use crate::report::authors::homes;
use crate::report::clip::clip;
use crate::report::recent::{Recent, key};
use crate::report::replayed::{STORY, THEME, labelled};

/// The place of what is about no theme.
pub(crate) const NO_THEME: usize = 0;
/// Themes that are told apart; more than a reader names.
const THEMES: usize = 500;
/// Accounts that are remembered: those go first of whom nothing was kept.
const ACCOUNTS: usize = 100_000;
/// How much an account can be worth: of two with more messages kept, the one that wrote last stays.
const WORTH: u64 = 3;
/// Home pages whose holders are known.
const HOMES: usize = 100_000;
/// A page that more handles than so many link to is nobody's home.
const HOLDERS: usize = 4;

/// A theme and what was written on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Theme {
    /// Empty: no theme.
    pub(crate) name: String,
    /// How many messages were on it, all authors together, in their own words.
    pub(crate) written: u64,
    pub(crate) kept: u64,
}

/// All who write.
#[derive(Debug)]
pub(crate) struct Writers {
    pub(crate) messages: u64,
    /// Messages of nobody.
    pub(crate) without_author: u64,
    /// Messages that say nothing new: reposts, and stories told again.
    pub(crate) retold: u64,
    /// How often an account was given up for others.
    pub(crate) forgotten: u64,
    pub(crate) themes: Vec<Theme>,
    places: HashMap<String, usize>,
    accounts: Recent<Account>,
    /// For each page the handles that link to it.
    holders: Recent<Vec<u64>>,
}

impl Default for Writers {
    fn default() -> Self {
        Self {
            messages: 0,
            without_author: 0,
            retold: 0,
            forgotten: 0,
            themes: vec![Theme::default()],
            places: HashMap::new(),
            accounts: Recent::new(ACCOUNTS, |account| account.kept.min(WORTH)),
            holders: Recent::new(HOMES, |_| 0),
        }
    }
}

impl Writers {
    /// Take note of a message. What was told already speaks neither for the author nor against.
    pub(crate) fn note(&mut self, message: &Message, judgement: &Judgement) {
        self.messages += 1;
        self.forgotten += self.accounts.give_up().len() as u64;
        let repost = is_repost(message);
        let retold = repost || is_told_again(judgement);
        let kept = judgement.kept();
        let themes = if retold { Vec::new() } else { self.themes_of(judgement) };
        for &theme in &themes {
            self.themes[theme].written += 1;
            self.themes[theme].kept += u64::from(kept);
        }
        self.retold += u64::from(retold);
        if message.author.trim().is_empty() {
            self.without_author += 1;
            return;
        }
        let place = key([&message.channel, &message.author]);
        let account = self.accounts.entry(place, || Account::of(message));
        account.call(&message.author_name);
        match retold {
            true => account.retold += 1,
            false => account.count(message, &themes, kept, judgement.score),
        }
        // The links of a repost are another's.
        for (address, declared) in homes::given(message).into_iter().filter(|_| !repost) {
            account.link(&address, declared);
            self.holders.give_up();
            let handle = key([&message.author.to_lowercase()]);
            let holders = self.holders.entry(key([&address]), Vec::new);
            if holders.len() <= HOLDERS && !holders.contains(&handle) {
                holders.push(handle);
            }
        }
    }

    /// There are no more messages: the accounts, and the pages that are not those of many.
    pub(crate) fn into_parts(mut self) -> (Vec<Account>, Vec<Theme>) {
        let mut accounts = self.accounts.into_values();
        for account in &mut accounts {
            account.homes.retain(|home| {
                self.holders.get(key([&home.address])).is_some_and(|holders| holders.len() <= HOLDERS)
            });
        }
        (accounts, self.themes)
    }

    /// What a message is about, each theme once.
    fn themes_of(&mut self, judgement: &Judgement) -> Vec<usize> {
        let mut themes: Vec<usize> = Vec::new();
        for name in labelled(judgement, THEME) {
            let place = self.place(clip(name, 200));
            if !place.is_none_or(|place| themes.contains(&place)) {
                themes.extend(place);
            }
        }
        if themes.is_empty() {
            themes.push(NO_THEME);
        }
        themes
    }

    fn place(&mut self, name: &str) -> Option<usize> {
        if let Some(&place) = self.places.get(name) {
            return Some(place);
        }
        let place = self.themes.len();
        (place <= THEMES).then(|| {
            self.places.insert(name.to_owned(), place);
            self.themes.push(Theme { name: name.to_owned(), ..Theme::default() });
            place
        })
    }
}

/// Whether the words of a message are another's.
fn is_repost(message: &Message) -> bool {
    !message.repost_of.is_empty() || message.text.trim_start().starts_with("RT @")
}

/// Whether a message was dropped by the filter that knows stories again: who posts the same on several channels
/// is read once, and none the worse for it.
fn is_told_again(judgement: &Judgement) -> bool {
    !judgement.kept() && judgement.whys.last().is_some_and(|last| knows_stories(judgement, last))
}

/// Whether this filter told which story a message tells.
fn knows_stories(judgement: &Judgement, of: &Why) -> bool {
    let mut said = judgement.whys.iter().filter(|why| why.stage == of.stage);
    said.any(|why| why.labels.iter().any(|label| label.starts_with(STORY)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crible::Fate;

    fn note(writers: &mut Writers, message: &Message, kept: bool, labels: &[&str]) {
        let labels = labels.iter().map(|&label| label.to_owned()).collect();
        let why = Why { stage: "rules".into(), labels, ..Why::default() };
        let fate = if kept { Fate::Kept } else { Fate::Dropped };
        writers.note(message, &Judgement { number: 0, fate, score: 1.0, whys: vec![why] });
    }

    fn message(id: &str, author: &str) -> Message {
        let [id, author, text] = [id, author, id].map(str::to_owned);
        Message { id, author, text, ..Message::default() }
    }

    #[test]
    fn messages_count_for_their_themes_kept_or_not() {
        let mut writers = Writers::default();
        note(&mut writers, &message("1", "zoé"), true, &["theme:eau", "theme:pont", "theme:eau"]);
        note(&mut writers, &message("2", "zoé"), false, &["theme:eau", "trusted"]);
        note(&mut writers, &message("3", "zoé"), true, &["theme:"]);
        note(&mut writers, &message("4", ""), true, &["theme:eau"]);
        assert_eq!((writers.messages, writers.without_author), (4, 1));
        let (accounts, themes) = writers.into_parts();
        let theme = |name: &str, written, kept| Theme { name: name.into(), written, kept };
        assert_eq!(themes, [theme("", 1, 1), theme("eau", 3, 2), theme("pont", 1, 1)]);
        let tallies: Vec<_> = accounts[0].tallies.iter().map(|of| (of.theme, of.written, of.kept)).collect();
        assert_eq!(tallies, [(1, 2, 1), (2, 1, 1), (NO_THEME, 1, 1)]);
    }

    #[test]
    fn what_was_told_already_speaks_for_nobody() {
        let mut writers = Writers::default();
        let repost = Message { repost_of: "0".into(), ..message("1", "max") };
        note(&mut writers, &repost, true, &["theme:eau"]);
        let quoted = Message { text: "RT @zoe: l’eau".into(), ..message("2", "max") };
        note(&mut writers, &quoted, true, &["theme:eau"]);
        note(&mut writers, &message("3", "max"), false, &["theme:eau", "story:0"]);
        assert_eq!(writers.retold, 3);
        note(&mut writers, &message("4", "max"), true, &["theme:eau", "story:0"]);
        let told = Why { stage: "once".into(), labels: vec!["story:5".into()], ..Why::default() };
        let flood = Why { stage: "flood".into(), ..Why::default() };
        let dropped = Judgement { number: 0, fate: Fate::Dropped, score: 0.0, whys: vec![told, flood] };
        writers.note(&message("5", "max"), &dropped);
        let (accounts, _) = writers.into_parts();
        assert_eq!((accounts[0].written, accounts[0].kept, accounts[0].retold), (2, 1, 3));
    }

    #[test]
    fn a_page_that_many_link_to_is_nobodys_home() {
        let mut writers = Writers::default();
        for at in 0..=HOLDERS {
            let links = vec!["https://journal.fr".into(), format!("https://n{at}.example")];
            note(&mut writers, &Message { links, ..message("1", &format!("n{at}")) }, true, &[]);
        }
        let (accounts, _) = writers.into_parts();
        let homes: Vec<&str> = accounts[0].homes.iter().map(|home| home.address.as_str()).collect();
        assert_eq!(homes, ["n0.example"]);
    }
}
