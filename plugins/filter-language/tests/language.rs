//! What a user relies on, and the law: batches change nothing.

#![allow(clippy::unwrap_used)]

use crible_sdk::testing::{check_examples, judge};
use crible_sdk::{Batch, Filter, FilterPlugin, Live, Message, Rows, TextField, Verdicts};
use filter_language::Language;
use proptest::prelude::*;

/// The languages that are set, as a reader of the messages sees them afterwards; empty: none.
fn languages(config: &str, messages: &[Message], batch: usize) -> Vec<String> {
    let mut filter = Language::configure(config, None).unwrap();
    let mut out = Verdicts::default();
    let of = |messages: &[Message]| {
        let mut batch = Batch::from_messages(messages);
        batch.stamp(0, vec![0; messages.len()]);
        let live = Live::new(batch);
        out.start(messages.len());
        filter.judge(&Rows::new(&live), &mut out).unwrap();
        let mut languages: Vec<String> = messages.iter().map(|message| message.lang.clone()).collect();
        for (field, values) in &out.sets {
            assert_eq!(*field, TextField::Lang);
            values.iter().for_each(|(row, value)| value.clone_into(&mut languages[row as usize]));
        }
        languages
    };
    messages.chunks(batch).flat_map(of).collect()
}

fn language(text: &str) -> String {
    languages("{}", &[Message { text: text.into(), ..Message::default() }], 1).remove(0)
}

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<Language>();
}

#[test]
fn languages_are_told_by_their_words() {
    for (expected, text) in [
        ("fr", "J’ai raté mon bus, j’arrive vers dix heures"),
        ("fr", "Le pont sera ferme demain, la mairie l'a annonce hier soir"),
        ("en", "Missed my bus, I'll be there around ten"),
        ("de", "Ich habe den Bus verpasst und komme erst um zehn"),
        ("es", "He perdido el autobús, llego sobre las diez"),
        ("it", "Ho perso l'autobus, arrivo verso le dieci"),
        ("pt", "Perdi o ônibus, vou chegar lá pelas dez"),
        ("nl", "Ik heb mijn bus gemist, ik ben er rond tien uur"),
        ("sv", "Jag missade bussen och kommer först klockan tio"),
        ("pl", "Uciekł mi autobus, będę około dziesiątej"),
        ("tr", "Bugün hava çok güzel, akşam hep birlikte yürüyüşe çıkacağız"),
        ("ru", "Сегодня очень хорошая погода, вечером все пойдём гулять"),
        ("uk", "Сьогодні дуже гарна погода, ввечері всі підемо гуляти"),
        ("bg", "Днес времето е много хубаво, вечерта ще се разходим"),
        ("ar", "فاتتني الحافلة، سأصل في حدود الساعة العاشرة"),
        ("fa", "اتوبوس را از دست دادم، حدود ساعت ده می‌رسم"),
    ] {
        assert_eq!(language(text), expected, "{text}");
    }
}

#[test]
fn languages_are_told_by_their_writing() {
    for (expected, text) in [
        ("el", "Έχασα το λεωφορείο"),
        ("he", "פספסתי את האוטובוס"),
        ("zh", "我错过了公共汽车"),
        ("ja", "バスに乗り遅れました"),
        ("ko", "버스를 놓쳤어요"),
        ("hi", "मेरी बस छूट गई"),
        ("th", "ฉันพลาดรถบัส"),
    ] {
        assert_eq!(language(text), expected, "{text}");
    }
}

#[test]
fn links_mentions_hashtags_and_emoji_are_no_evidence() {
    let words = "Le marché reprend jeudi matin sur la place";
    let dressed = format!(
        "RT @the_best_friend_of_you: {words} 🎉🎉 #throwbackthursday https://the.house.of/my/friends"
    );
    assert_eq!(language(&dressed), "fr");
    assert_eq!(language("@somebody #this #is #the #one https://this.is.the/one-that-you-want 🎉"), "");
}

#[test]
fn what_cannot_be_told_is_not_guessed_at() {
    for text in [
        "",
        "lol",
        "Paris 2024",
        "la la land",
        "42 % 🎉🎉🎉",
        "Nous partons demain matin pour la montagne avec les enfants. We are leaving for the mountains tomorrow \
         with the children.",
        "The word for library is библиотека городского округа",
        "東京",
    ] {
        assert_eq!(language(text), "", "{text}");
    }
}

#[test]
fn a_language_that_is_given_is_believed_unless_told_otherwise() {
    let given = |lang: &str| Message {
        text: "Le marché reprend jeudi matin sur la place".into(),
        lang: lang.into(),
        ..Message::default()
    };
    let messages = ["en", "und", "qme", ""].map(given);
    assert_eq!(languages("{}", &messages, 4), ["en", "fr", "fr", "fr"]);
    assert_eq!(languages(r#"{"trust_given": false}"#, &messages, 4), ["fr"; 4]);
    let short = Message { text: "ok".into(), lang: "en".into(), ..Message::default() };
    assert_eq!(languages(r#"{"trust_given": false}"#, &[short], 1), ["en"]);
}

#[test]
fn a_variety_of_a_language_is_kept_with_it() {
    let given =
        ["fr-CA", "pt-BR", "pt-PT", "fro"].map(|lang| Message { lang: lang.into(), ..Message::default() });
    let mut filter =
        Language::configure(r#"{"keep": ["fr", "pt-BR"], "score": {"pt": 1, "pt-BR": 2}}"#, None).unwrap();
    let judged = judge(&mut filter, &given, 2);
    let said: Vec<_> =
        judged.iter().map(|judged| (judged.verdict, judged.score, judged.about.as_str())).collect();
    assert_eq!(
        said,
        [("keep", 0.0, ""), ("keep", 2.0, "pt-BR"), ("drop", 0.0, "pt-PT"), ("drop", 0.0, "fro")]
    );
}

#[test]
fn a_title_tells_the_language_too() {
    let message =
        Message { title: "Le marché reprend jeudi matin sur la place".into(), ..Message::default() };
    assert_eq!(languages("{}", &[message], 1), ["fr"]);
}

#[test]
fn a_config_that_cannot_be_meant_is_refused() {
    for (config, place) in [
        (r#"{"keep": ["fr", "french"]}"#, "/keep/1"),
        (r#"{"keep": ["und"]}"#, "/keep/0"),
        (r#"{"score": {"": 1}}"#, "/score/"),
    ] {
        let error = Language::configure(config, None).err().unwrap();
        assert_eq!(error.pointer, place);
        assert!(error.hint.is_some());
    }
    assert!(Language::configure(r#"{"unknown": "guess"}"#, None).is_err());
}

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "the",
            "water",
            "l’été",
            "est",
            "là",
            "ist",
            "не",
            "東京",
            "@zoé",
            "'",
            "&amp;",
            "🎉"
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    // Each case learns the languages anew.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn batches_change_nothing(texts in prop::collection::vec(text(), 1..12), batch in 1..9usize) {
        let messages: Vec<Message> =
            texts.into_iter().map(|text| Message { text, ..Message::default() }).collect();
        prop_assert_eq!(languages("{}", &messages, batch), languages("{}", &messages, 1));
    }
}
