//! Input that is not what it should be.

use std::fs;

use crate::program::{read_lines, run, run_well, text};

#[test]
fn a_malformed_line_is_a_dead_letter_with_its_number_and_the_run_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let lines = [
        r#"{"id":"1","text":"l'été à Nice 🏖"}"#,
        r#"{"id":"2","text":"#,
        "",
        "nonsense",
        r#"["a list"]"#,
        r#"{"id":"3","text":"fin"}"#,
    ];
    fs::write(at("in.jsonl"), lines.join("\n")).unwrap();
    fs::write(
        at("p.toml"),
        "[pipeline]\ndead_letters = 'dead.jsonl'\n[[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig.path = 'in.jsonl'\n\
         [[sink]]\nid = 'out'\nplugin = 'jsonl'\nconfig.path = 'out.jsonl'\n",
    )
    .unwrap();
    let said = run_well(&at("p.toml"));
    assert!(said.contains("dead.jsonl"), "the summary says where the dead letters are: {said}");
    let kept = read_lines(&at("out.jsonl"));
    assert_eq!(kept.iter().map(|line| text(line, "id")).collect::<Vec<_>>(), ["1", "3"]);
    assert_eq!(text(&kept[0], "text"), "l'été à Nice 🏖");
    let dead = read_lines(&at("dead.jsonl"));
    let places: Vec<&str> =
        dead.iter().map(|letter| text(letter, "place").rsplit(':').next().unwrap()).collect();
    assert_eq!(places, ["2", "4", "5"]);
    assert_eq!(text(&dead[1], "raw"), "nonsense");
    assert_eq!(text(&dead[0], "stage"), "in");
}

#[test]
fn what_was_written_can_be_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let line = r#"{"id":"1","channel":"c","author":"a","author_name":"Zoé","title":"t","text":"x\"y","lang":"fr","url":"https://example.org/é","reply_to":"0","created_at":"2026-03-14T09:12:00Z","links":["https://example.net"],"tags":["été"],"followers":3,"likes":2,"attrs":{"label":"spam"}}"#;
    fs::write(at("in.jsonl"), line).unwrap();
    for (config, from, to) in [("a.toml", "in.jsonl", "once.jsonl"), ("b.toml", "once.jsonl", "twice.jsonl")]
    {
        let text = format!(
            "[[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig.path = '{from}'\n\
             [[sink]]\nid = 'out'\nplugin = 'jsonl'\nconfig.path = '{to}'\n"
        );
        fs::write(at(config), text).unwrap();
        run_well(&at(config));
    }
    let (once, twice) = (read_lines(&at("once.jsonl")), read_lines(&at("twice.jsonl")));
    let given: serde_json::Value = serde_json::from_str(line).unwrap();
    for (field, value) in given.as_object().unwrap().iter().filter(|(field, _)| *field != "created_at") {
        assert_eq!(&once[0][field], value, "{field}");
        assert_eq!(&twice[0][field], value, "{field}");
    }
    assert_eq!(once[0]["created_at"], twice[0]["created_at"]);
}

#[test]
fn a_broken_config_ends_with_2_and_a_missing_file_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("broken.toml");
    fs::write(&config, "[[source]]\nplugin = 'jsonl'\n").unwrap();
    for arguments in [["run", config.to_str().unwrap()], ["check", config.to_str().unwrap()]] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("broken.toml:1"), "{arguments:?}");
    }
    let output = run(&["run", folder.path().join("brokn.toml").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("broken.toml"), "the nearest name is offered: {said}");
}
