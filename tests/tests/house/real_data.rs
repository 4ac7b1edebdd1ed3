//! Real data that others made.

use std::fs;

use crible_testkit::{real_data_test, shared_data};

use crate::program::{read_lines, run_well};

real_data_test! {
    fn the_summary_of_a_busy_channel_shows_who_flooded() {
        let irc = shared_data("irc_ubuntu_train_30k.jsonl.gz");
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
}
