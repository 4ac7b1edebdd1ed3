//! What a user relies on, and the laws: batches change nothing, and no message makes it panic.

#![allow(clippy::unwrap_used)]

use crible_sdk::testing::{Judged, check_examples, judge};
use crible_sdk::{Filter, FilterPlugin, Message};
use filter_score::Score;
use proptest::prelude::*;
use serde_json::json;

fn score(rules: serde_json::Value) -> Score {
    Score::configure(&json!({ "rules": rules }).to_string(), None).unwrap()
}

fn of_message(rules: serde_json::Value, message: &Message) -> Judged {
    judge(&mut score(rules), std::slice::from_ref(message), 1).remove(0)
}

/// Whether a condition holds for a message.
fn holds(when: &str, message: &Message) -> bool {
    let judged = of_message(json!([{ "when": when, "label": "yes" }]), message);
    assert_eq!(judged.verdict, "keep", "{when}: {}", judged.reason);
    !judged.labels.is_empty()
}

/// What an expression adds to the score of a message.
fn added(expression: &str, message: &Message) -> f32 {
    let judged = of_message(json!([{ "add": expression }]), message);
    assert_eq!(judged.verdict, "keep", "{expression}: {}", judged.reason);
    judged.score
}

fn a_message() -> Message {
    Message {
        id: "7".into(),
        channel: "#digue".into(),
        author: "zoé".into(),
        author_name: "Zoé Brû".into(),
        title: "L’été".into(),
        text: "Été à la plage 🏖️, l’eau monte".into(),
        lang: "fr".into(),
        url: "https://journal.fr/a".into(),
        links: vec!["https://journal.fr/a".into(), "https://météo.fr/b".into()],
        tags: vec!["crue".into(), "été".into()],
        followers: 120,
        likes: 48,
        reposts: 3,
        // Saturday, 14 March 2026, 09:12:00 UTC.
        created_at: 1_773_479_520_000,
        attrs: [("flair".to_owned(), "News".to_owned()), ("no-1".to_owned(), "oui".to_owned())].into(),
        ..Message::default()
    }
}

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<Score>();
}

#[test]
fn what_users_of_cel_rely_on() {
    let message = a_message();
    for when in [
        "text.startsWith('Été') && text.contains('🏖️') && text.endsWith('monte')",
        "title == 'L’été' && title != \"L'été\"",
        "size(title) == 5 && title.size() == 5 && size(links) == 2 && tags.size() == 2",
        "'été' in tags && !('eau' in tags) && lang in ['fr', 'en']",
        "lang in {'fr': 1, 'en': 2} && {'fr': 2.5}[lang] > 2",
        "tags.exists(tag, tag.startsWith('cr')) && tags.all(tag, size(tag) > 2)",
        "tags.exists_one(tag, tag == 'été') && tags.filter(tag, tag == 'été') == ['été']",
        "tags.map(tag, size(tag)) == [4, 3] && links.map(l, l.endsWith('b'), size(l)) == [18]",
        "tags.exists(tag, links.exists(link, link.contains('journal') && tag == 'crue'))",
        "links[1].contains('météo') && tags[0] == 'crue'",
        "has(attrs.flair) && attrs.flair == 'News' && attrs['no-1'] == 'oui' && 'flair' in attrs",
        "!has(attrs.mood) && attrs.mood == '' && !('mood' in attrs)",
        "text.matches('^Été') && matches(text, 'pl[aâ]ge') && !text.matches('^été') && text.matches('(?i)^ÉTÉ À')",
        "likes > 20 && likes >= 48 && likes < 48.5 && likes == 48.0 && followers / 100 == 1 && likes % 5 == 3",
        "double(likes) / double(followers) == 0.4 && int(2.9) == 2 && string(likes) == '48' && -likes < 0",
        "replies == 0 && reply_to == '' && repost_of == ''",
        "(likes > 100 ? 'many' : 'few') == 'few' && true || false",
        "created == timestamp('2026-03-14T10:12:00+01:00') && created.getHours() == 9 && created.getDayOfWeek() == 6",
        "created.getFullYear() == 2026 && created.getMonth() == 2 && created.getDate() == 14 && int(created) == 1773479520",
        "now - created == duration('0s') && age < duration('1h30m') && created + duration('1d') > now",
        "duration('90m').getHours() == 1 && duration('90m') == duration('1h') + duration('30m')",
        "author + '@' + channel == 'zoé@#digue' && author_name < author",
        "// the id\nid == '7'",
    ] {
        assert!(holds(when, &message), "{when}");
    }
}

#[test]
fn what_comes_after_a_sure_answer_is_not_asked() {
    let message = a_message();
    assert!(holds("likes > 20 || 1 / replies > 0", &message));
    assert!(!holds("replies > 0 && 1 / replies > 0", &message));
    // Either side may be sure.
    assert!(holds("1 / replies > 0 || likes > 20", &message));
}

#[test]
fn rules_see_the_score_that_earlier_ones_made() {
    let rules = json!([
        { "when": "likes > 20", "add": 4, "because": "liked" },
        { "when": "score > 3.0", "add": "score * 0.5", "because": "and more" },
        { "add": "score" },
    ]);
    let judged = of_message(rules, &a_message());
    assert_eq!((judged.score, judged.reason.as_str()), (12.0, "liked; and more"));
    assert_eq!(added("likes", &a_message()), 48.0);
    assert_eq!(added("2u", &a_message()), 2.0);
}

#[test]
fn a_message_that_is_kept_or_dropped_meets_no_later_rule() {
    let rules = json!([
        { "when": "author == 'zoé'", "keep": true, "add": 1, "because": "a friend" },
        { "when": "likes > 20", "drop": true, "because": "liked too much" },
        { "when": "likes > 10", "label": "liked", "theme": "été" },
    ]);
    let by = |author: &str, likes| Message { author: author.into(), likes, ..a_message() };
    let judged = judge(&mut score(rules), &[by("zoé", 48), by("max", 48), by("max", 15), by("max", 1)], 4);
    let said: Vec<_> = judged.iter().map(|of| (of.verdict, of.score, of.reason.as_str())).collect();
    assert_eq!(
        said,
        [
            ("keep", 1.0, "a friend"),
            ("drop", 0.0, "liked too much"),
            ("keep", 0.0, "matches “likes > 10”"),
            ("keep", 0.0, ""),
        ]
    );
    assert_eq!(judged[2].labels, ["liked", "theme:été"]);
    assert!(judged[0].labels.is_empty());
}

#[test]
fn a_message_has_no_age_where_nobody_knows_when_it_was_written() {
    let at = |created_at| Message { created_at, ..Message::default() };
    let rules = json!([{ "when": "age > duration('1h')", "drop": true }]);
    let judged = judge(&mut score(rules), &[at(90_000_000), at(0), at(5), at(89_000_000)], 4);
    assert_eq!(judged.iter().map(|of| of.verdict).collect::<Vec<_>>(), ["keep", "keep", "drop", "keep"]);
}

#[test]
fn three_reasons_are_told() {
    let rule = |n| json!({ "add": 1, "because": format!("no. {n}") });
    let judged = of_message((1..=4).map(rule).collect(), &a_message());
    assert_eq!(judged.reason, "no. 1; no. 2; no. 3; and more");
}

#[test]
fn a_row_that_cannot_be_judged_fails_and_says_why() {
    for (rule, reason) in [
        (json!({ "when": "likes / replies > 2", "drop": true }), "a number is divided by 0"),
        (json!({ "when": "likes % replies > 2", "drop": true }), "a number is divided by 0"),
        (json!({ "when": "tags[5] == 'a'", "drop": true }), "a list has no such element"),
        (json!({ "add": "{'en': 1.0}[lang]" }), "a map has no such key"),
        (json!({ "add": "int(text)" }), "a value cannot be converted"),
        (json!({ "when": "timestamp(text) < now", "drop": true }), "a text is no timestamp"),
        (json!({ "when": "duration(text) > age", "drop": true }), "a text is no duration"),
        (json!({ "add": "likes * 9223372036854775807" }), "a number is too large"),
        (json!({ "add": "1.0 / 0.0" }), "the score is no finite number"),
        (json!({ "when": "[1, 'a'][1] > 0", "drop": true }), "a value is not of the type that is wanted"),
    ] {
        let judged = of_message(json!([{ "when": "likes < 0", "drop": true }, rule]), &a_message());
        assert_eq!(
            (judged.verdict, judged.reason),
            ("fail", format!("rule 2 cannot be judged: {reason}")),
            "{rule}"
        );
    }
}

#[test]
fn a_config_that_cannot_be_meant_is_refused() {
    for (rules, place) in [
        (json!([]), "/rules"),
        (json!([{ "when": "likes > 2" }]), "/rules/0"),
        (json!([{ "add": 1 }, { "when": "likes > 2", "drop": true, "add": 2 }]), "/rules/1"),
        (json!([{ "when": "likes > 2", "label": " " }]), "/rules/0/label"),
        (json!([{ "when": "likes > 2", "theme": "" }]), "/rules/0/theme"),
        (json!([{ "add": 1e300 }]), "/rules/0/add"),
        (json!([{ "add": "text" }]), "/rules/0/add"),
        (json!([{ "when": "likes", "add": 1 }]), "/rules/0/when"),
    ] {
        let error = Score::configure(&json!({ "rules": rules }).to_string(), None).err().unwrap();
        assert_eq!(error.pointer, place, "{rules}");
    }
    assert!(Score::configure("{}", None).is_err());
    assert!(Score::configure(r#"{"rules": [{"wen": "true", "drop": true}]}"#, None).is_err());
}

/// Texts that are hostile, foreign or odd.
fn text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "",
        "9223372036854775808",
        "-1s",
        "2026-02-30",
        "été",
        "🏖️",
        "1e400",
        "\0'\"",
    ]);
    prop_oneof![any::<String>(), odd.prop_map(str::to_owned)]
}

fn messages() -> impl Strategy<Value = Vec<Message>> {
    let one = (text(), prop::collection::vec(text(), 0..4), any::<[i64; 3]>());
    let message = |(text, tags, [followers, likes, created_at]): (String, Vec<String>, [i64; 3])| Message {
        attrs: [("a".to_owned(), text.clone())].into(),
        lang: tags.first().cloned().unwrap_or_default(),
        text,
        tags,
        followers,
        likes,
        created_at,
        ..Message::default()
    };
    prop::collection::vec(one.prop_map(message), 0..20)
}

const EVERYTHING: &str = r#"{"rules": [
    {"when": "likes + followers > 3", "add": "likes - followers"},
    {"when": "likes * 3 < -followers", "add": "double(likes) * 1e300"},
    {"when": "likes / followers > 1 || likes % followers == 0", "add": 1},
    {"when": "tags.exists(t, t.contains(text) || text.matches('^[a-zé]+$'))", "add": "score + 1.0"},
    {"when": "tags.map(t, t + text) == tags", "label": "odd"},
    {"when": "size(text) > 3 && attrs.a == text && has(attrs.b)", "drop": true},
    {"when": "timestamp(text) - created > age + duration(text)", "label": "time"},
    {"when": "created + age - duration('7d') < now && created.getMonth() + created.getDate() > 3", "add": 2},
    {"when": "created.getFullYear() + created.getDayOfWeek() > 0 && int(created) > 0", "add": 2},
    {"when": "int(text) > 1 || uint(text) > 1u || double(text) > 1.0", "add": "double(text)"},
    {"when": "int(double(text)) > 1 && uint(likes) > 1u", "add": "{'fr': 2.0}[lang]"},
    {"when": "tags[likes] == lang && 'x' in tags", "keep": true}
]}"#;

/// Each rule by itself, so that none hides behind one that fails.
fn each_rule() -> impl Iterator<Item = String> {
    let config: serde_json::Value = serde_json::from_str(EVERYTHING).unwrap();
    config["rules"].as_array().unwrap().clone().into_iter().map(|rule| json!({ "rules": [rule] }).to_string())
}

proptest! {
    #[test]
    fn no_message_makes_it_panic_and_batches_change_nothing(messages in messages(), batch in 1..9usize) {
        for config in each_rule().chain([EVERYTHING.to_owned()]) {
            let filter = || Score::configure(&config, None).unwrap();
            prop_assert_eq!(judge(&mut filter(), &messages, batch), judge(&mut filter(), &messages, 1));
        }
    }

    #[test]
    fn no_expression_makes_it_panic(
        text in any::<String>(),
        cel in "(likes|text|tags|attrs|attrs\\.a|score|'é'|1|2\\.5|[a-z]{1,3}|[-+*/%<>=!&|?:.,\\[\\](){}\"' é]|\\.map\\(x,|has\\(){1,14}",
    ) {
        for expression in [text, cel] {
            for rule in [json!({ "when": expression, "label": "a" }), json!({ "add": expression })] {
                match Score::configure(&json!({ "rules": [rule] }).to_string(), None) {
                    Ok(mut filter) => drop(judge(&mut filter, &[a_message()], 1)),
                    Err(error) => {
                        let (offset, length) = (error.offset.unwrap(), error.length.unwrap());
                        prop_assert!(expression.get(offset..offset + length).is_some(), "{expression}: {error}");
                    }
                }
            }
        }
    }
}

#[test]
fn an_expression_that_would_take_too_much_is_refused() {
    let nested = |times: usize, open: &str, middle: &str, close: &str| {
        format!("{}{middle}{}", open.repeat(times), close.repeat(times))
    };
    for text in [
        nested(2000, "1 + ", "1", "") + " > 0",
        nested(500, "true ? false : ", "true", ""),
        nested(1000, "(", "true", ")"),
        nested(1000, "[", "1", "]") + " == []",
        nested(300, "tags.all(t, ", "true", ")"),
        nested(3, "tags.all(t, ", "true", ")"),
        "a".repeat(5000) + " > 1",
        format!("text.matches('{}')", "((a{100}){100}){100}"),
    ] {
        let run = move || {
            let config = json!({ "rules": [{ "when": text, "drop": true }] }).to_string();
            assert!(Score::configure(&config, None).is_err(), "{config}");
        };
        // A quarter of the stack that a component has.
        std::thread::Builder::new()
            .stack_size(if cfg!(debug_assertions) { 2 << 20 } else { 256 << 10 })
            .spawn(run)
            .unwrap()
            .join()
            .unwrap();
    }
    // What people write is far from it.
    let many = (0..90).map(|n| format!("text.contains('mot {n}')")).collect::<Vec<_>>().join(" || ");
    assert!(!holds(&many, &a_message()));
}

#[test]
fn it_remembers_nothing() {
    assert!(score(json!([{ "add": 1 }])).snapshot().unwrap().is_empty());
}
