//! What a right config becomes.

mod support;

use std::time::Duration;

use crible_config::{Access, AtEnd, Clock, Kind, OnError, Plan, PluginRef, QuarantineSettings};
use serde_json::json;
use support::Plugins;

fn plan(text: &str) -> Plan {
    let shown = |problems: crible_config::Problems| panic!("{}", problems.render("config.toml", text, false));
    Plugins::new().plan(text).unwrap_or_else(shown)
}

const SMALL: &str = "[[source]]\nplugin='jsonl'\nconfig.path='-'\n[[sink]]\nplugin='console'\n";

#[test]
fn the_smallest_config_has_every_default() {
    let plan = plan(SMALL);
    assert_eq!(plan.pipeline.name, "crible");
    assert_eq!((plan.pipeline.batch, plan.pipeline.in_flight), (2048, 65_536));
    assert_eq!(plan.pipeline.checkpoint_every, Duration::from_secs(1));
    assert_eq!((plan.pipeline.clock, plan.pipeline.at_end), (Clock::Wall, AtEnd::Release));
    assert_eq!((plan.pipeline.state, plan.pipeline.dead_letters), (None, None));
    assert_eq!(plan.pipeline.quarantine, None);
    let [source, sink] = plan.stages.as_slice() else { panic!("two stages") };
    assert_eq!((source.id.as_str(), source.kind), ("jsonl", Kind::Source));
    assert_eq!((sink.id.as_str(), sink.from.as_slice()), ("console", [0].as_slice()));
    assert_eq!(sink.plugin, PluginRef::Bundled("console".to_owned()));
    assert_eq!(sink.config, json!({}));
    assert_eq!(sink.limits.memory, 64 << 20);
    assert_eq!(sink.retry.most, 10);
    assert!(plan.warnings.0.is_empty());
}

#[test]
fn every_setting_is_read() {
    let text = "[pipeline]\nname='été'\nstate='s'\nclock='messages'\ncheckpoint_every='50ms'\n\
        dead_letters='d.jsonl'\nat_end='keep'\nbatch=8\nin_flight=8\n\
        [[source]]\nid='in'\nplugin='jsonl'\nconfig.path='a'\nallow=['read:/b', 'write:c:d']\n\
        [[filter]]\nplugin='dir/my_rule.wasm'\non_error='stop'\n\
        limits={ memory='1MiB', time='20ms', answer='2KiB', log_per_second=3, interrupt=false }\n\
        [[sink]]\nplugin='console'\nretry={ most=2, first='1s', longest='1m' }\n";
    let plan = plan(text);
    assert_eq!(plan.pipeline.name, "été");
    assert_eq!(plan.pipeline.at_end, AtEnd::Keep);
    assert_eq!(plan.pipeline.clock, Clock::Messages);
    assert_eq!(plan.pipeline.in_flight, 8);
    let allow: Vec<_> = plan.stages[0].allow.iter().map(|a| (a.access, a.value.as_str())).collect();
    assert_eq!(allow, [(Access::Read, "/b"), (Access::Write, "c:d")]);
    let rule = &plan.stages[1];
    assert_eq!((rule.id.as_str(), rule.on_error), ("my_rule", OnError::Stop));
    assert_eq!(rule.plugin, PluginRef::Wasm("dir/my_rule.wasm".to_owned()));
    assert_eq!((rule.limits.time, rule.limits.answer), (Duration::from_millis(20), 2048));
    assert!(!rule.limits.interrupt);
    let retry = plan.stages[2].retry;
    assert_eq!(
        (retry.most, retry.first, retry.longest),
        (2, Duration::from_secs(1), Duration::from_secs(60))
    );
}

#[test]
fn a_quarantine_is_a_folder_and_may_have_bounds() {
    let read = |written: &str| {
        plan(&format!("[pipeline]\nquarantine={written}\n{SMALL}")).pipeline.quarantine.unwrap()
    };
    let of =
        |path: &str, size, age| QuarantineSettings { path: path.into(), size, age: Duration::from_secs(age) };
    assert_eq!(read("'été'"), of("été", 100_000_000, 30 * 86_400));
    assert_eq!(read("{ path='q' }"), of("q", 100_000_000, 30 * 86_400));
    assert_eq!(read("{ path='q', size='1GB', age='1h' }"), of("q", 1_000_000_000, 3_600));
}

#[test]
fn stages_follow_each_other_and_branch_where_from_says_so() {
    let text = "[[sink]]\nid='all'\nplugin='console'\nfrom=['a','b']\n\
        [[filter]]\nid='one'\nplugin='dedupe'\n\
        [[source]]\nid='a'\nplugin='jsonl'\nconfig.path='a'\n\
        [[source]]\nid='b'\nplugin='jsonl'\nconfig.path='b'\n\
        [[filter]]\nid='two'\nplugin='dedupe'\n\
        [[filter]]\nid='branch'\nplugin='dedupe'\nfrom=['one','b']\n\
        [[sink]]\nid='last'\nplugin='console'\n\
        [[sink]]\nid='join'\nplugin='console'\nfrom=['two','branch']\n";
    let plan = plan(text);
    let ids: Vec<&str> = plan.stages.iter().map(|stage| stage.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "one", "two", "branch", "all", "last", "join"]);
    let from: Vec<&[usize]> = plan.stages.iter().map(|stage| stage.from.as_slice()).collect();
    let expected: [&[usize]; 8] = [&[], &[], &[0, 1], &[2], &[2, 1], &[0, 1], &[4], &[3, 4]];
    assert_eq!(from, expected);
    for (index, stage) in plan.stages.iter().enumerate() {
        assert!(stage.from.iter().all(|before| *before < index));
    }
}

#[test]
fn paths_in_marked_options_are_granted() {
    let text = "[[source]]\nplugin='jsonl'\nconfig.path=['a.jsonl', '${DATA}/b']\nconfig.fields={ text='/t' }\n\
        [[sink]]\nid='out'\nplugin='jsonl'\nconfig.path='out.jsonl'\n";
    let plan = plan(text);
    let grants: Vec<_> = plan
        .stages
        .iter()
        .flat_map(|stage| &stage.grants)
        .map(|grant| (grant.access, grant.value.as_str(), grant.pointer.as_str(), &text[grant.span.clone()]))
        .collect();
    assert_eq!(
        grants,
        [
            (Access::Read, "a.jsonl", "/path/0", "'a.jsonl'"),
            (Access::Read, "data/été/b", "/path/1", "'${DATA}/b'"),
            (Access::Write, "out.jsonl", "/path", "'out.jsonl'"),
        ]
    );
}

#[test]
fn variables_are_read_in_values_and_a_doubled_dollar_is_plain() {
    let text = SMALL.replace("'-'", "'${DATA}/$${DATA}/$1'");
    assert_eq!(plan(&text).stages[0].config["path"], "data/été/${DATA}/$1");
}

#[test]
fn dates_reach_plugins_as_text() {
    let text = "[[source]]\nplugin='x.wasm'\nconfig.since=2026-01-02T03:04:05Z\n[[sink]]\nplugin='console'\n";
    assert_eq!(plan(text).stages[0].config["since"], "2026-01-02T03:04:05Z");
}

#[test]
fn a_lost_letter_is_only_a_warning() {
    let text = format!("{SMALL}[[filter]]\nplugin='dedupe'\non_error='dead_letter'\n");
    let plan = plan(&text);
    assert_eq!(plan.warnings.0.len(), 1);
    let shown = plan.warnings.render("config.toml", &text, false);
    assert!(shown.starts_with("warning[no-dead-letters]"), "{shown}");
    let remembered = self::plan(&format!("[pipeline]\nquarantine='q'\n{text}"));
    assert!(remembered.warnings.0.is_empty());
}

#[test]
fn a_plugin_with_a_wrong_schema_is_blamed_and_not_the_config() {
    let schema = json!({ "type": 7 });
    let config = Plugins::new().parse(SMALL).unwrap();
    let problems = config.review(&|stage| (stage.kind == Kind::Sink).then_some(&schema)).plan().unwrap_err();
    assert_eq!(problems.0.len(), 1);
    assert_eq!(problems.0[0].code, "bad-schema");
    assert_eq!(&SMALL[problems.0[0].span.clone()], "'console'");
}

#[test]
fn colour_only_adds_colour() {
    let text = SMALL.replace("'console'", "'consle'");
    let problems = Plugins::new().plan(&text).unwrap_err();
    assert!(problems.render("config.toml", &text, true).contains('\u{1b}'));
    let plain = problems.render("config.toml", &text, false);
    assert!(!plain.contains('\u{1b}'));
    assert!(plain.contains("config.toml:5:8"), "{plain}");
}

#[test]
fn what_a_variable_holds_is_not_repeated() {
    let filter = "[[filter]]\nplugin='cap'\nconfig={ per='author', most=1, window='1h' }\n";
    for (right, wrong, said) in [
        ("'author'", "'${PASSWORD}'", "the variable holds none of these values"),
        ("'1h'", "'${PASSWORD}'", "the variable does not hold a duration"),
        ("most=1", "most='${PASSWORD}'", "a variable always gives a string"),
    ] {
        let text = format!("{SMALL}{}", filter.replace(right, wrong));
        let problems = Plugins::new().plan(&text).unwrap_err();
        let shown = problems.render("config.toml", &text, false);
        assert!(shown.contains(said), "{shown}");
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
