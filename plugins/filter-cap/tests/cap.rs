//! What a user relies on, and the laws: batches and restarts change nothing.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use crible_sdk::testing::{Judge, Judged, check_examples, judge};
use crible_sdk::{Filter, FilterPlugin, Message};
use filter_cap::Cap;
use proptest::prelude::*;

fn cap(config: &str) -> Cap {
    Cap::configure(config, None).unwrap()
}

fn message(author: &str, created_at: i64) -> Message {
    Message { author: author.into(), created_at, ..Message::default() }
}

fn dropped(judged: &[Judged]) -> Vec<bool> {
    judged.iter().map(|judged| judged.verdict == "drop").collect()
}

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<Cap>();
}

#[test]
fn the_reason_names_who_has_too_many() {
    let messages = [message("zoé", 0), message("zoé", 0)];
    let judged = judge(&mut cap(r#"{"most": 1, "window": "90m"}"#), &messages, 2);
    assert_eq!(judged[1].reason, "more than 1 from one author within 90m");
    assert_eq!(judged[1].about, "zoé");
    let of_channel = |_| Message { channel: "#café".into(), ..Message::default() };
    let judged = judge(&mut cap(r#"{"most": 1, "per": "channel"}"#), &[0, 1].map(of_channel), 2);
    assert_eq!(judged[1].reason, "more than 1 from one channel within 1h");
    assert_eq!(judged[1].about, "#café");
}

#[test]
fn a_message_without_an_author_is_not_capped() {
    let messages = [message("", 0), message("", 0), message("", 0)];
    assert_eq!(dropped(&judge(&mut cap(r#"{"most": 1}"#), &messages, 2)), [false; 3]);
}

#[test]
fn a_site_is_the_same_however_its_host_is_written() {
    let messages = ["https://Journal.FR/a", "http://www.journal.fr:80/b", "https://blog.journal.fr/"]
        .map(|url| Message { url: url.into(), ..Message::default() });
    let judged = judge(&mut cap(r#"{"most": 1, "per": "domain"}"#), &messages, 1);
    assert_eq!(dropped(&judged), [false, true, false]);
    assert_eq!(judged[1].about, "journal.fr");
}

#[test]
fn the_key_that_has_been_silent_for_longest_is_forgotten_first() {
    let messages = ["a", "b", "a", "c", "a", "b"].map(|author| message(author, 0));
    let judged = judge(&mut cap(r#"{"most": 1, "keys": 2}"#), &messages, 1);
    // `a` goes on flooding and stays; `b` had to make room for `c`.
    assert_eq!(dropped(&judged), [false, false, true, false, true, false]);
}

#[test]
fn a_config_that_cannot_be_meant_is_refused() {
    for (config, place) in [
        (r#"{"most": 0}"#, "/most"),
        (r#"{"most": 1, "keys": 0}"#, "/keys"),
        (r#"{"most": 1, "window": "soon"}"#, "/window"),
        (r#"{"most": 1, "window": "0s"}"#, "/window"),
    ] {
        assert_eq!(Cap::configure(config, None).err().unwrap().pointer, place);
    }
    assert!(Cap::configure("{}", None).is_err());
    assert!(Cap::configure(r#"{"most": 1, "pre": "author"}"#, None).is_err());
}

#[test]
fn a_snapshot_that_cannot_be_read_is_refused_in_plain_words() {
    let config = r#"{"most": 2}"#;
    let mut filter = cap(config);
    judge(&mut filter, &[message("zoé", 5), message("max", 400), message("zoé", 405)], 1);
    let good = filter.snapshot().unwrap();
    assert!(Cap::configure(config, Some(&good)).is_ok());
    let longer = [&good[..], &[0]].concat();
    let newer = [&[9], &good[1..]].concat();
    let cut = (0..good.len()).map(|len| good[..len].to_vec());
    for bad in cut.chain([longer, newer]) {
        let error = Cap::configure(config, Some(&bad)).err().unwrap();
        assert!(error.message.contains("cannot be read") && error.hint.is_some());
    }
}

fn messages() -> impl Strategy<Value = Vec<Message>> {
    let one = (prop::sample::select(vec!["", "a", "b", "c", "é"]), 0..30i64);
    prop::collection::vec(one, 0..80).prop_map(|all| {
        let mut clock = 0;
        all.into_iter()
            .map(|(author, step)| {
                clock += step;
                message(author, clock)
            })
            .collect()
    })
}

/// The same by counting anew each time, for as many keys as there are.
fn slow(messages: &[Message], most: usize, window: i64) -> Vec<bool> {
    let mut passed: HashMap<&str, Vec<i64>> = HashMap::new();
    let judge = |message| {
        let Message { author, created_at, .. }: &Message = message;
        let times = passed.entry(author.as_str()).or_default();
        let too_many = times.iter().filter(|&&time| created_at - time < window).count() >= most;
        if !too_many || author.is_empty() {
            times.push(*created_at);
        }
        too_many && !author.is_empty()
    };
    messages.iter().map(judge).collect()
}

proptest! {
    #[test]
    fn it_agrees_with_counting_anew(
        messages in messages(), window in 1..300i64, most in 1..6usize, batch in 1..9usize,
    ) {
        let config = format!(r#"{{"window": "{window}ms", "most": {most}}}"#);
        prop_assert_eq!(dropped(&judge(&mut cap(&config), &messages, batch)), slow(&messages, most, window));
    }

    #[test]
    fn batches_and_restarts_change_nothing(
        messages in messages(), keys in 1..5u32, batch in 1..9usize,
        restarts in prop::collection::vec(any::<bool>(), 80),
    ) {
        let config = format!(r#"{{"window": "100ms", "most": 2, "keys": {keys}}}"#);
        let undisturbed = judge(&mut cap(&config), &messages, 1);
        let mut filter = cap(&config);
        let mut run = Judge::default();
        for (messages, restart) in messages.chunks(batch).zip(restarts) {
            run.batch(&mut filter, messages).unwrap();
            if restart {
                let state = filter.snapshot().unwrap();
                filter = Cap::configure(&config, Some(&state)).unwrap();
            }
        }
        prop_assert_eq!(run.judged, undisturbed);
    }
}
