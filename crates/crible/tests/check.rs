//! What is said of a config before it runs.

use std::path::Path;
use std::sync::LazyLock;

use crible::{Crible, LoadError, Loaded, Severity};

/// One for all tests: each component is compiled once.
static CRIBLE: LazyLock<Crible> = LazyLock::new(|| {
    let mut builder = Crible::builder().with_variables(|_| None);
    for plugin in crible_bundle::bundled() {
        builder = builder.with_bundled(plugin.kind, plugin.name, plugin.component);
    }
    builder.build()
});

fn load(config: &str) -> Result<Loaded, LoadError> {
    CRIBLE.load_text("test.toml", config, Path::new("."))
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_the_file() {
    let config = "[pipeline]\nstate = 'Cargo.toml'\n\
        [[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig.path = ['no-such.jsonl', '${UNSET}']\n\
        [[filter]]\nid = 'été'\nplugin = 'query'\nconfig.keep = 'été AND'\n\
        [[filter]]\nid = 'flood'\nplugin = 'cap'\nfrom = ['inn']\nconfig.most = '5'\n\
        [[sink]]\nplugin = 'jsonl'\nconfig.path = 'out.jsonl'\nconfig.mode = 'repace'\n";
    let Err(LoadError::Refused(refused)) = load(config) else { panic!("it is refused") };
    let codes: Vec<&str> = refused.problems.0.iter().map(|problem| problem.code).collect();
    let expected = [
        "not-a-folder",
        "missing-file",
        "unset-variable",
        "bad-value",
        "dead-end",
        "refused-option",
        "unknown-stage",
        "wrong-type",
        "unknown-value",
    ];
    assert_eq!(codes, expected, "{}", refused.render(false));
    assert!(refused.problems.0.is_sorted_by_key(|problem| problem.span.start));
}

#[test]
fn filters_that_only_judge_need_no_file_that_a_source_reads_or_a_sink_writes() {
    let folder = tempfile::tempdir().unwrap();
    let (config, taken) = (folder.path().join("pipeline.toml"), folder.path().join("taken"));
    std::fs::write(taken, "").unwrap();
    let ends = "[[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig.path = 'no-such.jsonl'\n\
        [[sink]]\nid = 'out'\nplugin = 'jsonl'\nconfig.path = 'taken/out.jsonl'\n";
    let filter = "[[filter]]\nid = 'rule'\nplugin = 'query'\nconfig.keep = 'rust'\n";
    std::fs::write(&config, format!("{ends}{filter}")).unwrap();
    assert!(CRIBLE.load(&config).is_err());
    let loaded = CRIBLE.load_to_judge(&config).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(loaded.plan().stages.len(), 3);
    // What a filter is to be given must be there.
    let filter = "[[filter]]\nid = 'rule'\nplugin = 'learned'\nconfig.model = 'no-such.model'\n";
    std::fs::write(&config, format!("{ends}{filter}")).unwrap();
    let Err(LoadError::Refused(refused)) = CRIBLE.load_to_judge(&config) else { panic!("it is refused") };
    let codes: Vec<&str> = refused.problems.0.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["missing-file"], "{}", refused.render(false));
}

/// The stages that are warned of, for the filters and the sink of a config.
fn warned(stages: &str) -> Vec<String> {
    let config = format!("[[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig.path = 'Cargo.toml'\n{stages}");
    let loaded = load(&config).unwrap_or_else(|error| panic!("{error}"));
    let problems = loaded.warnings().map(|told| told.problems.0.clone()).unwrap_or_default();
    problems
        .iter()
        .filter(|problem| problem.code == "comes-twice")
        .map(|problem| config[problem.span.clone()].to_owned())
        .collect()
}

const TOP: &str = "[[filter]]\nid = 'best'\nplugin = 'top'\nfrom = ['in']\n";
const QUERY: &str = "[[filter]]\nid = 'themes'\nplugin = 'query'\nfrom = ['in']\nconfig.keep = 'été'\n";

fn sink(from: &str) -> String {
    format!("[[sink]]\nid = 'out'\nplugin = 'console'\nfrom = {from}\n")
}

#[test]
fn ways_of_which_one_holds_are_warned_of_where_they_meet() {
    let joined = format!("{QUERY}{TOP}");
    assert_eq!(warned(&(joined.clone() + &sink("['themes', 'best']"))), ["['themes', 'best']"]);
    assert_eq!(warned(&(joined.clone() + &sink("['in', 'best']") + QUERY_SINK)), ["['in', 'best']"]);
    // Once is enough: behind the place where they meet the message is there twice anyway.
    let behind = "[[filter]]\nid = 'a'\nplugin = 'query'\nfrom = ['themes', 'best']\nconfig.drop = 'x'\n\
        [[filter]]\nid = 'b'\nplugin = 'query'\nfrom = ['a']\nconfig.drop = 'y'\n";
    assert_eq!(warned(&(joined + behind + &sink("['a', 'b']"))), ["['themes', 'best']"]);
    let two = TOP.replace("best", "other");
    assert_eq!(warned(&format!("{TOP}{two}{}", sink("['best', 'other']"))), ["['best', 'other']"]);
}

const QUERY_SINK: &str = "[[sink]]\nid = 'second'\nplugin = 'console'\nfrom = ['themes']\n";

#[test]
fn ways_that_bring_each_message_once_are_not() {
    // Both wait in the same filter.
    let behind = "[[filter]]\nid = 'a'\nplugin = 'query'\nfrom = ['best']\nconfig.drop = 'x'\n\
        [[filter]]\nid = 'b'\nplugin = 'query'\nfrom = ['best']\nconfig.drop = 'y'\n";
    assert!(warned(&format!("{TOP}{behind}{}", sink("['a', 'b']"))).is_empty());
    // They meet in a filter that knows what it has met.
    let once = "[[filter]]\nid = 'once'\nplugin = 'dedupe'\nfrom = ['themes', 'best']\nconfig.by = ['id']\n";
    assert!(warned(&format!("{QUERY}{TOP}{once}{}", sink("['once']"))).is_empty());
    // None holds.
    let cap = "[[filter]]\nid = 'flood'\nplugin = 'cap'\nfrom = ['in']\nconfig.most = 1\n";
    assert!(warned(&format!("{QUERY}{cap}{}", sink("['themes', 'flood']"))).is_empty());
    // Their messages are of two sources.
    let second = "[[source]]\nid = 'second'\nplugin = 'jsonl'\nconfig.path = 'Cargo.toml'\n";
    assert!(warned(&format!("{second}{TOP}{}", sink("['best', 'second']"))).is_empty());
}

/// What is said of shared files, by severity and place, for two sinks and `[pipeline]`.
fn shared(pipeline: &str, first: &str, second: &str) -> Vec<(Severity, String)> {
    let sink = |id: &str, path: &str| {
        format!("[[sink]]\nid = '{id}'\nplugin = 'jsonl'\nfrom = ['in']\nconfig.path = '{path}'\n")
    };
    let config = format!(
        "[pipeline]\n{pipeline}\n[[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig.path = 'Cargo.toml'\n{}{}",
        sink("a", first),
        sink("b", second)
    );
    let told = match load(&config) {
        Ok(loaded) => loaded.warnings().map(|told| told.problems.0.clone()).unwrap_or_default(),
        Err(LoadError::Refused(refused)) => refused.problems.0,
        Err(error) => panic!("{error}"),
    };
    let shared = told.iter().filter(|problem| problem.code == "shared-file");
    shared.map(|problem| (problem.severity, config[problem.span.clone()].to_owned())).collect()
}

#[test]
fn a_file_that_two_write_is_refused_and_one_that_is_read_too_is_told() {
    use Severity::{Error, Warning};
    let said = |severity, place: &str| vec![(severity, place.to_owned())];
    assert_eq!(shared("", "out/é.jsonl", "./out/x/../é.jsonl"), said(Error, "'./out/x/../é.jsonl'"));
    assert_eq!(shared("dead_letters = 'a.jsonl'", "a.jsonl", "b.jsonl"), said(Error, "'a.jsonl'"));
    assert_eq!(shared("", "Cargo.toml", "b.jsonl"), said(Warning, "'Cargo.toml'"));
    assert!(shared("dead_letters = 'c.jsonl'", "a.jsonl", "b.jsonl").is_empty());
    let quarantine = "quarantine = 'q'\nstate = 'é/../q'";
    assert_eq!(shared(quarantine, "a.jsonl", "b.jsonl"), said(Error, "'q'"));
    assert_eq!(shared("quarantine = { path = './q' }", "a.jsonl", "q/b.jsonl"), said(Error, "'./q'"));
    assert!(shared("quarantine = 'q'", "q/below/a.jsonl", "b.jsonl").is_empty());
    assert!(shared("", "-", "-").is_empty());
    if cfg!(unix) {
        assert!(shared("", "/dev/null", "/dev/null").is_empty(), "nobody reads it");
    }
}
