//! What a user relies on, and the laws: batches and restarts change nothing.

#![allow(clippy::unwrap_used)]

use crible_sdk::testing::{Judge, Judged, check_examples, judge};
use crible_sdk::{Filter, FilterPlugin, Message};
use filter_interest::InterestFilter;
use proptest::prelude::*;

fn interest(config: &str) -> InterestFilter {
    InterestFilter::configure(config, None).unwrap()
}

fn message(text: &str) -> Message {
    Message { text: text.into(), ..Message::default() }
}

fn judge_texts(config: &str, texts: &[&str]) -> Vec<Judged> {
    let messages: Vec<Message> = texts.iter().map(|text| message(text)).collect();
    judge(&mut interest(config), &messages, 2)
}

/// The places of the texts, the closest to the interest first.
fn ranking(config: &str, texts: &[&str]) -> Vec<usize> {
    let judged = judge_texts(config, texts);
    let mut places: Vec<usize> = (0..texts.len()).collect();
    places.sort_by(|&a, &b| judged[b].score.total_cmp(&judged[a].score));
    places
}

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<InterestFilter>();
}

#[test]
fn more_of_the_interest_is_closer() {
    for (about, texts) in [
        (
            "Je m’intéresse aux grèves dans les transports à Lyon : tramway, métro, bus.",
            [
                "Grève surprise à Lyon : ni métro ni tramways ce matin",
                "À Lyon, la grève continue",
                "Lyon gagne son match à domicile",
                "Une belle journée à la plage",
            ],
        ),
        (
            "the flood in Alberta: help, damage, evacuation",
            [
                "Calgary: evacuations as the #AlbertaFlood reaches downtown, help needed",
                "#albertaflood pictures",
                "Need help with my homework",
                "Happy birthday to my best friend",
            ],
        ),
    ] {
        let config = format!(r#"{{"about": "{about}"}}"#);
        assert_eq!(ranking(&config, &texts), [0, 1, 2, 3], "{about}");
        assert_eq!(judge_texts(&config, &texts)[3].score, 0.0);
    }
}

#[test]
fn case_accents_apostrophes_and_forms_make_no_difference() {
    let texts = ["Grève de l’été", "GREVES D'ETE", "grève, étés", "#greve #été"];
    let judged = judge_texts(r#"{"about": "les grèves de l'été"}"#, &texts);
    assert!(judged.iter().all(|judged| judged.score > 0.5), "{judged:?}");
}

#[test]
fn the_reason_tells_the_name_and_the_words_that_met() {
    let config = r#"{"interests": [
        {"name": "tram", "about": "grève des trams, ligne 3"},
        {"name": "jardin", "about": "tomates, semis et potager"}]}"#;
    let judged =
        judge_texts(config, &["La ligne 3 du tram est en grève", "Mes semis de tomates", "Bonne nuit"]);
    assert_eq!(judged[0].reason, "close to an interest of yours");
    assert!(
        judged[0].about.starts_with("tram: ") && judged[0].about.contains("grève"),
        "{}",
        judged[0].about
    );
    assert_eq!(judged[0].labels, ["theme:tram"]);
    assert_eq!(
        (judged[1].about.as_str(), &judged[1].labels[..]),
        ("jardin: semis, tomates", &["theme:jardin".to_owned()][..])
    );
    assert_eq!((judged[2].reason.as_str(), judged[2].labels.len()), ("", 0));
}

#[test]
fn a_title_and_tags_are_read_too() {
    let messages = [
        Message { title: "Tram strike".into(), text: "Nothing runs".into(), ..Message::default() },
        Message { text: "Nothing runs".into(), tags: vec!["TramStrike".into()], ..Message::default() },
        message("Nothing runs"),
    ];
    let judged = judge(&mut interest(r#"{"about": "tram strike"}"#), &messages, 3);
    assert!(judged[0].score > 0.5 && judged[1].score > 0.5 && judged[2].score < 0.2, "{judged:?}");
    assert_eq!(judged[0].about, "Tram, strike");
}

#[test]
fn liked_messages_are_an_interest_and_unliked_ones_lower_it() {
    let liked = r#""liked": ["New single-origin coffee roasted today", "How to brew coffee in a syphon"]"#;
    let text = ["Coffee beans roasted on a plate by an astrologer"];
    let with = judge_texts(&format!("{{{liked}}}"), &text)[0].score;
    let without =
        judge_texts(&format!(r#"{{{liked}, "unlike": ["An astrologer reads your plate"]}}"#), &text)[0].score;
    assert!(with > 0.2 && without < with, "{with} {without}");
}

#[test]
fn only_what_is_close_enough_is_kept() {
    let config = r#"{"about": "tram strike", "weight": 0, "drop_below": 0.5}"#;
    let judged = judge_texts(config, &["tram strike today", "a tram", "sunshine"]);
    assert_eq!(judged.iter().map(|of| of.verdict).collect::<Vec<_>>(), ["keep", "drop", "drop"]);
    assert_eq!(judged[1].reason, "not close enough to an interest of yours");
    assert_eq!(judged[0].score, 0.0);
}

#[test]
fn the_best_messages_teach_other_words_of_the_same_thing() {
    let background = |n: usize| message(&format!("word{n} chatter{} lunch{} friends", n % 97, n % 89));
    let mut messages: Vec<Message> = (0..600).map(background).collect();
    for n in 0..40 {
        let text = format!("tram strike: Keolis blames the union, day {n} detail{n}");
        messages[n * 10] = message(&text);
    }
    let probe = message("Keolis and the union meet");
    let mut filter = interest(r#"{"about": "tram strike"}"#);
    assert_eq!(judge(&mut filter, std::slice::from_ref(&probe), 1)[0].score, 0.0);
    judge(&mut filter, &messages, 7);
    let learned = judge(&mut filter, &[probe, message("lunch with friends")], 1);
    assert!(learned[0].score > 0.05, "{learned:?}");
    // It never outweighs the interest itself.
    assert!(learned[0].score < 0.5 && learned[1].score == 0.0, "{learned:?}");
}

#[test]
fn a_config_that_cannot_be_meant_is_refused() {
    for (config, place) in [
        ("{}", ""),
        (r#"{"about": "the of and"}"#, "/about"),
        (r#"{"interests": [{"about": "tram"}, {"about": "…"}]}"#, "/interests/1"),
        (r#"{"about": "tram", "interests": [{"about": "bus"}]}"#, "/interests"),
        (r#"{"name": "tram", "interests": [{"about": "bus"}]}"#, "/name"),
        (
            r#"{"interests": [{"name": "a", "about": "bus"}, {"name": "a", "about": "tram"}]}"#,
            "/interests/1/name",
        ),
        (r#"{"interests": [{"about": "bus", "weight": -1}]}"#, "/interests/0/weight"),
        (r#"{"about": "tram", "drop_below": 2}"#, "/drop_below"),
        (r#"{"about": "tram", "half_life": "soon"}"#, "/half_life"),
    ] {
        let error = InterestFilter::configure(config, None).err().unwrap();
        assert_eq!(error.pointer, place, "{error}");
        assert!(error.hint.is_some(), "{error}");
    }
    assert!(InterestFilter::configure(r#"{"abuot": "tram"}"#, None).is_err());
}

#[test]
fn a_snapshot_that_cannot_be_read_is_refused_in_plain_words() {
    let config = r#"{"about": "tram strike"}"#;
    let mut filter = interest(config);
    judge(&mut filter, &[message("tram strike in the town"), message("a tram strike again, they say")], 1);
    let good = filter.snapshot().unwrap();
    assert!(InterestFilter::configure(config, Some(&good)).is_ok());
    let longer = [&good[..], &[0]].concat();
    let newer = [&[9], &good[1..]].concat();
    let cut = (0..good.len()).step_by(3).map(|len| good[..len].to_vec());
    for bad in cut.chain([longer, newer]) {
        let error = InterestFilter::configure(config, Some(&bad)).err().unwrap();
        assert!(error.message.contains("cannot be read") && error.hint.is_some());
    }
}

#[test]
fn a_changed_interest_starts_anew_and_the_others_go_on() {
    let two =
        |second: &str| format!(r#"{{"interests": [{{"about": "tram strike"}}, {{"about": "{second}"}}]}}"#);
    let mut filter = interest(&two("gardening"));
    let messages: Vec<Message> =
        (0..300).map(|n| message(&format!("tram strike at depot{} with Keolis", n))).collect();
    judge(&mut filter, &messages, 9);
    let state = filter.snapshot().unwrap();
    let probe = [message("Keolis: no tram"), message("cooking with Zoé")];
    let before = judge(&mut filter, &probe, 1);
    let mut changed = InterestFilter::configure(&two("cooking"), Some(&state)).unwrap();
    let after = judge(&mut changed, &probe, 1);
    assert_eq!(after[0].score, before[0].score);
    assert!(after[1].score > 0.5 && before[1].score == 0.0);
}

/// A few words, so that many messages are close; times that step over half-lives.
fn messages() -> impl Strategy<Value = Vec<Message>> {
    let word = prop::sample::select(vec![
        "tram",
        "Trams",
        "grève",
        "#TramGrève",
        "#tramgreve",
        "ligne",
        "3",
        "dépôt",
        "Keolis",
        "soleil",
        "the",
        "de",
        "l’été",
        "🚋",
        "日本",
        "semis",
        "tomates",
    ]);
    let one = (prop::collection::vec(word, 0..9), 0..40i64);
    prop::collection::vec(one, 0..90).prop_map(|all| {
        let mut clock = 0;
        let each = all.into_iter().map(|(words, step)| {
            clock += step;
            Message { created_at: clock, ..message(&words.join(" ")) }
        });
        each.collect()
    })
}

const TWO: &str = r#"{"half_life": "300ms", "drop_below": 0.01, "interests": [
    {"name": "tram", "about": "grève des trams, ligne 3", "unlike": ["soleil"]},
    {"name": "jardin", "liked": ["Semis de tomates"], "weight": 2}]}"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn batches_and_restarts_change_nothing(
        messages in messages(), batch in 1..9usize, restarts in prop::collection::vec(any::<bool>(), 90),
    ) {
        let undisturbed = judge(&mut interest(TWO), &messages, 1);
        let mut filter = interest(TWO);
        let mut run = Judge::default();
        for (messages, restart) in messages.chunks(batch).zip(restarts) {
            run.batch(&mut filter, messages).unwrap();
            if restart {
                let state = filter.snapshot().unwrap();
                filter = InterestFilter::configure(TWO, Some(&state)).unwrap();
                prop_assert_eq!(filter.snapshot().unwrap(), state);
            }
        }
        prop_assert_eq!(run.judged, undisturbed);
    }

    #[test]
    fn any_text_can_be_judged_and_any_relevance_is_between_0_and_1(
        text in any::<String>(), more in "[#@a-zA-Zé'’\u{301}日🎉 .:/-]{0,60}", about in "[#a-zA-Zé ]{0,40}",
    ) {
        let config = serde_json::json!({"about": format!("tram {about}"), "liked": [text, more]}).to_string();
        let text = format!("tram {text} {more} {about}");
        let messages = [message(&text), Message { title: more.clone(), tags: vec![more], ..message(&text) }];
        for judged in judge(&mut interest(&config), &messages, 1) {
            prop_assert!((0.0..1.0).contains(&judged.score));
        }
    }
}
