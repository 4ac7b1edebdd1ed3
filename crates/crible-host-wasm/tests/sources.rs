//! Sources: columns that come from a guest, and files that are lent to it.
#![allow(clippy::unwrap_used)] // Helpers of tests too.

mod lent;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crible_core::{ErrorKind, Next, Page, Source, StageError};
use crible_host_wasm::{HostOptions, Limits, StageOptions, WasmHost};
use crible_testkit::guests;
use lent::files::Files;

fn source(work: &str, files: Files) -> Box<dyn Source> {
    let plugin = WasmHost::new(HostOptions::default()).load(work, &guests::source(work)).unwrap();
    let limits = Limits { time: Duration::from_millis(50), ..Limits::default() };
    let stage = StageOptions { id: "timeline".into(), limits };
    plugin.source(&stage, "{}", None, Arc::new(files)).unwrap()
}

fn read(work: &str, files: Files) -> Result<Page, StageError> {
    let mut page = Page::default();
    source(work, files).read(256, &mut page).map(|()| page)
}

fn granted() -> Files {
    Files { contents: [("a-file".into(), "été non🙃!".into())].into(), ..Files::default() }
}

#[test]
fn a_page_has_what_the_file_says_and_the_file_is_closed() {
    let files = Files { contents: [("a-file".into(), b"onetwofour".to_vec())].into(), ..Files::default() };
    let open = Arc::clone(&files.open);
    let mut page = read("reads-a-file", files).unwrap();
    let batch = page.take_batch();
    let texts: Vec<String> = (0..batch.len()).map(|row| batch.message(row).text).collect();
    assert_eq!(texts, ["onet", "wofo", "ur"]);
    assert_eq!(page.next, Next::End);
    assert_eq!(open.load(Ordering::SeqCst), 0);
}

#[test]
fn what_was_not_granted_is_an_error_and_no_fault() {
    let error = read("reads-a-file", Files::default()).unwrap_err();
    assert_eq!((error.kind, error.message.as_str()), (ErrorKind::Failed, "a-file was not granted"));
}

#[test]
fn waiting_for_a_pipe_does_not_count_as_the_guests_time() {
    let contents = granted().contents;
    let slow = Files { contents, delay: Duration::from_millis(200), ..Files::default() };
    // Whatever the column is: the time was not up.
    let said = read("reads-a-file", slow).err().map(|error| error.message).unwrap_or_default();
    assert!(!said.contains("longer"), "{said}");
}

#[test]
fn columns_that_are_none() {
    let fault = |work| {
        let error = read(work, granted()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Fault);
        error.message
    };
    assert_eq!(fault("too-many"), "it read 1000 messages where at most 256 were asked for");
    assert!(fault("torn-column").starts_with("its column of text is none: the end of row 0"));
    assert_eq!(fault("uneven-columns"), "it answered with 3 values of text and 2 of likes");
    assert!(fault("unknown-field").starts_with("it set `likes`, which is no text field of a message"));
    // The ends cut a character in two: the file is UTF-8, but not of these lengths.
    let cut = Files { contents: [("a-file".into(), "aaaé🙃aa".into())].into(), ..Files::default() };
    let said = read("reads-a-file", cut).unwrap_err().message;
    assert!(said.contains("cuts a character in two"), "{said}");
}
