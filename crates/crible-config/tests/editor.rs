//! The JSON Schema that editors complete a config with.

mod support;

use crible_config::{BundledPlugin, schema};
use serde_json::Value;
use support::Plugins;

fn whole_schema() -> Value {
    let plugins = Plugins::new();
    let bundled: Vec<BundledPlugin<'_>> = plugins
        .names()
        .into_iter()
        .filter_map(|(kind, name)| {
            plugins.of(kind, name).map(|config| BundledPlugin { kind, name, config, about: "what it does" })
        })
        .collect();
    schema(&bundled)
}

fn accepts(text: &str) -> bool {
    let validator = jsonschema::validator_for(&whole_schema()).expect("a JSON Schema");
    let config: Value = toml::from_str(text).expect("TOML");
    validator.is_valid(&config)
}

const GOOD: &str = "[pipeline]\ncheckpoint_every='1s'\nquarantine={ path='q', age='7d' }\n\
    [[source]]\nplugin='jsonl'\nconfig.path='${DATA}/x'\n\
    [[filter]]\nplugin='cap'\n[filter.config]\nper='author'\nmost=5\nwindow='1h30m'\n\
    [[filter]]\nplugin='query'\n[filter.config]\nscore=[{ query='x', weight=2.0 }]\n\
    [[filter]]\nplugin='./mine.wasm'\nconfig.anything=1\n\
    [[sink]]\nid='out'\nplugin='jsonl'\nconfig={ path='o', rotate='64MiB' }\n\
    [[test]]\nname='t'\nmessages=[{ text='a', after='1h' }, {}]\nexpect=['kept', { is='dropped', score=1 }]\n";

#[test]
fn a_good_config_passes() {
    assert!(Plugins::new().plan(GOOD).is_ok());
    assert!(accepts(GOOD));
}

#[test]
fn what_the_check_refuses_the_editor_marks() {
    for (right, wrong) in [
        ("most=5", "most='5'"),
        ("most=5", "mots=5"),
        ("per='author'", "per='auteur'"),
        ("'1h30m'", "'une heure'"),
        ("'64MiB'", "'64 Mo'"),
        ("query='x'", "qery='x'"),
        ("plugin='cap'", "plugin='capp'"),
        ("config.path='${DATA}/x'", ""),
        ("checkpoint_every", "checkpoint"),
        ("path='q', ", ""),
        ("'7d'", "7"),
        ("id='out'", "on_error='drop'"),
        ("[[sink]]", "[[sinks]]"),
        ("text='a'", "txt='a'"),
        ("after='1h'", "after='demain'"),
        ("'kept'", "'keep'"),
        ("score=1", "scor=1"),
        ("is='dropped'", "was='dropped'"),
    ] {
        let text = GOOD.replace(right, wrong);
        assert_ne!(text, GOOD);
        assert!(Plugins::new().plan(&text).is_err(), "the check takes {wrong}");
        assert!(!accepts(&text), "the editor takes {wrong}");
    }
}

#[test]
fn an_editor_shows_what_each_plugin_does() {
    let whole = whole_schema();
    let choices = &whole["properties"]["filter"]["items"]["properties"]["plugin"]["anyOf"];
    assert_eq!(choices[2]["const"], "cap");
    assert_eq!(choices[2]["description"], "what it does");
    assert_eq!(whole["$defs"]["filter-cap"]["properties"]["per"]["description"], "whom to count by");
}
