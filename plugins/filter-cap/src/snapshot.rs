//! The log as bytes: a version, the clock, the number of keys, and for each, the longest silent first, its
//! hash, when it was last seen (since the key before), how many messages passed, and how long before that each
//! of them did. Numbers are little-endian.

use crible_sdk::ConfigError;
use crible_sdk::snapshot::{read_short, take, unreadable, write_short};

use crate::log::Log;
use crate::settings::Limits;

const VERSION: u8 = 1;

pub(crate) fn write(log: &Log) -> Vec<u8> {
    let mut out = Vec::with_capacity(32 + 20 * log.len());
    out.push(VERSION);
    out.extend_from_slice(&log.clock().to_le_bytes());
    out.extend_from_slice(&(log.len() as u32).to_le_bytes());
    let mut before = log.keys().next().map_or(0, |(_, seen, ..)| seen);
    out.extend_from_slice(&before.to_le_bytes());
    for (hash, seen, count, times) in log.keys() {
        out.extend_from_slice(&hash.to_le_bytes());
        write_short(seen.abs_diff(before), &mut out);
        before = seen;
        write_short(u64::from(count), &mut out);
        times.for_each(|time| write_short(seen.abs_diff(time), &mut out));
    }
    out
}

pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<Log, ConfigError> {
    read_all(bytes, limits).ok_or_else(|| unreadable("every author then starts from nothing."))
}

fn read_all(bytes: &[u8], limits: Limits) -> Option<Log> {
    let mut rest = bytes;
    let rest = &mut rest;
    if take::<1>(rest)? != [VERSION] {
        return None;
    }
    let clock = i64::from_le_bytes(take(rest)?);
    let keys = u32::from_le_bytes(take(rest)?);
    let mut seen = i64::from_le_bytes(take(rest)?);
    let mut log = Log::new(limits);
    log.set_clock(clock);
    for _ in 0..keys {
        let hash = u64::from_le_bytes(take(rest)?);
        seen = seen.checked_add_unsigned(read_short(rest)?)?;
        let mut passed = Vec::new();
        for _ in 0..read_short(rest)? {
            passed.push(seen.checked_sub_unsigned(read_short(rest)?)?);
        }
        log.restore(hash, seen, passed);
    }
    (rest.is_empty() && (keys == 0 || seen <= clock)).then_some(log)
}
