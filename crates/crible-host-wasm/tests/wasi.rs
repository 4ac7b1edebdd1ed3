//! WASI is there, so that ordinary programs start, and grants nothing: who waits is ended, who looks around
//! finds nothing.
#![allow(clippy::unwrap_used)] // Helpers of tests too.

mod lent;

use std::time::{Duration, Instant};

use crible_core::{ErrorKind, Rows, StageError, Verdict, Verdicts};
use crible_host_wasm::{HostOptions, Plugin, StageOptions, WasmHost};
use crible_testkit::guests;

fn plugin(work: &str) -> Plugin {
    WasmHost::new(HostOptions::default()).load(work, &guests::wasi_filter(work)).unwrap()
}

fn judge(work: &str) -> Result<Verdict, StageError> {
    let mut filter = plugin(work).filter(&StageOptions::named("themes"), "{}", None).unwrap();
    let live = lent::live(&["été"]);
    let mut out = Verdicts::default();
    out.start(1);
    filter.judge(&Rows::new(&live), &mut out).map(|()| out.verdict(0))
}

#[test]
fn who_waits_is_ended_at_once() {
    for work in ["block", "poll", "block-on-stdin"] {
        let start = Instant::now();
        let error = judge(work).unwrap_err();
        assert_eq!((error.kind, error.message.as_str()), (ErrorKind::Fault, "it tried to sleep"), "{work}");
        assert!(error.hint.is_some_and(|hint| hint.contains("time comes with the messages")), "{work}");
        assert!(start.elapsed() < Duration::from_secs(30), "{work}");
    }
}

#[test]
fn who_looks_around_finds_nothing() {
    // Something to be found, if it could be.
    assert!(std::env::vars().next().is_some());
    for work in ["surroundings", "clocks", "read-stdin"] {
        assert_eq!(judge(work), Ok(Verdict::Drop), "{work}");
    }
}

#[test]
fn the_network_cannot_be_reached() {
    assert_eq!(judge("network"), Ok(Verdict::Drop));
}

#[test]
fn what_is_imported_of_it_can_be_seen() {
    let wasi = plugin("print").inspect().wasi.clone();
    assert!(wasi.iter().any(|name| name.starts_with("wasi:sockets/tcp@0.2")), "{wasi:?}");
}
