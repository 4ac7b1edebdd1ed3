//! The letters and digits of a text, alike where people would call them alike.

#[cfg(target_feature = "simd128")]
use crate::at_once::write_ascii;

/// Nothing is left of this byte.
const NOTHING: u8 = 0;
/// The byte starts a character that takes a closer look.
const LOOK: u8 = 1;
/// Starts the characters from `À` to `ÿ`.
const LATIN_LEAD: u8 = 0xC3;

/// What is left of a byte. The second half is for the byte behind [`LATIN_LEAD`], so that French, German
/// and Spanish are folded without a branch for each accent.
static FOLD: [u8; 512] = fold_table();

/// The letters without accent from U+00C0 to U+00FF; those without a plain letter stand for themselves.
const LATIN: &[u8; 64] = b"aaaaaa\xe6ceeeeiiiidnooooo\0ouuuuy\xfe\xdfaaaaaa\xe6ceeeeiiiidnooooo\0ouuuuy\xfey";

/// The same from U+0100 to U+017F, but for ligatures.
const LATIN_EXTENDED: &[u8; 128] = b"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkk\
    llllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

const fn fold_table() -> [u8; 512] {
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
}

/// Append the letters and digits of a text: small, without accents, and nothing between them. What is
/// appended is for comparing and need not be UTF-8.
pub(crate) fn append(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    let mut len = out.len();
    // A letter of two bytes may become one of three, and none grows more than that.
    out.resize(len + bytes.len() + bytes.len() / 2 + BLOCK, 0);
    let mut at = 0;
    let mut latin = false;
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
    out.truncate(len);
}

/// How many bytes are looked at together.
pub(crate) const BLOCK: usize = 8;

/// Write what is left of a block of ASCII, and say how many bytes that is.
#[cfg(not(target_feature = "simd128"))]
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

/// Write a letter that the table does not know, and say how many bytes it took; none for a sign, an
/// emoji or an accent by itself.
fn write_letter(letter: char, out: &mut [u8]) -> usize {
    match letter {
        'Œ' | 'œ' => {
            out[..2].copy_from_slice(b"oe");
            2
        }
        '\u{100}'..='\u{17F}' => {
            out[0] = LATIN_EXTENDED[letter as usize - 0x100];
            1
        }
        // General punctuation: ’ “ ” – — …
        '\u{2000}'..='\u{206F}' => 0,
        // What a letter turns into beyond its first is an accent.
        _ if letter.is_alphanumeric() => {
            letter.to_lowercase().next().map_or(0, |small| small.encode_utf8(out).len())
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Vec<u8> {
        let mut out = Vec::new();
        append(text, &mut out);
        out
    }

    #[test]
    fn case_accents_signs_and_spaces_make_no_difference() {
        for (one, other) in [
            ("L’été À LA PLAGE !", "l'ete a la plage"),
            ("œuvre d'art", "OEUVRE D’ART…"),
            ("e\u{301}te\u{301} 🦀🦀", "Été"),
            ("Žižek in Łódź", "zizek in lodz"),
            ("ПРИВЕТ, мир", "привет мир"),
            ("Straße\u{a0}«1»", "straße 1"),
        ] {
            assert_eq!(letters(one), letters(other), "{one}");
        }
    }

    #[test]
    fn letters_and_digits_make_a_difference() {
        for (one, other) in [("part 1", "part 2"), ("東京", "京都"), ("straße", "strase"), ("ça", "za")]
        {
            assert_ne!(letters(one), letters(other), "{one}");
        }
    }

    #[test]
    fn a_text_is_its_letters_one_after_the_other() {
        let text = "Où l’œuvre du Çà-et-là, ŁÓDŹ & ПРИВЕТ 東京 🦀 naïve façade, 12 345 € ÿ";
        let alone: Vec<u8> =
            text.chars().flat_map(|letter| letters(letter.encode_utf8(&mut [0; 4]))).collect();
        for (start, _) in text.char_indices() {
            let behind = letters(&text[start..]);
            assert!(alone.ends_with(&behind), "from byte {start}");
            assert_eq!(behind.len() + letters(&text[..start]).len(), alone.len(), "at byte {start}");
        }
    }

    #[test]
    fn any_character_alone_fits() {
        for letter in ('\0'..=char::MAX).step_by(7).chain('\u{80}'..'\u{3000}') {
            letters(letter.encode_utf8(&mut [0; 4]));
        }
    }
}
