//! What the stage remembers as bytes: a version, whether it judged a message and when the first, the number of
//! muted threads and the hash of each one's id, the number of replies and for each, the oldest first, the place
//! of its thread and the hash of its id. Numbers are little-endian.

use crible_sdk::ConfigError;
use crible_sdk::snapshot::{read_short, take, unreadable, write_short};
use xxhash_rust::xxh3::xxh3_64;

use crate::mutes::Mutes;
use crate::replies::Replies;

const VERSION: u8 = 1;

/// When the first message was judged, and the replies in muted threads.
pub(crate) type Memory = (Option<i64>, Replies);

pub(crate) fn write(start: Option<i64>, replies: &Replies, mutes: &Mutes) -> Vec<u8> {
    let threads = threads(mutes);
    let mut out = Vec::with_capacity(32 + 8 * threads.len() + 10 * replies.len());
    out.push(VERSION);
    out.push(u8::from(start.is_some()));
    start.iter().for_each(|start| out.extend_from_slice(&start.to_le_bytes()));
    write_short(threads.len() as u64, &mut out);
    threads.iter().for_each(|(_, hash)| out.extend_from_slice(&hash.to_le_bytes()));
    write_short(replies.len() as u64, &mut out);
    for (hash, number) in replies.iter() {
        write_short(threads.partition_point(|&(of, _)| of < number) as u64, &mut out);
        out.extend_from_slice(&hash.to_le_bytes());
    }
    out
}

/// The numbers of the muted threads in order, and the hashes of their ids: in another config the same thread
/// may have another number.
fn threads(mutes: &Mutes) -> Vec<(u32, u64)> {
    let mut threads: Vec<(u32, u64)> =
        mutes.threads.iter().map(|(id, &number)| (number, xxh3_64(id.as_bytes()))).collect();
    threads.sort_unstable();
    threads
}

pub(crate) fn read(bytes: &[u8], most: usize, mutes: &Mutes) -> Result<Memory, ConfigError> {
    let unreadable = || unreadable("what lasts `for` a time then lasts so long from the next message on.");
    read_all(bytes, most, mutes).ok_or_else(unreadable)
}

fn read_all(bytes: &[u8], most: usize, mutes: &Mutes) -> Option<Memory> {
    let mut rest = bytes;
    let rest = &mut rest;
    if take::<1>(rest)? != [VERSION] {
        return None;
    }
    let start = match take(rest)? {
        [0] => None,
        [1] => Some(i64::from_le_bytes(take(rest)?)),
        _ => return None,
    };
    let muted = threads(mutes);
    let mut numbers = Vec::new();
    for _ in 0..read_short(rest)? {
        let id = u64::from_le_bytes(take(rest)?);
        numbers.push(muted.iter().find(|&&(_, hash)| hash == id).map(|&(number, _)| number));
    }
    let mut replies = Replies::new(most);
    for _ in 0..read_short(rest)? {
        let thread = usize::try_from(read_short(rest)?).ok()?;
        let hash = u64::from_le_bytes(take(rest)?);
        // None where the thread is no longer muted.
        if let Some(number) = *numbers.get(thread)? {
            replies.remember(hash, number);
        }
    }
    rest.is_empty().then_some((start, replies))
}
