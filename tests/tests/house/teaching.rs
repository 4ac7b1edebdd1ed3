//! A stage is taught by examples and by feedback, through the program alone.

use std::fs;
use std::path::Path;

use crate::program::{crible, read_lines, text};

const CONFIG: &str = r#"
[pipeline]
state = "state"
quarantine = "quarantine"
clock = "messages"

[[source]]
id = "in"
plugin = "jsonl"
config = { path = "day.jsonl" }

[[filter]]
id = "taught"
plugin = "learned"
config = { model = "town.model", drop_below = 0.5 }

[[sink]]
id = "out"
plugin = "jsonl"
config = { path = "out.jsonl" }
"#;

/// Forty labelled messages from two towns: what is closed matters, lunch does not.
fn examples() -> String {
    let line = |number: usize| {
        let town = ["Valmont", "Montorle"][number / 2 % 2];
        let (text, label) = match number % 2 {
            0 => (format!("Inondation : le pont {number} est fermé, évacuation en cours"), "keep"),
            _ => (format!("mon déjeuner {number} était délicieux 😋"), "drop"),
        };
        format!("{{\"id\":\"e{number}\",\"channel\":\"{town}\",\"text\":\"{text}\",\"label\":\"{label}\"}}\n")
    };
    (0..40).map(line).collect()
}

const DAY: &str = r#"{"id":"1","text":"Le pont du Nord est fermé, évacuation","created_at":1773446400000}
{"id":"2","text":"Un déjeuner délicieux 😋","created_at":1773446401000}
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("town.toml", CONFIG), ("examples.jsonl", &examples()), ("day.jsonl", DAY)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// What it says, and whether it went well.
fn say(folder: &Path, arguments: &[&str]) -> (String, bool) {
    let output = crible(arguments).current_dir(folder).output().unwrap();
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
    (said, output.status.success())
}

fn train(folder: &Path) {
    let arguments =
        "train town.toml examples.jsonl --stage taught --label label --positive keep -o town.model";
    let (said, is_well) = say(folder, &arguments.split(' ').collect::<Vec<_>>());
    assert!(is_well && said.contains("learned of 40 messages, 20 of them essential"), "{said}");
}

#[test]
fn a_model_that_is_missing_is_told_with_how_to_make_it_and_then_tells_messages_apart() {
    let folder = folder();
    let folder = folder.path();
    let (said, is_well) = say(folder, &["check", "town.toml"]);
    assert!(!is_well && said.contains("there is no file `town.model`"), "{said}");
    assert!(said.contains("crible train") && !said.contains("damaged"), "{said}");
    train(folder);
    let (said, is_well) = say(folder, &["run", "town.toml"]);
    assert!(is_well, "{said}");
    let kept = read_lines(&folder.join("out.jsonl"));
    assert_eq!(kept.iter().map(|line| text(line, "id")).collect::<Vec<_>>(), ["1"]);
    // The model is a file of its own: half of it is refused, and the place is underlined.
    let model = fs::read(folder.join("town.model")).unwrap();
    fs::write(folder.join("town.model"), &model[..model.len() / 2]).unwrap();
    let (said, is_well) = say(folder, &["check", "town.toml"]);
    assert!(!is_well && said.contains("the model cannot be read") && said.contains("town.toml:"), "{said}");
}

#[test]
fn feedback_is_remembered_by_the_state_and_forgotten_when_asked() {
    let folder = folder();
    let folder = folder.path();
    train(folder);
    say(folder, &["run", "town.toml"]);
    // The message that was dropped is found in the quarantine, the other one in what the sink wrote.
    for _ in 0..4 {
        let (said, is_well) = say(folder, &["feedback", "town.toml", "good", "2"]);
        assert!(is_well && said.contains("déjeuner délicieux"), "{said}");
    }
    let (said, is_well) = say(folder, &["feedback", "town.toml", "bad", "1"]);
    assert!(is_well && said.contains("pont du Nord"), "{said}");
    let later = "{\"id\":\"3\",\"text\":\"Un déjeuner délicieux 😋\",\"created_at\":1773446402000}\n";
    fs::write(folder.join("day.jsonl"), [DAY, later].concat()).unwrap();
    say(folder, &["run", "town.toml"]);
    let kept = read_lines(&folder.join("out.jsonl"));
    assert_eq!(kept.iter().map(|line| text(line, "id")).collect::<Vec<_>>(), ["1", "3"], "lunch is good now");
    let (said, is_well) = say(folder, &["feedback", "town.toml", "forget"]);
    assert!(is_well && said.contains("remembers nothing"), "{said}");
    let last = "{\"id\":\"4\",\"text\":\"Un déjeuner délicieux 😋\",\"created_at\":1773446403000}\n";
    fs::write(folder.join("day.jsonl"), [DAY, later, last].concat()).unwrap();
    say(folder, &["run", "town.toml"]);
    assert_eq!(read_lines(&folder.join("out.jsonl")).len(), 2, "lunch is no good again");
    let (said, is_well) = say(folder, &["feedback", "town.toml", "good", "99"]);
    assert!(!is_well && said.contains("--on FILE"), "{said}");
}

#[test]
fn each_group_is_judged_by_what_the_others_taught() {
    let folder = folder();
    let arguments =
        "eval town.toml examples.jsonl --label label --positive keep --by channel --stage taught --json";
    let (said, is_well) = say(folder.path(), &arguments.split(' ').collect::<Vec<_>>());
    assert!(is_well, "{said}");
    let figures: serde_json::Value = serde_json::from_str(&said).unwrap();
    let groups = figures["groups"].as_array().unwrap();
    assert_eq!(groups.iter().map(|group| text(group, "group")).collect::<Vec<_>>(), ["Valmont", "Montorle"]);
    assert!(groups.iter().all(|group| group["messages"] == 20 && group["f1"] == 1.0), "{groups:?}");
    assert_eq!((&figures["messages"], &figures["kept"]["f1"]), (&40.into(), &1.0.into()));
}
