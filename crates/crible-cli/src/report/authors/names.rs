//! Handles and names as they are compared.

use crible_sdk::words::{Folding, WordScan};

/// Handles under which many write.
const NOBODY: &[&str] = &[
    "abonne",
    "admin",
    "administrateur",
    "administrator",
    "anon",
    "anonym",
    "anonyme",
    "anonymous",
    "auteur",
    "author",
    "bot",
    "contact",
    "deleted",
    "editor",
    "guest",
    "info",
    "infos",
    "invite",
    "laredaction",
    "moderateur",
    "moderator",
    "news",
    "newsroom",
    "nobody",
    "noreply",
    "null",
    "press",
    "presse",
    "redaction",
    "root",
    "staff",
    "support",
    "team",
    "unknown",
    "user",
    "utilisateur",
    "webmaster",
    "www",
];

/// A handle and a name as they are compared: without case, accents, signs and emoji.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    /// The whole handle.
    pub(crate) handle: String,
    /// What stands before the site of a handle such as `zoe@exemple.fr`.
    pub(crate) local: String,
    /// The words of the name.
    pub(crate) name: Vec<String>,
}

impl Folded {
    /// Whether many write under this handle, or none can be told from another by it.
    pub(crate) fn is_nobody(&self) -> bool {
        self.local.is_empty() || NOBODY.contains(&self.local.as_str())
    }

    /// Whether two names have a word in common.
    pub(crate) fn shares_a_word(&self, other: &Self) -> bool {
        self.name.iter().any(|word| other.name.contains(word))
    }

    /// Whether two names can be one person's: they have a word in common, or one is missing.
    pub(crate) fn may_be(&self, other: &Self) -> bool {
        self.name.is_empty() || other.name.is_empty() || self.shares_a_word(other)
    }
}

/// Folds texts.
pub(crate) struct Folder {
    scan: WordScan,
}

impl Default for Folder {
    fn default() -> Self {
        Self { scan: WordScan::new(Folding::default()) }
    }
}

impl Folder {
    /// A handle and a name as they are compared.
    pub(crate) fn fold(&mut self, handle: &str, name: &str) -> Folded {
        let handle = handle.trim().trim_start_matches('@');
        let local = handle.split('@').next().unwrap_or_default();
        Folded { handle: self.whole(handle), local: self.words(local).concat(), name: self.words(name) }
    }

    /// The words of a text, those of letters and digits.
    pub(crate) fn words(&mut self, text: &str) -> Vec<String> {
        self.scan.read(text);
        let words = self.scan.words().map(|word| String::from_utf8_lossy(self.scan.bytes(word)).into_owned());
        words.filter(|word| word.chars().all(char::is_alphanumeric)).collect()
    }

    /// A whole text with its signs.
    fn whole(&mut self, text: &str) -> String {
        let whole = self.scan.read_whole(text);
        String::from_utf8_lossy(self.scan.bytes(whole)).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_signs_and_emoji_make_no_difference() {
        let mut folder = Folder::default();
        let one = folder.fold("@Zoé_M@exemple.fr", "Zoé MARTIN 🎄");
        let other = folder.fold("zoe.m", "zoé martin");
        assert_eq!((one.local.as_str(), &one.name), ("zoem", &other.name));
        assert_eq!(one.local, other.local);
        assert_ne!(one.handle, other.handle);
        assert_eq!(folder.fold("ZOE", "").handle, folder.fold(" @zoé ", "").handle);
    }

    #[test]
    fn under_some_handles_anybody_writes() {
        let mut folder = Folder::default();
        for handle in ["[deleted]", "Anonymous", "info@exemple.fr", "La Rédaction", "🎄", ""] {
            assert!(folder.fold(handle, "").is_nobody(), "{handle}");
        }
        assert!(!folder.fold("zoé", "").is_nobody());
    }

    #[test]
    fn names_agree_where_they_share_a_word() {
        let mut folder = Folder::default();
        let mut named = |name: &str| folder.fold("x", name);
        let zoe = named("Zoé Martin");
        assert!(zoe.may_be(&named("Z. Martin")) && zoe.may_be(&named("")));
        assert!(!zoe.may_be(&named("Paul Durand")));
    }
}
