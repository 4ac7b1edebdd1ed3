//! What form a message has: its length, capitals, digits and signs, whatever its words.

use crate::marks::Sorts;
use crate::tokens::{KINDS, Kind};

/// How many shares there are.
pub(crate) const FORMS: usize = 20;
/// A text is longer than these, in bytes, or not.
const LENGTHS: [usize; 7] = [20, 40, 70, 100, 130, 160, 400];

/// Shares between 0 and 1. They come from how many bytes a text has, of what sorts, how many tokens of each kind the
/// message has, whether its text begins with a mention, and whether it repeats another.
pub(crate) fn shares(
    len: usize,
    sorts: &Sorts,
    kinds: &[u32; KINDS],
    mentions: bool,
    repeats: bool,
) -> [f32; FORMS] {
    let Sorts { small, capitals, digits, signs, others } = *sorts;
    let count = |kind: Kind| kinds[kind as usize];
    let letters = small + capitals;
    let all = (letters + digits + signs + others).max(1) as f32;
    let up_to = |count: u32, most: u32| count.min(most) as f32 / most as f32;
    let [a, b, c, d, e, f, g] = LENGTHS.map(|most| f32::from(u8::from(len <= most)));
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
        up_to(count(Kind::Mention), 4),
        up_to(count(Kind::Tag), 4),
        up_to(count(Kind::Link), 2),
        up_to(count(Kind::Number), 4),
        is(count(Kind::Call) > 0),
        is(count(Kind::Question) > 0),
        is(mentions),
        is(repeats),
    ]
}
