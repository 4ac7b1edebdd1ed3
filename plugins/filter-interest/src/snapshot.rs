//! What was learned as bytes: a version, how many messages were judged, the background (messages, words, when it
//! is halved next, and the counts, each after how many zeros stand before it), and for each interest a fingerprint
//! of its terms, the weights, the words that were added and the best messages' words. Numbers are little-endian.

use crible_sdk::ConfigError;
use crible_sdk::snapshot::{read_short, take, unreadable, write_short};
use xxhash_rust::xxh3::xxh3_64;

use crate::feedback::{Candidate, Feedback};
use crate::interest::{Interest, Term};
use crate::ranked::Ranked;
use crate::ranker::Ranker;

const VERSION: u8 = 2;

pub(crate) fn write(ranker: &Ranker) -> Vec<u8> {
    let mut out = vec![VERSION];
    write_short(ranker.judged, &mut out);
    let background = &ranker.background;
    write_short(u64::from(background.messages), &mut out);
    write_short(background.words, &mut out);
    match background.halve_at {
        None => out.push(0),
        Some(at) => {
            out.push(1);
            out.extend_from_slice(&at.to_le_bytes());
        }
    }
    let mut zeros = 0;
    for &count in &background.counts {
        if count == 0 {
            zeros += 1;
        } else {
            write_short(zeros, &mut out);
            write_short(u64::from(count), &mut out);
            zeros = 0;
        }
    }
    // A count of 0 ends them.
    write_short(zeros, &mut out);
    out.push(0);
    write_short(ranker.ranked.len() as u64, &mut out);
    ranker.ranked.iter().for_each(|ranked| write_ranked(ranked, &mut out));
    out
}

fn write_ranked(ranked: &Ranked, out: &mut Vec<u8>) {
    out.extend_from_slice(&fingerprint(&ranked.interest).to_le_bytes());
    out.extend_from_slice(&ranked.whole.to_le_bytes());
    write_short(ranked.added.len() as u64, out);
    for term in &ranked.added {
        out.extend_from_slice(&term.hash.to_le_bytes());
        out.extend_from_slice(&term.share.to_le_bytes());
    }
    write_short(ranked.weights.len() as u64, out);
    ranked.weights.iter().for_each(|weight| out.extend_from_slice(&weight.to_le_bytes()));
    let feedback = &ranked.feedback;
    out.extend_from_slice(&feedback.weight().to_le_bytes());
    let candidates = feedback.candidates();
    write_short(candidates.len() as u64, out);
    for of in candidates {
        out.extend_from_slice(&of.hash.to_le_bytes());
        out.extend_from_slice(&of.weight.to_le_bytes());
    }
    let (recent, next) = feedback.recent();
    write_short(recent.len() as u64, out);
    recent.iter().for_each(|print| out.extend_from_slice(&print.to_le_bytes()));
    write_short(next as u64, out);
}

/// What an interest is known by: one that was changed in the config starts anew.
fn fingerprint(interest: &Interest) -> u64 {
    let mut bytes = Vec::new();
    for term in &interest.terms {
        bytes.extend_from_slice(&term.hash.to_le_bytes());
        bytes.extend_from_slice(&term.share.to_le_bytes());
    }
    xxh3_64(&bytes)
}

/// Give a ranker that has judged nothing what was learned.
pub(crate) fn read(bytes: &[u8], ranker: &mut Ranker) -> Result<(), ConfigError> {
    read_all(bytes, ranker)
        .ok_or_else(|| unreadable("which words are common in the stream is then learned anew."))
}

fn read_all(bytes: &[u8], ranker: &mut Ranker) -> Option<()> {
    let mut rest = bytes;
    let rest = &mut rest;
    if take::<1>(rest)? != [VERSION] {
        return None;
    }
    ranker.judged = read_short(rest)?;
    let background = &mut ranker.background;
    background.messages = u32::try_from(read_short(rest)?).ok().filter(|&messages| messages > 0)?;
    background.words = read_short(rest)?;
    background.halve_at = match take::<1>(rest)? {
        [0] => None,
        [1] => Some(i64::from_le_bytes(take(rest)?)),
        _ => return None,
    };
    background.counts.fill(0);
    let mut place = 0usize;
    loop {
        place = place.checked_add(usize::try_from(read_short(rest)?).ok()?)?;
        let count = u32::try_from(read_short(rest)?).ok()?;
        if count == 0 {
            break;
        }
        *background.counts.get_mut(place)? = count;
        place += 1;
    }
    let mut read = Vec::new();
    for _ in 0..read_short(rest)? {
        read.push(read_ranked(rest)?);
    }
    if !rest.is_empty() {
        return None;
    }
    for ranked in &mut ranker.ranked {
        let print = fingerprint(&ranked.interest);
        if let Some(at) = read.iter().position(|of| of.fingerprint == print) {
            let Read { whole, added, weights, feedback, .. } = read.swap_remove(at);
            if weights.len() != ranked.interest.terms.len() + added.len() {
                return None;
            }
            ranked.restore(weights, added, whole, feedback);
        } else {
            ranked.weigh(&ranker.background, &ranker.recipe);
        }
    }
    ranker.fill_table();
    Some(())
}

/// What is read of one interest.
struct Read {
    fingerprint: u64,
    whole: f32,
    added: Vec<Term>,
    weights: Vec<f32>,
    feedback: Feedback,
}

fn read_ranked(rest: &mut &[u8]) -> Option<Read> {
    let fingerprint = u64::from_le_bytes(take(rest)?);
    let whole = read_number(rest).filter(|&whole| whole > 0.0)?;
    let added = read_list(rest, |rest| {
        Some(Term { hash: u64::from_le_bytes(take(rest)?), share: read_number(rest)? })
    })?;
    let weights = read_list(rest, read_number)?;
    let weight = read_number(rest)?;
    let candidates = read_list(rest, |rest| {
        Some(Candidate { hash: u64::from_le_bytes(take(rest)?), weight: read_number(rest)? })
    })?;
    let recent = read_list(rest, |rest| Some(u64::from_le_bytes(take(rest)?)))?;
    let next = usize::try_from(read_short(rest)?).ok()?;
    let feedback = Feedback::from_parts(&candidates, weight, recent, next);
    Some(Read { fingerprint, whole, added, weights, feedback })
}

fn read_list<T>(rest: &mut &[u8], read: impl Fn(&mut &[u8]) -> Option<T>) -> Option<Vec<T>> {
    (0..read_short(rest)?).map(|_| read(rest)).collect()
}

fn read_number(rest: &mut &[u8]) -> Option<f32> {
    Some(f32::from_le_bytes(take(rest)?)).filter(|number| number.is_finite())
}
