//! A text as it is compared: reposts unwrapped, links canonical, the rest letters and digits.

use crible_sdk::links::{self, Link};

use crate::letters::Letters;

/// Texts with fewer letters and digits are said by many and are not compared: "bonjour", "lol".
const SHORTEST: usize = 12;

/// Folds texts, one after the other, in the same memory.
#[derive(Default)]
pub(crate) struct FoldedText {
    folded: Letters,
}

impl FoldedText {
    /// The text as it is compared; empty where it is too short to be.
    pub(crate) fn fold(&mut self, text: &str) -> &[u8] {
        self.folded.clear();
        let mut rest = without_repost_marks(text);
        while let Some((start, end)) = links::find(rest) {
            self.folded.append(&rest[..start]);
            self.folded.append_written(|out| {
                // The mark keeps the address apart from the letters around it.
                out.push(0);
                Link::read(&rest[start..end]).write_canonical(out);
                out.push(0);
            });
            rest = &rest[end..];
        }
        self.folded.append(rest);
        if is_short(self.folded.get()) {
            self.folded.clear();
        }
        self.folded.get()
    }
}

fn is_short(folded: &[u8]) -> bool {
    // No letter takes more than four bytes.
    folded.len() < 4 * SHORTEST
        && folded.iter().filter(|&&byte| byte != 0 && byte & 0xC0 != 0x80).count() < SHORTEST
}

/// The text behind every leading `RT @someone:`.
fn without_repost_marks(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let Some((mark, behind)) = rest.split_at_checked(4) else { return rest };
        if !mark.eq_ignore_ascii_case("RT @") {
            return rest;
        }
        let name = behind.find(|c: char| c == ':' || c.is_whitespace()).unwrap_or(behind.len());
        let behind = &behind[name..];
        rest = behind.strip_prefix(':').unwrap_or(behind).trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> Vec<u8> {
        FoldedText::default().fold(text).to_vec()
    }

    #[test]
    fn a_repost_is_its_original() {
        let original = fold("La bibliothèque ouvre samedi");
        assert_eq!(fold("RT @Zoé: La bibliothèque ouvre samedi 🎉"), original);
        assert_eq!(fold("rt @a: RT @b la bibliotheque ouvre, samedi"), original);
        assert_ne!(fold("ART @Zoé: La bibliothèque ouvre samedi"), original);
    }

    #[test]
    fn links_are_compared_as_addresses() {
        let text = fold("À lire : https://www.site.fr/a?utm_source=x.");
        assert_eq!(fold("a lire http://site.fr/a/"), text);
        assert_ne!(fold("À lire : https://www.site.fr/b"), text);
        assert_ne!(fold("À lire : https://www.site.fr/A"), text);
    }

    #[test]
    fn short_texts_are_not_compared() {
        assert!(fold("Bonjour !!! 🎉🎉🎉🎉🎉🎉🎉").is_empty());
        assert!(fold("ééééééééééé").is_empty() && !fold("éééééééééééé").is_empty());
        assert!(fold("日本語日本語日本語日本").is_empty() && !fold("日本語日本語日本語日本語").is_empty());
        assert!(fold("RT @").is_empty() && fold("").is_empty());
    }
}
