//! The shares as bytes: a version, the clock, the number of shares, and for each, the oldest first, when it was
//! made (since the one before) and its two hashes. Numbers are little-endian.

use crible_sdk::ConfigError;
use crible_sdk::snapshot::{read_short, take, unreadable, write_short};

use crate::settings::Limits;
use crate::shares::{Share, Shares};

const VERSION: u8 = 1;

pub(crate) fn write(shares: &Shares) -> Vec<u8> {
    let mut out = Vec::with_capacity(32 + 20 * shares.len());
    out.push(VERSION);
    out.extend_from_slice(&shares.clock().to_le_bytes());
    out.extend_from_slice(&(shares.len() as u32).to_le_bytes());
    let mut before = shares.iter().next().map_or(0, |first| first.at);
    out.extend_from_slice(&before.to_le_bytes());
    for Share { link, pair, at } in shares.iter() {
        write_short(at.abs_diff(before), &mut out);
        before = at;
        out.extend_from_slice(&link.to_le_bytes());
        out.extend_from_slice(&pair.to_le_bytes());
    }
    out
}

pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<Shares, ConfigError> {
    read_all(bytes, limits).ok_or_else(|| unreadable("the authors of each link are then counted anew."))
}

fn read_all(bytes: &[u8], limits: Limits) -> Option<Shares> {
    let mut rest = bytes;
    let rest = &mut rest;
    if take::<1>(rest)? != [VERSION] {
        return None;
    }
    let clock = i64::from_le_bytes(take(rest)?);
    let count = u32::from_le_bytes(take(rest)?);
    let mut at = i64::from_le_bytes(take(rest)?);
    let mut shares = Shares::new(limits);
    shares.set_clock(clock);
    for _ in 0..count {
        at = at.checked_add_unsigned(read_short(rest)?)?;
        let [link, pair] = [u64::from_le_bytes(take(rest)?), u64::from_le_bytes(take(rest)?)];
        shares.remember(Share { link, pair, at });
    }
    (rest.is_empty() && (count == 0 || at <= clock)).then_some(shares)
}
