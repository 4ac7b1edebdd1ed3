//! What is remembered as bytes: a version; when it was made, what everyone wrote, in all and on each theme; and
//! for each author, the longest silent first, the hash of the handle, when they last wrote (since the author
//! before), what they wrote, in all and on each theme, and how many messages in the window of floods and in the
//! one before. Numbers are little-endian.

use crible_sdk::ConfigError;
use crible_sdk::snapshot::{read_short, take, unreadable, write_short};

use crate::author::{Author, MOST_THEMES, OnTheme};
use crate::authors::Authors;
use crate::everyone::{Everyone, Usual};
use crate::rate::Rate;

const VERSION: u8 = 1;

pub(crate) fn write(everyone: &Everyone, authors: &Authors) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 + 12 * everyone.themes.len() + 32 * authors.len());
    out.push(VERSION);
    out.extend_from_slice(&everyone.at.to_le_bytes());
    out.extend_from_slice(&everyone.seen.to_le_bytes());
    out.extend_from_slice(&everyone.worth.to_le_bytes());
    write_short(everyone.themes.len() as u64, &mut out);
    for Usual { theme, worth } in &everyone.themes {
        out.extend_from_slice(&theme.to_le_bytes());
        out.extend_from_slice(&worth.to_le_bytes());
    }
    out.extend_from_slice(&(authors.len() as u32).to_le_bytes());
    let mut before = authors.iter().next().map_or(0, |(_, author)| author.at);
    out.extend_from_slice(&before.to_le_bytes());
    for (hash, author) in authors.iter() {
        out.extend_from_slice(&hash.to_le_bytes());
        write_short(author.at.abs_diff(before), &mut out);
        before = author.at;
        write_author(author, &mut out);
    }
    out
}

fn write_author(author: &Author, out: &mut Vec<u8>) {
    out.extend_from_slice(&author.seen.to_le_bytes());
    out.extend_from_slice(&author.worth.to_le_bytes());
    // Those behind the last one with messages are as they were at first.
    let themes = author.themes.iter().rposition(|of| of.worth > 0.0).map_or(0, |last| last + 1);
    write_short(themes as u64, out);
    for OnTheme { theme, worth } in &author.themes[..themes] {
        out.extend_from_slice(&theme.to_le_bytes());
        out.extend_from_slice(&worth.to_le_bytes());
    }
    write_short(author.rate.current.into(), out);
    write_short(author.rate.before.into(), out);
}

pub(crate) fn read(bytes: &[u8], most: u32) -> Result<(Everyone, Authors), ConfigError> {
    read_all(bytes, most).ok_or_else(|| unreadable("every author is then a newcomer."))
}

fn read_all(bytes: &[u8], most: u32) -> Option<(Everyone, Authors)> {
    let mut rest = bytes;
    let rest = &mut rest;
    if take::<1>(rest)? != [VERSION] {
        return None;
    }
    let mut everyone = Everyone::new();
    everyone.at = i64::from_le_bytes(take(rest)?);
    everyone.seen = f64::from_le_bytes(take(rest)?);
    everyone.worth = f64::from_le_bytes(take(rest)?);
    for _ in 0..read_short(rest)? {
        let (theme, worth) = (u32::from_le_bytes(take(rest)?), f64::from_le_bytes(take(rest)?));
        everyone.themes.push(Usual { theme, worth });
    }
    let are_parts = everyone.themes.iter().all(|of| is_part(of.worth, everyone.seen));
    let count = u32::from_le_bytes(take(rest)?);
    let mut at = i64::from_le_bytes(take(rest)?);
    let mut authors = Authors::new(most);
    for _ in 0..count {
        let hash = u64::from_le_bytes(take(rest)?);
        at = at.checked_add_unsigned(read_short(rest)?)?;
        authors.add(hash, read_author(at, rest)?);
    }
    let fits = are_parts && is_part(everyone.worth, everyone.seen) && (count == 0 || at <= everyone.at);
    (rest.is_empty() && fits).then_some((everyone, authors))
}

fn read_author(at: i64, rest: &mut &[u8]) -> Option<Author> {
    let mut author = Author::new(at);
    author.seen = f32::from_le_bytes(take(rest)?);
    author.worth = f32::from_le_bytes(take(rest)?);
    let themes = usize::try_from(read_short(rest)?).ok().filter(|&themes| themes <= MOST_THEMES)?;
    for of in &mut author.themes[..themes] {
        *of = OnTheme { theme: u32::from_le_bytes(take(rest)?), worth: f32::from_le_bytes(take(rest)?) };
    }
    let mut count = || u32::try_from(read_short(rest)?).ok();
    author.rate = Rate { current: count()?, before: count()? };
    let fits = |worth: f32| is_part(worth.into(), author.seen.into());
    (fits(author.worth) && author.themes.iter().all(|of| fits(of.worth))).then_some(author)
}

/// Whether one number can count what is among the things that another one counts.
fn is_part(part: f64, of: f64) -> bool {
    of.is_finite() && (0.0..=of).contains(&part)
}
