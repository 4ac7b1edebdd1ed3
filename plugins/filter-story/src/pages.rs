//! What stories keep in a queue: added behind, forgotten in front, in pages of memory that are used again.

use std::collections::VecDeque;

/// How much a page holds.
const PAGE: usize = 1 << 14;

/// Where something begins: counted from the beginning of time. It wraps.
pub(crate) type Place = u32;

/// A queue of slices, each in one piece.
pub(crate) struct Pages<T> {
    pages: VecDeque<Vec<T>>,
    /// Where the first page begins.
    first: Place,
    /// A page that can be used again.
    spare: Vec<T>,
}

impl<T> Default for Pages<T> {
    fn default() -> Self {
        Self { pages: VecDeque::new(), first: 0, spare: Vec::new() }
    }
}

impl<T: Copy> Pages<T> {
    /// Add what is less than a page: have it written behind the last page, and say where it begins.
    pub(crate) fn add(&mut self, len: usize, write: impl FnOnce(&mut Vec<T>)) -> Place {
        let full = self.pages.back().is_none_or(|last| last.len() + len > PAGE);
        if full {
            let mut page = std::mem::take(&mut self.spare);
            page.clear();
            page.reserve_exact(PAGE);
            self.pages.push_back(page);
        }
        let before = (self.pages.len() - 1) * PAGE;
        let Some(last) = self.pages.back_mut() else { return self.first };
        let place = self.first.wrapping_add((before + last.len()) as u32);
        write(last);
        place
    }

    /// What begins at a place.
    #[inline]
    pub(crate) fn get(&self, place: Place, len: usize) -> &[T] {
        let at = place.wrapping_sub(self.first) as usize;
        let page = self.pages.get(at / PAGE).map_or(&[][..], Vec::as_slice);
        page.get(at % PAGE..at % PAGE + len).unwrap_or_default()
    }

    /// What lies before a place is forgotten.
    pub(crate) fn forget_before(&mut self, place: Place) {
        while place.wrapping_sub(self.first) as usize >= PAGE
            && let Some(page) = self.pages.pop_front()
        {
            self.first = self.first.wrapping_add(PAGE as u32);
            self.spare = page;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_there_until_it_is_forgotten() {
        let mut pages = Pages::default();
        let slice = |number: u32| vec![number; number as usize % 100];
        let mut places = VecDeque::new();
        for number in 0..20_000 {
            places.push_back(pages.add(slice(number).len(), |page| page.extend(slice(number))));
            if number >= 1_000 {
                places.pop_front();
                pages.forget_before(places[0]);
                let oldest = number - 999;
                assert_eq!(pages.get(places[0], slice(oldest).len()), slice(oldest));
            }
        }
        assert!(pages.pages.len() < 6);
    }
}
