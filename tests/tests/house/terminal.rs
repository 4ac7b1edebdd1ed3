//! What a run shows on a real terminal, which `script` pretends to be.

use std::fs;
use std::path::Path;

use crate::program::{crible, program};

/// Starts the live line anew.
const CLEAR: &str = "\r\u{1b}[K";
/// A run that takes a second, whatever the machine.
const RUN: &str = "(head -n 5 in.jsonl; sleep 1; tail -n +6 in.jsonl) | $CRIBLE run p.toml";

/// A folder with the run's messages and its config, whose sink is this.
fn folder(sink: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let line = |n: u32| format!("{{\"id\":\"{n}\",\"author\":\"Zoé\",\"text\":\"l'été {n} 🏖\"}}\n");
    fs::write(folder.path().join("in.jsonl"), (0..10).map(line).collect::<String>()).unwrap();
    let text = format!(
        "[[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig.path = '-'\n\
         [[filter]]\nplugin = 'cap'\nconfig = {{ most = 7, window = '1h' }}\n\
         [[sink]]\nid = 'out'\n{sink}\n"
    );
    fs::write(folder.path().join("p.toml"), text).unwrap();
    folder
}

const TO_A_FILE: &str = "plugin = 'jsonl'\nconfig.path = 'out.jsonl'";

/// What a terminal of 60 columns gets to see from a shell's command, in which `$CRIBLE` is the program.
fn on_a_terminal(folder: &Path, command: &str, environment: &[(&str, &str)]) -> String {
    let plain = crible(&[]);
    let mut script = std::process::Command::new("script");
    script.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    for name in ["LANG", "LC_ALL", "LC_MESSAGES", "CRIBLE_LOG", "NO_COLOR"] {
        script.env_remove(name);
    }
    script.env("CRIBLE", program()).env("TERM", "xterm").envs(environment.iter().copied());
    let command = format!("stty rows 24 cols 60 && {command}");
    script.current_dir(folder).args(["--quiet", "--return", "--command", &command, "/dev/null"]);
    let output = script.stdin(std::process::Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}: {output:?}", output.status);
    String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n")
}

/// Take the live lines off the front of what was seen: each on one line of the terminal, and cleared.
fn live_lines(seen: &str) -> (Vec<&str>, &str) {
    let mut parts: Vec<&str> = seen.split(CLEAR).collect();
    assert_eq!(parts.first(), Some(&""), "the first line is drawn on a cleared one: {seen:?}");
    let rest = parts.pop().unwrap();
    let lines = parts.split_off(1);
    for line in &lines {
        assert!(line.chars().count() < 60, "longer than the terminal is wide: {line:?}");
        assert!(!line.contains('\n') && !line.contains('\u{1b}'), "{line:?}");
    }
    (lines, rest)
}

#[test]
#[cfg_attr(not(terminal), ignore = "there is no terminal: util-linux's `script` is not installed")]
fn the_live_line_is_on_a_terminal_and_gone_before_the_table() {
    let seen = on_a_terminal(folder(TO_A_FILE).path(), RUN, &[]);
    let (lines, rest) = live_lines(&seen);
    assert!(lines.len() >= 2, "{lines:?}");
    assert!(lines.iter().all(|line| line.contains(" read, ") && line.contains(" a second")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("5 read, ")), "{lines:?}");
    assert!(
        rest.starts_with("\u{1b}[1mcrible: 10 messages in ") && rest.contains("\u{1b}[0m\n\n"),
        "{rest:?}"
    );
    assert!(rest.contains("7 of 10 messages are essential.\n"), "{rest:?}");
}

#[test]
#[cfg_attr(not(terminal), ignore = "there is no terminal: util-linux's `script` is not installed")]
fn no_color_takes_the_colours_and_leaves_the_line() {
    let folder = folder(TO_A_FILE);
    let seen = on_a_terminal(folder.path(), RUN, &[("NO_COLOR", "1")]);
    let (lines, rest) = live_lines(&seen);
    assert!(!lines.is_empty());
    assert!(rest.starts_with("crible: 10 messages in ") && !rest.contains('\u{1b}'), "{rest:?}");
    // A terminal that cannot go back on a line gets none.
    let dumb = on_a_terminal(folder.path(), RUN, &[("TERM", "dumb")]);
    assert!(dumb.starts_with("crible: 10 messages in ") && !dumb.contains('\u{1b}'), "{dumb:?}");
}

#[test]
#[cfg_attr(not(terminal), ignore = "there is no terminal: util-linux's `script` is not installed")]
fn there_is_no_line_for_who_wants_it_quiet_or_reads_it_in_a_pipe() {
    let folder = folder(TO_A_FILE);
    let quiet = on_a_terminal(folder.path(), &format!("{RUN} --quiet"), &[]);
    assert_eq!(quiet, "");
    let piped = on_a_terminal(folder.path(), &format!("{RUN} 2>&1 | cat"), &[]);
    assert!(piped.starts_with("crible: 10 messages in "), "{piped:?}");
    assert!(!piped.contains('\r') && !piped.contains('\u{1b}'), "{piped:?}");
}

#[test]
#[cfg_attr(not(terminal), ignore = "there is no terminal: util-linux's `script` is not installed")]
fn the_line_does_not_stand_in_the_way_of_messages() {
    let folder = folder("plugin = 'console'");
    let shown = on_a_terminal(folder.path(), RUN, &[]);
    assert!(!shown.contains(CLEAR) && shown.contains("l'été 6 🏖"), "{shown:?}");
    // With the messages in a file the line has the terminal for itself.
    let seen = on_a_terminal(folder.path(), &format!("{RUN} > messages.txt"), &[]);
    assert!(!live_lines(&seen).0.is_empty());
    let messages = fs::read_to_string(folder.path().join("messages.txt")).unwrap();
    assert!(messages.contains("l'été 6 🏖") && !messages.contains('\u{1b}'), "{messages:?}");
}

#[test]
#[cfg_attr(not(terminal), ignore = "there is no terminal: util-linux's `script` is not installed")]
fn what_is_told_meanwhile_takes_the_line_away_first() {
    let folder = folder(TO_A_FILE);
    let command = RUN.replace("sleep 1;", "sleep 1; echo nonsense;");
    let seen = on_a_terminal(folder.path(), &command, &[("NO_COLOR", "1")]);
    let at = seen.find(" WARN ").unwrap_or_else(|| panic!("nothing was told: {seen:?}"));
    assert!(seen[..at].ends_with(CLEAR), "{seen:?}");
    assert!(seen[at..].contains("7 of 11 messages are essential."), "{seen:?}");
}

#[test]
fn there_is_no_line_where_there_is_no_terminal() {
    let folder = folder(TO_A_FILE);
    let config = folder.path().join("p.toml");
    let mut command = crible(&["run", config.to_str().unwrap()]);
    let output = command.stdin(fs::File::open(folder.path().join("in.jsonl")).unwrap()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && output.stdout.is_empty(), "{said}");
    assert!(said.starts_with("crible: 10 messages in "), "{said:?}");
    assert!(!said.contains('\r') && !said.contains('\u{1b}'), "{said:?}");
}
