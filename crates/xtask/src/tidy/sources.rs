//! What Rust files may hold.

use super::Rule;
use super::code::{code_of, lines_with_word};
use super::files::{File, Files};

const MOST_LINES: usize = 600;
/// Where code may be unsafe: the C ABI of native plugins.
const UNSAFE: &str = "crates/crible-host-native/";
/// Where the lint against it may be off, for bindings that a macro generates.
const BINDINGS: &[&str] = &["crates/crible-sdk/src/guest/mod.rs", "crates/crible-wit/src/guest.rs"];

pub(super) fn rules(files: &Files) -> Vec<Rule> {
    let rust: Vec<&File> = files.iter().filter(|file| file.is_rust()).collect();
    let find = |broken: fn(&File) -> Vec<String>| rust.iter().flat_map(|file| broken(file)).collect();
    vec![
        Rule::new(format!("no Rust file is longer than {MOST_LINES} lines"), find(too_long)),
        Rule::new("no code is unsafe outside crible-host-native and generated bindings", find(unsafe_places)),
        Rule::new("no escape from the lint against unwrap() outside tests", find(unwrap_escapes)),
    ]
}

fn too_long(file: &File) -> Vec<String> {
    let lines = file.text().map_or(0, |text| text.lines().count());
    if lines > MOST_LINES { vec![format!("{}: {lines} lines", file.path)] } else { vec![] }
}

fn unsafe_places(file: &File) -> Vec<String> {
    if file.path.starts_with(UNSAFE) {
        return vec![];
    }
    let code = code_of(file.text().unwrap_or_default());
    let mut lines = lines_with_word(&code, "unsafe");
    if !BINDINGS.contains(&file.path.as_str()) {
        lines.extend(lines_with_word(&code, "unsafe_code"));
    }
    places(file, lines)
}

fn unwrap_escapes(file: &File) -> Vec<String> {
    if file.is_test() {
        return vec![];
    }
    places(file, lines_with_word(&code_of(file.text().unwrap_or_default()), "unwrap_used"))
}

fn places(file: &File, lines: Vec<usize>) -> Vec<String> {
    lines.into_iter().map(|line| format!("{}:{line}", file.path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken<const N: usize>(files: [(&str, &str); N]) -> Vec<String> {
        rules(&Files::from(files)).into_iter().flat_map(|rule| rule.broken).collect()
    }

    #[test]
    fn six_hundred_lines_are_not_too_many() {
        let (long, longer) = ("x;\n".repeat(600), "x;\n".repeat(601));
        assert_eq!(broken([("a.rs", &long), ("b.rs", &longer), ("c.md", &longer)]), ["b.rs: 601 lines"]);
    }

    #[test]
    fn unsafe_code_is_found_but_not_in_words_about_it() {
        let code = "fn f() {\n    unsafe { g() }\n}";
        assert_eq!(broken([("crates/x/src/a.rs", code)]), ["crates/x/src/a.rs:2"]);
        assert!(broken([("crates/crible-host-native/src/a.rs", code)]).is_empty());
        assert!(broken([("a.rs", "// unsafe\nlet x = \"unsafe\";")]).is_empty());
        let allowed = "#[allow(unsafe_code)]";
        assert_eq!(broken([("a.rs", allowed)]), ["a.rs:1"]);
        assert!(broken([(BINDINGS[0], allowed)]).is_empty());
    }

    #[test]
    fn only_tests_may_escape_the_lint_against_unwrap() {
        let code = "\n#[allow(clippy::unwrap_used)]\nfn f() {}";
        assert_eq!(broken([("crates/x/src/a.rs", code)]), ["crates/x/src/a.rs:2"]);
        let tests =
            [("crates/x/tests/a.rs", code), ("plugins/x/benches/a.rs", code), ("tests/src/b.rs", code)];
        assert!(broken(tests).is_empty());
    }
}
