//! What people are told when a guest misbehaves.
#![allow(clippy::unwrap_used)] // Helpers of tests too.

mod lent;

use std::time::Duration;

use crible_core::{ErrorKind, Filter, Rows, StageError, Verdict, Verdicts};
use crible_host_wasm::{HostOptions, Limits, StageOptions, WasmHost};
use crible_testkit::guests;

fn stage() -> StageOptions {
    let limits = Limits { time: Duration::from_millis(200), answer: 1 << 20, ..Limits::default() };
    StageOptions { id: "themes".into(), limits }
}

fn filter(work: &str) -> Box<dyn Filter> {
    let plugin = WasmHost::new(HostOptions::default()).load(work, &guests::filter(work)).unwrap();
    plugin.filter(&stage(), "{}", None).unwrap()
}

fn judge(filter: &mut dyn Filter, texts: &[&str]) -> Result<Verdicts, StageError> {
    let live = lent::live(texts);
    let mut out = Verdicts::default();
    out.start(texts.len());
    filter.judge(&Rows::new(&live), &mut out).map(|()| out)
}

/// The fault of a filter that does this, which it also answers with when it is asked again.
fn fault(work: &str) -> String {
    let mut filter = filter(work);
    let fault = judge(&mut *filter, &["été", "été"]).unwrap_err();
    assert_eq!(fault.kind, ErrorKind::Fault, "{fault}");
    assert_eq!(judge(&mut *filter, &["a"]).unwrap_err(), fault);
    assert_eq!(filter.snapshot().unwrap_err(), fault);
    fault.to_string()
}

#[test]
fn a_guest_that_behaves_judges_again_and_again() {
    let mut filter = filter("drop-short");
    for _ in 0..3 {
        let out = judge(&mut *filter, &["non", "été", "long enough", ""]).unwrap();
        let verdicts: Vec<Verdict> = (0..4).map(|row| out.verdict(row)).collect();
        assert_eq!(verdicts, [Verdict::Drop, Verdict::Keep, Verdict::Keep, Verdict::Drop]);
        assert_eq!(out.reasons.get(0), "it is short");
        assert_eq!(out.reasons.get(1), "");
    }
    assert_eq!(filter.snapshot().unwrap(), b"");
}

/// What is to be done where nobody but the plugin's author can do something.
const MEND: &str = "\n  this is a mistake in the plugin: tell its author, or try another version of it";

#[test]
fn a_trap() {
    assert_eq!(fault("trap"), format!("it trapped (unreachable){MEND}"));
}

#[test]
fn a_panic_is_told_in_its_own_words() {
    let said = "it trapped (unreachable): panicked at src/lib.rs:9:5: à court d'idées 🙃";
    assert_eq!(fault("panic"), format!("{said}{MEND}"));
}

#[test]
fn an_endless_loop_is_ended() {
    let said = fault("endless-loop");
    assert!(said.starts_with("it ran longer than 200ms\n"), "{said}");
    assert!(said.contains("`limits = { time = \"400ms\" }`"), "{said}");
}

#[test]
fn a_memory_bomb_meets_its_limit() {
    let said = fault("memory-bomb");
    assert!(said.starts_with("it wanted more than 64 MiB of memory\n"), "{said}");
    assert!(said.contains("`limits = { memory = \"128MiB\" }`"), "{said}");
}

#[test]
fn answers_that_do_not_fit_the_messages() {
    assert_eq!(fault("wrong-row-count"), format!("it answered with 3 verdicts for 2 messages{MEND}"));
    assert_eq!(fault("unknown-verdict"), format!("it answered with verdict 9; 3 is the last{MEND}"));
}

#[test]
fn a_huge_answer_meets_its_limit() {
    let said = fault("huge-answer");
    assert!(said.starts_with("it answered with more than 1 MiB\n"), "{said}");
    assert!(said.contains("`limits = { answer = \"2MiB\" }`"), "{said}");
}

#[test]
fn an_answer_that_is_small_for_the_guest_and_huge_for_the_host_meets_a_limit_too() {
    let said = fault("repeated-string");
    assert!(said.starts_with("it handed over more than 64 MiB at once"), "{said}");
}

#[test]
fn what_breaks_the_canonical_abi() {
    assert!(fault("string-out-of-bounds").starts_with("it broke the contract (string pointer/length"));
    assert!(fault("string-not-utf8").starts_with("it broke the contract (invalid utf-8"));
    assert!(fault("keeps-the-batch").starts_with("it broke the contract (borrow handles still remain"));
}

#[test]
fn without_interruption_a_guest_works_all_the_same() {
    let host = WasmHost::new(HostOptions::default());
    let plugin = host.load("drop-short", &guests::filter("drop-short")).unwrap();
    let limits = Limits { interrupt: false, ..Limits::default() };
    let stage = StageOptions { id: "trusted".into(), limits };
    let mut filter = plugin.filter(&stage, "{}", None).unwrap();
    assert_eq!(judge(&mut *filter, &["no"]).unwrap().verdict(0), Verdict::Drop);
}

#[test]
fn stages_of_one_plugin_share_nothing() {
    let plugin = WasmHost::new(HostOptions::default()).load("panic", &guests::filter("panic")).unwrap();
    let mut first = plugin.filter(&stage(), "{}", None).unwrap();
    judge(&mut *first, &["a"]).unwrap_err();
    let mut second = plugin.filter(&stage(), "{}", None).unwrap();
    assert!(second.snapshot().is_ok());
    assert!(first.snapshot().is_err());
}
