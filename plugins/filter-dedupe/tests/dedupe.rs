//! What a user relies on, and the laws: batches and restarts change nothing.

#![allow(clippy::unwrap_used)]

use crible_sdk::testing::{Judge, Judged, check_examples, judge};
use crible_sdk::{Filter, FilterPlugin, Message};
use filter_dedupe::Dedupe;
use proptest::prelude::*;

fn dedupe(config: &str) -> Dedupe {
    Dedupe::configure(config, None).unwrap()
}

fn message(id: &str, text: &str, url: &str, created_at: i64) -> Message {
    Message { id: id.into(), text: text.into(), url: url.into(), created_at, ..Message::default() }
}

fn dropped(judged: &[Judged]) -> Vec<bool> {
    judged.iter().map(|judged| judged.verdict == "drop").collect()
}

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<Dedupe>();
}

#[test]
fn the_reason_names_the_first_message() {
    let long = format!("https://exemple.fr/été/{}", "é".repeat(40));
    let messages = [
        message(&long, "une phrase assez longue", "", 0),
        message("2", "Une phrase, assez longue.", "", 0),
        message("3", "une autre phrase assez longue", "", 0),
        message("3", "", "", 0),
    ];
    let judged = judge(&mut dedupe("{}"), &messages, 4);
    assert_eq!(judged[1].about, format!("https://exemple.fr/été/{}…", "é".repeat(6)));
    assert_eq!((judged[3].reason.as_str(), judged[3].about.as_str()), ("same message read before", "3"));
}

#[test]
fn the_link_of_a_dropped_message_is_not_remembered() {
    let messages = [
        message("1", "une phrase assez longue", "https://a.fr/1", 0),
        message("2", "une phrase assez longue", "https://a.fr/2", 0),
        message("3", "", "https://a.fr/2", 0),
    ];
    assert_eq!(dropped(&judge(&mut dedupe("{}"), &messages, 1)), [false, true, false]);
}

#[test]
fn two_links_a_home_page_and_what_was_cut_are_not_compared() {
    let with_links = |id: &str, links: &[&str]| Message {
        links: links.iter().map(|&link| link.into()).collect(),
        ..message(id, "", "", 0)
    };
    let messages = [
        with_links("1", &["https://a.fr/1", "https://a.fr/2"]),
        with_links("2", &["https://a.fr/1", "https://a.fr/2"]),
        with_links("3", &["https://a.fr/1"]),
        with_links("4", &["https://a.fr"]),
        with_links("5", &["https://a.fr/"]),
        with_links("6", &["https://t.co/ab…"]),
        with_links("7", &["https://t.co/ab…"]),
        message("8", "RT @zoe: à lire absolument https://t.co/g ...", "https://t.co/g", 0),
        message("9", "RT @max: un tout autre texte https://t.co/g ...", "https://t.co/g", 0),
    ];
    assert_eq!(dropped(&judge(&mut dedupe("{}"), &messages, 2)), [false; 9]);
}

#[test]
fn the_variants_of_a_page_are_one_link() {
    let messages = [
        "https://www.journal.fr/a",
        "https://amp.journal.fr/a",
        "https://m.journal.fr/a?amp=1",
        "https://journal.fr/b",
    ]
    .map(|url| message(url, "", url, 0));
    assert_eq!(dropped(&judge(&mut dedupe("{}"), &messages, 1)), [false, true, true, false]);
}

#[test]
fn the_oldest_is_forgotten_first() {
    let messages = ["1", "2", "3", "2", "1"].map(|id| message(id, "", "", 0));
    assert_eq!(
        dropped(&judge(&mut dedupe(r#"{"most": 2}"#), &messages, 1)),
        [false, false, false, true, false]
    );
}

#[test]
fn a_config_that_compares_nothing_is_refused() {
    for (config, place) in [
        (r#"{"by": []}"#, "/by"),
        (r#"{"most": 0}"#, "/most"),
        (r#"{"window": "soon"}"#, "/window"),
        (r#"{"window": "0s"}"#, "/window"),
    ] {
        let error = Dedupe::configure(config, None).err().unwrap();
        assert_eq!(error.pointer, place);
    }
    assert!(Dedupe::configure(r#"{"windows": "1h"}"#, None).is_err());
}

#[test]
fn a_snapshot_that_cannot_be_read_is_refused_in_plain_words() {
    let mut filter = dedupe("{}");
    judge(&mut filter, &[message("1", "une phrase assez longue", "https://a.fr/1", 5)], 1);
    let good = filter.snapshot().unwrap();
    assert!(Dedupe::configure("{}", Some(&good)).is_ok());
    let longer = [&good[..], &[0]].concat();
    let newer = [&[9], &good[1..]].concat();
    let cut = (0..good.len()).map(|len| good[..len].to_vec());
    for bad in cut.chain([longer, newer]) {
        let error = Dedupe::configure("{}", Some(&bad)).err().unwrap();
        assert!(error.message.contains("cannot be read") && error.hint.is_some());
    }
}

/// A few ids, texts and links, so that many agree.
fn messages() -> impl Strategy<Value = Vec<Message>> {
    let id = prop::sample::select(vec!["", "1", "2", "3", "4", "5"]);
    let text = prop::sample::select(vec![
        "",
        "court",
        "un texte assez long",
        "UN TEXTE assez long !",
        "another long text",
    ]);
    let url = prop::sample::select(vec!["", "https://a.fr/x", "http://www.a.fr/x/", "https://a.fr/y"]);
    let one = (id, text, url, 0..400i64);
    prop::collection::vec(one, 0..60)
        .prop_map(|all| all.into_iter().map(|(id, text, url, time)| message(id, text, url, time)).collect())
}

/// The same by looking through everything that passed.
fn slow(messages: &[Message], window: i64, most: usize) -> Vec<bool> {
    let fold = |text: &str| text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "");
    let link =
        |url: &str| url.replace("https://", "").replace("http://www.", "").trim_end_matches('/').to_owned();
    let mut passed: Vec<(i64, &Message)> = Vec::new();
    let mut clock = i64::MIN;
    let judge = |message| {
        let Message { id, text, url, created_at, .. }: &Message = message;
        clock = clock.max(*created_at);
        let same = |(_, other): &(i64, &Message)| {
            (!id.is_empty() && *id == other.id)
                || (fold(text).len() >= 12 && fold(text) == fold(&other.text))
                || (!url.is_empty() && link(url) == link(&other.url))
        };
        let repeats = passed.iter().rev().take(most).take_while(|(time, _)| clock - time < window).any(same);
        if !repeats {
            passed.push((clock, message));
        }
        repeats
    };
    messages.iter().map(judge).collect()
}

proptest! {
    #[test]
    fn it_agrees_with_looking_through_everything(
        messages in messages(), window in 1..300i64, most in 1..8usize, batch in 1..9usize,
    ) {
        let config = format!(r#"{{"window": "{window}ms", "most": {most}}}"#);
        let judged = judge(&mut dedupe(&config), &messages, batch);
        prop_assert_eq!(dropped(&judged), slow(&messages, window, most));
    }

    #[test]
    fn batches_and_restarts_change_nothing(
        messages in messages(), batch in 1..9usize, restarts in prop::collection::vec(any::<bool>(), 60),
    ) {
        let config = r#"{"window": "200ms", "most": 6}"#;
        let undisturbed = judge(&mut dedupe(config), &messages, 1);
        let mut filter = dedupe(config);
        let mut run = Judge::default();
        for (messages, restart) in messages.chunks(batch).zip(restarts) {
            run.batch(&mut filter, messages).unwrap();
            if restart {
                let state = filter.snapshot().unwrap();
                filter = Dedupe::configure(config, Some(&state)).unwrap();
            }
        }
        prop_assert_eq!(run.judged, undisturbed);
    }
}
