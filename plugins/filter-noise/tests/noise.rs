//! What a user relies on, and the law: batches change nothing.

#![allow(clippy::unwrap_used)]

use crible_sdk::testing::{Judged, check_examples, judge};
use crible_sdk::{FilterPlugin, Message};
use filter_noise::Noise;
use proptest::prelude::*;

fn judged(config: &str, text: &str) -> Judged {
    let message = Message { text: text.into(), ..Message::default() };
    judge(&mut Noise::configure(config, None).unwrap(), &[message], 1).remove(0)
}

fn reason(text: &str) -> String {
    judged("{}", text).reason
}

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<Noise>();
}

#[test]
fn greetings_and_thanks_are_noise_whoever_they_are_for() {
    for text in [
        "Good morning everyone!",
        "BONJOUR",
        "Goooood morning Boston",
        "Hi :)",
        "Joyeux anniversaire Zoé 🎂",
        "Salut les amis, bonne journée à toutes et à tous",
        "c’est parti… bonne nuit",
        "zoé: bonsoir",
    ] {
        let only = if text.starts_with('c') { "" } else { "only a greeting" };
        assert_eq!(reason(text), only, "{text}");
    }
    assert_eq!(reason("zoé_75: merci d’avance !"), "only thanks");
    assert_eq!(reason("Thanks a lot for the RT @zoe @max"), "only thanks");
}

#[test]
fn what_carries_content_is_no_noise() {
    for text in [
        "Bonjour, la mairie annonce un couvre-feu",
        "Good morning, there is no water in our street",
        "ok rebooting now",
        "no sound",
        "I'm at the scene of the explosion, two people are trapped, send help",
        "Je suis aux toilettes du tribunal et le feu prend",
        "lol https://a.org the minister resigned",
        "RT @mairie: pont fermé",
        "Please RT: blood donors needed at the hospital",
        "火災が発生しています",
        "Hello 東京で火災が発生しています",
        "sudo apt-get install vlc",
        "42",
    ] {
        assert_eq!(reason(text), "", "{text}");
    }
}

#[test]
fn each_kind_says_its_reason() {
    for (text, expected) in [
        (
            "I'm at Starbucks (5th Ave, New York, NY) w/ 3 others http://4sq.com/x",
            "only says where someone is or how they pass the time",
        ),
        ("Je suis aux toilettes", "only says where someone is or how they pass the time"),
        ("J’ai publié 3 nouvelles photos sur Facebook https://fb.me/x", "an automated post"),
        ("I liked a @YouTube video https://youtu.be/x Some Song (Official Video)", "an automated post"),
        ("=== zoe [n=zoe@example.org] has joined #ubuntu", "an automated post"),
        ("Follow me and I follow back", "asks for likes or followers"),
        ("AIMEZ et PARTAGEZ 👍", "asks for likes or followers"),
        ("RT si tu aimes les chats", "asks for likes or followers"),
        ("+1", "only a reaction"),
        ("hahahahaha", "only a reaction"),
        ("ok merci lol", "only thanks"),
        ("@zoe @max", "nothing but hashtags, mentions, links or signs"),
        ("🎉🎉🎉", "nothing but hashtags, mentions, links or signs"),
        ("RT @zoe: https://a.org", "nothing but hashtags, mentions, links or signs"),
        ("", "nothing but hashtags, mentions, links or signs"),
        (
            "the water is rising and we need help!!!",
            "stretched letters or a row of exclamation or question marks",
        ),
        ("what is going on at the bridge????", "stretched letters or a row of exclamation or question marks"),
        ("THE WATER IS RISING", "it shouts"),
    ] {
        assert_eq!(reason(text), expected, "{text}");
    }
}

#[test]
fn a_text_of_any_length_is_judged() {
    assert_eq!(reason(&"a.".repeat(1_000_000)), "");
    assert_eq!(reason(&"🎉 ".repeat(100_000)), "nothing but hashtags, mentions, links or signs");
    assert_eq!(reason(&format!("lol {}", "water ".repeat(100_000))), "");
}

#[test]
fn a_title_is_content_too() {
    let message = Message { title: "Le pont est fermé".into(), ..Message::default() };
    let judged = judge(&mut Noise::configure("{}", None).unwrap(), &[message], 1);
    assert_eq!((judged[0].score, judged[0].reason.as_str()), (0.0, ""));
}

#[test]
fn nothing_is_dropped_unless_it_is_asked_for() {
    assert_eq!(judged("{}", "lol !!!!!!").verdict, "keep");
    assert_eq!(judged(r#"{"drop_above": 2.0}"#, "lol !!!!!!").verdict, "keep");
    assert_eq!(judged(r#"{"drop_above": 1.9}"#, "lol !!!!!!").verdict, "drop");
    assert_eq!(judged(r#"{"drop_above": 1.0}"#, "STOP SHOUTING AT MEEEEE !!!!").verdict, "keep");
}

#[test]
fn kinds_and_phrases_can_be_switched_off() {
    let judged = |config| judged(config, "Good morning Boston!!!").score;
    assert_eq!(judged("{}"), -2.0);
    assert_eq!(judged(r#"{"ignore": ["stretched"]}"#), -1.5);
    assert_eq!(judged(r#"{"ignore": ["Good Morning"]}"#), -0.5);
    assert_eq!(judged(r#"{"weights": {"greeting": 0, "stretched": 0.25}}"#), -0.25);
}

#[test]
fn a_config_that_cannot_be_meant_is_refused() {
    for (config, place) in [
        (r#"{"weights": {"greetings": 1}}"#, "/weights/greetings"),
        (r#"{"weights": {"greeting": -1}}"#, "/weights/greeting"),
        (r#"{"phrases": ["ok", "!!!"]}"#, "/phrases/1"),
        (r#"{"ignore": ["good mourning"]}"#, "/ignore/0"),
        (r#"{"drop_above": -1}"#, "/drop_above"),
    ] {
        let error = Noise::configure(config, None).err().unwrap();
        assert_eq!(error.pointer, place);
        assert!(error.hint.is_some());
    }
    assert!(Noise::configure(r#"{"wieghts": {}}"#, None).is_err());
}

fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        prop::sample::select(vec![
            "good",
            "morning",
            "lol",
            "merci",
            "I'm at",
            "rt si",
            "(",
            ")",
            "!!!",
            "@zoé",
            "#été",
            "https://a.org",
            "===",
            "has joined",
            "42",
            "&amp;",
            "je suis",
            "à tous",
            "water",
            "🎉",
            ":",
            "looool",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.join(" "))
}

proptest! {
    #[test]
    fn batches_change_nothing(texts in prop::collection::vec(text(), 0..20), batch in 1..9usize) {
        let messages: Vec<Message> =
            texts.into_iter().map(|text| Message { text, ..Message::default() }).collect();
        let config = r#"{"drop_above": 1.0}"#;
        let one = judge(&mut Noise::configure(config, None).unwrap(), &messages, 1);
        let many = judge(&mut Noise::configure(config, None).unwrap(), &messages, batch);
        prop_assert_eq!(one, many);
    }

    #[test]
    fn words_of_content_behind_a_greeting_save_it(words in prop::collection::vec("[bdgjkpqvz]{4,9}", 2..9)) {
        prop_assert_ne!(reason(&format!("Bonjour à tous, {}", words.join(" "))), "only a greeting");
    }
}
