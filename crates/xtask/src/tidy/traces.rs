//! What a machine leaves behind in files: its paths, its registries.

use super::Rule;
use super::files::{File, Files};

/// Folders at a machine's root in which people work.
const ROOTS: &[&str] = &["work", "root", "home", "Users"];
/// The one registry that the lock file may name.
const REGISTRY: &str = concat!("registry", "+https://github.com/rust-lang/crates.io-index");

/// How the folder begins in which cargo keeps its crates.
const USUAL_FOLDER: &str = "index.crates.io-";

pub(super) fn rules(files: &Files) -> Vec<Rule> {
    vec![
        Rule::new("no file names a machine's path", files.iter().flat_map(machine_paths).collect()),
        Rule::new("no file names a package registry", registries(files)),
    ]
}

/// Places of absolute paths. A component may hold them too, where its build was told nothing.
fn machine_paths(file: &File) -> Vec<String> {
    let paths = ROOTS.iter().map(|root| format!("/{root}/"));
    match file.text() {
        Some(text) => {
            let names = |line: &str| paths.clone().any(|path| starts_a_path(line, &path));
            let lines = text.lines().enumerate().filter(|(_, line)| names(line));
            lines.map(|(at, _)| format!("{}:{}", file.path, at + 1)).collect()
        }
        None => {
            let found = paths.filter(|path| holds(&file.bytes, path.as_bytes()));
            found.map(|path| format!("{} (binary) holds {path}", file.path)).collect()
        }
    }
}

/// Whether an absolute path starts with this, and not the later part of a path or of an address.
fn starts_a_path(line: &str, start: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '*' | ')' | '}' | '~');
    line.match_indices(start).any(|(at, _)| !line[..at].ends_with(part))
}

fn registries(files: &Files) -> Vec<String> {
    let mut broken = Vec::new();
    for file in files.iter() {
        if file.path.ends_with("Cargo.lock") {
            broken.extend(other_sources(file));
            continue;
        }
        let words = words_of_registries();
        let found = words.iter().filter(|word| holds(&file.bytes, word.as_bytes()));
        broken.extend(found.map(|word| format!("{} holds {word}", file.path)));
        if holds_another_registry(&file.bytes) {
            broken.push(format!("{} holds the path of a crate from another registry", file.path));
        }
    }
    broken
}

/// Put together, so that this file does not hold them.
fn words_of_registries() -> [String; 4] {
    [["sparse", "+http"], ["registry", "+http"], ["replace", "-with"], ["index", "-url"]]
        .map(|word| word.concat())
}

/// Whether there is the path of a crate's source, as panics name it, that does not come from the usual
/// registry.
fn holds_another_registry(bytes: &[u8]) -> bool {
    let folder = ["registry", "/src/"].concat();
    let starts = bytes.windows(folder.len()).enumerate().filter(|(_, window)| *window == folder.as_bytes());
    let mut behind = starts.map(|(at, _)| &bytes[at + folder.len()..]);
    behind.any(|path| !path.starts_with(USUAL_FOLDER.as_bytes()))
}

/// Packages of a lock file that come from anywhere but the usual registry.
fn other_sources(lock: &File) -> Vec<String> {
    let lines = lock.text().unwrap_or_default().lines().enumerate();
    let sources = lines.filter_map(|(at, line)| Some((at + 1, line.strip_prefix("source = ")?)));
    let others = sources.filter(|(_, source)| source.trim_matches('"') != REGISTRY);
    others.map(|(line, source)| format!("{}:{line}: {source}", lock.path)).collect()
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken<const N: usize>(files: [(&str, &str); N]) -> Vec<String> {
        rules(&Files::from(files)).into_iter().flat_map(|rule| rule.broken).collect()
    }

    #[test]
    fn a_path_of_a_machine_is_found_with_its_line() {
        let path = format!("/{}/zoé/crible", ROOTS[2]);
        for text in [format!("a\nsee {path}"), format!("\n\"{path}\""), format!("\nfile://{path}")] {
            assert_eq!(broken([("a.md", text.as_str())]), ["a.md:2"], "{text}");
        }
        for text in [format!("https://example.org{path}"), format!("..{path}"), "/tmp/x".to_owned()] {
            assert!(broken([("a.md", text.as_str())]).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_path_in_a_binary_is_found_too() {
        let binary = format!("\0asm lib/{}/.cargo", ROOTS[1]);
        assert_eq!(broken([("a.wasm", binary.as_str())]), [format!("a.wasm (binary) holds /{}/", ROOTS[1])]);
    }

    #[test]
    fn a_component_names_crates_of_the_usual_registry_only() {
        let folder = ["registry", "/src/"].concat();
        let usual = format!("\0asm cargo/{folder}{USUAL_FOLDER}0/x-1.0.0/src/lib.rs");
        assert!(broken([("a.wasm", usual.as_str())]).is_empty());
        let other = format!("{usual}\0cargo/{folder}mirror.example.org-0/x-1.0.0/src/lib.rs");
        assert_eq!(broken([("a.wasm", other.as_str())]).len(), 1);
    }

    #[test]
    fn the_lock_file_names_the_usual_registry_only() {
        let usual = format!("[[package]]\nsource = \"{REGISTRY}\"\n");
        assert!(broken([("Cargo.lock", usual.as_str())]).is_empty());
        let other = format!("{usual}[[package]]\nsource = \"git+https://example.org/x\"\n");
        assert_eq!(broken([("Cargo.lock", other.as_str())]), ["Cargo.lock:4: \"git+https://example.org/x\""]);
        assert_eq!(broken([("notes.md", REGISTRY)]).len(), 1);
    }
}
