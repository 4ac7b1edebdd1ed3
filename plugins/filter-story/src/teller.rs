//! Who told a story where, as readers are told, and what the story is called.

use std::fmt::Write;

use xxhash_rust::xxh64::xxh64;

/// Each name is kept up to so many bytes.
const LONGEST: usize = 40;
/// The id that a story is called by is kept up to so many bytes; what is longer is told apart by a hash.
const LONGEST_ID: usize = 100;
/// What a story is called by has at most so many bytes: a cut id, dots and a hash.
pub(crate) const LONGEST_CALLED: usize = LONGEST_ID + "…".len() + 16;

/// A message's id, or what its story is called by, its author and its channel.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Teller<'a> {
    pub(crate) id: &'a str,
    pub(crate) author: &'a str,
    pub(crate) channel: &'a str,
}

impl Teller<'_> {
    /// Write it for readers, each name as far as it is kept: `12 by zoé on #café`.
    pub(crate) fn write(self, out: &mut String) {
        out.clear();
        push_cut(out, self.id);
        for (word, name) in [("by ", self.author), ("on ", self.channel)] {
            if !name.is_empty() {
                out.push_str(if out.is_empty() { "" } else { " " });
                out.push_str(word);
                push_cut(out, name);
            }
        }
    }
}

/// Who stays instead of the first one, as far as names are kept.
#[derive(Debug, Default)]
pub(crate) struct Better {
    /// One behind the other.
    names: String,
    id_end: usize,
    author_end: usize,
}

impl Better {
    pub(crate) fn new(teller: Teller<'_>) -> Self {
        let mut names = String::new();
        push_cut(&mut names, teller.id);
        let id_end = names.len();
        push_cut(&mut names, teller.author);
        let author_end = names.len();
        push_cut(&mut names, teller.channel);
        Self { names, id_end, author_end }
    }

    pub(crate) fn teller(&self) -> Teller<'_> {
        let (rest, channel) = self.names.split_at(self.author_end);
        let (id, author) = rest.split_at(self.id_end);
        Teller { id, author, channel }
    }
}

/// What a story is called by: the id of its first telling. It must not be cut as names are: many addresses
/// begin alike.
pub(crate) fn push_called(out: &mut String, id: &str) {
    if id.len() <= LONGEST_ID {
        out.push_str(id);
    } else {
        let hash = xxh64(id.as_bytes(), 0);
        // Writing to a string cannot fail.
        let _ = write!(out, "{}…{hash:016x}", &id[..id.floor_char_boundary(LONGEST_ID)]);
    }
}

/// Append a name that is cut where it is too long.
pub(crate) fn push_cut(out: &mut String, name: &str) {
    if name.len() <= LONGEST {
        out.push_str(name);
    } else {
        out.push_str(&name[..name.floor_char_boundary(LONGEST - "…".len())]);
        out.push('…');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_named() {
        let long = "é".repeat(30);
        for (id, author, channel, expected) in [
            ("12", "zoé", "#café", "12 by zoé on #café"),
            ("12", "", "r/france", "12 on r/france"),
            ("12", "", "", "12"),
            ("", "zoé", "", "by zoé"),
            ("", "", "", ""),
            (long.as_str(), "", "", &format!("{}…", "é".repeat(18))),
        ] {
            let mut out = String::new();
            let teller = Teller { id, author, channel };
            teller.write(&mut out);
            assert_eq!(out, expected);
            Better::new(teller).teller().write(&mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn long_ids_that_begin_alike_are_told_apart() {
        let names = ["a", "b"].map(|end| {
            let mut out = String::new();
            push_called(&mut out, &format!("{}{end}", "é".repeat(60)));
            out
        });
        assert!(names[0] != names[1] && names[0].len() < 130);
    }
}
