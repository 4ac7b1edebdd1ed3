//! What a user relies on, and the laws: batches and restarts change nothing.

#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use crible_sdk::testing::{Judge, Judged, check_examples, judge};
use crible_sdk::{Filter, FilterPlugin, Message};
use filter_learned::{Classifier, Learned, Model, Recipe, Sample, TooFew, Trainer};
use proptest::prelude::*;

const DAY: i64 = 86_400_000;

/// A stage that takes feedback, unless its config says otherwise.
fn learned(config: &str) -> Learned {
    Learned::configure(&listening(config), None).unwrap()
}

fn listening(config: &str) -> String {
    let mut config: serde_json::Value = serde_json::from_str(config).unwrap();
    config.as_object_mut().unwrap().entry("feedback_attr").or_insert("feedback".into());
    config.to_string()
}

fn message(text: &str) -> Message {
    Message { text: text.into(), ..Message::default() }
}

fn marked(text: &str, mark: &str, created_at: i64) -> Message {
    let attrs = [("feedback".to_owned(), mark.to_owned())].into();
    Message { attrs, created_at, ..message(text) }
}

fn trained() -> Model {
    static MODEL: LazyLock<Model> = LazyLock::new(train);
    MODEL.clone()
}

fn train() -> Model {
    let mut trainer = Trainer::default();
    for number in 0..40 {
        let channel = format!("town {}", number % 4);
        let good = format!("Inondation : le pont {number} est fermé, évacuation en cours");
        trainer.add(&Sample::from(&message(&good)), true, &channel);
        let bad = format!("mon déjeuner {number} était délicieux 😋");
        trainer.add(&Sample::from(&message(&bad)), false, &channel);
    }
    trainer.train().unwrap()
}

fn with_model(options: &str) -> String {
    format!(r#"{{"model": "{}"{options}}}"#, BASE64_STANDARD.encode(trained().to_bytes()))
}

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<Learned>();
}

#[test]
fn what_was_taught_by_examples_is_told_apart_with_the_words_that_decided() {
    let messages = [message("ÉVACUATION : le pont du Nord est fermé"), message("Un déjeuner délicieux !")];
    let judged = judge(&mut learned(&with_model(r#", "drop_below": 0.5"#)), &messages, 2);
    assert_eq!(
        (judged[0].verdict, judged[0].reason.as_str()),
        ("keep", "looks like what you marked as good")
    );
    assert!(judged[0].score > 0.1 && judged[0].score <= 1.0, "{judged:?}");
    // As they are written, the weightiest first, each once.
    let words: Vec<&str> = judged[0].about.split(", ").collect();
    assert!(words.len() == 3 && words.iter().all(|word| messages[0].text.contains(word)), "{words:?}");
    assert_eq!((judged[1].verdict, judged[1].reason.as_str()), ("drop", "looks like what you marked as bad"));
    assert!(judged[1].about.contains("déjeuner"), "{}", judged[1].about);
}

#[test]
fn the_weight_scales_the_score() {
    let messages =
        [message("évacuation en cours, le pont est fermé"), message("mon déjeuner était délicieux")];
    let once = judge(&mut learned(&with_model("")), &messages, 1);
    let thrice = judge(&mut learned(&with_model(r#", "weight": 3"#)), &messages, 1);
    for (once, thrice) in once.iter().zip(&thrice) {
        assert!((once.score * 3.0 - thrice.score).abs() < 1e-6);
    }
    assert!(once[1].score < 0.0);
}

#[test]
fn feedback_teaches_at_once_and_is_forgotten_with_time() {
    let config = r#"{"half_life": "1d"}"#;
    let asks = |time| Message { created_at: time, ..message("prix gratuit pour vous") };
    let messages = [asks(0), marked("un prix gratuit", "good", 1), asks(1), asks(DAY), asks(30 * DAY)];
    let judged = judge(&mut learned(config), &messages, 2);
    assert_eq!((judged[1].verdict, judged[1].reason.as_str()), ("drop", "taken as feedback"));
    assert_eq!(judged[0].score, 0.0);
    assert!(judged[2].score > 0.1, "{}", judged[2].score);
    let [at_once, a_day_later] = [2, 3].map(|at: usize| log_odds_of(judged[at].score));
    assert!((a_day_later / at_once - 0.5).abs() < 0.01);
    assert!(judged[4].score < 1e-6);
}

/// The log-odds that a score stands for, as `docs/learned.md` says: a quarter of the weight at log-odds of 1.
fn log_odds_of(score: f32) -> f32 {
    score * (15.0 / (1.0 - score * score)).sqrt()
}

#[test]
fn the_score_may_be_the_probability_and_what_is_dropped_has_one_too() {
    let messages = [message("évacuation en cours, le pont est fermé"), message("Un déjeuner délicieux !")];
    let by = |options: &str| judge(&mut learned(&with_model(options)), &messages, 2);
    let (odds, chances) =
        (by(r#", "drop_below": 0.5"#), by(r#", "drop_below": 0.5, "score_by": "probability", "weight": 2"#));
    assert_eq!((odds[1].verdict, chances[1].verdict), ("drop", "drop"));
    assert!(odds[0].score > 0.1 && odds[1].score < -0.1, "{odds:?}");
    assert!(chances[0].score > 1.0 && (0.0..1.0).contains(&chances[1].score), "{chances:?}");
}

#[test]
fn feedback_corrects_what_examples_taught() {
    let text = "mon déjeuner était délicieux";
    let mut messages = vec![message(text)];
    messages.extend((0..8).map(|_| marked(text, "good", 0)));
    messages.push(message(text));
    let judged = judge(&mut learned(&with_model("")), &messages, 3);
    assert!(judged[0].score < 0.0 && judged[9].score > judged[0].score + 0.3, "{judged:?}");
}

#[test]
fn feedback_that_says_nothing_known_fails_and_teaches_nothing() {
    let messages = [marked("un prix", "perhaps", 0), message("un prix"), marked("un prix", "", 0)];
    let judged = judge(&mut learned("{}"), &messages, 1);
    assert_eq!((judged[0].verdict, judged[0].about.as_str()), ("fail", "perhaps"));
    assert_eq!((judged[1].score, judged[2].verdict, judged[2].score), (0.0, "keep", 0.0));
    let judged = judge(&mut learned(r#"{"feedback_attr": ""}"#), &[marked("un prix", "good", 0)], 1);
    assert_eq!(judged[0].verdict, "keep");
}

#[test]
fn a_config_that_cannot_be_meant_is_refused() {
    for (config, place) in [
        (r#"{"drop_below": 1.5}"#, "/drop_below"),
        (r#"{"keep_above": -1}"#, "/keep_above"),
        (r#"{"keep_above": 0.2, "drop_below": 0.4}"#, "/keep_above"),
        (r#"{"weight": 1e300}"#, "/weight"),
        (r#"{"half_life": "soon"}"#, "/half_life"),
        (r#"{"half_life": "0s"}"#, "/half_life"),
        (r#"{"model": "no model"}"#, "/model"),
        (r#"{"model": "AAAA"}"#, "/model"),
    ] {
        let error = Learned::configure(config, None).err().unwrap();
        assert_eq!(error.pointer, place, "{config}");
        assert!(error.hint.is_some(), "{config}");
    }
    assert!(Learned::configure(r#"{"modell": ""}"#, None).is_err());
}

#[test]
fn a_snapshot_that_cannot_be_read_is_refused_in_plain_words() {
    let mut filter = learned("{}");
    judge(&mut filter, &[marked("un prix", "bad", 5), message("un prix gratuit")], 1);
    let good = filter.snapshot().unwrap();
    assert!(Learned::configure("{}", Some(&good)).is_ok());
    let longer = [&good[..], &[0]].concat();
    let newer = [&[9], &good[1..]].concat();
    let cut = (0..good.len()).map(|len| good[..len].to_vec());
    for bad in cut.chain([longer, newer]) {
        let error = Learned::configure("{}", Some(&bad)).err().unwrap();
        assert!(error.message.contains("cannot be read") && error.hint.is_some());
    }
}

#[test]
fn another_model_keeps_what_feedback_taught() {
    let mut filter = learned("{}");
    judge(&mut filter, &[marked("un prix gratuit", "bad", 0)], 1);
    let state = filter.snapshot().unwrap();
    let mut retrained = Learned::configure(&listening(&with_model("")), Some(&state)).unwrap();
    let asked = [message("un prix gratuit")];
    let taught = judge(&mut retrained, &asked, 1);
    assert!(taught[0].score < judge(&mut learned(&with_model("")), &asked, 1)[0].score);
}

#[test]
fn a_model_that_is_cut_or_of_another_version_is_refused() {
    let bytes = trained().to_bytes();
    assert!(bytes.len() < 1 << 20, "{} bytes", bytes.len());
    assert_eq!(Model::from_bytes(&bytes), Some(trained()));
    for len in [0, 1, 200, bytes.len() - 1] {
        assert_eq!(Model::from_bytes(&bytes[..len]), None);
    }
    for version in [2, 9] {
        assert_eq!(Model::from_bytes(&[&[version], &bytes[1..]].concat()), None);
    }
    assert_eq!(Model::from_bytes(&[&bytes[..], &[0]].concat()), None);
    // The bias is the first number: one that is none, and one beyond all measure.
    for bias in [f32::NAN, 1e30] {
        assert_eq!(Model::from_bytes(&[&bytes[..1], &bias.to_le_bytes(), &bytes[5..]].concat()), None);
    }
}

#[test]
fn a_stage_in_training_makes_the_model_of_its_examples() {
    let mut stage = learned(r#"{"training": true}"#);
    let mut messages = Vec::new();
    for number in 0..40 {
        let channel = format!("town {}", number % 4);
        let good = format!("Inondation : le pont {number} est fermé, évacuation en cours");
        messages.push(Message { channel: channel.clone(), ..marked(&good, "good", 0) });
        let bad = format!("mon déjeuner {number} était délicieux 😋");
        messages.push(Message { channel, ..marked(&bad, "bad", 0) });
    }
    let judged = judge(&mut stage, &messages, 7);
    assert!(judged.iter().all(|judged| judged.reason == "taken as an example"));
    assert_eq!(Model::from_bytes(&stage.snapshot().unwrap()), Some(trained()));
    let few = learned(r#"{"training": true}"#).snapshot().unwrap_err();
    assert!(few.message.contains("too few"), "{}", few.message);
}

#[test]
fn examples_of_one_kind_are_too_few() {
    let mut trainer = Trainer::with(Recipe::default());
    (0..20).for_each(|_| trainer.add(&Sample::default(), true, ""));
    assert_eq!(trainer.train(), Err(TooFew { good: 20, bad: 0 }));
}

#[test]
fn a_message_by_itself_is_judged_without_the_stream() {
    let mut classifier = Classifier::new(trained(), DAY);
    let sample = Sample { text: "le pont est fermé", ..Sample::default() };
    let before = classifier.probability_alone(&sample);
    for _ in 0..50 {
        classifier.judge(&sample, 0);
    }
    assert_eq!(classifier.probability_alone(&sample), before);
    assert!(before > 0.5);
}

#[test]
fn the_longest_and_the_strangest_texts_are_judged() {
    let mut filter = learned(&with_model(""));
    let texts =
        ["é".repeat(300_000), "a b ".repeat(50_000), "\u{301}#@http://".repeat(999), "💥!?".repeat(9_999)];
    let messages: Vec<Message> = texts.iter().map(|text| message(text)).collect();
    let judged = judge(&mut filter, &messages, 2);
    assert!(judged.iter().all(|judged| judged.score.is_finite() && judged.about.len() < 200));
}

fn messages() -> impl Strategy<Value = Vec<Message>> {
    let word =
        prop::sample::select(vec!["pont", "fermé", "déjeuner", "délicieux", "prix", "#eau", "😋", "12", "!"]);
    let text = prop::collection::vec(word, 0..6).prop_map(|words| words.join(" "));
    let text = prop_oneof![4 => text, 1 => any::<String>()];
    let mark = prop::sample::select(vec!["", "", "", "good", "bad", "?"]);
    prop::collection::vec((text, mark, 0..DAY), 0..30).prop_map(|all| {
        let mut clock = 0;
        all.into_iter()
            .map(|(text, mark, step)| {
                clock += step;
                marked(&text, mark, clock)
            })
            .collect()
    })
}

fn run_with_restarts(config: &str, messages: &[Message], batch: usize, restarts: &[bool]) -> Vec<Judged> {
    let mut filter = learned(config);
    let mut run = Judge::default();
    for (messages, restart) in messages.chunks(batch).zip(restarts) {
        run.batch(&mut filter, messages).unwrap();
        if *restart {
            let state = filter.snapshot().unwrap();
            filter = Learned::configure(&listening(config), Some(&state)).unwrap();
            assert_eq!(filter.snapshot().unwrap(), state);
        }
    }
    run.judged
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn batches_and_restarts_change_nothing(
        messages in messages(), batch in 1..9usize, restarts in prop::collection::vec(any::<bool>(), 30),
    ) {
        let config = with_model(r#", "drop_below": 0.3, "keep_above": 0.6, "half_life": "12h""#);
        let undisturbed = judge(&mut learned(&config), &messages, 1);
        prop_assert_eq!(run_with_restarts(&config, &messages, batch, &restarts), undisturbed);
    }
}
