//! The words that phrases begin with: most words of a message are none of them.

/// How many places of the table there are at least for each word, so that most other words find theirs empty.
const ROOM: usize = 4;

/// For each of three roots, where a word leads to; 0 where it leads nowhere.
pub(crate) type Nodes = [u32; 3];

/// Where the words that phrases begin with lead to.
#[derive(Default)]
pub(crate) struct Openings {
    words: Vec<(u64, Nodes)>,
    /// At the place that a word's hash tells, or the next free one behind: 1 more than its index, 0 where none is.
    places: Vec<u32>,
}

impl Openings {
    /// Where a word leads to, by its hash.
    #[inline]
    pub(crate) fn get(&self, word: u64) -> Option<&Nodes> {
        self.index(word).and_then(|index| self.words.get(index)).map(|(_, nodes)| nodes)
    }

    #[inline]
    fn index(&self, word: u64) -> Option<usize> {
        let mut place = self.place(word);
        loop {
            let index = (*self.places.get(place)? as usize).checked_sub(1)?;
            if self.words.get(index)?.0 == word {
                return Some(index);
            }
            place = self.behind(place);
        }
    }

    /// Have a word lead to a node from one of the roots.
    pub(crate) fn insert(&mut self, word: u64, root: usize, node: u32) {
        if let Some(index) = self.index(word) {
            self.words[index].1[root] = node;
            return;
        }
        let mut nodes = Nodes::default();
        nodes[root] = node;
        self.words.push((word, nodes));
        if self.words.len() * ROOM <= self.places.len() {
            self.set_place(self.words.len() - 1);
        } else {
            self.places = vec![0; (self.words.len() * ROOM).next_power_of_two()];
            (0..self.words.len()).for_each(|index| self.set_place(index));
        }
    }

    fn set_place(&mut self, index: usize) {
        let mut place = self.place(self.words[index].0);
        while self.places[place] != 0 {
            place = self.behind(place);
        }
        self.places[place] = index as u32 + 1;
    }

    #[inline]
    fn place(&self, word: u64) -> usize {
        (word >> 32) as usize & self.places.len().wrapping_sub(1)
    }

    #[inline]
    fn behind(&self, place: usize) -> usize {
        (place + 1) & self.places.len().wrapping_sub(1)
    }
}
