//! A text as runs without spaces.

/// The runs of a text that have no space in them, as [`str::split_whitespace`] gives them, which decodes every
/// character on its way.
#[derive(Clone, Debug)]
pub struct Chunks<'t> {
    rest: &'t str,
}

/// Divides a text at its spaces.
pub fn chunks(text: &str) -> Chunks<'_> {
    Chunks { rest: text }
}

impl<'t> Chunks<'t> {
    /// What was not divided yet.
    pub fn rest(&self) -> &'t str {
        self.rest
    }
}

impl<'t> Iterator for Chunks<'t> {
    type Item = &'t str;

    #[inline]
    fn next(&mut self) -> Option<&'t str> {
        let text = self.rest;
        let mut start = 0;
        while start < text.len() {
            match space_at(text, start) {
                0 => break,
                space => start += space,
            }
        }
        let mut end = start;
        loop {
            let bytes = text.as_bytes()[end..].iter();
            end += bytes.take_while(|&&byte| !MAY_BE_SPACE[usize::from(byte)]).count();
            if end == text.len() || space_at(text, end) > 0 {
                break;
            }
            end += 1;
        }
        self.rest = &text[end..];
        (start < end).then(|| &text[start..end])
    }
}

/// Whether a character that is a space can begin with a byte.
static MAY_BE_SPACE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(byte as u8, b'\t'..=b'\r' | b' ' | 0xC2 | 0xE1..=0xE3);
        byte += 1;
    }
    table
};

/// How many bytes the space has that stands here; 0 where none does.
#[inline]
fn space_at(text: &str, at: usize) -> usize {
    let byte = text.as_bytes()[at];
    if byte.is_ascii() || !MAY_BE_SPACE[usize::from(byte)] {
        return usize::from(MAY_BE_SPACE[usize::from(byte)]);
    }
    text[at..].chars().next().filter(|sign| sign.is_whitespace()).map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn chunks_are_what_stands_between_spaces(
            text in "([a-zé’🎉 ]|[\u{a0}\u{85}\u{2003}\u{2028}\u{202f}\u{3000}]|[\u{0}-\u{21}]|\\PC){0,60}",
        ) {
            let expected: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(chunks(&text).collect::<Vec<_>>(), expected);
        }
    }
}
