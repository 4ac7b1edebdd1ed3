//! A text as runs without spaces.

use crible_sdk::words;

use crate::outline::Outline;
use crate::text::Text;

/// A run without spaces, by its place, and what it consists of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunk {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether it is known to consist of letters and digits of ASCII.
    pub(crate) plain: bool,
    may_be_address: bool,
}

impl Chunk {
    pub(crate) fn len(self) -> usize {
        self.end - self.start
    }
}

/// A text, seen in outline.
#[derive(Debug)]
pub(crate) struct Seen<'t> {
    pub(crate) text: Text<'t>,
    pub(crate) outline: &'t Outline,
}

impl<'t> Seen<'t> {
    /// The chunks of the text.
    #[inline]
    pub(crate) fn chunks(&'t self) -> Chunks<'t> {
        Chunks { of: self, at: 0, space: 0, plain: 0, wide: 0, told: false }
    }

    /// The text of a chunk.
    pub(crate) fn text(&self, chunk: Chunk) -> &'t str {
        &self.text.text[chunk.start..chunk.end]
    }

    /// The bytes of a chunk.
    #[inline]
    pub(crate) fn bytes(&self, chunk: Chunk) -> &'t [u8] {
        &self.text.text.as_bytes()[chunk.start..chunk.end]
    }

    /// Whether a chunk is a link, a mail address, a mention or a hashtag.
    #[inline]
    pub(crate) fn is_address(&self, chunk: Chunk) -> bool {
        chunk.may_be_address && is_address(self.text(chunk))
    }

    /// All chunks but addresses.
    pub(crate) fn spoken(&'t self) -> impl Iterator<Item = Chunk> {
        self.chunks().filter(|&chunk| !self.is_address(chunk))
    }

    /// How many small letters and how many capitals a chunk has.
    pub(crate) fn cases(&self, chunk: Chunk) -> [u32; 2] {
        let bytes = self.bytes(chunk);
        if chunk.len() <= 64 && bytes.is_ascii() {
            let sight = self.outline.at(chunk.start);
            let ones = u64::MAX >> (64 - chunk.len());
            return [sight.small(), sight.capital()].map(|bits| (bits & ones).count_ones());
        }
        let letters = self.text(chunk).chars();
        letters.fold([0, 0], |[small, large], letter| {
            [small + u32::from(letter.is_lowercase()), large + u32::from(letter.is_uppercase())]
        })
    }
}

/// Gives the chunks of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunks<'t> {
    pub(crate) of: &'t Seen<'t>,
    at: usize,
    /// The bits of the bytes from there on, up to where they were looked up; nothing is set behind.
    space: u64,
    plain: u64,
    /// Up to where spaces beyond ASCII may stand, and whether addresses may.
    wide: usize,
    told: bool,
}

impl<'t> Chunks<'t> {
    /// Up to where it gave the chunks.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Look up the bits from here on. Whether there is a chunk, of which they show the end.
    fn look_up(&mut self) -> bool {
        loop {
            if self.at >= self.of.text.len() {
                return false;
            }
            let sight = self.of.outline.at(self.at);
            (self.space, self.plain) = (sight.space(), sight.plain());
            match self.space.trailing_ones() {
                0 if self.space == 0 => {
                    (self.wide, self.told) = (self.far_end(self.at), true);
                    return true;
                }
                0 => return true,
                spaces => self.at += spaces as usize,
            }
        }
    }

    /// The next chunk of a run that has no spaces of ASCII.
    fn next_wide(&mut self) -> Option<Chunk> {
        let mut chunks = words::chunks(&self.of.text.text[self.at..self.wide]);
        let chunk = chunks.next();
        self.at = self.wide - chunks.rest().len();
        let len = chunk?.len();
        Some(Chunk { start: self.at - len, end: self.at, plain: false, may_be_address: self.told })
    }

    /// The end of a run without spaces of ASCII that is longer than what is looked at together.
    #[cold]
    fn far_end(&self, start: usize) -> usize {
        let mut end = start;
        loop {
            match self.of.outline.at(end).space().trailing_zeros() {
                64 => end += 64,
                more => return end + more as usize,
            }
        }
    }
}

impl Iterator for Chunks<'_> {
    type Item = Chunk;

    // Always: a chunk that is handed over in memory is waited for.
    #[inline(always)]
    fn next(&mut self) -> Option<Chunk> {
        loop {
            if self.at < self.wide {
                match self.next_wide() {
                    None => continue,
                    chunk => return chunk,
                }
            }
            let mut spaces = self.space.trailing_ones();
            let mut behind = self.space.unbounded_shr(spaces);
            if behind == 0 {
                self.at += spaces as usize;
                if !self.look_up() {
                    return None;
                }
                if self.at < self.wide {
                    continue;
                }
                (spaces, behind) = (0, self.space);
            }
            let len = behind.trailing_zeros();
            let start = self.at + spaces as usize;
            let end = start + len as usize;
            let plain = (!self.plain >> spaces).trailing_zeros() >= len;
            self.at = end;
            (self.space, self.plain) = (behind >> len, self.plain >> spaces >> len);
            if plain {
                return Some(Chunk { start, end, plain: true, may_be_address: false });
            }
            let sight = self.of.outline.at(start);
            let ones = !(!0 << len);
            // `www.` has three same letters.
            let told = sight.told() & ones != 0 || self.of.outline.signs.tripled;
            if sight.high() & ones == 0 {
                return Some(Chunk { start, end, plain: false, may_be_address: told });
            }
            (self.at, self.wide, self.told) = (start, end, told);
        }
    }
}

fn is_address(chunk: &str) -> bool {
    // Those that are most frequent.
    match chunk.as_bytes() {
        [b'@' | b'#', next, ..] if next.is_ascii_alphanumeric() => return true,
        [b'h', b't', b't', b'p', b's', b':', b'/', b'/', ..]
        | [b'h', b't', b't', b'p', b':', b'/', b'/', ..] => return true,
        _ => {}
    }
    let bare = chunk.trim_start_matches(['(', '[', '"', '«', '“', '.', ',', '-']);
    let named = |behind: &str| behind.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    let bytes = bare.as_bytes();
    bare.strip_prefix(['@', '#']).is_some_and(named)
        || bare.starts_with("www.")
        || matches!(bytes.iter().position(|&byte| byte == b'@'), Some(at @ 1..) if bytes[at..].contains(&b'.'))
        || bytes.array_windows().any(|three| three == b"://")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn chunks_are_what_stands_between_spaces(
            text in "([a-zA-Z0-9é’🎉@:.' ]|[\u{a0}\u{85}\u{2003}\u{3000}\t\n]|[a-z]{60,70}| {60,70}|\\PC){0,90}",
        ) {
            let mut outline = Outline::default();
            outline.look(text.as_str().into());
            let seen = Seen { text: text.as_str().into(), outline: &outline };
            let chunks: Vec<Chunk> = seen.chunks().collect();
            let texts: Vec<&str> = chunks.iter().map(|&chunk| seen.text(chunk)).collect();
            prop_assert_eq!(texts, text.split_whitespace().collect::<Vec<_>>());
            for chunk in chunks {
                let text = seen.text(chunk);
                prop_assert!(!chunk.plain || text.bytes().all(|byte| byte.is_ascii_alphanumeric()));
                prop_assert_eq!(seen.is_address(chunk), is_address(text));
                let small = text.chars().filter(|letter| letter.is_lowercase()).count();
                prop_assert_eq!(seen.cases(chunk)[0] as usize, small);
            }
        }
    }

    #[test]
    fn links_mentions_and_hashtags_are_addresses() {
        for address in
            ["@zoé", "#été", "(@_a", "https://a.org", "«www.a.org»", "x://y", "a@b.org", "[n=a@b.c]"]
        {
            assert!(is_address(address), "{address}");
        }
        for word in ["a:b", "zoé:", "@", "#!", "a@b", "@.", "ab.org", "://".trim_end_matches('/')] {
            assert!(!is_address(word), "{word}");
        }
    }
}
