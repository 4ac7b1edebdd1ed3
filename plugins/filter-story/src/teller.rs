//! Who told a story where, as readers are told.

use std::fmt::Write;

/// Each name is kept up to so many bytes.
const LONGEST: usize = 40;

/// A message's id, author and channel, as far as they are kept.
#[derive(Debug, Default)]
pub(crate) struct Teller {
    /// One behind the other.
    names: String,
    id_end: usize,
    author_end: usize,
}

impl Teller {
    /// Name another one in the same memory.
    pub(crate) fn set(&mut self, id: &str, author: &str, channel: &str) {
        self.names.clear();
        push_cut(&mut self.names, id);
        self.id_end = self.names.len();
        push_cut(&mut self.names, author);
        self.author_end = self.names.len();
        push_cut(&mut self.names, channel);
    }

    /// The id, the author and the channel.
    pub(crate) fn parts(&self) -> [&str; 3] {
        let (rest, channel) = self.names.split_at(self.author_end);
        let (id, author) = rest.split_at(self.id_end);
        [id, author, channel]
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
            teller.set(id, author, channel);
            teller.write(&mut out);
            assert_eq!(out, expected);
        }
    }
}
