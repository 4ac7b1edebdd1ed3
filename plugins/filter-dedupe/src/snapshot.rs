//! The memory as bytes: a version, the clock, the number of messages, and for each the time since the one
//! before, which hashes follow, the hashes, the length of its id and the id. Numbers are little-endian.

use crible_sdk::ConfigError;
use crible_sdk::snapshot::{read_short, take, unreadable, write_short};

use crate::memory::{Hashes, Memory};

const VERSION: u8 = 2;

pub(crate) fn write(memory: &mut Memory) -> Vec<u8> {
    let clock = memory.clock();
    let (seen, mut ids) = memory.contents();
    let mut out = Vec::with_capacity(32 + 32 * seen.len() + ids.len());
    out.push(VERSION);
    out.extend_from_slice(&clock.to_le_bytes());
    out.extend_from_slice(&(seen.len() as u32).to_le_bytes());
    let mut before = seen.front().map_or(0, |first| first.time);
    out.extend_from_slice(&before.to_le_bytes());
    for message in seen {
        write_short(message.time.abs_diff(before), &mut out);
        before = message.time;
        let has = message.hashes.map(|hash| u8::from(hash != 0));
        out.push(has[0] | has[1] << 1 | has[2] << 2);
        for hash in message.hashes.iter().filter(|&&hash| hash != 0) {
            out.extend_from_slice(&hash.to_le_bytes());
        }
        out.push(message.id_len);
        out.extend_from_slice(ids.split_off(..usize::from(message.id_len)).unwrap_or_default());
    }
    out
}

pub(crate) fn read(bytes: &[u8], window: i64, most: usize) -> Result<Memory, ConfigError> {
    read_all(bytes, window, most).ok_or_else(|| unreadable("messages seen before then count as new."))
}

fn read_all(bytes: &[u8], window: i64, most: usize) -> Option<Memory> {
    let mut rest = bytes;
    let rest = &mut rest;
    if take::<1>(rest)? != [VERSION] {
        return None;
    }
    let clock = i64::from_le_bytes(take(rest)?);
    let count = u32::from_le_bytes(take(rest)?);
    let mut time = i64::from_le_bytes(take(rest)?);
    let mut memory = Memory::new(window, most);
    memory.set_clock(clock);
    for _ in 0..count {
        time = time.checked_add_unsigned(read_short(rest)?)?;
        let [has] = take(rest)?;
        let mut hashes = Hashes::default();
        for (_, hash) in hashes.iter_mut().enumerate().filter(|(kind, _)| has >> kind & 1 == 1) {
            *hash = u64::from_le_bytes(take(rest)?);
        }
        let [len] = take(rest)?;
        let id = rest.split_off(..usize::from(len))?;
        memory.restore(time, hashes, id);
    }
    (rest.is_empty() && (count == 0 || time <= clock)).then_some(memory)
}
