//! Who told a story where, as readers are told, and what the story is called.

use std::fmt::Write;

use xxhash_rust::xxh64::xxh64;

/// Each name is kept up to so many bytes.
const LONGEST: usize = 40;
/// The id that a story is called by is kept up to so many bytes; what is longer is told apart by a hash.
const LONGEST_ID: usize = 100;

/// A message's id, author and channel, as far as they are kept, and the id of the first telling.
#[derive(Debug, Default)]
pub(crate) struct Teller {
    /// One behind the other.
    names: String,
    first_end: usize,
    id_end: usize,
    author_end: usize,
}

impl Teller {
    /// Name the first one in the same memory. The story is called by its id, which must not be cut as names
    /// are: many addresses begin alike.
    pub(crate) fn begin(&mut self, id: &str, author: &str, channel: &str) {
        self.names.clear();
        if id.len() <= LONGEST_ID {
            self.names.push_str(id);
        } else {
            let hash = xxh64(id.as_bytes(), 0);
            // Writing to a string cannot fail.
            let _ = write!(self.names, "{}…{hash:016x}", &id[..id.floor_char_boundary(LONGEST_ID)]);
        }
        self.first_end = self.names.len();
        self.set(id, author, channel);
    }

    /// Name another one, that stays instead.
    pub(crate) fn set(&mut self, id: &str, author: &str, channel: &str) {
        self.names.truncate(self.first_end);
        push_cut(&mut self.names, id);
        self.id_end = self.names.len();
        push_cut(&mut self.names, author);
        self.author_end = self.names.len();
        push_cut(&mut self.names, channel);
    }

    /// The id of the first telling.
    pub(crate) fn first(&self) -> &str {
        &self.names[..self.first_end]
    }

    /// The id, the author and the channel.
    pub(crate) fn parts(&self) -> [&str; 3] {
        let (rest, channel) = self.names.split_at(self.author_end);
        let (rest, author) = rest.split_at(self.id_end);
        [&rest[self.first_end..], author, channel]
    }

    /// Names as they were before.
    pub(crate) fn restore(&mut self, first: &str, [id, author, channel]: [&str; 3]) {
        self.names.clear();
        self.names.push_str(first);
        self.first_end = self.names.len();
        self.set(id, author, channel);
    }

    /// Write it for readers: `12 by zoé on #café`.
    pub(crate) fn write(&self, out: &mut String) {
        let [id, author, channel] = self.parts();
        out.clear();
        out.push_str(id);
        for (word, name) in [("by", author), ("on", channel)] {
            if !name.is_empty() {
                let space = if out.is_empty() { "" } else { " " };
                // Writing to a string cannot fail.
                let _ = write!(out, "{space}{word} {name}");
            }
        }
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
            let (mut teller, mut out) = (Teller::default(), String::new());
            teller.begin(id, author, channel);
            teller.write(&mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn a_story_is_called_by_its_first_id_whoever_stays() {
        let mut teller = Teller::default();
        teller.begin("1", "zoé", "");
        teller.set("22", "max", "");
        assert_eq!((teller.first(), teller.parts()), ("1", ["22", "max", ""]));
        let names = ["a", "b"].map(|end| {
            teller.begin(&format!("{}{end}", "é".repeat(60)), "", "");
            teller.first().to_owned()
        });
        assert!(names[0] != names[1] && names[0].len() < 130);
    }
}
