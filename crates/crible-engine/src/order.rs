//! What runs through the filters: orders, in the one order that the sequencer gives them.

use std::sync::atomic::Ordering;

use crible_core::{Live, Occasion};
use crossbeam_channel::Sender;

use crate::ledger::PageId;
use crate::pipeline::Node;
use crate::shared::{Cut, Event, Shared, ToSink};

/// What runs through the filters. Each filter does its part and hands it on, so that a cut lies between
/// the same messages everywhere.
pub(crate) enum Order {
    /// Rows of a source's page, or rows that a filter released.
    Rows { flows: Flows, page: Option<PageId> },
    /// Each filter is asked for what it holds.
    Release { occasion: Occasion, now: i64 },
    /// Each filter adds what it must remember.
    Cut(Cut),
    /// The run has ended and will not be resumed.
    Finish,
}

/// The flows of one batch: what leaves a source and each filter so far.
pub(crate) struct Flows {
    source: Option<(usize, Live)>,
    filters: Vec<Option<Live>>,
}

impl Flows {
    /// What leaves a source of a pipeline with so many filters.
    pub(crate) fn from_source(source: usize, live: Live, filters: usize) -> Self {
        Self { source: Some((source, live)), filters: vec![None; filters] }
    }

    /// What leaves a filter that had held it.
    pub(crate) fn from_filter(filter: usize, live: Live, filters: usize) -> Self {
        let mut flows = Self { source: None, filters: vec![None; filters] };
        flows.leave(filter, live);
        flows
    }

    /// These rows leave a filter.
    pub(crate) fn leave(&mut self, filter: usize, live: Live) {
        self.filters[filter] = Some(live).filter(|live| !live.is_empty());
    }

    /// What arrives where several nodes meet; absent where nothing does.
    pub(crate) fn met(&self, from: &[Node]) -> Option<Live> {
        let mut flows = from.iter().filter_map(|&node| self.of(node));
        let first = flows.next()?.clone();
        Some(flows.fold(first, |met, flow| met.joined(flow))).filter(|live| !live.is_empty())
    }

    fn of(&self, node: Node) -> Option<&Live> {
        match node {
            Node::Source(source) => {
                self.source.as_ref().filter(|(of, _)| *of == source).map(|(_, live)| live)
            }
            Node::Filter(filter) => self.filters[filter].as_ref(),
        }
    }
}

/// Where orders go on to.
pub(crate) enum Onward<'a> {
    Filter(Sender<Order>),
    Sinks(ToSinks<'a>),
}

impl Onward<'_> {
    /// Hand an order on. Who takes none any more has failed, and the run with it.
    pub(crate) fn send(&self, order: Order) {
        match self {
            Onward::Filter(filter) => {
                let _ = filter.send(order);
            }
            Onward::Sinks(sinks) => sinks.send(order),
        }
    }
}

/// The end of the filters: rows go to the sinks that take them, cuts to all.
pub(crate) struct ToSinks<'a> {
    /// What each sink takes from, and where it hears of it.
    pub(crate) sinks: Vec<(Vec<Node>, Sender<ToSink>)>,
    pub(crate) shared: &'a Shared,
    pub(crate) events: Sender<Event>,
}

impl ToSinks<'_> {
    fn send(&self, order: Order) {
        match order {
            Order::Rows { flows, page } => {
                for (from, sink) in &self.sinks {
                    let Some(live) = flows.met(from) else { continue };
                    page.into_iter().for_each(|page| self.shared.ledger().share(page, 1));
                    let _ = sink.send(ToSink::Deliver { live, page });
                }
                page.into_iter().for_each(|page| self.shared.settle(page));
            }
            Order::Release { .. } => {}
            Order::Cut(cut) => {
                let number = cut.number;
                let _ = self.events.send(Event::Cut(cut));
                self.tell_all(|| ToSink::Cut(number));
            }
            Order::Finish if self.shared.abort.load(Ordering::Relaxed) => {}
            Order::Finish => self.tell_all(|| ToSink::Finish),
        }
    }

    fn tell_all(&self, order: impl Fn() -> ToSink) {
        for (_, sink) in &self.sinks {
            let _ = sink.send(order());
        }
    }
}
