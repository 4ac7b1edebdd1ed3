//! Counting, for the report.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crible_core::{Index, Kind};
use hashbrown::HashMap;

use crate::{Pipeline, ReasonReport, StageReport};

/// How many different subjects are counted exactly for one reason before the rarest give way.
const ABOUTS: usize = 512;
/// How many different reasons are counted for one stage; any further one counts as the last of these.
const REASONS: usize = 64;
const OTHER: &str = "other reasons";

/// What all stages have done so far.
#[derive(Debug)]
pub(crate) struct Tallies(Mutex<Vec<Tally>>);

/// What one stage has done so far.
#[derive(Debug)]
pub(crate) struct Tally {
    pub(crate) report: StageReport,
    reasons: HashMap<String, Reason>,
}

#[derive(Debug, Default)]
struct Reason {
    count: u64,
    abouts: HashMap<String, u64>,
}

impl Tallies {
    pub(crate) fn new(pipeline: &Pipeline) -> Self {
        let sources = pipeline.sources.iter().map(|stage| Tally::new(&stage.id, Kind::Source));
        let filters = pipeline.filters.iter().map(|stage| Tally::new(&stage.id, Kind::Filter));
        let sinks = pipeline.sinks.iter().map(|stage| Tally::new(&stage.id, Kind::Sink));
        Self(Mutex::new(sources.chain(filters).chain(sinks).collect()))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Tally>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Count something of the stage at this place: sources first, then filters, then sinks.
    pub(crate) fn count(&self, stage: usize, count: impl FnOnce(&mut Tally)) {
        count(&mut self.lock()[stage]);
    }

    /// Whether any stage holds anything.
    pub(crate) fn holds(&self) -> bool {
        self.lock().iter().any(|tally| tally.report.held > 0)
    }

    pub(crate) fn reports(&self) -> Vec<StageReport> {
        self.lock().iter().map(Tally::report).collect()
    }
}

impl Tally {
    fn new(id: &str, kind: Kind) -> Self {
        Self { report: StageReport::new(id, kind), reasons: HashMap::new() }
    }

    /// Count why a row was dropped.
    pub(crate) fn dropped(&mut self, because: &str, about: &str) {
        self.report.dropped += 1;
        reason(&mut self.reasons, because).add(about);
    }

    /// Count why rows were dropped, by the indexes of one answer.
    pub(crate) fn dropped_rows(
        &mut self,
        rows: impl Iterator<Item = usize>,
        reasons: &Index,
        abouts: &Index,
    ) {
        // Rows that follow each other mostly have the same reason: it is looked up when it changes.
        let mut run: Option<(u16, &mut Reason)> = None;
        let mut dropped = 0;
        for row in rows {
            let index = reasons.of.get(row).copied().unwrap_or_default();
            if run.as_ref().is_none_or(|(of, _)| *of != index) {
                run = Some((index, reason(&mut self.reasons, reasons.table.get(index))));
            }
            if let Some((_, reason)) = &mut run {
                reason.add(abouts.get(row));
            }
            dropped += 1;
        }
        self.report.dropped += dropped;
    }

    fn report(&self) -> StageReport {
        let mut reasons: Vec<ReasonReport> =
            self.reasons.iter().map(|(name, counted)| counted.report(name)).collect();
        reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
        StageReport { reasons, ..self.report.clone() }
    }
}

/// What is counted for a reason.
fn reason<'a>(reasons: &'a mut HashMap<String, Reason>, name: &str) -> &'a mut Reason {
    let known = reasons.len() < REASONS || reasons.contains_key(name);
    reasons.entry_ref(if known { name } else { OTHER }).or_default()
}

impl Reason {
    /// Count a subject. When there are too many, all are counted down and those at nothing forgotten,
    /// which keeps the frequent ones with a count that is at most too low by the share of one in
    /// `ABOUTS` (Misra and Gries, "Finding repeated elements", 1982).
    fn add(&mut self, about: &str) {
        self.count += 1;
        if about.is_empty() {
            return;
        }
        if let Some(count) = self.abouts.get_mut(about) {
            *count += 1;
        } else if self.abouts.len() < ABOUTS {
            self.abouts.insert(about.to_owned(), 1);
        } else {
            self.abouts.retain(|_, count| {
                *count -= 1;
                *count > 0
            });
        }
    }

    fn report(&self, reason: &str) -> ReasonReport {
        let mut abouts: Vec<(String, u64)> =
            self.abouts.iter().map(|(about, count)| (about.clone(), *count)).collect();
        abouts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        abouts.truncate(10);
        ReasonReport { reason: reason.to_owned(), count: self.count, abouts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_floods_is_found_among_many() {
        let mut tally = Tally::new("flood", Kind::Filter);
        for message in 0..20_000 {
            tally.dropped("too many", &format!("author {message}"));
            if message % 4 == 0 {
                tally.dropped("too many", "flooder");
            }
        }
        let report = tally.report();
        assert_eq!(report.dropped, 25_000);
        assert_eq!(report.reasons[0].count, 25_000);
        let (about, count) = &report.reasons[0].abouts[0];
        assert_eq!(about, "flooder");
        assert!((4_900..=5_000).contains(count), "{count}");
    }

    #[test]
    fn reasons_are_bounded() {
        let mut tally = Tally::new("flood", Kind::Filter);
        (0..1000).for_each(|n| tally.dropped(&format!("reason {n}"), ""));
        let report = tally.report();
        assert_eq!(report.reasons[0], ReasonReport { reason: OTHER.into(), count: 936, abouts: vec![] });
        assert_eq!(report.reasons.iter().map(|reason| reason.count).sum::<u64>(), 1000);
    }
}
