//! The day as it is put together: what matters, and what drowns it.

use super::{
    DAY_SECONDS, Timed, TimelineError,
    data::{Bots, Chatter, Conversation, Essential, Essentials, Persona, Spam, second_of_day},
    people::{People, Person, plain_letters},
    phrases::fill,
};
use crate::{Row, prng::Prng};

/// Another seed, another day.
const SEED: u64 = 20_260_314;

/// The messages of the day so far, in no order.
pub(super) struct Day {
    pub(super) messages: Vec<Timed>,
    people: People,
    prng: Prng,
}

impl Default for Day {
    fn default() -> Self {
        Self { messages: Vec::new(), people: People::default(), prng: Prng::new(SEED) }
    }
}

impl Day {
    pub(super) fn add_essentials(&mut self, essentials: &Essentials) -> Result<(), TimelineError> {
        for essential in &essentials.message {
            self.people.reserve(&essential.author);
        }
        for essential in &essentials.message {
            let second = second_of_day(&essential.at)?;
            self.messages.push(Timed { second, row: essential_row(essential) });
            for _ in 0..essential.passed_on {
                self.pass_on(essential, second);
            }
        }
        Ok(())
    }

    /// What machines and people say once, and alerts that their machine repeats every two minutes.
    pub(super) fn add_alerts(&mut self, essentials: &Essentials) -> Result<(), TimelineError> {
        for essential in &essentials.message {
            let first = second_of_day(&essential.at)?;
            for again in 0..=i64::from(essential.passed_on) {
                self.messages.push(Timed { second: first + 120 * again, row: essential_row(essential) });
            }
        }
        Ok(())
    }

    /// Someone repeats a message, its link under other tracking parameters, some minutes later.
    fn pass_on(&mut self, essential: &Essential, written: i64) {
        let person = self.people.stranger(&mut self.prng);
        let delay = self.prng.below(9_000).min(self.prng.below(9_000)) as i64;
        let source = self.prng.pick(&["social", "app", "newsletter", "copy"]);
        let mut row = Row {
            author: person.handle,
            author_name: person.name,
            followers: person.followers,
            likes: self.prng.below(6) as u32,
            reposts: 0,
            replies: 0,
            ..essential_row(essential)
        };
        if !row.url.is_empty() {
            row.url += &format!("?utm_source={source}&utm_medium=share");
            if self.prng.chance(30) {
                row.text = format!("RT @{} : {}", essential.author, essential.text);
            }
        }
        self.messages.push(Timed { second: written + 60 + delay, row });
    }

    pub(super) fn add_bots(&mut self, bots: &Bots) -> Result<(), TimelineError> {
        for bot in &bots.bot {
            let step = bot.every_minutes * 60;
            for second in (0..DAY_SECONDS).step_by(step.max(60) as usize) {
                let clock = format!("{} h {:02}", second / 3_600, second / 60 % 60);
                let line = self.prng.pick(&bot.lines).replace("{clock}", &clock);
                let text = fill(&line, &bots.lists, &mut self.prng)?;
                let row = Row {
                    author: bot.author.clone(),
                    author_name: bot.name.clone(),
                    lang: bot.lang.clone(),
                    channel: bot.channel.clone(),
                    tags: hashtags(&text),
                    text,
                    followers: bot.followers,
                    likes: self.prng.below(3) as u32,
                    ..Row::default()
                };
                self.messages.push(Timed { second: second + self.prng.below(4) as i64, row });
            }
        }
        Ok(())
    }

    pub(super) fn add_chatter(&mut self, chatter: &Chatter, lang: &str) -> Result<(), TimelineError> {
        for persona in &chatter.persona {
            for _ in 0..persona.authors {
                self.add_person(persona, chatter, lang)?;
            }
        }
        for conversation in &chatter.conversation {
            self.add_conversation(conversation, lang)?;
        }
        for spam in &chatter.spam {
            for sender in 0..spam.senders {
                self.add_spammer(spam, sender as usize, chatter, lang)?;
            }
        }
        Ok(())
    }

    /// All that one person writes: in fits of half an hour, as people do.
    fn add_person(&mut self, persona: &Persona, chatter: &Chatter, lang: &str) -> Result<(), TimelineError> {
        let person = self.people.stranger(&mut self.prng);
        let [from, until] = persona.hours.map(|hour| hour * 3_600);
        let mut fit = from;
        let mut left_in_fit = 0;
        for _ in 0..self.between(persona.messages) {
            if left_in_fit == 0 {
                fit = from + self.prng.below((until - from).unsigned_abs()) as i64;
                left_in_fit = 3 + self.prng.below(9);
            }
            left_in_fit -= 1;
            let line = self.prng.pick(&persona.lines);
            let text = person.in_own_manner(fill(line, &chatter.lists, &mut self.prng)?);
            let row = Row {
                channel: self.prng.pick(&persona.channels).clone(),
                tags: hashtags(&text),
                likes: self.prng.below(9).min(self.prng.below(9)) as u32,
                replies: self.prng.below(3) as u32,
                ..row_of(&person, text, lang)
            };
            let second = (fit + self.prng.below(1_800) as i64).min(DAY_SECONDS - 1);
            self.messages.push(Timed { second, row });
        }
        Ok(())
    }

    fn add_conversation(&mut self, conversation: &Conversation, lang: &str) -> Result<(), TimelineError> {
        let mut second = second_of_day(&conversation.at)?;
        for line in &conversation.lines {
            let (who, what) = line.split_once(": ").ok_or_else(|| {
                TimelineError::new(format!("the line \"{line}\""), "write it as \"who: what\"")
            })?;
            // The same followers in every conversation.
            let mut own_prng = Prng::new(plain_letters(who).bytes().map(u64::from).sum());
            let person = Person::neighbour(who, &mut own_prng);
            let row = Row {
                channel: conversation.channel.clone(),
                likes: self.prng.below(5) as u32,
                replies: 1,
                ..row_of(&person, what.to_owned(), lang)
            };
            second += 20 + self.prng.below(150) as i64;
            self.messages.push(Timed { second, row });
        }
        Ok(())
    }

    /// One line, again and again, now and then shouted.
    fn add_spammer(
        &mut self,
        spam: &Spam,
        sender: usize,
        chatter: &Chatter,
        lang: &str,
    ) -> Result<(), TimelineError> {
        let person = self.people.stranger(&mut self.prng);
        let line = &spam.lines[sender % spam.lines.len()];
        let text = fill(line, &chatter.lists, &mut self.prng)?;
        let page = format!("https://promo-{}.example.net/{}", self.prng.below(900), person.handle);
        for _ in 0..self.between(spam.repeats) {
            let text = if self.prng.chance(20) { text.to_uppercase() } else { text.clone() };
            let row = Row {
                channel: self.prng.pick(&spam.channels).clone(),
                url: format!("{page}?utm_campaign=c{}", self.prng.below(50)),
                ..row_of(&person, text, lang)
            };
            let second = self.prng.below(DAY_SECONDS.unsigned_abs()) as i64;
            self.messages.push(Timed { second, row });
        }
        Ok(())
    }

    fn between(&mut self, [least, most]: [u64; 2]) -> u64 {
        least + self.prng.below(most.saturating_sub(least) + 1)
    }
}

fn row_of(person: &Person, text: String, lang: &str) -> Row {
    Row {
        author: person.handle.clone(),
        author_name: person.name.clone(),
        text,
        lang: lang.to_owned(),
        followers: person.followers,
        ..Row::default()
    }
}

fn essential_row(essential: &Essential) -> Row {
    Row {
        author: essential.author.clone(),
        author_name: essential.name.clone(),
        title: essential.title.clone(),
        text: essential.text.clone(),
        lang: essential.lang.clone(),
        channel: essential.channel.clone(),
        url: essential.url.clone(),
        tags: essential.tags.clone(),
        followers: essential.followers,
        likes: essential.likes,
        reposts: essential.reposts,
        replies: essential.replies,
        ..Row::default()
    }
}

/// The hashtags of a text, without `#`.
fn hashtags(text: &str) -> Vec<String> {
    text.split_whitespace().filter_map(|word| word.strip_prefix('#')).map(str::to_owned).collect()
}
