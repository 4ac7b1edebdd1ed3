//! Judging messages without sources and sinks.

use std::path::Path;

use crible::{Crible, Fate, Judge, Judgement, Message};

fn judge(filters: &str) -> Judge {
    let mut builder = Crible::builder();
    for plugin in crible_bundle::bundled() {
        builder = builder.with_bundled(plugin.kind, plugin.name, plugin.component);
    }
    let config = format!(
        "[pipeline]\nclock = 'messages'\n[[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig.path = '-'\n\
         {filters}\n[[sink]]\nid = 'out'\nplugin = 'console'\n"
    );
    let loaded = builder.build().load_text("test.toml", &config, Path::new("."));
    loaded.unwrap_or_else(|error| panic!("{error}")).judge().expect("its filters can be made")
}

fn message(text: &str, hour: i64) -> Message {
    Message { text: text.into(), author: "zoé".into(), created_at: hour * 3_600_000, ..Message::default() }
}

fn fates(judgements: &[Judgement]) -> Vec<(u64, Fate)> {
    judgements.iter().map(|judgement| (judgement.number, judgement.fate)).collect()
}

#[test]
fn what_was_judged_before_is_remembered() {
    let mut judge = judge("[[filter]]\nplugin = 'cap'\nconfig.most = 1");
    assert!(judge.judge(&[message("L’été commence", 1)]).unwrap()[0].kept());
    let again = judge.judge(&[message("L’été continue", 1), message("L’été finit", 9)]).unwrap();
    assert_eq!(fates(&again), [(1, Fate::Dropped), (2, Fate::Kept)]);
    assert_eq!(again[0].whys[0].reason, "more than 1 from one author within 1h");
    assert_eq!(again[0].whys[0].about, "zoé");
}

#[test]
fn what_is_held_is_decided_when_its_time_has_come() {
    let mut judge = judge(
        "[[filter]]\nid = 'marks'\nplugin = 'query'\nconfig.score = [{ query = 'été', weight = 2.0 }]\n\
         [[filter]]\nid = 'best'\nplugin = 'top'\nconfig.best = 1\nconfig.window = '1h'",
    );
    let first = judge.judge(&[message("bonjour", 0), message("l’été", 0)]).unwrap();
    assert_eq!(first[1].fate, Fate::Held);
    assert_eq!(fates(&judge.judge(&[message("bonsoir", 2)]).unwrap()), [(2, Fate::Held)]);
    let mut decided = judge.decided();
    decided.sort_by_key(|judgement| judgement.number);
    let kept = decided.iter().find(|judgement| judgement.kept()).unwrap();
    assert_eq!((kept.number, kept.score), (1, 2.0));
    let said: Vec<&str> = kept.whys.iter().map(|why| why.stage.as_str()).collect();
    assert_eq!(said, ["marks", "best"]);
    assert_eq!(fates(&judge.end().unwrap()), [(2, Fate::Kept)]);
}

#[test]
fn a_message_that_one_of_two_branches_lets_pass_is_kept() {
    let mut judge = judge(
        "[[filter]]\nid = 'fr'\nplugin = 'query'\nfrom = ['in']\nconfig.keep = 'été'\n\
         [[filter]]\nid = 'en'\nplugin = 'query'\nfrom = ['in']\nconfig.keep = 'summer'\n\
         [[filter]]\nid = 'all'\nplugin = 'query'\nfrom = ['fr', 'en']\nconfig.drop = 'advert'",
    );
    let texts = ["l’été", "summer", "hiver", "summer advert"];
    let judged = judge.judge(&texts.map(|text| message(text, 1))).unwrap();
    let kept: Vec<bool> = judged.iter().map(Judgement::kept).collect();
    assert_eq!(kept, [true, true, false, false]);
}

#[test]
fn a_message_that_is_kept_while_another_branch_holds_it_is_told_once() {
    let mut judge = judge(
        "[[filter]]\nid = 'best'\nplugin = 'top'\nfrom = ['in']\nconfig.best = 1\nconfig.window = '1h'\n\
         [[filter]]\nid = 'themes'\nplugin = 'query'\nfrom = ['in']\nconfig.keep = 'été'\n\
         [[filter]]\nid = 'once'\nplugin = 'dedupe'\nfrom = ['best', 'themes']\nconfig.by = ['id']",
    );
    let dated = |id: &str, text: &str, hour| Message { id: id.into(), ..message(text, hour) };
    let judged = judge.judge(&[dated("1", "l’été", 1)]).unwrap();
    assert_eq!(fates(&judged), [(0, Fate::Kept)]);
    assert_eq!(fates(&judge.judge(&[dated("2", "bonsoir", 9)]).unwrap()), [(1, Fate::Held)]);
    assert!(judge.decided().is_empty(), "it was told already");
    assert_eq!(fates(&judge.end().unwrap()), [(1, Fate::Kept)]);
}

#[test]
fn a_message_that_makes_way_in_the_same_call_is_dropped_at_once() {
    let mut judge = judge("[[filter]]\nid = 'best'\nplugin = 'top'\nconfig.best = 1\nconfig.window = '1h'");
    let judged = judge.judge(&[message("a", 1), message("b", 1), message("c", 3)]).unwrap();
    assert_eq!(fates(&judged), [(0, Fate::Kept), (1, Fate::Dropped), (2, Fate::Held)]);
    assert_eq!(judged[1].whys[0].reason, "not the best of its hour");
}
