//! The letters and digits of texts, alike where people would call them alike.

#[cfg(not(target_feature = "simd128"))]
mod scalar;
#[cfg(target_feature = "simd128")]
mod vectors;

#[cfg(not(target_feature = "simd128"))]
use scalar::write;
#[cfg(target_feature = "simd128")]
use vectors::write;

/// So many bytes behind the letters may be written over.
const ROOM: usize = 24;

/// Starts the characters from `À` to `ÿ`.
const LATIN_LEAD: u8 = 0xC3;

/// The letters without accent from U+00C0 to U+00FF; those without a plain letter stand for themselves, and zeros
/// for what is no letter.
const LATIN: &[u8; 64] = b"aaaaaa\xe6ceeeeiiiidnooooo\0ouuuuy\xfe\xdfaaaaaa\xe6ceeeeiiiidnooooo\0ouuuuy\xfey";

/// The same from U+0100 to U+017F, but for ligatures.
const LATIN_EXTENDED: &[u8; 128] = b"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkk\
    llllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// The letters and digits of texts, one text behind the other: small, without accents, and nothing between them.
/// They are for comparing and need not be UTF-8.
#[derive(Default)]
pub(crate) struct Letters {
    /// Only the first `len` count; it only grows, because zeroing it takes as long as folding.
    bytes: Vec<u8>,
    len: usize,
}

impl Letters {
    /// Those that were appended.
    pub(crate) fn get(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Forget them.
    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    /// Append what is written behind them.
    pub(crate) fn append_written(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.bytes.truncate(self.len);
        write(&mut self.bytes);
        self.len = self.bytes.len();
    }

    /// Append the letters and digits of a text.
    pub(crate) fn append(&mut self, text: &str) {
        // A letter of two bytes may become one of three, and none grows more than that.
        let most = self.len + text.len() + text.len() / 2 + ROOM;
        if self.bytes.len() < most {
            self.bytes.resize(most, 0);
        }
        self.len = write(text, &mut self.bytes, self.len);
    }
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
        // Signs that are met often: ’ “ ” – — …, currencies, emoji.
        '\u{A0}' | '«' | '»' | '\u{2000}'..='\u{206F}' | '\u{20A0}'..='\u{20CF}' => 0,
        '\u{2600}'..='\u{2775}' | '\u{FE0F}' | '\u{1F300}'..='\u{1FAFF}' => 0,
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
        let mut letters = Letters::default();
        letters.append("what was there before, été");
        letters.clear();
        letters.append(text);
        letters.get().to_vec()
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
