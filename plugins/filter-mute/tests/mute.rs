//! What a user relies on, and the laws: batches and restarts change nothing.

#![allow(clippy::unwrap_used)]

use crible_sdk::testing::{Judge, Judged, check_examples, judge};
use crible_sdk::{Filter, FilterPlugin, Message};
use filter_mute::Mute;
use proptest::prelude::*;

fn mute(config: &str) -> Mute {
    Mute::configure(config, None).unwrap()
}

fn dropped(judged: &[Judged]) -> Vec<bool> {
    judged.iter().map(|judged| judged.verdict == "drop").collect()
}

fn text(text: &str) -> Message {
    Message { text: text.into(), ..Message::default() }
}

/// A message in a thread.
fn reply(id: &str, reply_to: &str, created_at: i64) -> Message {
    Message { id: id.into(), reply_to: reply_to.into(), created_at, ..Message::default() }
}

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<Mute>();
}

#[test]
fn the_reason_is_about_what_the_config_names() {
    let config = r#"{"mute": [{"words": ["Coupe du Monde"]}, {"authors": ["@Zoé"], "domains": ["www.journal.fr"],
        "threads": ["t1"], "because": "not now"}]}"#;
    let messages = [
        text("la coupe du monde"),
        Message { author: "zoé".into(), ..Message::default() },
        Message { author_name: "ZOÉ".into(), ..Message::default() },
        Message { url: "https://m.journal.fr/a".into(), ..Message::default() },
        reply("2", "t1", 0),
    ];
    let judged = judge(&mut mute(config), &messages, 2);
    let said: Vec<_> = judged.iter().map(|of| (of.reason.as_str(), of.about.as_str())).collect();
    assert_eq!(
        said,
        [
            ("muted word", "Coupe du Monde"),
            ("not now", "@Zoé"),
            ("not now", "@Zoé"),
            ("not now", "www.journal.fr"),
            ("not now", "t1"),
        ]
    );
}

#[test]
fn only_whole_words_and_names_are_muted() {
    let config = r##"{"mute": [
        {"words": ["art", "#rust", "c++"], "authors": ["anna"], "domains": ["journal.fr"]}]}"##;
    let kept = [
        text("un artiste, à part"),
        text("du rust et du C"),
        Message { author: "annabelle".into(), author_name: "Anna B.".into(), ..Message::default() },
        text("https://journal.fr.evil.org/ et https://journal.fr@evil.org/"),
        text("journal.fr, le site"),
        text("écrire à mailto:zoe@journal.fr"),
    ];
    assert_eq!(dropped(&judge(&mut mute(config), &kept, 4)), [false; 6]);
    let gone = [
        text("L’ART !"),
        text("du #Rust"),
        Message { tags: vec!["rust".into()], ..Message::default() },
        Message { title: "C+, C".into(), ..Message::default() },
        text("(voir HTTPS://Blog.Journal.fr:443/a)"),
        text("https://www.google.com/amp/s/journal.fr/a"),
    ];
    assert_eq!(dropped(&judge(&mut mute(config), &gone, 4)), [true, true, true, false, true, true]);
}

#[test]
fn a_mute_that_has_ended_counts_as_gone() {
    let config = r#"{"mute": [
        {"words": ["mercato"], "until": "2026-12-01"},
        {"words": ["le mercato"], "until": "2026-12-01T01:00:00+01:00"},
        {"words": ["mercato d'hiver"], "for": "1h"},
        {"domains": ["blog.journal.fr"], "until": "2026-12-01"},
        {"domains": ["journal.fr"]}]}"#;
    const END: i64 = 1_796_083_200_000;
    let at = |message: Message, created_at| Message { created_at, ..message };
    let messages = [
        at(text("le mercato"), END - 1),
        at(text("le mercato"), END),
        at(text("le mercato d'hiver"), END),
        at(text("le mercato d'hiver"), END + 3_599_998),
        at(text("le mercato d'hiver"), END + 3_599_999),
        at(text("https://blog.journal.fr"), END + 3_599_999),
    ];
    let judged = judge(&mut mute(config), &messages, 3);
    assert_eq!(dropped(&judged), [true, false, true, true, false, true]);
    assert_eq!(judged[5].about, "journal.fr");
}

#[test]
fn the_time_of_a_mute_counts_from_the_first_message_over_restarts() {
    let config = r#"{"mute": [{"words": ["mercato"], "for": "10ms"}]}"#;
    let mut filter = mute(config);
    judge(&mut filter, &[Message { created_at: 1_000, ..Message::default() }], 1);
    let state = filter.snapshot().unwrap();
    for (time, gone) in [(1_009, true), (1_010, false)] {
        let mut filter = Mute::configure(config, Some(&state)).unwrap();
        let message = Message { created_at: time, ..text("mercato") };
        assert_eq!(dropped(&judge(&mut filter, &[message], 1)), [gone]);
    }
}

#[test]
fn replies_are_followed_as_far_as_they_are_remembered() {
    let thread =
        [reply("2", "1", 0), reply("3", "2", 0), reply("4", "3", 0), reply("5", "2", 0), reply("6", "1", 0)];
    let of = |replies| {
        dropped(&judge(
            &mut mute(&format!(r#"{{"mute": [{{"threads": ["1"]}}], "replies": {replies}}}"#)),
            &thread,
            1,
        ))
    };
    assert_eq!(of(10), [true; 5]);
    assert_eq!(of(2), [true, true, true, false, true]);
    assert_eq!(of(0), [true, false, false, false, true]);
}

#[test]
fn a_reply_that_is_muted_for_another_reason_too_still_leads_on() {
    let config = r#"{"mute": [{"words": ["mercato"]}, {"threads": ["1"]}]}"#;
    let messages = [Message { text: "mercato".into(), ..reply("2", "1", 0) }, reply("3", "2", 0)];
    assert_eq!(dropped(&judge(&mut mute(config), &messages, 2)), [true, true]);
}

#[test]
fn a_thread_that_is_muted_no_longer_is_forgotten() {
    let mut filter = mute(r#"{"mute": [{"threads": ["0"]}, {"threads": ["1"]}]}"#);
    judge(&mut filter, &[reply("2", "1", 0), reply("a", "0", 0)], 1);
    let state = filter.snapshot().unwrap();
    let config = r#"{"mute": [{"words": ["x"], "threads": ["1"]}]}"#;
    let mut filter = Mute::configure(config, Some(&state)).unwrap();
    let judged = judge(&mut filter, &[reply("3", "2", 0), reply("b", "a", 0)], 1);
    assert_eq!(dropped(&judged), [true, false]);
    assert_eq!(judged[0].about, "1");
}

#[test]
fn a_config_that_cannot_be_meant_is_refused_where_it_is() {
    for (config, place) in [
        (r#"{"mute": []}"#, "/mute"),
        (r#"{"mute": [{"until": "2026-12-01"}]}"#, "/mute/0"),
        (r#"{"mute": [{"words": ["a"]}, {"words": ["b"], "until": "demain"}]}"#, "/mute/1/until"),
        (r#"{"mute": [{"words": ["a"], "for": "7"}]}"#, "/mute/0/for"),
        (r#"{"mute": [{"words": ["a"], "for": "0s"}]}"#, "/mute/0/for"),
        (r#"{"mute": [{"words": ["a"], "for": "7d", "until": "2026-12-01"}]}"#, "/mute/0/for"),
        (r#"{"mute": [{"words": ["a", "!?"]}]}"#, "/mute/0/words/1"),
        (r#"{"mute": [{"words": ["mercat*"]}]}"#, "/mute/0/words/0"),
        (r#"{"mute": [{"authors": ["@"]}]}"#, "/mute/0/authors/0"),
        (r#"{"mute": [{"domains": ["journal.fr/sport"]}]}"#, "/mute/0/domains/0"),
        (r#"{"mute": [{"threads": [""]}]}"#, "/mute/0/threads/0"),
        (r#"{"mute": [{"words": ["l'été"]}, {"words": ["x", "L’ETE"]}]}"#, "/mute/1/words/1"),
        (r#"{"mute": [{"domains": ["journal.fr", "www.journal.fr"]}]}"#, "/mute/0/domains/1"),
    ] {
        let error = Mute::configure(config, None).err().unwrap();
        assert_eq!(error.pointer, place, "{error}");
        assert!(error.hint.is_some(), "{error}");
    }
    assert!(Mute::configure(r#"{"mute": [{"word": ["a"]}]}"#, None).is_err());
}

#[test]
fn a_snapshot_that_cannot_be_read_is_refused_in_plain_words() {
    let config = r#"{"mute": [{"threads": ["1"]}]}"#;
    let mut filter = mute(config);
    judge(&mut filter, &[reply("2", "1", 5), reply("3", "2", 6)], 1);
    let good = filter.snapshot().unwrap();
    assert!(Mute::configure(config, Some(&good)).is_ok());
    let longer = [&good[..], &[0]].concat();
    let newer = [&[9], &good[1..]].concat();
    let cut = (0..good.len()).map(|len| good[..len].to_vec());
    for bad in cut.chain([longer, newer]) {
        let error = Mute::configure(config, Some(&bad)).err().unwrap();
        assert!(error.message.contains("cannot be read") && error.hint.is_some());
    }
}

/// A few words, authors, addresses and threads, so that much is muted and much is not.
fn messages() -> impl Strategy<Value = Vec<Message>> {
    let texts =
        vec!["", "mercato", "le Mercato d’été", "la coupe", "du monde", "voir https://a.b.fr/x", "🦀🦀"];
    let ids = || prop::sample::select(vec!["", "1", "2", "3", "4", "5", "6", "7"]);
    let one = (prop::sample::select(texts), ids(), ids(), 0..30i64);
    prop::collection::vec(one, 0..80).prop_map(|all| {
        let message = |(text, id, parent, created_at): (&str, _, _, _)| Message {
            text: text.into(),
            author: text.chars().take(2).collect(),
            ..reply(id, parent, created_at * 10)
        };
        all.into_iter().map(message).collect()
    })
}

const CONFIG: &str = r#"{"mute": [
    {"words": ["mercato", "🦀"], "for": "120ms"}, {"words": ["coupe"], "authors": ["vo"]},
    {"domains": ["b.fr"], "until": "1970-01-01T00:00:00.2"}, {"threads": ["1"]}, {"threads": ["7"], "for": "90ms"}],
    "replies": 3}"#;

proptest! {
    #[test]
    fn batches_and_restarts_change_nothing(
        messages in messages(), batch in 1..9usize, restarts in prop::collection::vec(any::<bool>(), 80),
    ) {
        let undisturbed = judge(&mut mute(CONFIG), &messages, 1);
        let mut filter = mute(CONFIG);
        let mut run = Judge::default();
        for (messages, restart) in messages.chunks(batch).zip(restarts) {
            run.batch(&mut filter, messages).unwrap();
            if restart {
                let state = filter.snapshot().unwrap();
                filter = Mute::configure(CONFIG, Some(&state)).unwrap();
                prop_assert_eq!(filter.snapshot().unwrap(), state);
            }
        }
        prop_assert_eq!(run.judged, undisturbed);
    }

    #[test]
    fn a_phrase_is_found_as_by_splitting_into_words(
        phrase in "(la|coupe|du|monde){1}( (la|coupe|du|monde)){0,2}",
        text in "((la|Coupe|DU|monde|mondes)[ ,’!]{1,2}){0,9}",
    ) {
        let words = text.to_lowercase().replace([',', '’', '!'], " ");
        let words = format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "));
        let config = format!(r#"{{"mute": [{{"words": ["{phrase}"]}}]}}"#);
        let message = Message { text: text.clone(), ..Message::default() };
        let judged = judge(&mut mute(&config), &[message], 1);
        prop_assert_eq!(dropped(&judged)[0], words.contains(&format!(" {phrase} ")));
    }

    #[test]
    fn any_text_can_be_judged(text in any::<String>(), tag in any::<String>()) {
        let message = Message { text: text.clone(), title: tag.clone(), author: tag.clone(), tags: vec![tag],
            links: vec![text], ..Message::default() };
        judge(&mut mute(CONFIG), &[message], 1);
    }
}
