//! All the words of all the rules in one table: what a word of a message costs does not depend on
//! how many words are looked for.
//!
//! A bit table small enough for the cache, asked with a word's first eight bytes and its length,
//! turns nearly all words away; what passes is looked up in full. It was
//! preferred to an Aho-Corasick automaton over the whole text: that reads every byte through a
//! table which, at ten thousand words, no longer fits the cache, and takes milliseconds to build.

use crate::trail::Trail;
use crible_sdk::words::{Word, WordScan};
use std::collections::BTreeMap;

/// Who wants to hear of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Use {
    /// The hit to note.
    pub(crate) hit: u32,
    /// The term of the query that asked, shown as the reason.
    pub(crate) term: u32,
    /// Whether the places are to be noted too: it is part of a phrase or of a NEAR.
    pub(crate) placed: bool,
    /// The columns in which the word counts, a bit each.
    pub(crate) columns: u8,
    /// The sign that must stand before it, or 0.
    pub(crate) lead: u8,
    /// The sign that must stand after it, unless [`Trail::None`].
    pub(crate) trail: Trail,
}

/// What a dictionary is built from.
pub(crate) type Entries = BTreeMap<Vec<u8>, Vec<Use>>;

/// Whole words, and the beginnings of words.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    /// Lets pass all words that may be among `words` or begin with one of `prefixes`.
    sieve: Sieve,
    words: HashedWords,
    prefixes: HashedWords,
    /// The distinct lengths of the prefixes in bytes, ascending.
    prefix_lengths: Vec<usize>,
    /// The first bytes of all longer prefixes: most words end the search here.
    openings: HashedWords,
    accents_matter: bool,
}

/// How many bytes an opening has.
const OPENING: usize = 3;
/// How many bytes are compared at once.
const LANE: usize = 8;

impl Dictionary {
    pub(crate) fn build(words: &Entries, prefixes: &Entries, accents_matter: bool) -> Dictionary {
        let mut prefix_lengths: Vec<usize> = prefixes.keys().map(Vec::len).collect();
        prefix_lengths.sort_unstable();
        prefix_lengths.dedup();
        let opening = |prefix: &Vec<u8>| prefix.get(..OPENING).map(|opening| (opening.to_vec(), Vec::new()));
        let openings: Entries = prefixes.keys().filter_map(opening).collect();
        Dictionary {
            sieve: Sieve::of(words.len() + openings.len(), words.keys().chain(openings.keys())),
            words: HashedWords::build(words),
            prefixes: HashedWords::build(prefixes),
            prefix_lengths,
            openings: HashedWords::build(&openings),
            accents_matter,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.entries.is_empty() && self.prefixes.entries.is_empty()
    }

    /// Lists the words that may be in the dictionary, by their index and with few mistakes.
    pub(crate) fn sift<'p>(&self, scan: &WordScan, passed: &'p mut Vec<u32>) -> &'p [u32] {
        if passed.len() < scan.len() {
            passed.resize(scan.len(), 0);
        }
        let count = match self.prefix_lengths.first() {
            None => self.sieve.sift::<false>(scan, passed),
            Some(OPENING..) => self.sieve.sift::<true>(scan, passed),
            // A shorter prefix may begin any word.
            Some(_) => {
                passed.iter_mut().zip(0..).for_each(|(slot, index)| *slot = index);
                scan.len()
            }
        };
        passed.get(..count).unwrap_or_default()
    }

    /// Tells `found` of every use of `word`.
    pub(crate) fn look_up(&self, scan: &WordScan, word: Word, found: &mut impl FnMut(&Use)) {
        self.words.look_up(scan, word, found);
        if !self.prefix_lengths.is_empty() {
            self.look_up_prefixes(scan, word, found);
        }
    }

    fn look_up_prefixes(&self, scan: &WordScan, word: Word, found: &mut impl FnMut(&Use)) {
        let opening = Word { start: word.start, end: word.start + OPENING };
        let opens = opening.end <= word.end && self.openings.contains(scan, opening);
        for length in &self.prefix_lengths {
            let end = word.start + length;
            if end > word.end || *length >= OPENING && !opens {
                break;
            }
            if self.accents_matter && accent_follows(scan, end) {
                continue;
            }
            self.prefixes.look_up(scan, Word { start: word.start, end }, found);
        }
    }
}

/// Where accents matter they are written after their letter, and `cafe*` must not find `café`.
fn accent_follows(scan: &WordScan, at: usize) -> bool {
    matches!(scan.eight(at).to_le_bytes(), [0xcc, ..] | [0xcd, 0x80..=0xaf, ..])
}

/// A bit table that turns nearly all other words away.
#[derive(Debug, Default)]
struct Sieve {
    /// Bits of the brief hashes present, sixteen or more a word, so that of other words one in sixteen
    /// passes at most.
    lanes: Vec<u64>,
    shift: u32,
}

impl Sieve {
    fn of<'w>(count: usize, words: impl Iterator<Item = &'w Vec<u8>>) -> Sieve {
        let bits = (count * 16).next_power_of_two().max(4096);
        let mut sieve = Sieve { lanes: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() };
        for word in words {
            let bit = brief_of(first_lane(word), word.len()) >> sieve.shift;
            if let Some(lane) = sieve.lanes.get_mut((bit / 64) as usize) {
                *lane |= 1 << (bit % 64);
            }
        }
        sieve
    }

    #[inline]
    fn may_contain(&self, brief: u64) -> bool {
        let bit = brief.wrapping_shr(self.shift);
        self.lanes.get((bit / 64) as usize).is_some_and(|lane| lane >> (bit % 64) & 1 == 1)
    }

    /// Lists the indexes of the words that pass, or where `OPENINGS` those whose openings do, and says how
    /// many. It is a loop of its own, and short, because it meets every word of every message.
    #[inline(never)]
    fn sift<const OPENINGS: bool>(&self, scan: &WordScan, passed: &mut [u32]) -> usize {
        let mut count = 0;
        for (index, word) in (0..).zip(scan.words()) {
            let (first, len) = (scan.eight(word.start), word.end - word.start);
            let opens = OPENINGS && self.may_contain(brief_of(first, OPENING)) & (len >= OPENING);
            // Written in any case, and kept or not: nobody can predict which.
            if let Some(slot) = passed.get_mut(count) {
                *slot = index;
            }
            count += usize::from(opens | self.may_contain(brief_of(first, len)));
        }
        count
    }
}

/// A hash table of byte strings behind a sieve.
#[derive(Debug, Default)]
struct HashedWords {
    sieve: Sieve,
    /// Probed in a row.
    slots: Vec<Slot>,
    entries: Vec<Entry>,
}

/// Small, so that a word which is none of ours is found out without a look at the entries.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    hash: u32,
    /// The index of the entry plus one; 0 where the slot is empty.
    entry: u32,
}

#[derive(Debug)]
struct Entry {
    /// Stands for its length and its first eight bytes.
    brief: u64,
    len: usize,
    /// The bytes behind these, eight to a lane.
    rest: Box<[u64]>,
    uses: Box<[Use]>,
}

impl HashedWords {
    fn build(words: &Entries) -> HashedWords {
        if words.is_empty() {
            return HashedWords::default();
        }
        let mut table = HashedWords {
            sieve: Sieve::of(words.len(), words.keys()),
            slots: vec![Slot::default(); (words.len() * 2).next_power_of_two()],
            entries: Vec::with_capacity(words.len()),
        };
        for (bytes, uses) in words {
            let brief = brief_of(first_lane(bytes), bytes.len());
            let rest: Box<[u64]> = bytes.chunks(LANE).skip(1).map(first_lane).collect();
            let hash = hash_of(brief, rest.iter().copied());
            let mask = table.slots.len() - 1;
            let mut at = (hash >> 32) as usize & mask;
            while table.slots.get(at).is_some_and(|taken| taken.entry != 0) {
                at = (at + 1) & mask;
            }
            if let Some(free) = table.slots.get_mut(at) {
                *free = Slot { hash: hash as u32, entry: table.entries.len() as u32 + 1 };
            }
            table.entries.push(Entry { brief, len: bytes.len(), rest, uses: uses.as_slice().into() });
        }
        table
    }

    #[inline]
    fn look_up(&self, scan: &WordScan, word: Word, found: &mut impl FnMut(&Use)) {
        if let Some(entry) = self.entry(scan, word) {
            entry.uses.iter().for_each(found);
        }
    }

    fn contains(&self, scan: &WordScan, word: Word) -> bool {
        self.entry(scan, word).is_some()
    }

    #[inline]
    fn entry(&self, scan: &WordScan, word: Word) -> Option<&Entry> {
        let brief = brief(scan, word);
        if self.sieve.may_contain(brief) { self.probe(scan, word, brief) } else { None }
    }

    /// A function of its own, because it has few values to keep in registers.
    #[inline(never)]
    fn probe(&self, scan: &WordScan, word: Word, brief: u64) -> Option<&Entry> {
        let hash = hash_of(brief, rest(scan, word));
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = (hash >> 32) as usize & mask;
        loop {
            let slot = self.slots.get(at)?;
            let index = slot.entry.checked_sub(1)?;
            if slot.hash == hash as u32 {
                let entry = self.entries.get(index as usize)?;
                let len = word.end - word.start;
                if entry.brief == brief && entry.len == len && entry.rest.iter().copied().eq(rest(scan, word))
                {
                    return Some(entry);
                }
            }
            at = (at + 1) & mask;
        }
    }
}

/// A quick hash of a word's first eight bytes and its length, for the filter.
#[inline]
fn brief(scan: &WordScan, word: Word) -> u64 {
    brief_of(scan.eight(word.start), word.end - word.start)
}

#[inline]
fn brief_of(first: u64, len: usize) -> u64 {
    // The bytes after a short word are shifted out.
    let unused = 8 * LANE.saturating_sub(len) as u32;
    (first.wrapping_shl(unused) ^ len as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn first_lane(bytes: &[u8]) -> u64 {
    let mut eight = [0; 8];
    eight.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    u64::from_le_bytes(eight)
}

/// The hash of all the bytes, for the slots: words that begin alike must not share one.
#[inline]
fn hash_of(brief: u64, rest: impl Iterator<Item = u64>) -> u64 {
    let hash =
        rest.fold(brief, |hash, lane| (hash.rotate_left(23) ^ lane).wrapping_mul(0xd6e8_feb8_6659_fd93));
    (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The bytes of a word behind its first eight, eight to a lane; most words have none.
#[inline]
fn rest(scan: &WordScan, word: Word) -> impl Iterator<Item = u64> + '_ {
    (word.start + LANE..word.end).step_by(LANE).map(move |at| {
        let unused = 8 * LANE.saturating_sub(word.end - at) as u32;
        scan.eight(at).wrapping_shl(unused).wrapping_shr(unused)
    })
}
