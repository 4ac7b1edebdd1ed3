//! What form a message has: its length, capitals, digits and signs, whatever its words.

use crate::letters::Letters;
use crate::sample::Sample;
use crate::tokens::{Kind, Tokens};

/// How many shares there are.
pub(crate) const FORMS: usize = 20;
/// How many bytes of a text are looked at.
const MOST_BYTES: usize = 4_000;
/// A text is longer than these, in bytes, or not.
const LENGTHS: [usize; 7] = [20, 40, 70, 100, 130, 160, 400];

/// The sorts of bytes that are counted: small letters, capitals, digits, signs, other signs.
const SORTS: usize = 5;
/// So many bits has the count of a sort: more than for [`MOST_BYTES`], and all of them fit in one number.
const COUNT_BITS: usize = 12;
/// What each byte adds to the counts, which lie behind each other in one number.
static COUNTED: [u64; 256] = counted();

const fn counted() -> [u64; 256] {
    let mut counted = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let sort = match byte as u8 {
            b'a'..=b'z' => Some(0),
            b'A'..=b'Z' => Some(1),
            b'0'..=b'9' => Some(2),
            b' ' | b'\n' => None,
            0..0x80 => Some(3),
            // The first bytes of accented letters and of letters of other alphabets; of emoji and the like.
            0xC3..0xE2 => Some(0),
            0xE2..=0xFF => Some(4),
            _ => None,
        };
        if let Some(sort) = sort {
            counted[byte] = 1 << (COUNT_BITS * sort);
        }
        byte += 1;
    }
    counted
}

/// How many bytes of each sort a text begins with.
fn count_sorts(text: &str) -> [u32; SORTS] {
    let bytes = &text.as_bytes()[..text.len().min(MOST_BYTES)];
    let counts: u64 = bytes.iter().map(|&byte| COUNTED[usize::from(byte)]).sum();
    std::array::from_fn(|sort| (counts >> (COUNT_BITS * sort)) as u32 & ((1 << COUNT_BITS) - 1))
}

/// Shares between 0 and 1. `title` is how many of the tokens stand in the title.
pub(crate) fn shares(tokens: &Tokens, title: usize, sample: &Sample<'_>) -> [f32; FORMS] {
    let [small, capitals, digits, signs, others] = count_sorts(sample.text);
    let [mut mentions, mut tags, mut links, mut numbers, mut calls, mut questions] = [0u32; 6];
    for token in tokens.all() {
        match token.kind {
            Kind::Mention => mentions += 1,
            Kind::Tag => tags += 1,
            Kind::Link => links += 1,
            Kind::Number => numbers += 1,
            Kind::Sign if token.letters.last() == b'?' => questions += 1,
            Kind::Sign if token.letters.last() == b'!' => calls += 1,
            Kind::Sign => {}
            Kind::Word => {}
        }
    }
    let letters = small + capitals;
    let all = (letters + digits + signs + others).max(1) as f32;
    let up_to = |count: u32, most: u32| count.min(most) as f32 / most as f32;
    let first = tokens.all().get(title);
    let repeats =
        sample.repost || first.is_some_and(|token| token.letters.hash() == Letters::of("rt").hash());
    let [a, b, c, d, e, f, g] = LENGTHS.map(|len| f32::from(u8::from(sample.text.len() <= len)));
    let is = |yes: bool| f32::from(u8::from(yes));
    [
        a,
        b,
        c,
        d,
        e,
        f,
        g,
        capitals as f32 / letters.max(1) as f32,
        is(letters > 7 && capitals * 10 > letters * 7),
        digits as f32 / all,
        signs as f32 / all,
        others as f32 / all,
        up_to(mentions, 4),
        up_to(tags, 4),
        up_to(links, 2),
        up_to(numbers, 4),
        is(calls > 0),
        is(questions > 0),
        is(first.is_some_and(|token| token.kind == Kind::Mention)),
        is(repeats),
    ]
}
