//! The line on the terminal that says how far a run is.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crible::{Kind, Report};

use crate::language::Language;
use crate::output;
use crate::sentences;
use crate::wrap::fit;

/// How often the line is drawn.
const OFTEN: Duration = Duration::from_millis(200);
/// Move to the start of the line and clear it.
const CLEAR: &[u8] = b"\r\x1b[K";

/// Whether the line stands on the terminal, so that others clear it before they write.
static STANDS: AtomicBool = AtomicBool::new(false);

/// What to write before anything else is written to standard error.
pub(crate) fn clearing() -> &'static [u8] {
    if STANDS.swap(false, Ordering::Relaxed) { CLEAR } else { b"" }
}

/// The line on the terminal that says how far a run is.
pub(crate) struct LiveLine {
    /// Absent where there is no terminal for it.
    drawn: Option<Drawn>,
    language: Language,
}

struct Drawn {
    last: Instant,
    read: u64,
}

impl LiveLine {
    /// A line where standard error is a terminal that can take it away again; `disturbs` where messages are
    /// printed to the same one.
    pub(crate) fn new(disturbs: bool, language: Language) -> Self {
        let wanted = !disturbs && io::stderr().is_terminal() && !output::is_dumb();
        Self { drawn: wanted.then(|| Drawn { last: Instant::now(), read: 0 }), language }
    }

    /// Draw it again, if it is time.
    pub(crate) fn draw(&mut self, report: impl FnOnce() -> Report) {
        let Some(drawn) = &mut self.drawn else { return };
        let since = drawn.last.elapsed();
        if since < OFTEN {
            return;
        }
        let now = Progress::of(&report());
        let rate = crate::figures::rate(now.read.saturating_sub(drawn.read), since, self.language);
        (drawn.last, drawn.read) = (Instant::now(), now.read);
        let line =
            fit(&sentences::progress(&now, &rate, self.language), output::width_of_stderr().max(2) - 1);
        let mut out = io::stderr().lock();
        // A terminal that went away is no reason to stop.
        let _ = out.write_all(CLEAR).and_then(|()| out.write_all(line.as_bytes())).and_then(|()| out.flush());
        STANDS.store(true, Ordering::Relaxed);
    }
}

/// Take the line away.
pub(crate) fn clear() {
    let mut out = io::stderr().lock();
    let _ = out.write_all(clearing()).and_then(|()| out.flush());
}

/// How far a run is.
pub(crate) struct Progress {
    pub(crate) read: u64,
    pub(crate) delivered: u64,
    pub(crate) dropped: u64,
    pub(crate) held: u64,
    pub(crate) in_flight: u64,
}

impl Progress {
    pub(crate) fn of(report: &Report) -> Self {
        let sum = |kind, of: fn(&crible::StageReport) -> u64| {
            report.stages.iter().filter(|stage| stage.kind == kind).map(of).sum()
        };
        Self {
            read: sum(Kind::Source, |stage| stage.received),
            delivered: sum(Kind::Sink, |stage| stage.kept),
            dropped: sum(Kind::Filter, |stage| stage.dropped),
            held: sum(Kind::Filter, |stage| stage.held),
            in_flight: report.in_flight,
        }
    }
}
