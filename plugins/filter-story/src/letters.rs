//! Letters and digits without case and accents.

/// The letters without accent from U+00C0 to U+017F; those that have no one plain letter stand as `?`.
const LATIN: &[u8; 192] = b"aaaaaa?ceeeeiiii?nooooo?ouuuuy??aaaaaa?ceeeeiiii?nooooo?ouuuuy?y\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkkllllllllllnnnnnnnnnoooooo??rrrrrrsssssssstttttt\
    uuuuuuuuuuuuwwyyyzzzzzzs";

/// What a character is in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A letter or digit of a word, as it is compared.
    Letter(char),
    /// Two letters that are written as one.
    Ligature(&'static str),
    /// A letter of a script that is written without spaces.
    Unspaced(char),
    /// Part of the letter before.
    Mark,
    /// It stands between words.
    Between,
}

/// The first byte of the letters from U+00C0 to U+00FF.
pub(crate) const LATIN_LEAD: u8 = 0xC3;

/// The letter without its accent that two bytes of UTF-8 stand for, from U+00C0 to U+00FF; 0 where there is none.
pub(crate) fn plain_latin(first: u8, second: u8) -> u8 {
    if first != LATIN_LEAD || second & 0xC0 != 0x80 {
        return 0;
    }
    match LATIN[usize::from(second & 0x3F)] {
        // Ligatures and signs: `sign` knows them.
        b'?' => 0,
        plain => plain,
    }
}

/// What a character is that is not ASCII.
pub(crate) fn sign(letter: char) -> Sign {
    match letter {
        'æ' | 'Æ' => Sign::Ligature("ae"),
        'œ' | 'Œ' => Sign::Ligature("oe"),
        'ß' => Sign::Ligature("ss"),
        '\u{C0}'..='\u{17F}' if letter != '×' && letter != '÷' => match LATIN[letter as usize - 0xC0] {
            b'?' => Sign::Letter(letter.to_lowercase().next().unwrap_or(letter)),
            plain => Sign::Letter(char::from(plain)),
        },
        // Accents by themselves, joiners of emoji, soft hyphens.
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{AD}' => Sign::Mark,
        // Apostrophes, quotation marks, dashes, dots.
        '\u{2010}'..='\u{203A}' | '«' | '»' => Sign::Between,
        // Thai to Khmer; kana and Han.
        '\u{E00}'..='\u{EFF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{20000}'..='\u{3FFFF}'
            if letter.is_alphanumeric() =>
        {
            Sign::Unspaced(letter)
        }
        _ if letter.is_alphanumeric() => Sign::Letter(letter.to_lowercase().next().unwrap_or(letter)),
        _ => Sign::Between,
    }
}
