//! Which writing a letter belongs to.

/// A writing that tells the language, or narrows it down to a few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Greek,
    Hebrew,
    Devanagari,
    Thai,
    Hangul,
    Kana,
    Han,
    /// Letters of a writing that no language here is told by.
    Other,
}

impl Script {
    pub(crate) const COUNT: usize = Self::Other as usize + 1;

    /// The writing of a letter; none for a sign, a digit, an emoji or an accent by itself.
    #[inline]
    pub(crate) fn of(letter: char) -> Option<Self> {
        let script = match letter {
            'a'..='z' | 'A'..='Z' => Self::Latin,
            '\0'..='\u{BF}' | '×' | '÷' => return None,
            '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Self::Latin,
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Self::Greek,
            '\u{400}'..='\u{52F}' => Self::Cyrillic,
            '\u{5D0}'..='\u{5F2}' => Self::Hebrew,
            // Digits and signs of Arabic are no letters.
            '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D3}' | '\u{6FA}'..='\u{6FC}' => Self::Arabic,
            '\u{904}'..='\u{939}' | '\u{958}'..='\u{961}' => Self::Devanagari,
            '\u{E01}'..='\u{E30}' | '\u{E40}'..='\u{E46}' => Self::Thai,
            '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' => Self::Kana,
            '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}' => Self::Han,
            '\u{AC00}'..='\u{D7A3}' => Self::Hangul,
            // Letters in a fancy type are worn as an ornament; they are no evidence.
            '\u{2000}'..='\u{2BFF}' | '\u{FF00}'..='\u{FFFF}' | '\u{1D400}'..='\u{1FFFF}' => return None,
            _ if letter.is_alphabetic() => Self::Other,
            _ => return None,
        };
        Some(script)
    }
}
