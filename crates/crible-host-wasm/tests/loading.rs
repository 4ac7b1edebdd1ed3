//! What people are told when a file is no plugin that can be loaded, and what a plugin says of itself.
#![allow(clippy::unwrap_used)] // Helpers of tests too.

mod lent;

use crible_core::{Kind, Streams};
use crible_host_wasm::{ConfigureError, HostOptions, StageOptions, WasmHost};
use crible_testkit::guests;
use crible_wit::WIT;

fn refusal(bytes: &[u8]) -> String {
    let loaded = WasmHost::new(HostOptions::default()).load("odd", bytes);
    loaded.err().unwrap().to_string()
}

/// The refusal of a filter of another contract.
fn refusal_of(wit: &str, text: &str) -> String {
    refusal(&guests::component("filter", wit, text))
}

#[test]
fn what_is_not_wasm_at_all() {
    let said = refusal("{\"texte\": \"où ?\"}\n".as_bytes());
    let first = "this is not a WASM component: it starts with “{\"texte\": \"où ?\"}”";
    assert!(said.starts_with(first), "{said}");
    assert!(refusal(b"").starts_with("this is not a WASM component: it is empty\n"));
    let said = refusal(b"\x7fELF\x02\x01\x01\0\0\0");
    assert!(said.contains("it starts with the bytes 7f 45 4c 46"), "{said}");
}

#[test]
fn a_core_module() {
    let said = refusal(&wat::parse_str("(module)").unwrap());
    assert!(said.starts_with("this is a core WASM module, not a component\n"), "{said}");
    assert!(said.contains("wasm-tools component new") && said.contains("wasm32-wasip2"), "{said}");
}

#[test]
fn a_component_that_was_cut_short() {
    let whole = guests::filter("keep");
    assert!(refusal(&whole[..whole.len() / 2]).starts_with("this component is broken: "));
}

#[test]
fn a_component_that_is_no_plugin() {
    let said = refusal(&wat::parse_str("(component)").unwrap());
    assert!(said.starts_with("this component is no plugin: it exports nothing\n"), "{said}");
    assert!(said.contains("`judge` (a filter)"), "{said}");
}

#[test]
fn an_export_that_is_missing() {
    let wit = WIT.replace("    export snapshot: func() -> result<list<u8>, string>;\n", "");
    let said = refusal_of(&wit, &guests::text("filter", "keep"));
    assert!(said.starts_with("it exports `judge` but not `snapshot`\n"), "{said}");
}

#[test]
fn an_export_of_another_type() {
    let wit = WIT.replace("export snapshot: func() -> result<list<u8>, string>;", "export snapshot: func();");
    let text = guests::text("filter", "keep");
    let text = text
        .replace("(func (export \"snapshot\") (result i32) (i32.const 64))", "(func (export \"snapshot\"))");
    let said = refusal_of(&wit, &text);
    let first = "its `snapshot` is not what the contract says: func() -> result<list<u8>, string>\n";
    assert!(said.starts_with(first), "{said}");
}

#[test]
fn another_version_of_the_contract() {
    let other = |text: &str| text.replace("@0.1.0", "@0.9.0");
    let said = refusal_of(&other(WIT), &other(&guests::text("filter", "keep")));
    let first = "this plugin was built against crible:plugin@0.9.0; this crible speaks 0.1.0\n";
    assert!(said.starts_with(first), "{said}");
}

#[test]
fn a_later_version_of_the_same_track_loads_unless_it_needs_what_is_new() {
    let later = |text: &str| text.replace("@0.1.0", "@0.1.7");
    let wit = later(WIT).replace("len: func() -> u32;", "len: func() -> u32; moods: func() -> u32;");
    let text = later(&guests::text("filter", "keep"));
    let bytes = guests::component("filter", &wit, &text);
    let plugin = WasmHost::new(HostOptions::default()).load("later", &bytes).unwrap();
    assert_eq!(plugin.inspect().contract, "0.1.7");

    let said = refusal_of(&wit, &text.replace("[method]batch.len", "[method]batch.moods"));
    assert!(said.starts_with("it imports `crible:plugin/messages@0.1.7`"), "{said}");
    assert!(said.contains("[method]batch.moods"), "{said}");
}

#[test]
fn an_import_that_the_host_does_not_have() {
    let wit = WIT.replace("world filter {", "interface web { fetch: func(); }\nworld filter { import web;");
    let text = guests::text("filter", "keep");
    let text = text.replacen("(module", "(module (import \"crible:plugin/web@0.1.0\" \"fetch\" (func))", 1);
    let said = refusal_of(&wit, &text);
    let first = "it imports `crible:plugin/web@0.1.0`: this crible does not have it\n";
    assert!(said.starts_with(first), "{said}");
}

#[test]
fn a_filter_that_wants_files() {
    let wit = WIT.replace("world filter {", "world filter { import streams;");
    let text = guests::text("filter", "keep");
    let import = "(module (import \"crible:plugin/streams@0.1.0\" \"identity\" (func (param i32 i32 i32)))";
    let said = refusal_of(&wit, &text.replacen("(module", import, 1));
    assert!(said.contains("a filter gets no files; only sources and sinks do"), "{said}");
}

#[test]
fn what_a_plugin_says_of_itself() {
    let bytes = guests::filter("keep");
    let plugin = WasmHost::new(HostOptions::default()).load("keep", &bytes).unwrap();
    assert_eq!((plugin.kind(), plugin.name()), (Kind::Filter, "keep"));
    assert_eq!(plugin.spec().unwrap().name, "misbehave");
    let inspection = plugin.inspect();
    assert_eq!(inspection.reads, ["len", "texts"]);
    assert_eq!(inspection.answers, ["outcomes", "reasons"]);
    assert!(!inspection.streams && inspection.wasi.is_empty());
    assert_eq!(inspection.size, bytes.len());
}

#[test]
fn a_filter_is_no_source() {
    let plugin = WasmHost::new(HostOptions::default()).load("keep", &guests::filter("keep")).unwrap();
    let streams: std::sync::Arc<dyn Streams> = std::sync::Arc::new(lent::files::Files::default());
    let Err(ConfigureError::Stage(error)) =
        plugin.source(&StageOptions::named("timeline"), "{}", None, streams)
    else {
        panic!("a filter was made a source")
    };
    assert_eq!(error.message, "`keep` is a filter, not a source");
}

#[test]
fn what_was_compiled_is_taken_from_the_cache() {
    let folder = tempfile::tempdir().unwrap();
    let options = HostOptions { cache: Some(folder.path().join("new/folder")) };
    let load = || WasmHost::new(options.clone()).load("keep", &guests::filter("keep"));
    load().unwrap();
    // The cache writes in a thread of its own.
    let kept = || walk(folder.path()) > 0;
    let start = std::time::Instant::now();
    while !kept() && start.elapsed().as_secs() < 10 {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert!(kept(), "nothing was kept");
    load().unwrap();
}

/// How many files there are in a folder and below.
fn walk(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}
