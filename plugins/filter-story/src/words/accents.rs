//! A text without the accents of Latin letters.

use crible_sdk::blocks::BLOCK;

use super::LONGEST_TEXT;
use crate::letters::{LATIN_LEAD, plain_latin};

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;

/// Room for a text, and to write eight bytes where one is left.
const ROOM: usize = LONGEST_TEXT + 8;

/// A text with plain letters in place of those from U+00C0 to U+00FF that have one. Where there are any, it is
/// written to `room`. It is UTF-8 still.
pub(super) fn without_accents<'a>(text: &'a str, room: &'a mut Vec<u8>) -> &'a [u8] {
    let bytes = text.as_bytes();
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    if !blocks.iter().any(|block| has_accent(block)) && !has_accent(rest) {
        return bytes;
    }
    room.resize(ROOM, 0);
    let (mut at, mut len) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        if let (Some(eight), Some(to)) = (bytes[at..].first_chunk::<8>(), room[len..].first_chunk_mut::<8>())
        {
            *to = *eight;
            let others = u64::from_le_bytes(*eight) ^ (u64::from(LATIN_LEAD) * EACH);
            // The first byte that is zero borrows; those behind it do not count.
            let leads = others.wrapping_sub(EACH) & !others & HIGH;
            let copied = leads.trailing_zeros() as usize / 8;
            (at, len) = (at + copied, len + copied);
            if copied > 0 {
                continue;
            }
        }
        let plain = plain_latin(byte, bytes.get(at + 1).copied().unwrap_or_default());
        room[len] = if plain == 0 { byte } else { plain };
        (at, len) = (at + if plain == 0 { 1 } else { 2 }, len + 1);
    }
    &room[..len]
}

/// Whether there may be any. It looks at all bytes, which compilers do with vectors.
#[inline(always)]
fn has_accent(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |any, &byte| any | (byte == LATIN_LEAD))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn letters_are_replaced_one_by_one(text in "([a-zÀ-ÿ.×÷]|\\\\PC){0,60}") {
            let mut expected = String::new();
            for letter in text.chars() {
                let mut bytes = [0; 4];
                letter.encode_utf8(&mut bytes);
                match plain_latin(bytes[0], bytes[1]) {
                    0 => expected.push(letter),
                    plain => expected.push(char::from(plain)),
                }
            }
            let mut room = Vec::new();
            prop_assert_eq!(without_accents(&text, &mut room), expected.as_bytes());
        }
    }
}
