//! The words of a message that say something about its language.

use crible_sdk::words::chunks;

use crate::script::Script;

/// Longer runs of letters are no words.
const LONGEST: usize = 40;

/// A word in small letters, and its writing. An elided word keeps its apostrophe: `l’ami` is `l'` and `ami`.
pub(crate) struct Word<'a> {
    pub(crate) letters: &'a [char],
    pub(crate) script: Script,
}

/// Calls `see` with each word of a text until it answers `false`, and answers with what was not read then. Links,
/// addresses, mentions and hashtags are left out; digits, signs and emoji stand between words.
pub(crate) fn each(text: &str, mut see: impl FnMut(Word<'_>) -> bool) -> Option<&str> {
    let mut letters = ['\0'; LONGEST];
    let mut rest = text;
    loop {
        rest = rest.strip_prefix(' ').unwrap_or(rest);
        let go_on;
        if let Some((len, end)) = plain_word(rest.as_bytes(), &mut letters) {
            rest = &rest[end..];
            go_on = finish(&letters, len, Script::Latin, &mut see);
        } else {
            let mut chunks = chunks(rest);
            let chunk = chunks.next()?;
            rest = chunks.rest();
            go_on = is_address(chunk) || each_of_chunk(chunk, &mut letters, &mut see);
        }
        if !go_on {
            return Some(rest);
        }
    }
}

/// The word that a text begins with, where it has only letters of ASCII and from `À` to `ÿ`, and behind it is at most
/// a sign and a space: how many letters, and where it ends. Most words are such.
#[inline]
fn plain_word(text: &[u8], letters: &mut [char; LONGEST]) -> Option<(usize, usize)> {
    let (mut len, mut end) = (0, 0);
    loop {
        let small = match text[end..] {
            [letter, ..] if letter.is_ascii_alphabetic() => letter | 0x20,
            // `×` and `÷` are no letters.
            [0xC3, second, ..] if !matches!(second, 0x97 | 0xB7) => {
                end += 1;
                if second < 0x9F { second + 0x60 } else { second + 0x40 }
            }
            _ => break,
        };
        end += 1;
        *letters.get_mut(len)? = char::from(small);
        len += 1;
    }
    match text[end..] {
        _ if len == 0 => None,
        [] | [b' ', ..] => Some((len, end)),
        [b',' | b'!' | b'?' | b';' | b':' | b')'] => Some((len, end + 1)),
        [b',' | b'!' | b'?' | b';' | b':' | b')', b' ', ..] => Some((len, end + 1)),
        _ => None,
    }
}

/// The same of a run without spaces; whether to go on.
fn each_of_chunk(chunk: &str, letters: &mut [char; LONGEST], see: &mut impl FnMut(Word<'_>) -> bool) -> bool {
    let mut len = 0;
    let mut word_script = Script::Other;
    for letter in chunk.chars() {
        let script = Script::of(letter);
        let elided = len > 0 && matches!(letter, '\'' | '’');
        // A word goes on while its writing does.
        if len > 0 && !elided && script != Some(word_script) {
            if !finish(letters, len, word_script, see) {
                return false;
            }
            len = 0;
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
            if !finish(letters, len, word_script, see) {
                return false;
            }
            len = 0;
        }
    }
    len == 0 || finish(letters, len, word_script, see)
}

#[inline]
fn finish(
    letters: &[char; LONGEST],
    len: usize,
    script: Script,
    see: &mut impl FnMut(Word<'_>) -> bool,
) -> bool {
    letters.get(..len).is_none_or(|letters| see(Word { letters, script }))
}

/// Whether a run without spaces is a link, a mail address, a mention or a hashtag.
fn is_address(chunk: &str) -> bool {
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
fn small(letter: char) -> char {
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
        each(text, |word| {
            words.push(word.letters.iter().collect());
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
                each_of_chunk(chunk, &mut ['\0'; LONGEST], &mut |word| {
                    slowly.push(word.letters.iter().collect());
                    true
                });
            }
            prop_assert_eq!(words(&text), slowly);
        }
    }
}
