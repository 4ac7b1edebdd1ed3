//! What the command prints, whole: every case is a transcript in `cases/cli`, every config that is refused
//! a folder in `cases/broken` or `cases/refused`.
//!
//! `SNAPSHOTS=overwrite cargo test -p crible-tests --test cli` writes what is printed now; read the
//! difference.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use snapbox::{Assert, Data};

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

/// The command in a folder, in plain English: nothing of the caller's environment speaks into it.
fn crible(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crible-under-test"));
    command.current_dir(folder).args(args);
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "CRIBLE_LOG", "NO_COLOR"] {
        command.env_remove(name);
    }
    // Compiled once for all tests, beside the program.
    command.env("CRIBLE_CACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    command
}

/// What was printed where, as a terminal would show it.
fn transcript(args: &[&str], output: &Output) -> String {
    let mut text = format!("$ crible {}\n{}", args.join(" "), String::from_utf8_lossy(&output.stdout));
    if !output.stderr.is_empty() {
        text += &format!("--- standard error\n{}", String::from_utf8_lossy(&output.stderr));
    }
    text += &format!("--- exit code {}\n", output.status.code().unwrap_or(-1));
    without_sizes(&text)
}

/// Sizes of components change with every compiler: their digits become `#`.
fn without_sizes(text: &str) -> String {
    let mut out = text.to_owned();
    for unit in [" KB", " MB", " Ko", " Mo"] {
        for (at, _) in text.match_indices(unit) {
            let before = &text[..at];
            let number =
                before.trim_end_matches(|letter: char| letter.is_ascii_digit() || ".,".contains(letter));
            out.replace_range(number.len()..at, &"#".repeat(at - number.len()));
        }
    }
    out
}

fn assert_says(shown: &str, expected: &Path) {
    Assert::new().action_env("SNAPSHOTS").eq(Data::text(shown), Data::read_from(expected, None).raw());
}

fn assert_transcript(name: &str, args: &[&str]) {
    let cases = cases().join("cli");
    let output = crible(&cases, args).output().expect("the program starts");
    assert_says(&transcript(args, &output), &cases.join(format!("{name}.txt")));
}

#[test]
fn help_teaches_by_example() {
    for (name, args) in [
        ("help", &["--help"][..]),
        ("help-run", &["run", "--help"]),
        ("help-check", &["check", "--help"]),
        ("help-graph", &["graph", "--help"]),
        ("help-plugins", &["plugins", "--help"]),
        ("help-schema", &["schema", "--help"]),
    ] {
        assert_transcript(name, args);
    }
}

#[test]
fn what_is_asked_wrongly_is_said_with_the_mend() {
    assert_transcript("no-such-file", &["run", "essentiel.toml"]);
    assert_transcript("no-such-command", &["chek", "essential.toml"]);
    assert_transcript("no-such-plugin", &["plugins", "inspect", "caps"]);
    assert_transcript("no-such-plugin-file", &["plugins", "inspect", "./mine.wasm"]);
    assert_transcript("no-plugin-at-all", &["plugins", "inspect", "../refused/not-wasm/notes.wasm"]);
    assert_transcript("a-folder", &["check", "."]);
}

#[test]
fn a_good_config_is_fine_and_its_warnings_are_told() {
    assert_transcript("check", &["check", "essential.toml", "branches.toml"]);
    assert_transcript("check-live", &["check", "live.toml"]);
    assert_transcript("check-some", &["check", "essential.toml", "../broken/unknown-plugin/config.toml"]);
}

#[test]
fn a_pipeline_is_drawn_in_two_languages() {
    assert_transcript("graph-mermaid", &["graph", "branches.toml"]);
    assert_transcript("graph-dot", &["graph", "branches.toml", "--format", "dot"]);
}

#[test]
fn plugins_are_listed_and_shown() {
    assert_transcript("plugins", &["plugins"]);
    assert_transcript("inspect-cap", &["plugins", "inspect", "cap"]);
    assert_transcript("inspect-query", &["plugins", "inspect", "query"]);
    assert_transcript("inspect-jsonl", &["plugins", "inspect", "jsonl"]);
    assert_transcript("inspect-console", &["plugins", "inspect", "console"]);
}

#[test]
fn the_schema_has_every_plugin_in_it() {
    let output = crible(&cases().join("cli"), &["schema"]).output().unwrap();
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<&String> = schema["$defs"].as_object().unwrap().keys().collect();
    for plugin in ["source-jsonl", "filter-query", "filter-cap", "filter-top", "sink-console", "sink-jsonl"] {
        assert!(names.iter().any(|name| *name == plugin), "{plugin} is not among {names:?}");
    }
    let window = &schema["$defs"]["filter-cap"]["properties"]["window"];
    assert!(window["description"].as_str().is_some_and(|about| about.contains("slides")), "{window}");
}

#[test]
fn french_is_spoken_where_the_environment_does() {
    for (name, args) in [
        ("fr-check", &["check", "essential.toml"][..]),
        ("fr-no-such-file", &["run", "essentiel.toml"]),
        ("fr-plugins", &["plugins"]),
    ] {
        let cases = cases().join("cli");
        let output = crible(&cases, args).env("LANG", "fr_FR.UTF-8").output().unwrap();
        assert_says(&transcript(args, &output), &cases.join(format!("{name}.txt")));
    }
}

#[test]
fn every_broken_config_is_refused_with_the_expected_message() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for folder in ["broken", "refused"] {
        for entry in fs::read_dir(cases().join(folder)).unwrap() {
            let case = entry.unwrap().path();
            let output = crible(&case, &["check", "config.toml"])
                .env("PASSWORD", "hunter2")
                .env_remove("DATA")
                .output()
                .unwrap();
            seen += 1;
            // The tests of crible-config pretend plugins of their own in some of these cases.
            let program = case.join("program.txt");
            let expected = if program.exists() { program } else { case.join("expected.txt") };
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let name = case.display();
            if output.status.code() != Some(2) || !output.stdout.is_empty() {
                wrong.push(format!("{name}: {}, it printed {output:?}", output.status));
            } else if std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
                fs::write(&expected, said).unwrap();
            } else if fs::read_to_string(&expected).unwrap_or_default() != said {
                wrong.push(format!("{name}: it now says\n{said}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen >= 40, "only {seen} cases were found");
}
