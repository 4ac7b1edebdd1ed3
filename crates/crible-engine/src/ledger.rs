//! Which pages are under way, and which are done with.

use std::collections::VecDeque;

/// A page of a source: the source's place in the pipeline and the page's number, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageId {
    pub(crate) source: usize,
    pub(crate) number: u64,
}

/// Every page that was read and is not resolved yet. A page is resolved when each of its messages was
/// dropped, is held by the engine, lies in the dead letters, or was taken by every sink it goes to.
#[derive(Debug)]
pub(crate) struct Ledger {
    sources: Vec<Open>,
    in_flight: u64,
}

/// One source's pages: those from `first` on, as they were read.
#[derive(Debug, Default)]
struct Open {
    first: u64,
    pages: VecDeque<Page>,
}

#[derive(Debug)]
struct Page {
    rows: u64,
    /// How many still work on it.
    hands: u32,
}

impl Ledger {
    pub(crate) fn new(sources: usize) -> Self {
        Self { sources: (0..sources).map(|_| Open::default()).collect(), in_flight: 0 }
    }

    /// A page enters, in the hands of whoever read it.
    pub(crate) fn enter(&mut self, source: usize, rows: u64) -> PageId {
        let open = &mut self.sources[source];
        open.pages.push_back(Page { rows, hands: 1 });
        self.in_flight += rows;
        PageId { source, number: open.first + open.pages.len() as u64 - 1 }
    }

    /// The page is in so many hands more.
    pub(crate) fn share(&mut self, page: PageId, hands: u32) {
        if let Some(page) = self.page(page) {
            page.hands += hands;
        }
    }

    /// One of the hands is done with the page.
    pub(crate) fn settle(&mut self, page: PageId) {
        if let Some(page) = self.page(page) {
            page.hands = page.hands.saturating_sub(1);
        }
        let open = &mut self.sources[page.source];
        while let Some(done) = open.pages.pop_front_if(|page| page.hands == 0) {
            open.first += 1;
            self.in_flight -= done.rows;
        }
    }

    fn page(&mut self, page: PageId) -> Option<&mut Page> {
        let open = &mut self.sources[page.source];
        open.pages.get_mut(page.number.checked_sub(open.first)? as usize)
    }

    /// How many messages are under way: those of pages that are not resolved, or that a page in front
    /// of which is not.
    pub(crate) fn in_flight(&self) -> u64 {
        self.in_flight
    }

    /// The low-water mark: every page of the source with a smaller number is resolved.
    pub(crate) fn resolved(&self, source: usize) -> u64 {
        self.sources[source].first
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_mark_waits_for_the_slowest_page() {
        let mut ledger = Ledger::new(1);
        let pages: Vec<PageId> = (0..3).map(|_| ledger.enter(0, 10)).collect();
        ledger.settle(pages[1]);
        ledger.settle(pages[2]);
        assert_eq!((ledger.resolved(0), ledger.in_flight()), (0, 30));
        ledger.settle(pages[0]);
        assert_eq!((ledger.resolved(0), ledger.in_flight()), (3, 0));
    }

    proptest! {
        /// Whatever the order of hands and sources, the mark is the first page that any hand still holds.
        #[test]
        fn the_mark_is_the_first_open_page(steps in prop::collection::vec((0usize..3, 0u8..3, any::<prop::sample::Index>()), 0..200)) {
            let mut ledger = Ledger::new(3);
            let mut model: [BTreeMap<u64, u32>; 3] = Default::default();
            for (source, step, pick) in steps {
                let open: Vec<u64> = model[source].iter().filter(|(_, hands)| **hands > 0).map(|(page, _)| *page).collect();
                if step == 0 || open.is_empty() {
                    let page = ledger.enter(source, 5);
                    prop_assert_eq!(page.number, model[source].len() as u64);
                    model[source].insert(page.number, 1);
                } else {
                    let number = *pick.get(&open);
                    let hands = model[source].get_mut(&number).unwrap();
                    if step == 1 {
                        ledger.share(PageId { source, number }, 2);
                        *hands += 2;
                    } else {
                        ledger.settle(PageId { source, number });
                        *hands -= 1;
                    }
                }
                for (source, pages) in model.iter().enumerate() {
                    let first = pages.iter().find(|(_, hands)| **hands > 0).map_or(pages.len() as u64, |(page, _)| *page);
                    prop_assert_eq!(ledger.resolved(source), first);
                }
                let under_way: u64 = model.iter().enumerate().map(|(s, pages)| 5 * (pages.len() as u64 - ledger.resolved(s))).sum();
                prop_assert_eq!(ledger.in_flight(), under_way);
            }
        }
    }
}
