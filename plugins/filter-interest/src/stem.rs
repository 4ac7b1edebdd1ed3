//! Forms of one word made one, for French and English alike: plurals, endings of verbs, and the commonest endings
//! that make nouns. Light on purpose: what is cut must leave a stem that is long enough to mean something, and
//! since an interest and a message are cut the same way, a stem need not be a word.

/// Cut a folded word (small letters, no accents) to its stem, in place. Returns its length in bytes.
#[inline]
pub(crate) fn stem(word: &mut [u8]) -> usize {
    let mut len = word.len();
    if len < 4 || word[len - 1].is_ascii_digit() || word == b"news" {
        return len;
    }
    len = singular(word, len);
    len = without_ending(&word[..len]);
    if len >= 4 && word[len - 1] == b'e' {
        len -= 1;
    }
    if len >= 4 && word[len - 1] == b'y' {
        word[len - 1] = b'i';
    }
    if len >= 4 && word[len - 1] == word[len - 2] && !is_vowel(word[len - 1]) {
        len -= 1;
    }
    len
}

/// `floods`, `amis`; `jeux`, `journaux`, but `eaux` stays with `eau`.
fn singular(word: &mut [u8], len: usize) -> usize {
    match word[len - 1] {
        b's' if word[len - 2] != b's' => len - 1,
        b'x' if word[len - 2] == b'u' => {
            if word[len - 3] == b'a' && word[len - 4] != b'e' {
                word[len - 2] = b'l';
            }
            len - 1
        }
        _ => len,
    }
}

/// The length of a word without its ending, where a stem that is long enough stands before it.
#[inline]
fn without_ending(word: &[u8]) -> usize {
    let long = |least: usize| word.len() >= least;
    let ends = |ending: &[u8]| word.ends_with(ending);
    // No ending is cut from a shorter word: what is left would not mean enough.
    let ending = match word.last() {
        Some(b'n') if long(10) && ends(b"ation") => 5,
        Some(b'n') if long(8) && ends(b"ion") => 3,
        Some(b'g') if long(10) && ends(b"ating") => 5,
        Some(b'g') if long(6) && ends(b"ing") => 3,
        Some(b'd') if long(9) && ends(b"ated") => 4,
        Some(b'd') if long(5) && ends(b"ed") && !ends(b"eed") => 2,
        Some(b'e') if long(8) && ends(b"ate") => 3,
        Some(b'e') if long(5) && ends(b"ee") => 2,
        Some(b't') if long(11) && ends(b"ement") => 5,
        Some(b't') if long(10) && ends(b"ment") => 4,
        Some(b'r') if long(7) && ends(b"er") => 2,
        Some(b'y') if long(6) && ends(b"ly") => 2,
        _ => return word.len(),
    };
    let stem = word.len() - ending;
    if word[..stem].iter().any(|&letter| is_vowel(letter)) { stem } else { word.len() }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    use super::stem;

    fn of(word: &str) -> String {
        let mut bytes = word.as_bytes().to_vec();
        let len = stem(&mut bytes);
        String::from_utf8(bytes[..len].to_vec()).unwrap()
    }

    #[test]
    fn the_forms_of_one_word_are_one() {
        for forms in [
            &["flood", "floods", "flooded", "flooding"][..],
            &["inondation", "inondations", "inonde", "inondes", "inondee", "inondees", "inonder"],
            &["evacuate", "evacuated", "evacuating", "evacuation", "evacuations", "evacue", "evacuer"],
            &["journal", "journaux"],
            &["jeu", "jeux"],
            &["eau", "eaux"],
            &["party", "parties", "partie"],
            &["stop", "stopped", "stopping", "stops"],
            &["breton", "bretonne", "bretons", "bretonnes"],
            &["bombing", "bombings", "bombed", "bomb"],
            &["elected", "elections", "election"],
            &["explosion", "explosions"],
            &["rapide", "rapides", "rapidement"],
        ] {
            for form in forms {
                assert_eq!(of(form), of(forms[0]), "{form}");
            }
        }
    }

    #[test]
    fn words_that_mean_something_else_stay_apart() {
        for (one, other) in [
            ("news", "new"),
            ("need", "neat"),
            ("nation", "nato"),
            ("string", "str"),
            ("station", "statue"),
            ("mission", "miss"),
            ("document", "docu"),
            ("2012", "201"),
        ] {
            assert_ne!(of(one), of(other), "{one}");
        }
    }
}
