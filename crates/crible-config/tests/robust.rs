//! Whatever the text is, the answer is a plan or problems that can be shown.

mod support;

use proptest::prelude::*;
use support::Plugins;

fn check_and_show(text: &str) {
    let plugins = Plugins::new();
    if let Err(problems) = plugins.plan(text) {
        assert!(!problems.0.is_empty());
        let shown = problems.render("config.toml", text, false);
        assert!(shown.contains("config.toml"), "{shown}");
        problems.render("config.toml", text, true);
    }
}

/// Lines that a config is made of, right and wrong ones.
fn line() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "[pipeline]",
        "[[source]]",
        "[[filter]]",
        "[[sink]]",
        "[source.config]",
        "[filter.config]",
        "[sink.config]",
        "[source]",
        "[[pipeline]]",
        "[filter.limits]",
        "[[filter.config]]",
        "[[test]]",
        "[[test.messages]]",
        "[test]",
        "name = 'été'",
        "messages = [{ text = 'a', after = '1h' }, { id = '1', created_at = 2026-01-01 }]",
        "expect = ['kept', { id = 'x', is = 'dropped', stage = 'cap' }]",
        "expect = ['kept', 'failed']",
        "order = ['1', '2']",
        "created_at = 9223372036854775807",
        "[source.config.fields]",
        "plugin = \"jsonl\"",
        "plugin = 'cap'",
        "plugin = 'query'",
        "plugin = 'console'",
        "plugin = './x.wasm'",
        "plugin = 'native:x'",
        "plugin = ''",
        "plugin = '.wasm'",
        "id = 'a'",
        "id = 'b'",
        "id = 'É'",
        "id = 3",
        "from = ['a']",
        "from = ['a', 'b', 'a']",
        "from = []",
        "from = 'a'",
        "from = [1]",
        "from = [[]]",
        "path = '${DATA}'",
        "path = '${NOTHING}'",
        "path = ['a', \"${\"]",
        "path = inf",
        "path = 99999999999999999999",
        "retry = { most = -1, first = '1w', longest = '1ms' }",
        "limits = { memory = '1B', time = '0s' }",
        "allow = ['read:', 'write:x', 'x', 1]",
        "batch = 0",
        "batch = 1.0",
        "in_flight = -5",
        "at_end = 'keep'",
        "config = 3",
        "config = { keep = 'é' }",
        "config.keep = 2",
        "keep = \"\"\"\n\\\n  é\"\"\"",
        "when = 2026-01-01",
        "score = [{ query = 1 }, { weight = 'x' }, 3]",
        "score = { query = 'x' }",
        "window = '1h1h'",
        "on_error = 'keep'",
        "most = '5'",
        "most = true",
        "per = 'auteur'",
        "= 1",
        "\"\" = 1",
        "\"a/b~c\" = { \"/\" = 1 }",
        "\u{feff}",
    ]);
    prop_oneof![
        8 => fixed.prop_map(str::to_owned),
        1 => "[a-z_\\[\\]\"'=.{}$é😀\t ]{0,20}",
    ]
}

/// A key with each of the values that it is tried with.
const KEYS: [(&str, &[&str]); 9] = [
    ("id", &["'a'", "'b'", "'c'", "'É'", "3", "''", "'${NOTHING}'"]),
    (
        "plugin",
        &[
            "'jsonl'",
            "'cap'",
            "'query'",
            "'dedupe'",
            "'console'",
            "'./x.wasm'",
            "'.wasm'",
            "'native:x'",
            "''",
            "1",
        ],
    ),
    ("from", &["['a']", "['b', 'c']", "['a', 'b', 'a']", "[]", "'a'", "[1]", "['jsonl', '${NOTHING}']"]),
    ("on_error", &["'keep'", "'dead_letter'", "'${DATA}'", "[]"]),
    ("allow", &["['read:', 'write:x']", "['x', 1]", "{}"]),
    ("limits", &["{ memory = '1B', time = '0s' }", "{ log_per_second = -1, x = 1 }", "1"]),
    ("retry", &["{ most = -1, first = '1w', longest = '1ms' }", "{ first = 1 }", "'x'"]),
    ("config.most", &["5", "'5'", "5.5", "99999999999999999999", "[[{}]]"]),
    (
        "config.path",
        &["'x'", "['a', '${DATA}']", "['${', 'é']", "inf", "2026-01-01", "{ 'a/b~c' = '$${x}' }"],
    ),
];

/// A table that is TOML, whatever else is wrong with it.
fn table() -> impl Strategy<Value = String> {
    let header =
        prop::sample::select(vec!["[[source]]", "[[filter]]", "[[sink]]", "[[filter]]", "[[sinks]]"]);
    let key = |at: usize| {
        let (key, values) = KEYS[at];
        prop::option::of(prop::sample::select(values).prop_map(move |value| format!("{key} = {value}")))
    };
    let keys: Vec<_> = (0..KEYS.len()).map(key).collect();
    (header, keys).prop_map(|(header, lines)| {
        let lines: Vec<String> = lines.into_iter().flatten().collect();
        format!("{header}\n{}\n", lines.join("\n"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_lines(lines in prop::collection::vec(line(), 0..6), newline in prop::sample::select(vec!["\n", "\r\n"])) {
        check_and_show(&lines.join(newline));
    }

    #[test]
    fn any_tables(tables in prop::collection::vec(table(), 0..6)) {
        let text = tables.concat();
        prop_assert!(Plugins::new().parse(&text).is_ok(), "it should be TOML:\n{text}");
        check_and_show(&text);
    }

    #[test]
    fn any_text(text in "\\PC*") {
        check_and_show(&text);
    }
}

#[test]
fn a_very_long_line_is_shown_around_the_mistake() {
    let query = "mot OR ".repeat(400);
    let text = format!(
        "[[source]]\nplugin='jsonl'\nconfig.path='-'\n[[filter]]\nplugin='query'\nconfig={{ keep='{query}', kep=1 }}\n\
         [[sink]]\nplugin='console'\n"
    );
    let problems = Plugins::new().plan(&text).unwrap_err();
    let shown = problems.render("config.toml", &text, false);
    assert!(shown.contains("kep=1"), "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() < 200), "{shown}");
}

#[test]
fn deep_nesting_does_not_exhaust_the_stack() {
    for depth in [50, 100, 10_000] {
        check_and_show(&format!("x = {}1{}", "[".repeat(depth), "]".repeat(depth)));
        check_and_show(&format!("{}x = 1", "a.".repeat(depth)));
        check_and_show(&format!("[{}x]", "a.".repeat(depth)));
        check_and_show(&format!("x = {}1{}", "{ a = ".repeat(depth), " }".repeat(depth)));
        let stages = "[[source]]\nplugin='x.wasm'\nconfig.";
        check_and_show(&format!("{stages}{}x = 1\n[[sink]]\nplugin='console'\n", "a.".repeat(depth)));
    }
}
