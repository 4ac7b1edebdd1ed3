//! Which paths were granted.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

/// A path that the config's author wrote, and so granted. `-` is standard input or output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant(Place);

/// What a stage may read and write. By default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    /// What may be read, and with it the file that the granted one becomes when it is rotated:
    /// `log.jsonl` covers `log.jsonl.1`.
    pub read: Vec<Grant>,
    /// What may be written, and with it every file in the same folder whose name goes on behind the
    /// granted one with a dot: `out.jsonl` covers `out.jsonl.1` and `out.jsonl.part`.
    pub write: Vec<Grant>,
}

impl Grant {
    /// A grant of the path as it was written; `base` is the folder that relative paths start from.
    pub fn new(written: &str, base: &Path) -> Self {
        Self(Place::of(written, base))
    }

    /// Whether it is this very place.
    pub(crate) fn is(&self, place: &Place) -> bool {
        self.0 == *place
    }

    /// Whether it is a file beside this one, named `THIS.something`.
    pub(crate) fn has_beside_it(&self, place: &Place) -> bool {
        self.suffix_of(place).is_some_and(|suffix| suffix.starts_with(b"."))
    }

    /// Whether it is where this file is moved to when it is rotated: `THIS.1`.
    pub(crate) fn has_moved_to(&self, place: &Place) -> bool {
        self.suffix_of(place) == Some(b".1")
    }

    /// What a file in the same folder is named behind the name of this one.
    fn suffix_of<'p>(&self, place: &'p Place) -> Option<&'p [u8]> {
        let (Place::File(granted), Place::File(wanted)) = (&self.0, place) else { return None };
        let names = (granted.file_name()?.as_encoded_bytes(), wanted.file_name()?.as_encoded_bytes());
        names.1.strip_prefix(names.0).filter(|_| granted.parent() == wanted.parent())
    }
}

/// What a path means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// `-`
    Standard,
    /// An absolute path without `.` and `..`.
    File(PathBuf),
}

impl Place {
    pub(crate) fn of(written: &str, base: &Path) -> Self {
        if written == "-" {
            return Self::Standard;
        }
        let path = base.join(written);
        // Only an empty path cannot be made absolute.
        Self::File(normalised(&std::path::absolute(&path).unwrap_or(path)))
    }
}

/// Resolve `.` and `..` by the text alone. What is opened later is this path and no other, so that what
/// was compared is what is used.
fn normalised(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if matches!(out.components().next_back(), Some(Component::Normal(_))) {
                    out.pop();
                }
            }
            other => out.push::<&OsStr>(other.as_os_str()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(written: &str) -> Place {
        Place::of(written, Path::new("/base"))
    }

    #[test]
    fn two_spellings_of_a_path_are_one_grant() {
        let grant = Grant::new("data/feed.jsonl", Path::new("/base"));
        for same in ["data/feed.jsonl", "./data/feed.jsonl", "/base/data/feed.jsonl", "data/x/../feed.jsonl"]
        {
            assert!(grant.is(&place(same)), "{same}");
        }
        for other in ["feed.jsonl", "data/feed.jsonl/x", "../data/feed.jsonl", "data/Feed.jsonl", "-", ""] {
            assert!(!grant.is(&place(other)), "{other}");
        }
    }

    #[test]
    fn dots_do_not_climb_above_the_root() {
        assert!(Grant::new("/etc/x", Path::new("/base")).is(&place("../../../../etc/x")));
    }

    #[test]
    fn a_file_beside_the_granted_one_goes_on_behind_its_name() {
        let grant = Grant::new("out/été.jsonl", Path::new("/base"));
        for beside in ["out/été.jsonl.1", "out/été.jsonl.part"] {
            assert!(grant.has_beside_it(&place(beside)), "{beside}");
        }
        for other in
            ["out/été.jsonl", "out/été.jsonl2", "out/été.jsonl./x", "out/été.jsonl.1/../../x", "été.jsonl.1"]
        {
            assert!(!grant.has_beside_it(&place(other)), "{other}");
        }
        assert!(!Grant::new("-", Path::new("/base")).has_beside_it(&place("-.1")));
    }
}
