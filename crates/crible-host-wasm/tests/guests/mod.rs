//! Components made of the fixtures in `tests/guests`.
#![allow(dead_code, clippy::unwrap_used)] // Helpers of tests, each of which uses its part.

pub(crate) mod files;

use std::path::Path;

use crible_core::{Batch, Live, Message};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// A core module's text: the plugin with its hole filled.
pub(crate) fn text(plugin: &str, work: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/guests");
    let read = |file: String| std::fs::read_to_string(folder.join(&file)).expect(&file);
    read(format!("{plugin}.wat")).replace("{{work}}", &read(format!("{plugin}/{work}.wat")))
}

/// A component of a core module's text and the contract's.
pub(crate) fn component(world: &str, wit: &str, text: &str) -> Vec<u8> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("crible.wit", wit).unwrap();
    let world = resolve.select_world(&[package], Some(world)).unwrap();
    let mut module = wat::parse_str(text).unwrap();
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
    ComponentEncoder::default().validate(true).module(&module).unwrap().encode().unwrap()
}

/// A filter that does this.
pub(crate) fn filter(work: &str) -> Vec<u8> {
    component("filter", crible_wit::WIT, &text("filter", work))
}

/// A source that does this.
pub(crate) fn source(work: &str) -> Vec<u8> {
    component("source", crible_wit::WIT, &text("source", work))
}

/// Messages of these texts.
pub(crate) fn live(texts: &[&str]) -> Live {
    let messages = texts.iter().map(|text| Message { text: (*text).into(), ..Message::default() });
    Live::new(Batch::from_messages(&messages.collect::<Vec<_>>()))
}
