//! Folds the tellings of one story into one message. See `plugin.json`.

mod candidates;
mod commonness;
mod index;
mod letters;
mod likeness;
mod memory;
mod pages;
mod rarest;
mod settings;
mod snapshot;
mod teller;
mod typo;
mod waiting;
mod words;

use crible_sdk::links::{Link, breaks_off_in, names_page};
use crible_sdk::{
    ConfigError, Filter, FilterPlugin, ListField, Occasion, Plugin, Rows, StageError, TextField, Verdict,
    Verdicts,
};
use xxhash_rust::xxh64::xxh64;

use memory::{KEYS, Memory};
use settings::{Keep, Settings};
use teller::{Teller, push_called};
use waiting::Held;
use words::Reader;

/// Why a telling is dropped.
const EARLIER: &str = "the same story as an earlier message";
/// Why one is dropped that stayed until a better one came.
const BETTER: &str = "the same story as a better message";
/// What the label of a story begins with.
const LABEL: &str = "story:";

/// What a key is made of.
#[derive(Clone, Copy)]
enum Key {
    Id,
    Link,
}

/// Lets one telling of each story pass and drops the others.
pub struct Story {
    settings: Settings,
    memory: Memory,
    held: Held,
    /// How many calls there were: what this one holds is told from what earlier ones hold.
    calls: u64,
    reader: Reader,
    link: Vec<u8>,
    about: String,
    /// [`LABEL`] and what the story is called by.
    label: String,
}

impl Plugin for Story {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Story {
    fn configure(config: &str, state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let settings = Settings::read(config)?;
        let (memory, held) = match state {
            Some(state) => snapshot::read(state, &settings)?,
            None => (Memory::new(settings.window, settings.most), Held::default()),
        };
        let (reader, link, about) = Default::default();
        Ok(Self { settings, memory, held, calls: 0, reader, link, about, label: LABEL.to_owned() })
    }
}

impl Filter for Story {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        self.calls += 1;
        for (row, &time) in rows.times().iter().enumerate() {
            self.advance(time, out);
            let keys = self.keys(rows, row);
            match self.find(rows, row, keys) {
                Some(place) => {
                    self.tell_again(place, keys, rows, row, out);
                }
                None => self.tell_first(keys, rows, row, out),
            }
        }
        Ok(())
    }

    fn release(&mut self, occasion: Occasion, now: i64, out: &mut Verdicts) -> Result<(), StageError> {
        self.advance(now, out);
        while occasion == Occasion::End && !self.held.queue.is_empty() {
            self.let_go(out);
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(snapshot::write(&self.memory, &self.held))
    }
}

impl Story {
    /// Time has come so far: let go of what was waited for long enough, and forget what has left the window.
    fn advance(&mut self, time: i64, out: &mut Verdicts) {
        self.memory.advance(time);
        while !self.held.queue.is_empty()
            && self.memory.clock().saturating_sub(self.memory.story(self.first_held()).time)
                >= self.settings.wait
        {
            self.let_go(out);
        }
        while self.memory.must_forget(0) {
            self.forget_first(out);
        }
    }

    /// The place of the story that was held first.
    fn first_held(&self) -> usize {
        self.memory.len() - self.held.queue.len()
    }

    fn forget_first(&mut self, out: &mut Verdicts) {
        if self.first_held() == 0 && !self.held.queue.is_empty() {
            self.let_go(out);
        }
        self.memory.forget_first();
    }

    /// The story that was held first goes on.
    fn let_go(&mut self, out: &mut Verdicts) {
        let Some(waiting) = self.held.queue.front() else { return };
        if waiting.told == 1 {
            out.release(waiting.seq, Verdict::Keep, 0.0, "", "");
        } else {
            waiting.write(&mut self.about);
            let reason = match self.settings.keep {
                Keep::First => "the first telling of a story that was told again",
                Keep::Best => "the best telling of a story that was told again",
            };
            out.release(waiting.seq, Verdict::Keep, 0.0, reason, &self.about);
        }
        self.held.close_first();
    }

    /// By what a message's story can be found: ids and links.
    fn keys(&mut self, rows: &Rows<'_>, row: usize) -> [u64; KEYS] {
        let mut keys = [0; KEYS];
        if self.settings.by_repost {
            keys[0] = hash(Key::Id, rows.texts(TextField::Id).get(row).as_bytes());
            keys[1] = repost(hash(Key::Id, rows.texts(TextField::RepostOf).get(row).as_bytes()));
        }
        // Answers to an article that give its address are not the article told again.
        if self.settings.by_link && rows.texts(TextField::ReplyTo).get(row).is_empty() {
            let text = rows.texts(TextField::Text).get(row);
            keys[2] = self.link_key(rows.texts(TextField::Url).get(row), text);
            let mut links = rows.lists(ListField::Links).get(row);
            if let (Some(only), None) = (links.next(), links.next())
                && only != rows.texts(TextField::Url).get(row)
            {
                keys[3] = self.link_key(only, text);
            }
        }
        keys
    }

    /// The key of a link of this text; 0 of none.
    fn link_key(&mut self, address: &str, text: &str) -> u64 {
        if address.is_empty() || breaks_off_in(text, address) {
            return 0;
        }
        self.link.clear();
        Link::read(address).write_canonical(&mut self.link);
        if names_page(&self.link) { hash(Key::Link, &self.link) } else { 0 }
    }

    /// The place of the story that a message tells; what it links to is asked first, its words last.
    fn find(&mut self, rows: &Rows<'_>, row: usize, keys: [u64; KEYS]) -> Option<usize> {
        // A repost, its original and another repost of that may come in any order.
        let asked = [keys[1], repost(keys[1]), repost(keys[0]), keys[2], keys[3]];
        let found = asked.into_iter().find_map(|key| self.memory.find_key(key));
        if found.is_some() || !self.settings.by_text {
            return found;
        }
        self.reader.read(rows.texts(TextField::Title).get(row), rows.texts(TextField::Text).get(row));
        self.memory.find_text(&self.reader)
    }

    /// A message is called by its story: by the id of the first telling, whether it is ever told again or not,
    /// so that all of its tellings have the same label.
    fn label(&self, row: usize, out: &mut Verdicts) {
        if self.label.len() > LABEL.len() {
            out.label(row, &self.label);
        }
    }

    /// A story is new.
    fn tell_first(&mut self, keys: [u64; KEYS], rows: &Rows<'_>, row: usize, out: &mut Verdicts) {
        while self.memory.must_forget(1) {
            self.forget_first(out);
        }
        let author = rows.texts(TextField::Author).get(row);
        let channel = rows.texts(TextField::Channel).get(row);
        self.label.truncate(LABEL.len());
        push_called(&mut self.label, rows.texts(TextField::Id).get(row));
        let first = Teller { id: &self.label[LABEL.len()..], author, channel };
        self.memory.remember(self.reader.words(), keys, first);
        self.label(row, out);
        if self.settings.wait > 0 {
            let waiting = self.held.open();
            waiting.seq = rows.seqs()[row];
            waiting.score = number(rows.scores()[row]);
            waiting.held_in = (self.calls, row);
            waiting.count(author_hash(author), channel, rows.times()[row]);
            out.hold(row);
        }
    }

    fn tell_again(
        &mut self,
        place: usize,
        keys: [u64; KEYS],
        rows: &Rows<'_>,
        row: usize,
        out: &mut Verdicts,
    ) {
        keys.into_iter().for_each(|key| self.memory.add_key(place, key));
        self.label.truncate(LABEL.len());
        let (called, teller) = self.memory.told(place);
        self.label.push_str(called);
        teller.write(&mut self.about);
        self.label(row, out);
        let first_held = self.first_held();
        let waiting = place.checked_sub(first_held).and_then(|at| self.held.queue.get_mut(at));
        if let Some(waiting) = waiting {
            let author = rows.texts(TextField::Author).get(row);
            let channel = rows.texts(TextField::Channel).get(row);
            waiting.count(author_hash(author), channel, rows.times()[row]);
            let score = number(rows.scores()[row]);
            if self.settings.keep == Keep::Best && score > waiting.score {
                let better = Teller { id: rows.texts(TextField::Id).get(row), author, channel };
                self.memory.replace_teller(place, better);
                better.write(&mut self.about);
                out.hold(row);
                match waiting.held_in {
                    // What was held in this call is not held yet, and is dropped at once.
                    (call, row) if call == self.calls => {
                        out.drop(row, BETTER);
                        out.about(row, &self.about);
                    }
                    _ => out.release(waiting.seq, Verdict::Drop, 0.0, BETTER, &self.about),
                }
                waiting.seq = rows.seqs()[row];
                waiting.score = score;
                waiting.held_in = (self.calls, row);
                return;
            }
        }
        out.drop(row, EARLIER);
        out.about(row, &self.about);
    }
}

/// A score that can be compared: infinite ones that were added up may be no number, which is the worst.
fn number(score: f32) -> f32 {
    if score.is_nan() { f32::NEG_INFINITY } else { score }
}

/// What a key is remembered by; 0 where there is none. Two of 200,000 share a hash once in about a billion
/// fillings of the memory.
fn hash(kind: Key, bytes: &[u8]) -> u64 {
    if bytes.is_empty() { 0 } else { xxh64(bytes, kind as u64).max(1) }
}

/// What a message is known by to its reposts, made of what its id is known by, and the reverse.
fn repost(id: u64) -> u64 {
    id.rotate_left(32)
}

/// What an author is counted by; 0 where there is none.
fn author_hash(author: &str) -> u64 {
    hash(Key::Id, author.as_bytes())
}

crible_sdk::export!(filter: Story);
