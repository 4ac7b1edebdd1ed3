//! What a user relies on, and the laws: batches and restarts change nothing.

#![allow(clippy::unwrap_used)]

use crible_sdk::testing::{Judge, Judged, check_examples, judge};
use crible_sdk::{Batch, Filter, FilterPlugin, Held, Live, Message, Rows, Verdict, Verdicts};
use filter_story::Story;
use proptest::prelude::*;

const BRIDGE: &str = "Le pont de pierre de Valmont est fermé jusqu'à lundi";

fn story(config: &str) -> Story {
    Story::configure(config, None).unwrap()
}

fn message(id: &str, text: &str, created_at: i64) -> Message {
    Message { id: id.into(), text: text.into(), created_at, ..Message::default() }
}

fn dropped(judged: &[Judged]) -> Vec<bool> {
    judged.iter().map(|judged| judged.verdict == "drop").collect()
}

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<Story>();
}

#[test]
fn the_reason_names_who_told_it_first() {
    let first = Message { author: "zoé".into(), channel: "#ville".into(), ..message("1", BRIDGE, 0) };
    let again = message("2", &format!("RT @zoé: {BRIDGE}"), 0);
    let judged = judge(&mut story("{}"), &[first, again], 1);
    assert_eq!(judged[1].reason, "the same story as an earlier message");
    assert_eq!(judged[1].about, "1 by zoé on #ville");
}

#[test]
fn a_title_and_its_text_are_one_telling() {
    let article = Message { title: BRIDGE.into(), text: "La ville l'annonce.".into(), ..Message::default() };
    assert_eq!(dropped(&judge(&mut story("{}"), &[article, message("2", BRIDGE, 0)], 1)), [false, true]);
}

#[test]
fn all_tellings_of_a_story_have_the_label_of_the_first() {
    let messages = [
        message("1", BRIDGE, 0),
        message("2", "Concert gratuit ce soir à la Grange aux Belles", 0),
        message("3", &format!("RT @zoé: {BRIDGE}"), 0),
    ];
    for config in ["{}", r#"{"wait": "10m"}"#, r#"{"wait": "10m", "keep": "best"}"#] {
        let judged = judge(&mut story(config), &messages, 2);
        let labels: Vec<&[String]> = judged.iter().map(|judged| judged.labels.as_slice()).collect();
        assert_eq!(labels, [["story:1"], ["story:2"], ["story:1"]], "{config}");
    }
}

#[test]
fn reposts_and_their_original_come_in_any_order() {
    let repost = |id: &str, of: &str| Message { repost_of: of.into(), ..message(id, "", 0) };
    let messages =
        [repost("2", "1"), repost("3", "1"), message("1", "", 0), repost("4", "2"), message("5", "", 0)];
    assert_eq!(dropped(&judge(&mut story("{}"), &messages, 1)), [false, true, true, true, false]);
}

#[test]
fn an_address_that_was_cut_is_no_link_of_a_story() {
    let told = |id: &str, text: &str, url: &str| Message { url: url.into(), ..message(id, text, 0) };
    for cut in
        ["http://t.co/…", "http://t.co/%E2%80%A6", "http://t.co/ab…", "http://t.co/ab...", "http://t.co/"]
    {
        let messages = [
            told("1", "Avez-vous vu Nacho, le petit chien ?", cut),
            told("2", "Le stade vend des chemises", cut),
        ];
        assert_eq!(dropped(&judge(&mut story("{}"), &messages, 1)), [false; 2], "{cut}");
    }
    let messages = [
        told("1", "Avez-vous vu Nacho, le petit chien ? http://t.co/g ...", "http://t.co/g"),
        told("2", "Le stade vend des chemises http://t.co/g…", "http://t.co/g"),
    ];
    assert_eq!(dropped(&judge(&mut story("{}"), &messages, 1)), [false; 2]);
}

#[test]
fn a_link_of_a_retelling_is_one_of_the_story() {
    let linked = |id: &str, text: &str, url: &str| Message { url: url.into(), ..message(id, text, 0) };
    let messages = [
        linked("1", BRIDGE, "https://a.fr/1"),
        linked("2", BRIDGE, "https://b.fr/2"),
        linked("3", "Fermé", "https://www.b.fr/2?utm_source=x"),
        Message { reply_to: "1".into(), ..linked("4", "Ah bon ?", "https://a.fr/1") },
        linked("5", "Autre chose", "https://a.fr"),
        linked("6", "Tout autre chose", "https://a.fr/"),
    ];
    let judged = judge(&mut story("{}"), &messages, 3);
    assert_eq!(dropped(&judged), [false, true, true, false, false, false]);
    assert_eq!(judged[2].about, "1");
}

#[test]
fn a_story_is_forgotten_when_its_window_is_over_or_too_many_came() {
    let messages = [message("1", BRIDGE, 0), message("2", BRIDGE, 99), message("3", BRIDGE, 100)];
    assert_eq!(dropped(&judge(&mut story(r#"{"window": "100ms"}"#), &messages, 1)), [false, true, false]);
    let other = "Concert gratuit ce soir à la Grange aux Belles";
    let messages = [message("1", BRIDGE, 0), message("2", other, 0), message("3", BRIDGE, 0)];
    assert_eq!(dropped(&judge(&mut story(r#"{"most": 1}"#), &messages, 1)), [false; 3]);
}

#[test]
fn what_was_told_again_says_how_often_by_whom_and_where() {
    let told = |id: &str, author: &str, channel: &str, time| Message {
        author: author.into(),
        channel: channel.into(),
        ..message(id, BRIDGE, time)
    };
    let messages = [
        told("1", "zoé", "#ville", 0),
        told("2", "max", "r/ville", 90_000),
        told("3", "max", "r/ville", 95_000),
    ];
    let judged = judge(&mut story(r#"{"wait": "10m"}"#), &messages, 1);
    assert_eq!(judged[0].reason, "the first telling of a story that was told again");
    assert_eq!(judged[0].about, "3 times by 2 authors; first on #ville, 1m30s later on r/ville");
}

#[test]
fn the_best_telling_stays() {
    let held = |seq: u64, score: f32| Held {
        seq,
        score,
        message: message(&seq.to_string(), BRIDGE, 0),
        ..Held::default()
    };
    let mut filter = story(r#"{"wait": "10m", "keep": "best"}"#);
    let mut out = Verdicts::default();
    let mut batch = |filter: &mut Story, messages: &[Held]| {
        let live = Live::new(Batch::from_held(messages));
        out.start(live.len());
        filter.judge(&Rows::new(&live), &mut out).unwrap();
        out.check().unwrap();
        out.clone()
    };
    let first = batch(&mut filter, &[held(1, 1.0), held(2, 2.0), held(3, 2.0)]);
    let verdicts: Vec<Verdict> = (0..3).map(|row| first.verdict(row)).collect();
    assert_eq!(verdicts, [Verdict::Drop, Verdict::Hold, Verdict::Drop]);
    assert_eq!((first.reasons.get(0), first.abouts.get(0)), ("the same story as a better message", "2"));
    let second = batch(&mut filter, &[held(4, f32::NAN), held(5, 3.0)]);
    assert_eq!((second.verdict(0), second.verdict(1)), (Verdict::Drop, Verdict::Hold));
    assert_eq!(second.release.seqs, [2]);
    assert_eq!(second.release.verdicts, [Verdict::Drop as u8]);
}

#[test]
fn a_config_that_cannot_be_meant_is_refused() {
    for (config, place) in [
        (r#"{"by": []}"#, "/by"),
        (r#"{"most": 0}"#, "/most"),
        (r#"{"window": "soon"}"#, "/window"),
        (r#"{"wait": "soon"}"#, "/wait"),
        (r#"{"wait": "3d"}"#, "/wait"),
        (r#"{"keep": "best"}"#, "/keep"),
    ] {
        assert_eq!(Story::configure(config, None).err().unwrap().pointer, place);
    }
    assert!(Story::configure(r#"{"waits": "1h"}"#, None).is_err());
}

#[test]
fn a_snapshot_that_cannot_be_read_is_refused_in_plain_words() {
    let config = r#"{"wait": "10m"}"#;
    let mut filter = story(config);
    let first = Message { author: "zoé".into(), channel: "#ville".into(), ..message("1", BRIDGE, 5) };
    Judge::default().batch(&mut filter, &[first]).unwrap();
    let good = filter.snapshot().unwrap();
    assert!(Story::configure(config, Some(&good)).is_ok());
    let longer = [&good[..], &[0]].concat();
    let newer = [&[9], &good[1..]].concat();
    let cut = (0..good.len()).map(|len| good[..len].to_vec());
    for bad in cut.chain([longer, newer]) {
        let error = Story::configure(config, Some(&bad)).err().unwrap();
        assert!(error.message.contains("cannot be read") && error.hint.is_some());
    }
}

#[test]
fn a_restart_changes_nothing_while_many_stories_come() {
    let mixed = |number: u64| number.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    let word = |number: u64| format!("mot{}", mixed(number).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 52);
    let of = |number: u64| (0..8).map(|at| word(number * 8 + at)).collect::<Vec<String>>().join(" ");
    // A third of them tell an earlier one again.
    let told = |number: u64| if number % 3 == 2 { number / 6 * 3 } else { number };
    let text = |number: u64| message(&number.to_string(), &of(told(number)), 0);
    let messages: Vec<Message> = (0..3_000).map(text).collect();
    let undisturbed = judge(&mut story("{}"), &messages, 100);
    assert!(dropped(&undisturbed).into_iter().filter(|dropped| *dropped).count() > 600);
    let mut filter = story("{}");
    let mut run = Judge::default();
    for messages in messages.chunks(250) {
        run.batch(&mut filter, messages).unwrap();
        let state = filter.snapshot().unwrap();
        filter = Story::configure("{}", Some(&state)).unwrap();
        assert!(filter.snapshot().unwrap() == state);
    }
    assert_eq!(run.judged, undisturbed);
}

/// A few stories in several words, so that many agree.
fn messages() -> impl Strategy<Value = Vec<Message>> {
    let texts = vec![
        "",
        "Le pont de pierre de Valmont est fermé jusqu'à lundi",
        "RT @zoé: le pont de pierre de Valmont est fermé jusqu'à lundi",
        "Fermé jusqu'à lundi, le pont de pierre de Valmnot",
        "Concert gratuit ce soir à la Grange aux Belles de Valmont",
        "Concert gratuit ce soir à la Grange aux Belles…",
        "Earthquake near Lima leaves 2 dead, says the mayor",
        "Earthquake near Lima leaves 3 dead, says the mayor",
    ];
    let url = prop::sample::select(vec!["", "https://a.fr/x", "http://www.a.fr/x/", "https://a.fr/y"]);
    let name = prop::sample::select(vec!["", "a", "é"]);
    let one = (0..9u8, prop::sample::select(texts), url, name, 0..40i64);
    prop::collection::vec(one, 0..60).prop_map(|all| {
        let mut clock = 0;
        let message = |(id, text, url, name, step): (u8, &str, &str, &str, i64)| {
            clock += step;
            let repost_of = if id == 8 { "3" } else { "" };
            Message {
                url: url.into(),
                author: name.into(),
                channel: name.into(),
                repost_of: repost_of.into(),
                ..message(&id.to_string(), text, clock)
            }
        };
        all.into_iter().map(message).collect()
    })
}

proptest! {
    #[test]
    fn batches_and_restarts_change_nothing(
        messages in messages(), most in 1..9u32, batch in 1..9usize, waits in any::<bool>(),
        restarts in prop::collection::vec(any::<bool>(), 60),
    ) {
        let wait = if waits { "100ms" } else { "0s" };
        let config = format!(r#"{{"window": "400ms", "most": {most}, "wait": "{wait}"}}"#);
        let undisturbed = judge(&mut story(&config), &messages, 1);
        let mut filter = story(&config);
        let mut run = Judge::default();
        for (messages, restart) in messages.chunks(batch).zip(restarts) {
            run.batch(&mut filter, messages).unwrap();
            if restart {
                let state = filter.snapshot().unwrap();
                filter = Story::configure(&config, Some(&state)).unwrap();
                prop_assert!(filter.snapshot().unwrap() == state);
            }
        }
        run.end(&mut filter).unwrap();
        prop_assert_eq!(run.judged, undisturbed);
    }

    #[test]
    fn no_text_makes_it_fail(texts in prop::collection::vec("\\PC{0,60}|[a-dé1@: /東]{0,80}|.{0,40}", 0..30)) {
        let messages: Vec<Message> = texts.iter().map(|text| message("", text, 0)).collect();
        judge(&mut story("{}"), &messages, 4);
    }
}
