//! What each component was built from, so that a plugin and its component cannot drift apart unnoticed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The folder of the components, in the workspace.
pub const COMPONENTS: &str = "crates/crible-bundle/components";
/// The lock's file, in that folder.
pub const FILE: &str = "lock.toml";

/// What every plugin is built with.
const SHARED: [&str; 3] = ["crates/crible-core", "crates/crible-sdk", "crates/crible-wit"];
/// What of a crate does not go into a component.
const LEFT_OUT: [&str; 4] = ["tests", "benches", "examples", "target"];

/// What one component was built from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The hash of its sources.
    pub sources: String,
    /// The hash of the component.
    pub component: String,
    /// How large the component is, in bytes.
    pub size: u64,
}

/// The lock: an entry a component, by the name of its crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock(pub BTreeMap<String, Entry>);

impl Lock {
    /// Read a lock; lines that are none of its own are left out.
    pub fn parse(text: &str) -> Self {
        let mut lock = Self::default();
        let mut entry = None;
        for line in text.lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                entry = Some(lock.0.entry(name.to_owned()).or_default());
            } else if let (Some(entry), Some((key, value))) = (&mut entry, line.split_once(" = ")) {
                let text = || value.trim_matches('"').to_owned();
                match key {
                    "sources" => entry.sources = text(),
                    "component" => entry.component = text(),
                    "size" => entry.size = value.parse().unwrap_or_default(),
                    _ => {}
                }
            }
        }
        lock
    }

    /// The lock as it is written, which is TOML.
    pub fn to_text(&self) -> String {
        let mut text = String::from("# Made by `cargo xtask plugins`.\n");
        for (name, Entry { sources, component, size }) in &self.0 {
            let _ = write!(
                text,
                "\n[{name}]\nsources = \"{sources}\"\ncomponent = \"{component}\"\nsize = {size}\n"
            );
        }
        text
    }

    /// Which of these plugins' components are not what their sources make, and why.
    ///
    /// # Errors
    /// Where sources or components cannot be read.
    pub fn differences(&self, workspace: &Path, packages: &[&str]) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        for &package in packages {
            let Some(entry) = self.0.get(package) else {
                found.push(format!("{package} was never built"));
                continue;
            };
            let component = workspace.join(COMPONENTS).join(format!("{package}.wasm"));
            if !component.is_file() {
                found.push(format!("{package} has no component"));
            } else if hash(&fs::read(component)?) != entry.component {
                found.push(format!("{package}'s component is not the one that the lock names"));
            }
            if sources(workspace, package)? != entry.sources {
                found.push(format!("{package}'s sources changed after its component was built"));
            }
        }
        Ok(found)
    }
}

/// The hash of some bytes: SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The hash of all that a plugin's component is built from: its crate and the house's crates under it.
///
/// # Errors
/// Where a file cannot be read.
pub fn sources(workspace: &Path, package: &str) -> io::Result<String> {
    let own = format!("plugins/{package}");
    let mut files = Vec::new();
    for folder in SHARED.into_iter().chain([own.as_str()]) {
        collect(&workspace.join(folder), &mut files)?;
    }
    let named = files.into_iter().map(|file| (name_in(workspace, &file), file));
    let named: BTreeMap<String, PathBuf> = named.collect();
    let mut all = Sha256::new();
    for (name, file) in named {
        // Line ends may differ between checkouts.
        let text = fs::read(file)?;
        let text: Vec<u8> = text.into_iter().filter(|&byte| byte != b'\r').collect();
        all.update(format!("{name}\n{}\n", text.len()));
        all.update(text);
    }
    Ok(hexadecimal(&all.finalize()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') || LEFT_OUT.contains(&name.as_ref()) {
            continue;
        }
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if path.is_dir() => collect(&path, files)?,
            Some("rs" | "toml" | "wit" | "json") => files.push(path),
            _ => {}
        }
    }
    Ok(())
}

/// A file's path in the workspace, with `/` on every system.
fn name_in(workspace: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(workspace).unwrap_or(file);
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry { sources: "5a".into(), component: "c0".into(), size: 42 }
    }

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        let lock = Lock(BTreeMap::from([("filter-a".into(), entry()), ("sink-b".into(), Entry::default())]));
        assert_eq!(Lock::parse(&lock.to_text()), lock);
    }

    #[test]
    fn a_changed_source_is_told_and_a_changed_test_is_not() {
        let workspace = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| {
            let file = workspace.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        for folder in SHARED {
            write(&format!("{folder}/src/lib.rs"), "");
        }
        write("plugins/filter-a/src/lib.rs", "fn a() {}");
        write(&format!("{COMPONENTS}/filter-a.wasm"), "wasm");
        let sources = sources(workspace.path(), "filter-a").unwrap();
        let component = hash(b"wasm");
        let lock = Lock(BTreeMap::from([("filter-a".into(), Entry { sources, component, size: 4 })]));
        let differences = || lock.differences(workspace.path(), &["filter-a"]).unwrap();
        assert!(differences().is_empty());

        write("plugins/filter-a/tests/a.rs", "fn test() {}");
        assert!(differences().is_empty());
        write("crates/crible-wit/wit/crible.wit", "package crible:plugin@0.2.0;");
        assert_eq!(differences(), ["filter-a's sources changed after its component was built"]);
        write(&format!("{COMPONENTS}/filter-a.wasm"), "other");
        assert_eq!(differences().len(), 2);
    }
}
