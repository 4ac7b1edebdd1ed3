//! Real data that others made: in `../shared/data` beside the repository, or in `$CRIBLE_DATA`.

use std::fs;
use std::path::PathBuf;

use crate::program::{read_lines, root, run_well};

fn data(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("CRIBLE_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from);
    let file = folder.join(name);
    if file.exists() {
        return Some(file.canonicalize().unwrap());
    }
    eprintln!("skipped: no shared data ({name})");
    None
}

#[test]
fn the_summary_of_a_busy_channel_shows_who_flooded() {
    let Some(irc) = data("irc_ubuntu_train_30k.jsonl.gz") else { return };
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("irc.toml");
    let text = format!(
        "[pipeline]\nclock = 'messages'\n[[source]]\nid = 'irc'\nplugin = 'jsonl'\nconfig.path = '{}'\n\
         [[filter]]\nplugin = 'dedupe'\n[[filter]]\nplugin = 'cap'\nconfig = {{ most = 5, window = '1h' }}\n\
         [[sink]]\nid = 'out'\nplugin = 'jsonl'\nconfig.path = 'out.jsonl'\n",
        irc.display()
    );
    fs::write(&config, text).unwrap();
    let said = run_well(&config);
    assert!(said.contains("30,000"), "{said}");
    assert!(said.contains("more than 5 from one author within 1h"), "{said}");
    assert!(said.contains("Seveas"), "who wrote most is named: {said}");
    let kept = read_lines(&folder.path().join("out.jsonl"));
    assert!((1_000..29_000).contains(&kept.len()), "{}", kept.len());
}
