//! What a message is about, as earlier stages labelled it.

use xxhash_rust::xxh3::xxh3_64;

/// What the label of a theme begins with.
const PREFIX: &str = "theme:";

/// So many themes of a message are looked at.
const MOST: usize = 8;

/// A theme. Two of a thousand share a hash, and so are one, once in about ten thousand sets of a thousand.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Theme<'a> {
    pub(crate) name: &'a str,
    pub(crate) hash: u32,
}

/// The themes of one message after another, in the same memory.
#[derive(Default)]
pub(crate) struct Themes<'a> {
    themes: [Theme<'a>; MOST],
    len: usize,
}

impl<'a> Themes<'a> {
    /// Find the themes among the labels of a message, each once.
    pub(crate) fn read(&mut self, labels: impl Iterator<Item = &'a str>) {
        self.len = 0;
        for name in labels.filter_map(|label| label.strip_prefix(PREFIX)) {
            if self.iter().any(|known| known.name == name) {
                continue;
            }
            let Some(free) = self.themes.get_mut(self.len) else { break };
            *free = Theme { name, hash: xxh3_64(name.as_bytes()) as u32 };
            self.len += 1;
        }
    }

    /// The themes of the message that was read last.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Theme<'a>> {
        self.themes[..self.len].iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<'a>(labels: &[&'a str]) -> Vec<&'a str> {
        let mut themes = Themes::default();
        themes.read(["theme:of the message before"].into_iter());
        themes.read(labels.iter().copied());
        themes.iter().map(|theme| theme.name).collect()
    }

    #[test]
    fn themes_are_told_from_other_labels_and_come_once() {
        let labels = ["shared", "theme:rust", "story:7", "theme:été", "theme:rust", "theme"];
        assert_eq!(names(&labels), ["rust", "été"]);
    }

    #[test]
    fn of_many_themes_the_first_are_looked_at() {
        let many: Vec<String> = (0..99).map(|number| format!("theme:{number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(names(&many), ["0", "1", "2", "3", "4", "5", "6", "7"]);
    }
}
