//! The real program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The program.
pub(crate) fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_crible-under-test"))
}

/// The program with a cache that tests share, no colours and no language of the machine's.
pub(crate) fn crible(arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments);
    command.env("CRIBLE_CACHE", root().join("target").join("crible-cache"));
    command.env_remove("LANG").env_remove("LC_ALL").env_remove("CRIBLE_LOG");
    command
}

/// Run it to its end.
pub(crate) fn run(arguments: &[&str]) -> Output {
    crible(arguments).output().unwrap()
}

/// Run a config to its end, which must be a good one; what it said on standard error.
pub(crate) fn run_well(config: &Path) -> String {
    let output = run(&["run", config.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{}: {said}", output.status);
    said
}

/// The lines of a JSONL file.
pub(crate) fn read_lines(path: &Path) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A field of a line, as text.
pub(crate) fn text<'a>(line: &'a serde_json::Value, field: &str) -> &'a str {
    line[field].as_str().unwrap_or_else(|| panic!("no {field} in {line}"))
}
