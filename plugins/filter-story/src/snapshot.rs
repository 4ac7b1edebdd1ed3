//! The memory as bytes: a version, the clock; how many stories were counted and how common each word is; for how
//! many stories the index has room; the number of stories and each of them, the oldest first; the number of those
//! that are held and each of them. Numbers are little-endian.

use crible_sdk::ConfigError;
use crible_sdk::snapshot::{read_short, take, unreadable, write_short};

use crate::commonness::Commonness;
use crate::memory::{KEYS, Memory};
use crate::settings::Settings;
use crate::teller::{LONGEST_CALLED, Teller};
use crate::waiting::{Held, MOST_AUTHORS, MOST_CHANNELS, Waiting};
use crate::words::Reader;

const VERSION: u8 = 4;

pub(crate) fn write(memory: &Memory, held: &Held) -> Vec<u8> {
    let mut out = Vec::with_capacity(300_000 + 120 * memory.len());
    out.push(VERSION);
    out.extend_from_slice(&memory.clock().to_le_bytes());
    write_commonness(memory.commonness(), &mut out);
    out.extend_from_slice(&(memory.room() as u32).to_le_bytes());
    out.extend_from_slice(&(memory.len() as u32).to_le_bytes());
    let mut before = if memory.len() == 0 { 0 } else { memory.story(0).time };
    out.extend_from_slice(&before.to_le_bytes());
    for place in 0..memory.len() {
        let story = memory.story(place);
        write_short(story.time.abs_diff(before), &mut out);
        before = story.time;
        write_story(memory, place, &mut out);
    }
    out.extend_from_slice(&(held.queue.len() as u32).to_le_bytes());
    held.queue.iter().for_each(|waiting| write_waiting(waiting, &mut out));
    out
}

/// Counts that are 0 are many and come as how many follow each other.
fn write_commonness(commonness: &Commonness, out: &mut Vec<u8>) {
    let (counts, stories) = commonness.contents();
    out.extend_from_slice(&stories.to_le_bytes());
    let known = counts.iter().filter(|&&count| count != 0).count();
    out.extend_from_slice(&(known as u32).to_le_bytes());
    let mut next = 0;
    for (at, &count) in counts.iter().enumerate().filter(|(_, count)| **count != 0) {
        write_short((at - next) as u64, out);
        write_short(u64::from(count), out);
        next = at + 1;
    }
}

fn write_story(memory: &Memory, place: usize, out: &mut Vec<u8>) {
    let story = memory.story(place);
    let keys = story.keys();
    out.push(keys.clone().count() as u8);
    keys.for_each(|key| out.extend_from_slice(&key.to_le_bytes()));
    let (called, Teller { id, author, channel }) = memory.told(place);
    let names = [called, id, author, channel];
    names.into_iter().for_each(|name| write_text(name.as_bytes(), out));
    let words = memory.words(story);
    write_text(words.letters, out);
    out.push(u8::from(words.passed_on) | u8::from(words.cut_off) << 1);
    let (singles, pairs) = memory.found_by(story);
    write_short(singles, out);
    write_short(pairs, out);
}

fn write_waiting(waiting: &Waiting, out: &mut Vec<u8>) {
    out.extend_from_slice(&waiting.seq.to_le_bytes());
    out.extend_from_slice(&waiting.score.to_le_bytes());
    write_short(u64::from(waiting.told), out);
    write_short(waiting.authors.len() as u64, out);
    waiting.authors.iter().for_each(|author| out.extend_from_slice(&author.to_le_bytes()));
    write_short(waiting.channels.len() as u64, out);
    for (name, time) in waiting.channels() {
        write_text(name.as_bytes(), out);
        out.extend_from_slice(&time.to_le_bytes());
    }
}

fn write_text(text: &[u8], out: &mut Vec<u8>) {
    write_short(text.len() as u64, out);
    out.extend_from_slice(text);
}

pub(crate) fn read(bytes: &[u8], settings: &Settings) -> Result<(Memory, Held), ConfigError> {
    read_all(bytes, settings)
        .ok_or_else(|| unreadable("stories told before then count as new, and what was held is read again."))
}

fn read_all(bytes: &[u8], settings: &Settings) -> Option<(Memory, Held)> {
    let mut rest = bytes;
    let rest = &mut rest;
    if take::<1>(rest)? != [VERSION] {
        return None;
    }
    let clock = i64::from_le_bytes(take(rest)?);
    let mut memory = Memory::new(settings.window, settings.most);
    let commonness = read_commonness(rest)?;
    memory.restore(clock, commonness, u32::from_le_bytes(take(rest)?) as usize);
    let stories = u32::from_le_bytes(take(rest)?);
    let mut time = i64::from_le_bytes(take(rest)?);
    let mut reader = Reader::default();
    for _ in 0..stories {
        time = time.checked_add_unsigned(read_short(rest)?)?;
        read_story(rest, time, &mut reader, &mut memory)?;
    }
    let mut held = Held::default();
    let waiting = u32::from_le_bytes(take(rest)?);
    for _ in 0..waiting {
        read_waiting(rest, held.open())?;
    }
    (rest.is_empty() && waiting <= stories && (stories == 0 || time <= clock)).then_some((memory, held))
}

fn read_commonness(rest: &mut &[u8]) -> Option<Commonness> {
    let stories = u32::from_le_bytes(take(rest)?);
    let known = u32::from_le_bytes(take(rest)?);
    let mut counts = vec![0; Commonness::COUNTS];
    let mut next = 0;
    for _ in 0..known {
        let at = usize::try_from(read_short(rest)?).ok()?.checked_add(next)?;
        *counts.get_mut(at)? = u16::try_from(read_short(rest)?).ok()?;
        next = at + 1;
    }
    Commonness::restore(counts, stories)
}

fn read_story(rest: &mut &[u8], time: i64, reader: &mut Reader, memory: &mut Memory) -> Option<()> {
    let [count] = take(rest)?;
    let mut keys = [0; KEYS];
    for key in keys.get_mut(..usize::from(count))? {
        *key = u64::from_le_bytes(take(rest)?);
    }
    let mut names = [""; 4];
    for name in &mut names {
        *name = str::from_utf8(read_text(rest)?).ok()?;
    }
    let [called, id, author, channel] = names;
    let mut words = reader.restore(read_text(rest)?)?;
    let [said] = take(rest)?;
    (words.passed_on, words.cut_off) = (said & 1 != 0, said & 2 != 0);
    let (singles, pairs) = (read_short(rest)?, read_short(rest)?);
    let known = (1 << words.hashes.len()) - 1;
    if singles & !known != 0 || pairs & !known != 0 || called.len() > LONGEST_CALLED {
        return None;
    }
    memory.restore_story(time, words, (singles, pairs), keys, Teller { id: called, author, channel });
    if id != called {
        memory.replace_teller(memory.len() - 1, Teller { id, author, channel });
    }
    Some(())
}

fn read_waiting(rest: &mut &[u8], waiting: &mut Waiting) -> Option<()> {
    waiting.seq = u64::from_le_bytes(take(rest)?);
    waiting.score = f32::from_le_bytes(take(rest)?);
    waiting.told = u32::try_from(read_short(rest)?).ok()?;
    for _ in 0..read_short(rest)? {
        waiting.authors.push(u64::from_le_bytes(take(rest)?));
    }
    for _ in 0..read_short(rest)? {
        waiting.names.push_str(str::from_utf8(read_text(rest)?).ok()?);
        waiting.channels.push((waiting.names.len(), i64::from_le_bytes(take(rest)?)));
    }
    (waiting.authors.len() <= MOST_AUTHORS
        && waiting.channels.len() <= MOST_CHANNELS
        && !waiting.score.is_nan())
    .then_some(())
}

fn read_text<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let len = usize::try_from(read_short(rest)?).ok()?;
    rest.split_off(..len)
}
