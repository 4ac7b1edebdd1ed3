//! Whether one word is another one written wrongly.

/// Words of fewer bytes are other words when they differ.
const SHORTEST: usize = 3;
/// From so many bytes on, a letter that is another one is taken for a typo: `Iran` and `Iraq` are two, unless
/// one of the words was never heard.
const SHORTEST_REPLACED: usize = 5;
/// From so many bytes on there may be two typos.
const SHORTEST_TWICE: usize = 9;

/// How long a word is, and what it begins and ends with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) len: u8,
    pub(crate) first: u8,
    pub(crate) last: u8,
}

impl Shape {
    #[inline]
    pub(crate) fn of(word: &[u8]) -> Self {
        let letter = |letter: Option<&u8>| letter.copied().unwrap_or_default();
        Self { len: word.len() as u8, first: letter(word.first()), last: letter(word.last()) }
    }

    /// Whether two words may differ by a typo, by their shapes: plain arithmetic, which compilers turn into vector
    /// instructions where one is compared with many.
    #[inline(always)]
    pub(crate) fn may_differ_by_typo(self, other: Self) -> bool {
        let shorter = self.len.min(other.len);
        let twice = shorter >= SHORTEST_TWICE as u8;
        // One slip leaves the first letter or the last one.
        let same = twice | (self.first == other.first) | (self.last == other.last);
        same & (shorter >= SHORTEST as u8) & (self.len.abs_diff(other.len) <= 1 + u8::from(twice))
    }
}

/// Whether two words differ by a typo or, if they are long, two: a letter too many, too few, another one or
/// two that changed places (the distance of Damerau, "A technique for computer detection and correction of
/// spelling errors", 1964). Numbers have no typos. `unheard` says that one of them was never seen before, and
/// the other often. By their shapes they may.
#[inline]
pub(crate) fn is_typo(one: &[u8], other: &[u8], unheard: bool) -> bool {
    let shorter = one.len().min(other.len());
    let edits = if shorter >= SHORTEST_TWICE { 2 } else { 1 };
    within(one, other, edits, shorter >= SHORTEST_REPLACED || unheard && shorter > SHORTEST)
        && !has_digit(one)
        && !has_digit(other)
}

fn has_digit(word: &[u8]) -> bool {
    word.iter().any(u8::is_ascii_digit)
}

fn within(one: &[u8], other: &[u8], edits: u32, may_replace: bool) -> bool {
    let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[same..], &other[same..]);
    if one.is_empty() || other.is_empty() {
        return one.len() + other.len() <= edits as usize;
    }
    if edits == 0 {
        return false;
    }
    let left = edits - 1;
    within(&one[1..], other, left, may_replace)
        || within(one, &other[1..], left, may_replace)
        || (may_replace && within(&one[1..], &other[1..], left, may_replace))
        || matches!((one, other), ([a, b, one @ ..], [c, d, other @ ..])
            if a == d && b == c && within(one, other, left, may_replace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_hand_are_typos_and_other_names_and_numbers_are_not() {
        for (one, other, expected) in [
            ("bibliotheque", "biblotheque", true),
            ("bibliotheque", "bilbiohteque", true),
            ("election", "elections", true),
            ("house", "huose", true),
            ("house", "horse", true),
            ("that", "taht", true),
            ("iran", "iraq", false),
            ("the", "teh", true),
            ("tom", "tim", false),
            ("2012", "2013", false),
            ("part1", "part2", false),
            ("google", "apple", false),
            ("paris", "parade", false),
        ] {
            let (one, other) = (one.as_bytes(), other.as_bytes());
            let may = Shape::of(one).may_differ_by_typo(Shape::of(other));
            assert_eq!(may && is_typo(one, other, false), expected, "{one:?} {other:?}");
            assert_eq!(is_typo(other, one, false), expected, "{other:?} {one:?}");
        }
        assert!(is_typo(b"name", b"namw", true) && !is_typo(b"tom", b"tim", true));
    }
}
