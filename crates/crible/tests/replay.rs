//! Recorded messages through the filters of a config, as embedders use it.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use crible::{Crible, Fate, Loaded, Message, Replay};

fn crible() -> Crible {
    let mut builder = Crible::builder().with_cache(Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    for plugin in crible_bundle::bundled() {
        builder = builder.with_bundled(plugin.kind, plugin.name, plugin.component);
    }
    builder.build()
}

const SOURCE: &str =
    "[[source]]\nplugin = 'jsonl'\nconfig.path = '-'\nconfig.fields = { text = '/content' }\n";
const QUERY: &str =
    "[[filter]]\nid = 'themes'\nplugin = 'query'\nconfig.score = [{ query = 'urgent', weight = 2 }]\n";
const TOP: &str = "[[filter]]\nid = 'best'\nplugin = 'top'\nconfig = { best = 2, window = '1h' }\n";
const CAP: &str = "[[filter]]\nid = 'flood'\nplugin = 'cap'\nconfig = { most = 1, window = '1h' }\n";
const SINK: &str = "[[sink]]\nplugin = 'console'\n";

fn load(parts: &[&str]) -> Loaded {
    crible().load_text("test.toml", &parts.concat(), Path::new(".")).unwrap_or_else(|error| panic!("{error}"))
}

fn message(text: &str, minute: i64) -> Message {
    let created_at = 1_767_225_600_000 + minute * 60_000;
    Message { author: "zoé".into(), text: text.into(), created_at, ..Message::default() }
}

/// The fates by the numbers of the messages, given one by one.
fn fates(replay: &mut Replay, messages: &[Message]) -> Vec<Fate> {
    let mut judged = Vec::new();
    for message in messages {
        judged.extend(replay.judge(std::slice::from_ref(message)).unwrap());
    }
    judged.extend(replay.end().unwrap());
    judged.sort_by_key(|judgement| judgement.number);
    let numbers: Vec<u64> = judged.iter().map(|judgement| judgement.number).collect();
    assert_eq!(numbers, (0..messages.len() as u64).collect::<Vec<_>>(), "each is answered for once");
    judged.into_iter().map(|judgement| judgement.fate).collect()
}

#[test]
fn what_is_kept_arrives_in_the_order_of_the_sinks() {
    let loaded = load(&[SOURCE, QUERY, TOP, SINK]);
    let mut replay = loaded.replay().unwrap();
    let messages = [message("été", 0), message("urgent", 1), message("plage", 2), message("demain", 90)];
    assert_eq!(fates(&mut replay, &messages), [Fate::Kept, Fate::Kept, Fate::Dropped, Fate::Kept]);
    assert_eq!(replay.arrived(), [1, 0, 3], "the best of an hour first");
    let costs = replay.costs();
    let judged: Vec<_> = costs.iter().map(|cost| (cost.stage.as_str(), cost.judged)).collect();
    assert_eq!(judged, [("themes", 4), ("best", 4)]);
    assert!(costs.iter().all(|cost| !cost.time.is_zero()), "{costs:?}");
}

#[test]
fn several_sinks_count_a_message_once() {
    let sinks =
        "[[sink]]\nid = 'a'\nplugin = 'console'\n[[sink]]\nid = 'b'\nplugin = 'jsonl'\nconfig.path = '-'\n";
    let mut replay = load(&[SOURCE, QUERY, sinks]).replay().unwrap();
    assert_eq!(fates(&mut replay, &[message("a", 0), message("b", 1)]), [Fate::Kept; 2]);
    assert_eq!(replay.arrived(), [0, 1]);
}

#[test]
fn time_is_that_of_the_messages_unless_the_config_chose() {
    let messages = [message("un", 0), message("deux", 10), message("trois", 120)];
    let judge = |clock: &str| {
        let mut replay = load(&[clock, SOURCE, CAP, SINK]).replay().unwrap();
        fates(&mut replay, &messages)
    };
    let by_their_dates = [Fate::Kept, Fate::Dropped, Fate::Kept];
    assert_eq!(judge(""), by_their_dates);
    assert_eq!(judge("[pipeline]\nclock = 'messages'\n"), by_their_dates);
    // By the machine's clock all three come at once.
    assert_eq!(judge("[pipeline]\nclock = 'wall'\n"), [Fate::Kept, Fate::Dropped, Fate::Dropped]);
}

#[test]
fn each_replay_begins_with_nothing() {
    let loaded = load(&[SOURCE, CAP, SINK]);
    for _ in 0..3 {
        let mut replay = loaded.replay().unwrap();
        assert_eq!(fates(&mut replay, &[message("un", 0), message("deux", 1)]), [Fate::Kept, Fate::Dropped]);
    }
}

#[test]
fn a_recording_is_read_as_the_pipeline_reads() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("day.jsonl");
    fs::write(&file, "{\"id\":\"1\",\"content\":\"l’été\",\"label\":\"keep\"}\nnothing\n").unwrap();
    let (crible, loaded) = (crible(), load(&[SOURCE, SINK]));
    let mut recording = crible.recording(&file, &loaded).unwrap();
    let messages = recording.read().unwrap();
    assert_eq!((messages.len(), messages[0].text.as_str()), (1, "l’été"));
    assert_eq!(messages[0].attrs["label"], "keep");
    assert!(recording.read().unwrap().is_empty());
    assert_eq!(recording.malformed(), 1);
    assert!(recording.first_malformed().unwrap().place.ends_with("day.jsonl:2"));
}

#[test]
fn a_recording_that_is_not_there_is_said_with_the_one_that_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("day.jsonl"), "").unwrap();
    let loaded = load(&[SOURCE, SINK]);
    let error = crible().recording(&folder.path().join("days.jsonl"), &loaded).err().unwrap();
    assert!(error.to_string().ends_with("day.jsonl?"), "{error}");
    let error = crible().recording(folder.path(), &loaded).err().unwrap();
    assert!(error.to_string().ends_with("it is a folder"), "{error}");
}
