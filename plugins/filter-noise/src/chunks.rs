//! A text as runs without spaces.

use crible_sdk::words;

/// A run without spaces, and what it consists of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunk<'t> {
    pub(crate) text: &'t str,
    /// The classes of all its bytes.
    classes: u8,
}

/// Classes of bytes, a bit each; letters and digits of ASCII have none.
const BEYOND_ASCII: u8 = 1;
/// A sign of ASCII, and one without which nothing is an address.
const SIGN: u8 = 2;
const TOLD_BY: u8 = 4;

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [SIGN; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => 0,
            b':' | b'@' | b'#' | b'.' => SIGN | TOLD_BY,
            0x80.. => BEYOND_ASCII,
            _ => SIGN,
        };
        byte += 1;
    }
    table
}

/// The chunks of a text.
pub(crate) fn chunks(text: &str) -> Chunks<'_> {
    Chunks(words::chunks(text))
}

/// Gives the chunks of a text.
#[derive(Clone, Debug)]
pub(crate) struct Chunks<'t>(words::Chunks<'t>);

impl<'t> Iterator for Chunks<'t> {
    type Item = Chunk<'t>;

    #[inline]
    fn next(&mut self) -> Option<Chunk<'t>> {
        let text = self.0.next()?;
        let classes = text.bytes().fold(0, |classes, byte| classes | CLASSES[usize::from(byte)]);
        Some(Chunk { text, classes })
    }
}

impl Chunk<'_> {
    /// Whether it consists of letters and digits of ASCII.
    pub(crate) fn is_plain(&self) -> bool {
        self.classes == 0
    }

    /// Whether it has signs of ASCII.
    pub(crate) fn has_signs(&self) -> bool {
        self.classes & SIGN != 0
    }

    /// Whether it is a link, a mail address, a mention or a hashtag.
    pub(crate) fn is_address(&self) -> bool {
        self.classes & TOLD_BY != 0 && is_address(self.text)
    }
}

fn is_address(chunk: &str) -> bool {
    let bare = chunk.trim_start_matches(['(', '[', '"', '«', '“', '.', ',', '-']);
    let named = |behind: &str| behind.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    bare.strip_prefix(['@', '#']).is_some_and(named)
        || bare.starts_with("www.")
        || bare.bytes().any(|byte| matches!(byte, b':' | b'@'))
            && (bare.contains("://")
                || bare.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')))
}
