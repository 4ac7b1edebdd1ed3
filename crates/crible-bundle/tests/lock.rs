//! The committed components are what the committed sources make.

use std::path::Path;

use crible_bundle::lock::{COMPONENTS, FILE, Lock};

#[test]
fn every_component_is_built_from_the_sources_that_lie_beside_it() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let lock = std::fs::read_to_string(workspace.join(COMPONENTS).join(FILE)).unwrap();
    let packages: Vec<&str> = crible_bundle::plugins().iter().map(|plugin| plugin.package).collect();
    let differences = Lock::parse(&lock).differences(&workspace, &packages).unwrap();
    assert!(differences.is_empty(), "run `cargo xtask plugins`: {differences:#?}");
}

#[test]
fn every_bundled_plugin_is_a_component() {
    const COMPONENT: &[u8] = b"\0asm\x0d\0\x01\0";
    for bundled in crible_bundle::bundled() {
        assert!(bundled.component.starts_with(COMPONENT), "{} {}", bundled.kind, bundled.name);
    }
}
