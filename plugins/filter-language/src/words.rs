//! The words of a message that say something about its language.

use crible_sdk::blocks::eight;

use crate::eights::{HIGH, between};
use crate::plain::{PlainWord, word_at};
use crate::script::Script;

/// Longer runs of letters are no words.
pub(crate) const LONGEST: usize = 40;

/// A word in small letters. An elided word keeps its apostrophe: `l’ami` is `l'` and `ami`.
pub(crate) enum Word<'a> {
    /// In the Latin writing.
    Plain(PlainWord<'a>),
    Other {
        letters: &'a [char],
        script: Script,
    },
}

impl Word<'_> {
    pub(crate) fn script(&self) -> Script {
        match self {
            Word::Plain(_) => Script::Latin,
            Word::Other { script, .. } => *script,
        }
    }

    /// How many letters it has.
    pub(crate) fn len(&self) -> usize {
        match self {
            Word::Plain(word) => word.letters,
            Word::Other { letters, .. } => letters.len(),
        }
    }

    pub(crate) fn letters(&self) -> Vec<char> {
        match self {
            Word::Plain(word) => word.written().chars().map(small).collect(),
            Word::Other { letters, .. } => letters.to_vec(),
        }
    }
}

/// Calls `see` with each word of a text until it answers `false`, and answers with what was not read then. Links,
/// addresses, mentions and hashtags are left out; digits, signs and emoji stand between words. `letters` is room for a
/// word.
#[inline]
pub(crate) fn each<'t>(
    text: &'t str,
    letters: &mut [char; LONGEST],
    mut see: impl FnMut(Word<'_>) -> bool,
) -> Option<&'t str> {
    let mut at = 0;
    // What is left of a run without spaces that is no plain word.
    let mut chunk = "";
    loop {
        let word;
        if !chunk.is_empty() {
            let Some((len, script)) = word_of(&mut chunk, letters) else { continue };
            word = Word::Other { letters: letters.get(..len).unwrap_or_default(), script };
        } else {
            at += usize::from(text.as_bytes().get(at) == Some(&b' '));
            if let Some((plain, end)) = word_at(text, at) {
                at = end;
                word = Word::Plain(plain);
            } else {
                let first = text.get(at..)?.chars().next()?;
                let start = at;
                at = if first.is_whitespace() { at + first.len_utf8() } else { chunk_end(text, at) };
                chunk = text.get(start..at).filter(|chunk| !is_address(chunk)).unwrap_or_default();
                continue;
            }
        }
        if !see(word) {
            return text.get(at..);
        }
    }
}

/// Where a run without spaces ends that goes on at a place.
pub(crate) fn chunk_end(text: &str, mut at: usize) -> usize {
    loop {
        // The end of the text counts as zeros.
        let others = !between(eight(text.as_bytes(), at), b'!', 0x7F) & HIGH;
        at += others.trailing_zeros() as usize / 8;
        if others != 0 {
            match text.get(at..).and_then(|rest| rest.chars().next()) {
                Some(sign) if !sign.is_whitespace() => at += sign.len_utf8(),
                _ => return at,
            }
        }
    }
}

/// Takes a word from the beginning of a run without spaces: how many letters it has, and their writing.
fn word_of(chunk: &mut &str, letters: &mut [char; LONGEST]) -> Option<(usize, Script)> {
    let mut len = 0;
    let mut word_script = Script::Other;
    let mut rest = chunk.chars();
    loop {
        *chunk = rest.as_str();
        let Some(letter) = rest.next() else { break };
        let script = Script::of(letter);
        let elided = len > 0 && matches!(letter, '\'' | '’');
        // A word goes on while its writing does.
        if len > 0 && !elided && script != Some(word_script) {
            break;
        }
        if script.is_none() && !elided {
            continue;
        }
        if let Some(script) = script {
            word_script = script;
        }
        if let Some(place) = letters.get_mut(len) {
            *place = if elided { '\'' } else { small(letter) };
        }
        len += 1;
        if elided {
            *chunk = rest.as_str();
            break;
        }
    }
    (1..=LONGEST).contains(&len).then_some((len, word_script))
}

/// Whether a run without spaces is a link, a mail address, a mention or a hashtag.
fn is_address(chunk: &str) -> bool {
    if chunk.starts_with(['@', '#', '/']) || chunk.starts_with("http://") || chunk.starts_with("https://") {
        return true;
    }
    let told_by = |byte: &u8| matches!(byte, b':' | b'@' | b'#' | b'.' | b'/' | b'&');
    if !chunk.as_bytes().iter().any(told_by) {
        return false;
    }
    let bare = chunk.trim_start_matches(['(', '[', '"', '«', '“', '.', ',', ':']);
    bare.starts_with(['@', '#', '/'])
        || bare.starts_with("www.")
        || bare.starts_with("&") && bare.ends_with(';')
        || bare.bytes().any(|byte| byte == b'@')
        || bare.bytes().any(|byte| byte == b':') && bare.contains("://")
}

/// A letter in small; of several letters the first.
#[inline]
pub(crate) fn small(letter: char) -> char {
    match letter {
        'a'..='z' => letter,
        'A'..='Z' => letter.to_ascii_lowercase(),
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each(text, &mut ['\0'; LONGEST], |word| {
            words.push(word.letters().into_iter().collect());
            true
        });
        words
    }

    #[test]
    fn only_words_are_left() {
        assert_eq!(
            words("Vu à 12h30 : https://a.fr/le @zoé #crible (www.b.de) é@c.org 🎉🎉"),
            ["vu", "à", "h"]
        );
        assert_eq!(words("L’été, aujourd'hui…"), ["l'", "été", "aujourd'", "hui"]);
        assert_eq!(words("東京tower"), ["東京", "tower"]);
        assert_eq!(words("'quoted' ÉTÉ"), ["quoted'", "été"]);
    }

    #[test]
    fn a_run_that_is_too_long_is_no_word() {
        assert_eq!(words(&format!("un {} deux", "a".repeat(4000))), ["un", "deux"]);
    }

    proptest! {
        #[test]
        fn plain_words_are_read_as_all_others(text in "[a-zA-ZÀ-ÿœŁа-я'’,.!?;:)@#&/ \u{a0}日]{0,80}") {
            let mut slowly: Vec<String> = Vec::new();
            for chunk in text.split_whitespace().filter(|chunk| !is_address(chunk)) {
                let (mut chunk, mut letters) = (chunk, ['\0'; LONGEST]);
                while !chunk.is_empty() {
                    let word = word_of(&mut chunk, &mut letters);
                    slowly.extend(word.map(|(len, _)| letters[..len].iter().collect::<String>()));
                }
            }
            prop_assert_eq!(words(&text), slowly);
        }
    }
}
