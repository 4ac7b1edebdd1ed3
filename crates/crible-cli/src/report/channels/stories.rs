//! Messages gathered into stories by what the filters labelled them with.

use crible::{Judgement, Message};

use crate::report::channels::leads::Leads;
use crate::report::clip::clip;
use crate::report::recent::{Recent, key};
use crate::report::replayed::{STORY, labelled};

/// Stories and their further tellings that are remembered; about 100 bytes each.
const REMEMBERED: usize = 200_000;
/// Channels of one story that are compared: those that told it first.
const COMPARED: usize = 16;
/// Channels that are told apart: the first so many.
pub(crate) const CHANNELS: usize = 10_000;
/// Bytes of a channel's name.
const NAME: usize = 200;
/// How far a telling may be from the one by which its story is called.
const HOPS: usize = 8;

/// What is known of an id.
#[derive(Debug)]
enum Known {
    /// A telling by which a story is called: when each channel first told the story, by place of the channel.
    Told(Vec<(usize, i64)>),
    /// A telling of the story that is called by another.
    IsPartOf(u64),
}

/// Messages gathered into stories.
#[derive(Debug)]
pub(crate) struct Stories {
    /// All messages.
    pub(crate) messages: u64,
    /// Those that a filter labelled with a story.
    pub(crate) labelled: u64,
    /// Those that tell a story.
    pub(crate) told: u64,
    /// Those left out because they name no channel.
    pub(crate) without_channel: u64,
    /// Those left out because there are too many channels.
    pub(crate) of_other_channels: u64,
    /// Those left out because they have no date.
    pub(crate) without_date: u64,
    remembered: Recent<Known>,
    leads: Leads,
}

impl Default for Stories {
    fn default() -> Self {
        Self {
            messages: 0,
            labelled: 0,
            told: 0,
            without_channel: 0,
            of_other_channels: 0,
            without_date: 0,
            remembered: Recent::new(REMEMBERED, |_| 0),
            leads: Leads::default(),
        }
    }
}

impl Stories {
    /// Take note of a message. What was dropped before its story was known tells none.
    pub(crate) fn note(&mut self, message: &Message, judgement: &Judgement) {
        self.messages += 1;
        let own = Some(key([&message.id])).filter(|_| !message.id.is_empty());
        let called = labelled(judgement, STORY).last().map(|id| key([id]));
        self.labelled += u64::from(called.is_some());
        let Some(story) = called.or(own.filter(|_| judgement.kept())) else { return };
        for told in self.remembered.give_up() {
            if let Known::Told(told) = told {
                self.close(told);
            }
        }
        let story = self.root(story);
        if let Some(own) =
            own.filter(|_| called.is_some()).map(|own| self.root(own)).filter(|&own| own != story)
        {
            self.become_part(own, story);
        }
        if message.created_at == 0 {
            self.without_date += 1;
            return;
        }
        if message.channel.is_empty() {
            self.without_channel += 1;
            return;
        }
        match self.leads.channel(clip(&message.channel, NAME), CHANNELS) {
            Some(channel) => {
                self.told += 1;
                self.tell(story, channel, message.created_at);
            }
            None => self.of_other_channels += 1,
        }
    }

    /// There are no more messages: who was first.
    pub(crate) fn leads(mut self) -> Leads {
        let remembered = std::mem::replace(&mut self.remembered, Recent::new(0, |_| 0));
        for told in remembered.into_values() {
            if let Known::Told(told) = told {
                self.close(told);
            }
        }
        self.leads
    }

    fn close(&mut self, told: Vec<(usize, i64)>) {
        if !told.is_empty() {
            self.leads.count(told);
        }
    }

    /// The telling by which a story is called.
    fn root(&mut self, mut id: u64) -> u64 {
        for _ in 0..HOPS {
            match self.remembered.get(id) {
                Some(&mut Known::IsPartOf(to)) => id = to,
                _ => break,
            }
        }
        id
    }

    /// What was told under one id is the story that is called by another.
    fn become_part(&mut self, own: u64, story: u64) {
        let told = self.remembered.take(own);
        self.remembered.entry(own, || Known::IsPartOf(story));
        if let Some(Known::Told(told)) = told {
            told.into_iter().for_each(|(channel, time)| self.tell(story, channel, time));
        }
    }

    fn tell(&mut self, story: u64, channel: usize, time: i64) {
        let Known::Told(told) = self.remembered.entry(story, || Known::Told(Vec::new())) else { return };
        if let Some((_, first)) = told.iter_mut().find(|(of, _)| *of == channel) {
            *first = time.min(*first);
            return;
        }
        told.push((channel, time));
        if told.len() > COMPARED {
            told.sort_unstable_by_key(|&(channel, time)| (time, channel));
            told.truncate(COMPARED);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crible::{Fate, Why};

    fn told(stories: &mut Stories, id: &str, channel: &str, minute: i64, label: Option<&str>) {
        let created_at = minute * 60_000;
        let message = Message { id: id.into(), channel: channel.into(), created_at, ..Message::default() };
        let labels = label.map(|id| format!("story:{id}")).into_iter().collect();
        let why = Why { stage: "once".into(), labels, ..Why::default() };
        let fate = if label.is_some_and(|of| of != id) { Fate::Dropped } else { Fate::Kept };
        stories.note(&message, &Judgement { number: 0, fate, score: 0.0, whys: vec![why] });
    }

    #[test]
    fn tellings_are_gathered_by_label_and_by_the_id_of_the_one_that_is_named() {
        let mut stories = Stories::default();
        told(&mut stories, "1", "forum", 5, None);
        told(&mut stories, "2", "blog", 9, Some("1"));
        told(&mut stories, "3", "blog", 1, Some("3"));
        let leads = stories.leads();
        assert_eq!((leads.stories, leads.shared), (2, 1));
        let forum = leads.ranked()[0];
        assert_eq!((forum.name.as_str(), forum.first), ("forum", 1));
        assert_eq!(forum.ahead.median(), Some(4 * 60_000));
    }

    /// Where the best telling stays, the first may be answered for last, and has given way.
    #[test]
    fn the_order_of_the_answers_makes_no_difference() {
        let tellings =
            [("a", "forum", 1, "b"), ("x", "mail", 3, "a"), ("b", "blog", 5, "b"), ("y", "mail", 7, "b")];
        let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 0, 3, 1], [1, 3, 2, 0]];
        for order in orders {
            let mut stories = Stories::default();
            for (id, channel, minute, label) in order.map(|at| tellings[at]) {
                told(&mut stories, id, channel, minute, Some(label));
            }
            let leads = stories.leads();
            assert_eq!((leads.stories, leads.shared), (1, 1), "{order:?}");
            assert_eq!(leads.ranked()[0].name, "forum", "{order:?}");
            assert_eq!(leads.ranked()[0].ahead.median(), Some(2 * 60_000), "{order:?}");
        }
    }

    #[test]
    fn what_has_no_date_or_no_channel_is_left_out_and_counted() {
        let mut stories = Stories::default();
        told(&mut stories, "1", "", 5, Some("1"));
        told(&mut stories, "2", "blog", 0, Some("1"));
        told(&mut stories, "", "blog", 5, None);
        assert_eq!((stories.messages, stories.labelled), (3, 2));
        assert_eq!((stories.without_channel, stories.without_date), (1, 1));
        assert_eq!(stories.leads().stories, 0);
    }

    #[test]
    fn labels_that_run_in_a_circle_come_to_an_end() {
        let mut stories = Stories::default();
        told(&mut stories, "a", "blog", 1, Some("b"));
        told(&mut stories, "b", "forum", 2, Some("a"));
        told(&mut stories, "c", "mail", 3, Some("a"));
        let leads = stories.leads();
        assert_eq!((leads.stories, leads.shared), (1, 1));
    }

    #[test]
    fn a_story_has_the_channels_that_told_it_first() {
        let mut stories = Stories::default();
        for at in (0..40).rev() {
            told(&mut stories, &at.to_string(), &format!("c{at}"), at + 1, Some("0"));
        }
        let leads = stories.leads();
        assert_eq!(leads.ranked().len(), COMPARED);
        assert_eq!(leads.ranked()[0].name, "c0");
        assert_eq!(leads.ranked()[0].ahead.median(), Some(60_000));
    }
}
