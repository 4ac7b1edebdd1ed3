//! What may be chosen as bytes: a version, the clock, how many have arrived, and the state of the one or the
//! other way of choosing. A stage whose budgets were changed takes over what it held. Numbers are
//! little-endian.
//!
//! Version 1, without budgets: the number of keys; for each its hash, the number of its entries, and those:
//! score, arrival, seq; at last those whose keys are not told apart.
//!
//! Version 2, with budgets: how many are chosen, the number of the budgets, and for each its kind and limit; the
//! number of candidates, and those: the entry and its key of each budget; when the lost go; the bar of all, if
//! any, and the number of the other bars, and those: the hash of the group, its kinds, the entry.

use crible_sdk::ConfigError;
use crible_sdk::snapshot::{take, unreadable};

use crate::Chooser;
use crate::bars::Bar;
use crate::budget::{KINDS, Keys};
use crate::candidates::{Candidate, Candidates};
use crate::entry::Entry;
use crate::progress::Progress;
use crate::ranking::{Group, Ranking};
use crate::settings::Settings;

const PLAIN: u8 = 1;
const BUDGETED: u8 = 2;

pub(crate) fn write(progress: Progress, chooser: &Chooser, settings: &Settings) -> Vec<u8> {
    let mut out = Vec::new();
    out.push(if let Chooser::Plain(_) = chooser { PLAIN } else { BUDGETED });
    out.extend_from_slice(&progress.clock().to_le_bytes());
    out.extend_from_slice(&progress.arrived.to_le_bytes());
    match chooser {
        Chooser::Plain(ranking) => write_ranking(ranking, &mut out),
        Chooser::Budgeted(candidates) => write_candidates(candidates, settings, &mut out),
    }
    out
}

fn write_ranking(ranking: &Ranking, out: &mut Vec<u8>) {
    let (groups, others) = ranking.groups();
    let entries: usize = groups.iter().map(|group| group.entries.len()).sum();
    out.reserve(8 + 12 * groups.len() + 20 * (entries + others.entries.len()));
    write_len(groups.len(), out);
    for group in groups {
        out.extend_from_slice(&group.key.to_le_bytes());
        write_group(group, out);
    }
    write_group(others, out);
}

fn write_group(group: &Group, out: &mut Vec<u8>) {
    write_len(group.entries.len(), out);
    group.entries.iter().for_each(|&entry| write_entry(entry, out));
}

fn write_candidates(candidates: &Candidates, settings: &Settings, out: &mut Vec<u8>) {
    let (all, bars, sweep_at) = candidates.contents();
    let limits = settings.limits.len();
    write_frame(settings, out);
    write_len(all.len(), out);
    for candidate in all {
        write_entry(candidate.entry, out);
        candidate.keys[..limits].iter().for_each(|key| out.extend_from_slice(&key.to_le_bytes()));
    }
    write_len(sweep_at, out);
    let (bar_of_all, others) = bars.contents();
    out.push(u8::from(bar_of_all.is_some()));
    bar_of_all.into_iter().for_each(|entry| write_entry(entry, out));
    write_len(others.len(), out);
    for Bar { group, kinds, entry } in others {
        out.extend_from_slice(&group.to_le_bytes());
        out.push(kinds as u8);
        write_entry(entry, out);
    }
}

/// Under what settings bars are true.
fn write_frame(settings: &Settings, out: &mut Vec<u8>) {
    write_len(settings.best, out);
    out.push(settings.limits.len() as u8);
    for limit in &settings.limits {
        out.push(limit.kind as u8);
        write_len(limit.most, out);
    }
}

fn write_entry(entry: Entry, out: &mut Vec<u8>) {
    out.extend_from_slice(&entry.score.to_le_bytes());
    out.extend_from_slice(&entry.arrival.to_le_bytes());
    out.extend_from_slice(&entry.seq.to_le_bytes());
}

fn write_len(len: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&(len as u32).to_le_bytes());
}

pub(crate) fn read(bytes: &[u8], settings: &Settings) -> Result<(Progress, Chooser), ConfigError> {
    read_all(bytes, settings).ok_or_else(|| unreadable("what was held is then read again."))
}

fn read_all(bytes: &[u8], settings: &Settings) -> Option<(Progress, Chooser)> {
    let mut rest = bytes;
    let rest = &mut rest;
    let [version] = take(rest)?;
    let clock = i64::from_le_bytes(take(rest)?);
    let progress = Progress::at(clock, u64::from_le_bytes(take(rest)?), settings.window);
    let mut chooser = Chooser::new(settings);
    match version {
        PLAIN => read_ranking(rest, &mut chooser)?,
        BUDGETED => read_candidates(rest, settings, &mut chooser)?,
        _ => return None,
    }
    rest.is_empty().then_some((progress, chooser))
}

fn read_ranking(rest: &mut &[u8], chooser: &mut Chooser) -> Option<()> {
    for _ in 0..read_len(rest)? {
        let key = u64::from_le_bytes(take(rest)?);
        for _ in 0..read_len(rest)? {
            let entry = read_entry(rest)?;
            match chooser {
                Chooser::Plain(ranking) => ranking.restore_entry(key, entry),
                Chooser::Budgeted(candidates) => candidates.restore(Candidate { entry, keys: [0; KINDS] }),
            }
        }
    }
    for _ in 0..read_len(rest)? {
        let entry = read_entry(rest)?;
        match chooser {
            Chooser::Plain(ranking) => ranking.restore_other(entry),
            Chooser::Budgeted(candidates) => candidates.restore(Candidate { entry, keys: [0; KINDS] }),
        }
    }
    Some(())
}

fn read_candidates(rest: &mut &[u8], settings: &Settings, chooser: &mut Chooser) -> Option<()> {
    let mut frame = Vec::new();
    write_frame(settings, &mut frame);
    let same = rest.starts_with(&frame);
    read_len(rest)?;
    let [limits] = take(rest)?;
    // For each budget that was, its place among those that are.
    let mut places = Vec::new();
    for _ in 0..limits {
        let [kind] = take(rest)?;
        read_len(rest)?;
        places.push(settings.limits.iter().position(|limit| limit.kind as u8 == kind));
    }
    for _ in 0..read_len(rest)? {
        let entry = read_entry(rest)?;
        let mut keys: Keys = [0; KINDS];
        for &place in &places {
            let key = u64::from_le_bytes(take(rest)?);
            place.into_iter().for_each(|place| keys[place] = key);
        }
        match chooser {
            Chooser::Plain(ranking) => ranking.restore_entry(0, entry),
            Chooser::Budgeted(candidates) => candidates.restore(Candidate { entry, keys }),
        }
    }
    let sweep_at = read_len(rest)? as usize;
    let mut read = Vec::new();
    let [bars_of_all] = take(rest)?;
    for _ in 0..bars_of_all {
        read.push(Bar { group: 0, kinds: 0, entry: read_entry(rest)? });
    }
    for _ in 0..read_len(rest)? {
        let group = u64::from_le_bytes(take(rest)?);
        let [kinds] = take(rest)?;
        read.push(Bar { group, kinds: usize::from(kinds), entry: read_entry(rest)? });
    }
    if let (Chooser::Budgeted(candidates), true) = (chooser, same) {
        let bars = candidates.restore_bars(sweep_at);
        read.into_iter().for_each(|bar| bars.set(bar));
    }
    Some(())
}

fn read_entry(rest: &mut &[u8]) -> Option<Entry> {
    let score = f32::from_le_bytes(take(rest)?);
    let arrival = u64::from_le_bytes(take(rest)?);
    Some(Entry { score, arrival, seq: u64::from_le_bytes(take(rest)?) }).filter(|_| !score.is_nan())
}

fn read_len(rest: &mut &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(take(rest)?))
}
