//! The letters of eight bytes after the other, by a table; `letters` says what is meant.

use crate::letters::{LATIN, LATIN_LEAD, write_letter};

/// How many bytes are looked at together.
const BLOCK: usize = 8;

/// Write the letters and digits of a text from a place on, where there is room for them and for a block more. Says
/// where they end.
pub(crate) fn write(text: &str, out: &mut [u8], from: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut len, mut latin) = (0, from, false);
    while let Some(block) = bytes[at..].first_chunk::<BLOCK>()
        && let Some(to) = out[len..].first_chunk_mut()
    {
        let written =
            if block.is_ascii() { Some(write_ascii(block, to)) } else { write_latin(block, &mut latin, to) };
        if let Some(written) = written {
            len += written;
            at += BLOCK;
        } else {
            at = write_any(text, at, at + BLOCK, latin, out, &mut len);
            latin = false;
        }
    }
    write_any(text, at, bytes.len(), latin, out, &mut len);
    len
}

/// Write what is left of a block of ASCII, and say how many bytes that is.
#[inline]
fn write_ascii(block: &[u8; BLOCK], to: &mut [u8; BLOCK]) -> usize {
    let mut len = 0;
    for &byte in block {
        let left = FOLD[usize::from(byte)];
        // The remainder only tells the compiler that there is room.
        to[len % BLOCK] = left;
        len += usize::from(left != NOTHING);
    }
    len
}

/// The same where the letters up to `ÿ` may be among them; none where others are. `latin` is whether the
/// byte in front was a [`LATIN_LEAD`], and then whether the last one is.
#[inline]
fn write_latin(block: &[u8; BLOCK], latin: &mut bool, to: &mut [u8; BLOCK]) -> Option<usize> {
    let (mut len, mut look, mut behind_lead) = (0, false, *latin);
    for &byte in block {
        let left = FOLD[usize::from(byte) | usize::from(behind_lead) << 8];
        to[len % BLOCK] = left;
        len += usize::from(left != NOTHING);
        look |= left == LOOK;
        behind_lead = byte == LATIN_LEAD;
    }
    if look {
        return None;
    }
    *latin = behind_lead;
    Some(len)
}

/// The same of all letters that start before `end`, which is at most the text's; says where the next one
/// starts.
fn write_any(
    text: &str,
    mut at: usize,
    end: usize,
    mut latin: bool,
    out: &mut [u8],
    len: &mut usize,
) -> usize {
    let bytes = text.as_bytes();
    while at < end || latin {
        let byte = bytes[at];
        let left = FOLD[usize::from(byte) | usize::from(latin) << 8];
        if left == LOOK {
            let Some(letter) = text[at..].chars().next() else { break };
            *len += write_letter(letter, &mut out[*len..]);
            at += letter.len_utf8();
            continue;
        }
        out[*len] = left;
        *len += usize::from(left != NOTHING);
        latin = byte == LATIN_LEAD;
        at += 1;
    }
    at
}

/// Nothing is left of this byte.
const NOTHING: u8 = 0;
/// The byte starts a character that takes a closer look.
const LOOK: u8 = 1;

/// What is left of a byte. The second half is for the byte behind [`LATIN_LEAD`], so that French, German
/// and Spanish are folded without a branch for each accent.
static FOLD: [u8; 512] = {
    let mut table = [NOTHING; 512];
    let mut byte = 0;
    while byte < 256 {
        let plain = byte as u8;
        table[byte] = match plain {
            b'0'..=b'9' | b'a'..=b'z' => plain,
            b'A'..=b'Z' => plain + 32,
            0..=0x7F | LATIN_LEAD => NOTHING,
            _ => LOOK,
        };
        byte += 1;
    }
    let mut latin = 0;
    while latin < LATIN.len() {
        table[256 + 0x80 + latin] = LATIN[latin];
        latin += 1;
    }
    table
};
