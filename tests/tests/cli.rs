//! What the command prints, whole: every case is a transcript in `cases/cli`, every config that is refused
//! a folder in `cases/broken` or `cases/refused`.
//!
//! `SNAPSHOTS=overwrite cargo test -p crible-tests --test cli` writes what is printed now; read the
//! difference.
#![allow(clippy::unwrap_used)]

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
    without_times(&without_sizes(&text))
}

/// The times at the ends of lines change with every run: they become `#`.
fn without_times(text: &str) -> String {
    let without = |line: &str| {
        let number = [" ns", " µs", " ms", " s"].into_iter().find_map(|unit| line.strip_suffix(unit));
        let start =
            number.map(|line| line.trim_end_matches(|of: char| of.is_ascii_digit() || ".,".contains(of)));
        match (number, start) {
            (Some(number), Some(start)) if start.len() < number.len() => {
                format!("{}   #\n", start.trim_end())
            }
            _ => format!("{line}\n"),
        }
    };
    text.lines().map(without).collect()
}

/// The moment at which something happened is another one in every run: its digits become `#`.
fn without_moments(text: &str) -> String {
    let mut out = text.to_owned();
    for (at, _) in text.match_indices(" UTC") {
        let digits = text[..at]
            .char_indices()
            .rev()
            .take_while(|(_, letter)| letter.is_ascii_digit() || "-: ".contains(*letter));
        digits
            .filter(|(_, letter)| letter.is_ascii_digit())
            .for_each(|(digit, _)| out.replace_range(digit..=digit, "#"));
    }
    out
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
    assert_transcript_in("cli", name, args);
}

fn assert_transcript_in(folder: &str, name: &str, args: &[&str]) {
    let folder = cases().join(folder);
    let output = crible(&folder, args).output().expect("the program starts");
    assert_says(&transcript(args, &output), &folder.join(format!("{name}.txt")));
}

fn assert_french_transcript_in(folder: &str, name: &str, args: &[&str]) {
    let folder = cases().join(folder);
    let output = crible(&folder, args).env("LANG", "fr_FR.UTF-8").output().expect("the program starts");
    assert_says(&transcript(args, &output), &folder.join(format!("{name}.txt")));
}

#[test]
fn help_teaches_by_example() {
    for (name, args) in [
        ("help", &["--help"][..]),
        ("help-run", &["run", "--help"]),
        ("help-check", &["check", "--help"]),
        ("help-test", &["test", "--help"]),
        ("help-eval", &["eval", "--help"]),
        ("help-train", &["train", "--help"]),
        ("help-feedback", &["feedback", "--help"]),
        ("help-backtest", &["backtest", "--help"]),
        ("help-report", &["report", "--help"]),
        ("help-report-authors", &["report", "authors", "--help"]),
        ("help-report-channels", &["report", "channels", "--help"]),
        ("help-why", &["why", "--help"]),
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
        assert_french_transcript_in("cli", name, args);
    }
}

#[test]
fn tests_of_rules_pass_or_say_what_came_instead() {
    assert_transcript_in("rules/test", "passing", &["test", "town.toml"]);
    assert_transcript_in("rules/test", "failing", &["test", "failing.toml"]);
    assert_transcript_in("rules/test", "none", &["test", "no-tests.toml"]);
    assert_transcript_in("rules/test", "refused", &["test", "../../broken/test-uneven/config.toml"]);
    assert_transcript_in("rules/test", "check", &["check", "town.toml", "failing.toml"]);
    assert_french_transcript_in("rules/test", "fr-failing", &["test", "failing.toml"]);
}

#[test]
fn a_test_whose_filters_cannot_go_on_has_failed() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(cases().join("rules/test/stopped.toml"), folder.path().join("stopped.toml")).unwrap();
    fs::write(folder.path().join("guest.wasm"), crible_testkit::guests::filter_at_short("trap")).unwrap();
    let output = crible(folder.path(), &["test", "stopped.toml"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    let stopped =
        "FAILED  a filter that cannot go on\n  the filters stopped: `suspect`: it trapped (unreachable)\n";
    assert!(said.contains(stopped), "{said}");
    assert!(said.ends_with("\n1 test: 0 passed, 1 failed\n"), "{said}");
}

#[test]
fn a_run_passes_over_tests() {
    let output = crible(&cases().join("rules/test"), &["run", "failing.toml"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn labelled_messages_say_how_good_the_rules_are() {
    let eval = |name: &str, args: &[&str]| {
        let args: Vec<&str> = ["eval", "town.toml"].into_iter().chain(args.iter().copied()).collect();
        assert_transcript_in("rules/eval", name, &args);
    };
    eval("labelled", &["labelled.jsonl", "--label", "label", "--positive", "keep"]);
    eval("field", &["labelled.jsonl", "--label", "author", "--positive", "mairie", "--positive", "orle"]);
    eval("no-label", &["labelled.jsonl", "--label", "class", "--positive", "keep"]);
    eval("no-positive", &["labelled.jsonl", "--label", "label", "--positive", "Keep"]);
    eval("no-file", &["labeled.jsonl", "--label", "label", "--positive", "keep"]);
    let likely = ["eval", "likely.toml", "probabilities.jsonl", "--label", "label", "--positive", "keep"];
    assert_transcript_in("rules/eval", "probabilities", &likely);
    let packed = ["eval", "town.toml", "labelled.jsonl.gz", "--label", "label", "--positive", "keep"];
    assert_french_transcript_in("rules/eval", "fr-packed", &packed);
}

#[test]
fn the_figures_of_an_evaluation_are_for_machines_too() {
    let args = ["eval", "town.toml", "labelled.jsonl", "--label", "label", "--positive", "keep", "--json"];
    let output = crible(&cases().join("rules/eval"), &args).output().unwrap();
    let figures: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let kept = &figures["kept"];
    assert_eq!((&kept["rightly"], &kept["wrongly"], &kept["missed"]), (&2.into(), &2.into(), &1.into()));
    assert_eq!((&kept["precision"], &kept["accuracy"]), (&0.5.into(), &0.625.into()));
    assert_eq!((&figures["labelled"], &figures["unlabelled"]), (&8.into(), &1.into()));
    assert_eq!(figures["malformed"], 1);
    assert_eq!(figures["score"]["best_threshold"]["score"], 0.0);
    let themes = &figures["stages"][0];
    assert_eq!((&themes["stage"], &themes["dropped_wrongly"]), (&"themes".into(), &1.into()));
    assert_eq!(themes["examples_wrongly"][0]["id"], "m6");
    assert!(themes["ns_per_message"].as_f64().is_some_and(|time| time > 0.0), "{themes}");
}

#[test]
fn a_change_of_rules_is_shown_before_it_is_made() {
    let backtest = |name: &str, args: &[&str]| {
        let args: Vec<&str> = ["backtest"].into_iter().chain(args.iter().copied()).collect();
        assert_transcript_in("rules/backtest", name, &args);
    };
    backtest("changes", &["old.toml", "new.toml", "--on", "day.jsonl"]);
    backtest("few", &["new.toml", "old.toml", "--on", "day.jsonl", "--show", "1"]);
    backtest("none", &["old.toml", "old.toml", "--on", "day.jsonl"]);
    backtest("both-wrong", &["odl.toml", "../../broken/test-uneven/config.toml", "--on", "day.jsonl"]);
    backtest("no-file", &["old.toml", "new.toml", "--on", "days.jsonl"]);
    let args = ["backtest", "old.toml", "new.toml", "--on", "day.jsonl", "--show", "1"];
    assert_french_transcript_in("rules/backtest", "fr-changes", &args);
}

#[test]
fn specialists_are_found_for_each_theme_and_known_on_other_channels() {
    let authors = |name: &str, args: &[&str]| {
        let args: Vec<&str> = ["report", "authors"].into_iter().chain(args.iter().copied()).collect();
        assert_transcript_in("rules/report", name, &args);
    };
    authors("authors", &["city.toml", "--on", "month.jsonl"]);
    authors("authors-theme", &["city.toml", "--on", "month.jsonl", "--theme", "eau", "--show", "1"]);
    authors("authors-json", &["city.toml", "--on", "month.jsonl", "--theme", "eau", "--show", "1", "--json"]);
    authors("authors-no-themes", &["plain.toml", "--on", "month.jsonl"]);
    authors("authors-no-such-theme", &["city.toml", "--on", "month.jsonl", "--theme", "tram"]);
    authors("authors-nobody", &["city.toml", "--on", "nobody.jsonl"]);
    authors("authors-no-file", &["city.toml", "--on", "mouth.jsonl"]);
    let args = ["report", "authors", "city.toml", "--on", "month.jsonl"];
    assert_french_transcript_in("rules/report", "fr-authors", &args);
    let args = ["report", "authors", "city.toml", "--on", "month.jsonl", "--theme", "tram"];
    assert_french_transcript_in("rules/report", "fr-authors-no-such-theme", &args);
}

#[test]
fn the_channel_that_was_first_is_named() {
    let channels = |name: &str, args: &[&str]| {
        let args: Vec<&str> = ["report", "channels"].into_iter().chain(args.iter().copied()).collect();
        assert_transcript_in("rules/report", name, &args);
    };
    channels("channels", &["city.toml", "--on", "month.jsonl"]);
    channels("channels-json", &["city.toml", "--on", "month.jsonl", "--json"]);
    channels("channels-no-story", &["plain.toml", "--on", "month.jsonl"]);
    channels("channels-nowhere", &["city.toml", "--on", "nobody.jsonl"]);
    let args = ["report", "channels", "city.toml", "--on", "month.jsonl"];
    assert_french_transcript_in("rules/report", "fr-channels", &args);
    let args = ["report", "channels", "plain.toml", "--on", "month.jsonl"];
    assert_french_transcript_in("rules/report", "fr-channels-no-story", &args);
}

#[test]
fn a_message_says_what_became_of_it() {
    let why = |name: &str, args: &[&str]| {
        let args: Vec<&str> = ["why"].into_iter().chain(args.iter().copied()).collect();
        assert_transcript_in("why", name, &args);
    };
    why("kept", &["town.toml", "m1"]);
    why("dropped", &["town.toml", "m2"]);
    why("twice", &["town.toml", "m5"]);
    why("steering", &["town.toml", "m3"]);
    why("failed", &["town.toml", "m6"]);
    why("dead-letter", &["town.toml", "m9"]);
    why("unknown", &["town.toml", "m8"]);
    why("list", &["town.toml", "--dropped"]);
    why("list-one", &["town.toml", "--dropped", "--last", "1"]);
    why("list-of-a-filter", &["town.toml", "--dropped", "--stage", "themes"]);
    why("no-such-filter", &["town.toml", "--dropped", "--stage", "floods"]);
    why("no-quarantine", &["no-quarantine.toml", "m1"]);
    why("not-yet", &["not-yet.toml", "m1"]);
    why("not-yet-list", &["not-yet.toml", "--dropped"]);
    why("refused", &["../broken/quarantine-too-small/config.toml", "m1"]);
    why("json", &["town.toml", "m6", "--json"]);
    assert_french_transcript_in("why", "fr-twice", &["why", "town.toml", "m5"]);
    assert_french_transcript_in("why", "fr-failed", &["why", "town.toml", "m6"]);
    assert_french_transcript_in("why", "fr-unknown", &["why", "town.toml", "m8"]);
    assert_french_transcript_in("why", "fr-list", &["why", "town.toml", "--dropped"]);
    assert_french_transcript_in("why", "fr-no-quarantine", &["why", "no-quarantine.toml", "m1"]);
}

/// The blocks of a page that have a file's name are files, those of the language `console` are commands with
/// what they print.
fn assert_page_shows_what_is_printed(page: &str, least: usize) {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(page);
    let page = fs::read_to_string(page).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut commands = 0;
    for block in page.split("\n```").skip(1).step_by(2) {
        let (head, body) = block.split_once('\n').unwrap();
        match head.split_once(' ') {
            Some((_, file)) => fs::write(folder.path().join(file), format!("{body}\n")).unwrap(),
            None if head == "console" => {
                let (command, expected) = body.split_once('\n').unwrap_or((body, ""));
                let args: Vec<&str> = command.strip_prefix("$ crible ").unwrap().split(' ').collect();
                let output = crible(folder.path(), &args).output().unwrap();
                let printed = [output.stdout, output.stderr].concat();
                let plain = |text: &str| without_moments(&without_times(text)).trim_end().to_owned();
                assert_eq!(plain(&String::from_utf8(printed).unwrap()), plain(expected), "{command}");
                commands += 1;
            }
            None => {}
        }
    }
    assert!(commands >= least, "{commands}");
}

#[test]
fn pages_show_what_is_printed() {
    assert_page_shows_what_is_printed("testing-rules.md", 3);
    assert_page_shows_what_is_printed("reports.md", 2);
    assert_page_shows_what_is_printed("teaching.md", 7);
}

#[test]
fn the_page_on_the_quarantine_shows_what_is_printed() {
    assert_page_shows_what_is_printed("quarantine.md", 4);
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
