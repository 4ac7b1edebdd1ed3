//! What form a message has: its length, capitals, digits and signs, whatever its words.

use crate::sample::Sample;
use crate::tokens::{Kind, Tokens};

/// How many shares there are.
pub(crate) const FORMS: usize = 20;
/// How many bytes of a text are looked at.
const MOST_BYTES: usize = 4_000;
/// A text is longer than these, in bytes, or not.
const LENGTHS: [usize; 7] = [20, 40, 70, 100, 130, 160, 400];

/// How many sorts of bytes are told apart.
const SORTS: usize = 6;
/// Of each byte: 1 small letter, 2 capital, 3 digit, 4 sign, 5 other sign, 0 none of them.
const SORT_OF: [u8; 256] = sorts();

const fn sorts() -> [u8; 256] {
    let mut sorts = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        sorts[byte] = match byte as u8 {
            b'a'..=b'z' => 1,
            b'A'..=b'Z' => 2,
            b'0'..=b'9' => 3,
            b' ' | b'\n' => 0,
            0..0x80 => 4,
            // The first bytes of accented letters and of letters of other alphabets; of emoji and the like.
            0xC3..0xE2 => 1,
            0xE2..=0xFF => 5,
            _ => 0,
        };
        byte += 1;
    }
    sorts
}

/// Shares between 0 and 1. `title` is how many of the tokens stand in the title.
pub(crate) fn shares(tokens: &Tokens, title: usize, sample: &Sample<'_>) -> [f32; FORMS] {
    let mut of_sort = [0u32; SORTS];
    for byte in sample.text.bytes().take(MOST_BYTES) {
        of_sort[usize::from(SORT_OF[usize::from(byte)])] += 1;
    }
    let [_, small, capitals, digits, signs, others] = of_sort;
    let [mut mentions, mut tags, mut links, mut numbers, mut calls, mut questions] = [0u32; 6];
    for token in tokens.all() {
        match token.kind {
            Kind::Mention => mentions += 1,
            Kind::Tag => tags += 1,
            Kind::Link => links += 1,
            Kind::Number => numbers += 1,
            Kind::Sign => match tokens.folded(token) {
                "?" => questions += 1,
                "!" | "!!" => calls += 1,
                _ => {}
            },
            Kind::Word => {}
        }
    }
    let letters = small + capitals;
    let all = (letters + digits + signs + others).max(1) as f32;
    let up_to = |count: u32, most: u32| count.min(most) as f32 / most as f32;
    let first = tokens.all().get(title);
    let repeats = sample.repost || first.is_some_and(|token| tokens.folded(token) == "rt");
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
