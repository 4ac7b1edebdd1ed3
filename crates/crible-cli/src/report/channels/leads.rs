//! Which channel was first, how often, and by how much.

use std::collections::HashMap;

use crate::report::channels::sample::Sample;

/// Delays that are kept for the median of a channel, and of a pair.
const DELAYS: usize = 512;
const DELAYS_OF_A_PAIR: usize = 128;
/// Pairs of channels that are counted; others are not.
const PAIRS: usize = 10_000;

/// What a channel told, by the stories that are known to their end.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) name: String,
    /// How many stories were told on it.
    pub(crate) stories: u64,
    /// How many of them were told nowhere else.
    pub(crate) alone: u64,
    /// How many of the others it told before all other channels.
    pub(crate) first: u64,
    /// How much earlier it was than the second, where it was first, in ms.
    pub(crate) ahead: Sample,
    /// How much later it was than the first, where it was not, in ms.
    pub(crate) behind: Sample,
}

impl Channel {
    fn new(name: &str) -> Self {
        let sample = || Sample::of_at_most(DELAYS);
        let name = name.to_owned();
        Self { name, stories: 0, alone: 0, first: 0, ahead: sample(), behind: sample() }
    }

    /// How many of its stories were told elsewhere too.
    pub(crate) fn shared(&self) -> u64 {
        self.stories - self.alone
    }
}

/// Two channels that told the same stories.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    /// Their places among the channels; the first is that with the lower place.
    pub(crate) channels: [usize; 2],
    /// How many stories both told.
    pub(crate) stories: u64,
    /// How often each was before the other.
    pub(crate) before: [u64; 2],
    /// How much later the second was than the first, in ms; below 0 where it was earlier.
    pub(crate) later: Sample,
}

/// Channels and who of them is first.
#[derive(Debug, Default)]
pub(crate) struct Leads {
    pub(crate) channels: Vec<Channel>,
    /// Stories that were told.
    pub(crate) stories: u64,
    /// Stories that were told on more than one channel.
    pub(crate) shared: u64,
    /// Stories of which two channels wrote first in the same instant.
    pub(crate) tied: u64,
    pairs: HashMap<[usize; 2], Pair>,
    places: HashMap<String, usize>,
}

impl Leads {
    /// The place of a channel; none where it is one too many.
    pub(crate) fn channel(&mut self, name: &str, most: usize) -> Option<usize> {
        if let Some(&place) = self.places.get(name) {
            return Some(place);
        }
        let place = self.channels.len();
        (place < most).then(|| {
            self.places.insert(name.to_owned(), place);
            self.channels.push(Channel::new(name));
            place
        })
    }

    /// Count a story: when which channel first told it.
    pub(crate) fn count(&mut self, mut told: Vec<(usize, i64)>) {
        told.sort_unstable_by_key(|&(place, time)| (time, place));
        self.stories += 1;
        told.iter().for_each(|&(place, _)| self.channels[place].stories += 1);
        let &[(first, began), (_, second), ..] = &told[..] else {
            told.iter().for_each(|&(place, _)| self.channels[place].alone += 1);
            return;
        };
        self.shared += 1;
        if began < second {
            self.channels[first].first += 1;
            self.channels[first].ahead.add(second.saturating_sub(began));
        } else {
            self.tied += 1;
        }
        for &(place, time) in told.iter().filter(|&&(_, time)| time > began) {
            self.channels[place].behind.add(time.saturating_sub(began));
        }
        for (at, &one) in told.iter().enumerate() {
            told[at + 1..].iter().for_each(|&other| self.count_pair(one, other));
        }
    }

    /// The one was not later than the other.
    fn count_pair(&mut self, one: (usize, i64), other: (usize, i64)) {
        let key = [one.0.min(other.0), one.0.max(other.0)];
        if self.pairs.len() == PAIRS && !self.pairs.contains_key(&key) {
            return;
        }
        let later = Sample::of_at_most(DELAYS_OF_A_PAIR);
        let pair = self.pairs.entry(key).or_insert(Pair { channels: key, stories: 0, before: [0; 2], later });
        pair.stories += 1;
        let delay = other.1.saturating_sub(one.1);
        let ahead = usize::from(one.0 != key[0]);
        if delay > 0 {
            pair.before[ahead] += 1;
        }
        pair.later.add(if ahead == 0 { delay } else { delay.saturating_neg() });
    }

    /// The channels, those first that were first most often.
    pub(crate) fn ranked(&self) -> Vec<&Channel> {
        let told = self.channels.iter().filter(|channel| channel.stories > 0);
        let mut ranked: Vec<&Channel> = told.collect();
        ranked.sort_by(|a, b| {
            let rank = |of: &Channel| (of.first, of.shared(), of.stories);
            rank(b).cmp(&rank(a)).then_with(|| a.name.cmp(&b.name))
        });
        ranked
    }

    /// The pairs, those first that told most of the same stories.
    pub(crate) fn pairs(&self) -> Vec<&Pair> {
        let mut pairs: Vec<&Pair> = self.pairs.values().collect();
        pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.stories), pair.channels));
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leads(stories: &[&[(&str, i64)]]) -> Leads {
        let mut leads = Leads::default();
        for story in stories {
            let told = story.iter().map(|&(name, time)| (leads.channel(name, 9).unwrap(), time)).collect();
            leads.count(told);
        }
        leads
    }

    #[test]
    fn the_first_is_ahead_of_the_second_and_all_others_are_behind_the_first() {
        let leads = leads(&[
            &[("blog", 50), ("forum", 10), ("mail", 40)],
            &[("forum", 5), ("blog", 105)],
            &[("blog", 7), ("forum", 9)],
            &[("forum", 3)],
        ]);
        let ranked = leads.ranked();
        let figures = |of: &Channel| {
            let told = (of.stories, of.alone, of.first);
            (of.name.clone(), told, of.ahead.median(), of.behind.median())
        };
        assert_eq!(figures(ranked[0]), ("forum".into(), (4, 1, 2), Some(65), Some(2)));
        assert_eq!(figures(ranked[1]), ("blog".into(), (3, 0, 1), Some(2), Some(70)));
        assert_eq!(figures(ranked[2]), ("mail".into(), (1, 0, 0), None, Some(30)));
        assert_eq!((leads.stories, leads.shared, leads.tied), (4, 3, 0));
        let pairs = leads.pairs();
        let names = pairs[0].channels.map(|place| leads.channels[place].name.as_str());
        assert_eq!((names, pairs[0].stories, pairs[0].before), (["blog", "forum"], 3, [1, 2]));
        assert_eq!(pairs[0].later.median(), Some(-40));
    }

    #[test]
    fn nobody_is_first_where_two_are() {
        let leads = leads(&[&[("blog", 5), ("forum", 5), ("mail", 6)]]);
        assert_eq!(leads.tied, 1);
        assert!(leads.channels.iter().all(|channel| channel.first == 0));
        assert_eq!(leads.channels[2].behind.median(), Some(1));
        assert_eq!(leads.channels[0].behind.median(), None);
    }

    #[test]
    fn times_at_the_ends_of_the_world_do_no_harm() {
        let leads = leads(&[&[("blog", i64::MIN), ("forum", i64::MAX)]]);
        assert_eq!(leads.channels[0].ahead.median(), Some(i64::MAX));
    }
}
