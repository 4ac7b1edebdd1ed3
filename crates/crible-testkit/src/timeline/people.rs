//! Who writes, and in what manner.

use std::collections::HashSet;

use crate::{
    names::{FIRST_NAMES, LAST_NAMES},
    prng::Prng,
};

/// Someone who writes.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) followers: u32,
    manner: u64,
}

/// Makes people up, never one twice.
#[derive(Default)]
pub(super) struct People {
    handles: HashSet<String>,
}

impl People {
    /// Keeps a handle for someone who is written by hand.
    pub(super) fn reserve(&mut self, handle: &str) {
        self.handles.insert(handle.to_owned());
    }

    pub(super) fn stranger(&mut self, prng: &mut Prng) -> Person {
        let firsts: Vec<&str> = FIRST_NAMES.split_whitespace().collect();
        let lasts: Vec<&str> = LAST_NAMES.split_whitespace().collect();
        let (first, last) = (prng.pick_str(&firsts), prng.pick_str(&lasts));
        let number = prng.below(90) + 10;
        let (handle, name) = match prng.below(6) {
            0 => (format!("{first}{number}"), first.to_owned()),
            1 => (format!("{first}.{last}"), format!("{first} {last}")),
            2 => (format!("{last}_{first}"), format!("{first} {}.", &last[..1])),
            3 => (format!("the_{first}"), format!("✨ {first} ✨")),
            4 => (format!("{first}{last}"), format!("{first} {last}")),
            _ => (format!("{first}_{last}"), format!("{first} {last}")),
        };
        let mut handle = plain_letters(&handle);
        while !self.handles.insert(handle.clone()) {
            handle += &prng.below(10).to_string();
        }
        let fame = prng.below(6);
        let followers = (20 + prng.below(40 << fame)) as u32;
        Person { handle, name, followers, manner: prng.below(5) }
    }
}

impl Person {
    /// Someone who is known by a first name.
    pub(super) fn neighbour(first: &str, prng: &mut Prng) -> Self {
        let handle = plain_letters(first);
        Self { handle, name: first.to_owned(), followers: 40 + prng.below(360) as u32, manner: 0 }
    }

    /// What this person makes of a line: some write no capitals, some no full stop, some shout.
    pub(super) fn in_own_manner(&self, line: String) -> String {
        match self.manner {
            1 => line.to_lowercase(),
            2 => line.trim_end_matches('.').to_owned(),
            3 if line.ends_with('!') => line + "!!",
            4 if line.len() < 40 => line + "…",
            _ => line,
        }
    }
}

/// Lower case without accents, as handles are.
pub(super) fn plain_letters(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .map(|letter| match letter {
            'à' | 'â' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' => 'o',
            'ç' => 'c',
            other => other,
        })
        .collect()
}
