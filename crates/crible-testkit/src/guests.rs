//! Plugins written as WAT that do what none should: see `tests/guests`.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// The hole in a plugin's text.
const HOLE: &str = "{{work}}";

/// What `wasi-imports.wat` imports.
const WASI: [&str; 11] = [
    "io/poll",
    "io/streams",
    "clocks/monotonic-clock",
    "clocks/wall-clock",
    "cli/environment",
    "cli/stdin",
    "cli/stdout",
    "filesystem/preopens",
    "sockets/instance-network",
    "sockets/ip-name-lookup",
    "sockets/tcp-create-socket",
];

/// A filter that does this whenever it judges.
pub fn filter(work: &str) -> Vec<u8> {
    component("filter", crible_wit::WIT, &text("filter", work))
}

/// A filter that does this when a text of the batch is shorter than four bytes, and else keeps everything.
pub fn filter_at_short(work: &str) -> Vec<u8> {
    component("filter", crible_wit::WIT, &at_short("filter", work))
}

/// A filter that is an ordinary program, with WASI 0.2.0, and does this whenever it judges.
pub fn wasi_filter(work: &str) -> Vec<u8> {
    let imports = format!("(module\n{}", fixture("wasi-imports.wat"));
    let text = fixture("filter.wat").replacen("(module", &imports, 1);
    let text = text.replace(HOLE, &fixture(&format!("wasi/{work}.wat")));
    let world =
        format!("world filter {{\n{}", WASI.map(|name| format!("import wasi:{name}@0.2.0;")).concat());
    let wit = format!("{}{}", crible_wit::WIT.replace("world filter {", &world), fixture("wasi.wit"));
    component("filter", &wit, &text)
}

/// A source that does this whenever it reads.
pub fn source(work: &str) -> Vec<u8> {
    component("source", crible_wit::WIT, &text("source", work))
}

/// A sink that does this whenever it writes.
pub fn sink(work: &str) -> Vec<u8> {
    component("sink", crible_wit::WIT, &text("sink", work))
}

/// A sink that does this when a text of the batch is shorter than four bytes, and else takes everything.
pub fn sink_at_short(work: &str) -> Vec<u8> {
    component("sink", crible_wit::WIT, &at_short("sink", work))
}

/// A core module's text: the plugin with its hole filled.
///
/// # Panics
/// Where there are no such fixtures.
pub fn text(plugin: &str, work: &str) -> String {
    fixture(&format!("{plugin}.wat")).replace(HOLE, &filling(plugin, work))
}

fn at_short(plugin: &str, work: &str) -> String {
    let guarded = format!("(if (call $any-short (local.get $batch)) (then\n{}))", filling(plugin, work));
    fixture(&format!("{plugin}.wat")).replace(HOLE, &guarded)
}

/// What is put into the hole: it is there for this kind of plugin, or for any.
fn filling(plugin: &str, work: &str) -> String {
    let own = format!("{plugin}/{work}.wat");
    if folder().join(&own).exists() { fixture(&own) } else { fixture(&format!("any/{work}.wat")) }
}

fn fixture(file: &str) -> String {
    good(file, fs::read_to_string(folder().join(file)))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/guests")
}

/// A component of a core module's text, of this world of a WIT package.
///
/// # Panics
/// Where the text is no module of that world.
pub fn component(world: &str, wit: &str, text: &str) -> Vec<u8> {
    let mut resolve = Resolve::default();
    let package = good("the WIT", resolve.push_str("crible.wit", wit));
    let world = good("the world", resolve.select_world(&[package], Some(world)));
    let mut module = good("the text", wat::parse_str(text));
    let embedded = embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8);
    good("the metadata", embedded);
    let mut encoder = ComponentEncoder::default();
    good("the component", good("the module", encoder.validate(true).module(&module)).encode())
}

fn good<T, E: Display>(what: &str, made: Result<T, E>) -> T {
    made.unwrap_or_else(|error| panic!("{what}: {error:#}"))
}
