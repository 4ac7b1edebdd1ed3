//! Every folder of `tests/cases/broken`: a config and the message that refuses it.
//!
//! `UPDATE_EXPECTED=1` writes the messages instead of comparing them; read the difference.

mod support;

use std::fs;
use std::path::Path;

use support::Plugins;

#[test]
fn each_broken_config_is_refused_with_the_expected_message() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/broken");
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let plugins = Plugins::new();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let case = entry.unwrap().path();
        let text = fs::read_to_string(case.join("config.toml")).unwrap();
        let shown = match plugins.plan(&text) {
            Ok(_) => {
                wrong.push(format!("{}: nothing is refused", case.display()));
                continue;
            }
            Err(problems) => problems.render("config.toml", &text, false) + "\n",
        };
        seen += 1;
        let expected = case.join("expected.txt");
        if update {
            fs::write(&expected, shown).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != shown {
            wrong.push(format!("{}: it now says\n{shown}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen >= 30, "only {seen} cases were found");
}
