//! Small letters without accents.

/// What a character is to a reader of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It parts words.
    Gap,
    /// It belongs to a word.
    Letter,
    /// It is a word by itself: a letter of a script that is written without spaces, an emoji.
    Word,
    /// It changes the letter before it and is left out: an accent.
    Mark,
}

/// The kind of a character that is not ASCII.
pub(crate) fn kind(c: char) -> Kind {
    match c {
        // The letters of French and its neighbours, and the signs between words: most of all.
        '×' | '÷' => Kind::Gap,
        '\u{C0}'..='\u{24F}' => Kind::Letter,
        '\u{2000}'..='\u{206F}' => Kind::Gap,
        '\u{300}'..='\u{36F}' => Kind::Mark,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' => letter(c, Kind::Word),
        '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => letter(c, Kind::Word),
        '\u{20000}'..='\u{3FFFF}' => letter(c, Kind::Word),
        // The tones of a hand are the hand's.
        '\u{1F3FB}'..='\u{1F3FF}' => Kind::Gap,
        '\u{2600}'..='\u{27BF}' | '\u{1F300}'..='\u{1FAFF}' => Kind::Word,
        _ => letter(c, Kind::Letter),
    }
}

fn letter(c: char, kind: Kind) -> Kind {
    if c.is_alphanumeric() { kind } else { Kind::Gap }
}

/// The letters from `À` to `ÿ` that become a single letter, by the second of their two bytes; 0 for the others.
static LATIN: [u8; 64] = *b"aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0\0aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0y";

/// The letter without accent that stands here, where its letter is one of the commonest.
#[inline]
pub(crate) fn latin(bytes: &[u8], at: usize) -> Option<u8> {
    let &[0xC3, second] = bytes.get(at..)?.first_chunk()? else { return None };
    Some(LATIN[usize::from(second & 0x3F)]).filter(|&plain| plain != 0)
}

/// Append the folded form of a character that is not ASCII.
pub(crate) fn push_folded(c: char, mut push: impl FnMut(&[u8])) {
    let plain: &[u8] = match c {
        'à'..='å' | 'À'..='Å' => b"a",
        'æ' | 'Æ' => b"ae",
        'ç' | 'Ç' => b"c",
        'è'..='ë' | 'È'..='Ë' => b"e",
        'ì'..='ï' | 'Ì'..='Ï' => b"i",
        'ñ' | 'Ñ' => b"n",
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' => b"o",
        'œ' | 'Œ' => b"oe",
        'ù'..='ü' | 'Ù'..='Ü' => b"u",
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => b"y",
        'ß' => b"ss",
        _ => {
            let mut bytes = [0; 4];
            for small in c.to_lowercase() {
                push(small.encode_utf8(&mut bytes).as_bytes());
            }
            return;
        }
    };
    push(plain);
}

/// A text in small letters without accents.
pub(crate) fn folded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if c.is_ascii() => bytes.push(c.to_ascii_lowercase() as u8),
            _ if kind(c) == Kind::Mark => {}
            _ => push_folded(c, |plain| bytes.extend_from_slice(plain)),
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_letters_become_what_they_always_become() {
        for letter in ('À'..='ÿ').filter(|&letter| kind(letter) == Kind::Letter) {
            let mut plain = Vec::new();
            push_folded(letter, |bytes| plain.extend_from_slice(bytes));
            let found = latin(letter.to_string().as_bytes(), 0);
            assert!(found.is_none_or(|found| plain == [found]), "{letter}");
        }
        assert_eq!(latin("é".as_bytes(), 0), Some(b'e'));
        assert_eq!(["×", "÷", "ß", "ā", "e"].map(|text| latin(text.as_bytes(), 0)), [None; 5]);
    }
}
