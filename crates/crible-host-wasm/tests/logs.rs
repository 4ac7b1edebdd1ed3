//! What a guest says reaches the log under its stage's name, and no guest floods it.
#![allow(clippy::unwrap_used)] // Helpers of tests too.

mod lent;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crible_core::{Filter, Rows, Verdicts};
use crible_host_wasm::{HostOptions, Limits, StageOptions, WasmHost};
use crible_testkit::guests;

/// What was logged, a line each.
#[derive(Clone, Default)]
struct Logged(Arc<Mutex<Vec<u8>>>);

impl Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is logged while this is done.
fn logged(work: impl FnOnce()) -> Vec<String> {
    let log = Logged::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .without_time()
        .with_target(false)
        .finish();
    tracing::subscriber::with_default(subscriber, work);
    let bytes = log.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap().lines().map(|line| line.trim().to_owned()).collect()
}

fn filter(work: &str, log_per_second: u32) -> Box<dyn Filter> {
    made(&guests::filter(work), log_per_second)
}

fn made(guest: &[u8], log_per_second: u32) -> Box<dyn Filter> {
    let plugin = WasmHost::new(HostOptions::default()).load("talker", guest).unwrap();
    let limits = Limits { log_per_second, time: Duration::from_millis(1500), ..Limits::default() };
    plugin.filter(&StageOptions { id: "thèmes".into(), limits }, "{}", None).unwrap()
}

/// Judge a message; whether that went well.
fn judge(filter: &mut dyn Filter) -> bool {
    let live = lent::live(&["été"]);
    let mut out = Verdicts::default();
    out.start(1);
    filter.judge(&Rows::new(&live), &mut out).is_ok()
}

const LINE: &str = "INFO j stage=\"thèmes\"";

#[test]
fn what_is_above_the_limit_is_counted() {
    let lines = logged(|| assert!(judge(&mut *filter("chatty", 10))));
    assert_eq!(lines.len(), 11, "{lines:?}");
    assert!(lines[..10].iter().all(|line| line == LINE), "{lines:?}");
    assert_eq!(lines[10], "WARN and 990 more stage=\"thèmes\"");
}

#[test]
fn the_limit_is_the_configs() {
    let lines = logged(|| assert!(judge(&mut *filter("chatty", 0))));
    assert_eq!(lines, ["WARN and 1000 more stage=\"thèmes\""]);
    let lines = logged(|| assert!(judge(&mut *filter("chatty", 5000))));
    assert_eq!(lines, vec![LINE; 1000]);
}

#[test]
fn the_limit_is_one_a_second_and_not_one_a_call() {
    let lines = logged(|| {
        let mut filter = filter("chatty", 10);
        let start = Instant::now();
        while start.elapsed() < Duration::from_millis(300) {
            assert!(judge(&mut *filter));
        }
        std::thread::sleep(Duration::from_millis(1100));
        assert!(judge(&mut *filter));
    });
    let said = lines.iter().filter(|line| *line == LINE).count();
    // On a machine that stood still for a while it may be a second more.
    assert!(said == 20 || said == 30, "{said}: {lines:?}");
    let unsaid: Vec<&String> = lines.iter().filter(|line| line.starts_with("WARN and ")).collect();
    assert!(unsaid.len() >= 2, "each second ends with how much was not said: {lines:?}");
}

#[test]
fn who_takes_the_place_of_a_lost_instance_does_not_begin_to_count_anew() {
    let plugin = WasmHost::new(HostOptions::default()).load("panic", &guests::filter("panic")).unwrap();
    let limits = Limits { log_per_second: 4, ..Limits::default() };
    let stage = StageOptions { id: "thèmes".into(), limits };
    let start = Instant::now();
    let lines = logged(|| {
        let mut filter = plugin.filter(&stage, "{}", None).unwrap();
        for _ in 0..100 {
            assert!(!judge(&mut *filter));
            filter = plugin.filter(&stage, "{}", None).unwrap();
        }
    });
    let said = lines.iter().filter(|line| line.contains("panicked at")).count();
    assert!((4..=4 * (start.elapsed().as_secs() as usize + 1)).contains(&said), "{lines:?}");
    assert!(lines.last().unwrap().starts_with("WARN and "), "{lines:?}");
}

#[test]
fn a_guest_that_never_stops_talking_is_ended_and_does_not_flood() {
    let start = Instant::now();
    let lines = logged(|| assert!(!judge(&mut *filter("endless-log", 10))));
    let most = 10 * (start.elapsed().as_secs() as usize + 1);
    assert!((11..=most + 3).contains(&lines.len()), "{} lines", lines.len());
}

#[test]
fn a_line_without_end_is_cut_between_two_characters() {
    let lines = logged(|| assert!(judge(&mut *filter("long-line", 10))));
    assert_eq!(lines, [format!("INFO j{} stage=\"thèmes\"", "é".repeat(2047))]);
}

#[test]
fn what_an_ordinary_program_prints_is_heard() {
    let lines = logged(|| assert!(judge(&mut *made(&guests::wasi_filter("print"), 10))));
    assert_eq!(lines, ["INFO oui stage=\"thèmes\""]);
}
