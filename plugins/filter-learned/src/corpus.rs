//! The examples as numbers: each message's features, label and group, one after the other.

use std::collections::HashMap;

use crate::features::{FORMS, Features};
use crate::sample::Sample;

/// How many good and how many bad examples a group needs to be looked at by itself.
const ENOUGH: usize = 30;
/// How many groups are looked at by themselves.
const MOST_GROUPS: usize = 31;

/// For each row, the places of the features that it has.
#[derive(Default)]
pub(crate) struct Column {
    places: Vec<u32>,
    ends: Vec<usize>,
}

impl Column {
    fn push(&mut self, places: impl Iterator<Item = u32>) {
        self.places.extend(places);
        self.ends.push(self.places.len());
    }

    pub(crate) fn of(&self, row: usize) -> &[u32] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.places[start..self.ends[row]]
    }
}

/// The examples, as rows.
#[derive(Default)]
pub(crate) struct Corpus {
    pub(crate) words: Column,
    pub(crate) letters: Column,
    pub(crate) topics: Column,
    pub(crate) forms: Vec<[f32; FORMS]>,
    pub(crate) good: Vec<bool>,
    groups: Vec<usize>,
    names: HashMap<String, usize>,
}

impl Corpus {
    /// Add a row.
    pub(crate) fn push(&mut self, features: &mut Features, sample: &Sample<'_>, good: bool, group: &str) {
        features.read(sample);
        self.words.push(features.words());
        self.letters.push(features.letters());
        self.topics.push(features.topics());
        self.forms.push(features.form);
        self.good.push(good);
        let next = self.names.len();
        let group = match self.names.get(group) {
            Some(&known) => known,
            None => *self.names.entry(group.to_owned()).or_insert(next),
        };
        self.groups.push(group);
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.good.len()
    }

    /// The group of each row among those that have enough rows of both kinds; the others are one together.
    pub(crate) fn groups(&self) -> Groups {
        let mut rows = vec![[0; 2]; self.names.len()];
        for (&group, &good) in self.groups.iter().zip(&self.good) {
            rows[group][usize::from(good)] += 1;
        }
        let mut large: Vec<usize> =
            (0..rows.len()).filter(|&group| rows[group].iter().all(|&rows| rows >= ENOUGH)).collect();
        large.sort_by_key(|&group| std::cmp::Reverse(rows[group][0].min(rows[group][1])));
        large.truncate(MOST_GROUPS);
        let mut number = vec![large.len(); rows.len()];
        large.iter().enumerate().for_each(|(at, &group)| number[group] = at);
        let of: Vec<usize> = self.groups.iter().map(|&group| number[group]).collect();
        let count = of.iter().max().map_or(0, |&last| last + 1);
        Groups { of, count }
    }
}

/// Which group each row is in.
pub(crate) struct Groups {
    pub(crate) of: Vec<usize>,
    pub(crate) count: usize,
}

impl Groups {
    /// All rows in one group.
    pub(crate) fn one(rows: usize) -> Self {
        Self { of: vec![0; rows], count: 1 }
    }
}
