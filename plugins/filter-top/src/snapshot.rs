//! The ranking as bytes: a version, the clock, how many have arrived, the number of keys; for each its hash,
//! the number of its entries, and those: score, arrival, seq; at last those whose keys are not told apart.
//! Numbers are little-endian.

use crible_sdk::ConfigError;
use crible_sdk::snapshot::{take, unreadable};

use crate::ranking::{Entry, Group, Ranking};
use crate::settings::Settings;

const VERSION: u8 = 1;

pub(crate) fn write(ranking: &Ranking) -> Vec<u8> {
    let (groups, others) = ranking.groups();
    let entries: usize = groups.iter().map(|group| group.entries.len()).sum();
    let mut out = Vec::with_capacity(32 + 12 * groups.len() + 20 * (entries + others.entries.len()));
    out.push(VERSION);
    out.extend_from_slice(&ranking.clock().to_le_bytes());
    out.extend_from_slice(&ranking.arrived().to_le_bytes());
    out.extend_from_slice(&(groups.len() as u32).to_le_bytes());
    for group in groups {
        out.extend_from_slice(&group.key.to_le_bytes());
        write_entries(group, &mut out);
    }
    write_entries(others, &mut out);
    out
}

fn write_entries(group: &Group, out: &mut Vec<u8>) {
    out.extend_from_slice(&(group.entries.len() as u32).to_le_bytes());
    for entry in &group.entries {
        out.extend_from_slice(&entry.score.to_le_bytes());
        out.extend_from_slice(&entry.arrival.to_le_bytes());
        out.extend_from_slice(&entry.seq.to_le_bytes());
    }
}

pub(crate) fn read(bytes: &[u8], settings: &Settings) -> Result<Ranking, ConfigError> {
    read_all(bytes, settings).ok_or_else(|| unreadable("what was held is then read again."))
}

fn read_all(bytes: &[u8], settings: &Settings) -> Option<Ranking> {
    let mut rest = bytes;
    let rest = &mut rest;
    if take::<1>(rest)? != [VERSION] {
        return None;
    }
    let mut ranking = Ranking::new(settings);
    let clock = i64::from_le_bytes(take(rest)?);
    ranking.restore(clock, u64::from_le_bytes(take(rest)?));
    for _ in 0..u32::from_le_bytes(take(rest)?) {
        let key = u64::from_le_bytes(take(rest)?);
        for _ in 0..u32::from_le_bytes(take(rest)?) {
            ranking.restore_entry(key, read_entry(rest)?);
        }
    }
    for _ in 0..u32::from_le_bytes(take(rest)?) {
        ranking.restore_other(read_entry(rest)?);
    }
    rest.is_empty().then_some(ranking)
}

fn read_entry(rest: &mut &[u8]) -> Option<Entry> {
    let score = f32::from_le_bytes(take(rest)?);
    let arrival = u64::from_le_bytes(take(rest)?);
    Some(Entry { score, arrival, seq: u64::from_le_bytes(take(rest)?) }).filter(|_| !score.is_nan())
}
