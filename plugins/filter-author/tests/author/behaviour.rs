//! What a user relies on.

use crible_sdk::testing::{Judged, check_examples};
use crible_sdk::{Filter, FilterPlugin, Held};
use filter_author::Standings;

use crate::stream::{DAY, MINUTE, judge, of, scored};

const OFTEN: &str = "its author often writes what is worth reading";
const OFTEN_ON_THEME: &str = "its author often writes what is worth reading on this theme";
const SELDOM: &str = "its author seldom writes what is worth reading";
const NOT_KNOWN: &str = "its author is not known for what is worth reading";
const FLOODS: &str = "its author floods";

fn standings(config: &str) -> Standings {
    Standings::configure(config, None).unwrap()
}

/// Of so many messages of an author, a minute apart from a time on, each `every`th is worth reading; with 0,
/// none.
fn some(author: &str, count: i64, every: i64, from: i64) -> Vec<Held> {
    let one = |number: i64| {
        let is_worth = every > 0 && number % every == 0;
        scored(author, if is_worth { 1.0 } else { 0.0 }, &[], from + number * MINUTE)
    };
    (0..count).map(one).collect()
}

/// A crowd of a hundred who write five messages each, one of them worth reading.
fn crowd() -> Vec<Held> {
    let one = |number: i64| {
        let is_worth = number % 5 == number / 100;
        scored(&format!("crowd{}", number % 100), if is_worth { 1.0 } else { 0.0 }, &[], 0)
    };
    (0..500).map(one).collect()
}

/// What becomes of the last of these messages, behind those of the crowd.
fn last(config: &str, messages: impl IntoIterator<Item = Held>) -> Judged {
    let all: Vec<Held> = crowd().into_iter().chain(messages).collect();
    judge(&mut standings(config), &all, 7).pop().unwrap()
}

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<Standings>();
}

#[test]
fn who_often_writes_what_is_worth_reading_is_praised_with_the_figures() {
    let judged = last("{}", [some("zoé", 15, 1, 0), some("zoé", 4, 0, 15 * MINUTE)].concat());
    assert!(judged.score > 0.4 && judged.score < 1.0, "{}", judged.score);
    assert_eq!((judged.reason.as_str(), judged.about.as_str()), (OFTEN, "zoé: 15 of 18"));
}

#[test]
fn who_seldom_does_is_not() {
    let judged = last("{}", some("max", 19, 0, 0));
    assert!(judged.score < -0.4 && judged.score > -1.0, "{}", judged.score);
    assert_eq!((judged.reason.as_str(), judged.about.as_str()), (SELDOM, "max: 0 of 18"));
}

#[test]
fn newcomers_and_those_who_write_as_everyone_does_are_neutral() {
    assert_eq!(last("{}", [scored("new", 9.0, &["theme:rust"], 0)]), of("keep"));
    assert_eq!(last("{}", some("usual", 16, 5, 0)), of("keep"));
}

#[test]
fn a_thousand_handles_stand_no_better_than_one_newcomer() {
    let handles = (0..1000).map(|number| scored(&format!("handle{number}"), 9.0, &[], 0)).collect::<Vec<_>>();
    let judged = judge(&mut standings("{}"), &[crowd(), handles].concat(), 7);
    assert!(judged.iter().rev().take(1000).all(|judged| *judged == of("keep")));
}

#[test]
fn no_message_speaks_for_itself() {
    let of_score =
        |score| last("{}", [some("zoé", 8, 1, 0), vec![scored("zoé", score, &[], 8 * MINUTE)]].concat());
    assert_eq!(of_score(-100.0), of_score(100.0));
}

#[test]
fn from_which_score_on_a_message_is_worth_reading_can_be_said() {
    let messages = || (0..10).map(|number| scored("zoé", 0.5, &[], number * MINUTE));
    assert_eq!(last("{}", messages()).reason, SELDOM);
    assert_eq!(last(r#"{"worth_from": 0.5}"#, messages()).reason, OFTEN);
}

#[test]
fn a_specialist_is_one_on_the_theme() {
    let on_rust = |number: i64| scored("zoé", 1.0, &["theme:rust"], number * MINUTE);
    let chat = |number: i64| scored("zoé", 0.0, &[], number * MINUTE);
    let written: Vec<Held> =
        (0..12).map(|number| if number % 3 == 0 { on_rust(number) } else { chat(number) }).collect();
    let then = |labels: &[&str]| {
        last("{}", [written.clone(), vec![scored("zoé", 0.0, labels, 20 * MINUTE)]].concat())
    };
    let judged = then(&["shared", "theme:rust"]);
    assert_eq!((judged.reason.as_str(), judged.about.as_str()), (OFTEN_ON_THEME, "zoé: 4 of 12 on rust"));
    assert_eq!(then(&["theme:été", "theme:rust"]), judged);
    // Elsewhere a third is a little more than the fifth of the crowd.
    assert!(then(&["theme:été"]).score < judged.score && then(&["theme:été"]) == then(&[]));
}

#[test]
fn one_good_message_in_a_hundred_makes_no_specialist() {
    let others = (0..20)
        .flat_map(|number| (0..5).map(move |_| scored(&format!("rust{number}"), 1.0, &["theme:rust"], 0)));
    let flood = (0..100).map(|number| {
        let labels: &[&str] = if number % 50 == 0 { &["theme:rust"] } else { &[] };
        scored("max", if labels.is_empty() { 0.0 } else { 1.0 }, labels, number * 10 * MINUTE)
    });
    let then = scored("max", 1.0, &["theme:rust"], 1000 * MINUTE);
    assert_eq!(last("{}", others.chain(flood).chain([then])).reason, SELDOM);
}

#[test]
fn an_author_is_no_worse_on_a_theme_that_is_new_to_them() {
    let on = |theme: &'static str, number: i64| scored("zoé", 1.0, &[theme], number * MINUTE);
    let then = |theme| last("{}", (0..10).map(|number| on("theme:rust", number)).chain([on(theme, 10)]));
    assert_eq!(then("theme:jardin").reason, OFTEN);
    assert_eq!(then("theme:jardin").about, "zoé: 10 of 10");
}

#[test]
fn a_standing_fades() {
    let praise =
        |days| last("{}", [some("zoé", 12, 1, 0), vec![scored("zoé", 0.0, &[], days * DAY)]].concat());
    let scores = [1, 30, 90, 1000].map(|days| praise(days).score);
    assert!(scores.windows(2).all(|pair| pair[0] > pair[1]), "{scores:?}");
    assert_eq!(scores[3], 0.0);
    assert_eq!(praise(30).about, "zoé: 6 of 6");
}

#[test]
fn a_flood_costs_while_it_lasts() {
    let config = r#"{"flood_from": 5, "flood_window": "1h", "flood_cost": 2.0, "weight": 0}"#;
    let mut messages: Vec<Held> = (0..10).map(|number| scored("max", 0.0, &[], number * MINUTE)).collect();
    messages.push(scored("zoé", 0.0, &[], 10 * MINUTE));
    messages.push(scored("max", 0.0, &[], 3 * 60 * MINUTE));
    let judged = judge(&mut standings(config), &messages, 3);
    let scores: Vec<f32> = judged.iter().map(|judged| judged.score).collect();
    assert_eq!(scores, [0.0, 0.0, 0.0, 0.0, 0.0, -0.333, -0.571, -0.75, -0.889, -1.0, 0.0, 0.0]);
    assert_eq!((judged[9].reason.as_str(), judged[9].about.as_str()), (FLOODS, "max: 10 within 1h"));
}

#[test]
fn the_reason_is_what_weighs_more() {
    let flood = some("zoé", 41, 1, 0);
    let judged = last("{}", flood.clone());
    // Of a hundred handles that write as usual, one who is always worth reading, and floods.
    assert!(judged.score > 0.0 && judged.score < last(r#"{"flood_cost": 0}"#, flood.clone()).score);
    assert_eq!(judged.reason, OFTEN);
    assert_eq!(last(r#"{"flood_cost": 9}"#, flood).reason, FLOODS);
}

#[test]
fn one_who_floods_does_not_become_the_usual() {
    // Else all others would be good.
    let flood = some("max", 5000, 0, 0);
    assert_eq!(last("{}", [flood, some("usual", 16, 5, 5000 * MINUTE)].concat()), of("keep"));
}

#[test]
fn who_stands_too_low_is_dropped_and_can_rise_again() {
    let config = r#"{"drop_below": -0.5, "half_life": "1d"}"#;
    let judged = last(config, some("max", 30, 0, 0));
    assert_eq!(
        (judged.verdict, judged.reason.as_str(), judged.about.as_str()),
        ("drop", SELDOM, "max: 0 of 29")
    );
    assert_eq!(judged.score, 0.0);
    let again = |worth| [some("max", 30, 0, 0), some("max", worth, 1, DAY)].concat();
    assert_eq!(last(config, again(1)).verdict, "drop");
    assert_eq!(last(config, again(9)).verdict, "keep");
    // And time alone heals.
    assert_eq!(last(config, [some("max", 30, 0, 0), some("max", 1, 0, 9 * DAY)].concat()), of("keep"));
}

#[test]
fn only_those_who_are_known_can_be_asked_for() {
    let config = r#"{"drop_below": 0.3}"#;
    let judged = last(config, some("new", 1, 1, 0));
    assert_eq!(
        (judged.verdict, judged.reason.as_str(), judged.about.as_str()),
        ("drop", NOT_KNOWN, "new: 0 of 0")
    );
    assert_eq!(last(config, some("zoé", 9, 1, 0)).verdict, "keep");
    // Newcomers stand at 0, which is not below it.
    assert_eq!(last(r#"{"drop_below": 0}"#, some("new", 1, 1, 0)), of("keep"));
}

#[test]
fn a_message_without_an_author_is_let_pass_and_counted_for_nobody() {
    let nobody = some("", 500, 1, 0);
    let judged = judge(&mut standings(r#"{"drop_below": 0.5, "flood_from": 1}"#), &nobody, 7);
    assert!(judged.iter().all(|judged| *judged == of("keep")));
    let with = last("{}", [nobody, some("zoé", 9, 1, 0)].concat());
    assert_eq!(with, last("{}", some("zoé", 9, 1, 0)));
}

#[test]
fn the_author_who_has_been_silent_for_longest_is_forgotten_first() {
    let config = r#"{"most": 2, "flood_from": 1}"#;
    let messages = ["a", "b", "a", "c", "a", "b"].map(|author| scored(author, 0.0, &[], 0));
    let judged = judge(&mut standings(config), &messages, 1);
    let floods: Vec<bool> = judged.iter().map(|judged| judged.reason == FLOODS).collect();
    // `a` goes on flooding and stays; `b` had to make room for `c`.
    assert_eq!(floods, [false, false, true, false, true, false]);
}

#[test]
fn a_long_handle_is_cut_where_it_is_shown() {
    let config = r#"{"flood_from": 1}"#;
    let handle = "é".repeat(5000);
    let judged =
        judge(&mut standings(config), &[scored(&handle, 0.0, &[], 0), scored(&handle, 0.0, &[], 0)], 1);
    assert_eq!(judged[1].about, format!("{}…: 2 within 1h", "é".repeat(50)));
}

#[test]
fn a_config_that_cannot_be_meant_is_refused() {
    for (config, place) in [
        (r#"{"weight": -1}"#, "/weight"),
        (r#"{"flood_cost": 1e300}"#, "/flood_cost"),
        (r#"{"prior": 0}"#, "/prior"),
        (r#"{"drop_below": -2}"#, "/drop_below"),
        (r#"{"flood_from": 0}"#, "/flood_from"),
        (r#"{"flood_window": "0s"}"#, "/flood_window"),
        (r#"{"half_life": "5s"}"#, "/half_life"),
        (r#"{"half_life": "soon"}"#, "/half_life"),
        (r#"{"most": 0}"#, "/most"),
    ] {
        let error = Standings::configure(config, None).err().unwrap();
        assert_eq!(error.pointer, place);
        assert!(error.hint.is_some(), "{error}");
    }
    assert!(Standings::configure(r#"{"wait": 1}"#, None).is_err());
}

#[test]
fn a_snapshot_that_cannot_be_read_is_refused_in_plain_words() {
    let mut filter = standings("{}");
    let messages =
        [scored("zoé", 1.0, &["theme:rust"], 5), scored("max", 0.0, &[], 400), scored("zoé", 0.0, &[], 405)];
    judge(&mut filter, &messages, 1);
    let good = filter.snapshot().unwrap();
    assert!(Standings::configure("{}", Some(&good)).is_ok());
    let longer = [&good[..], &[0]].concat();
    let newer = [&[9], &good[1..]].concat();
    let no_number = [&good[..9], &f64::NAN.to_le_bytes(), &good[17..]].concat();
    let cut = (0..good.len()).map(|len| good[..len].to_vec());
    for bad in cut.chain([longer, newer, no_number]) {
        let error = Standings::configure("{}", Some(&bad)).err().unwrap();
        assert!(error.message.contains("cannot be read") && error.hint.is_some());
    }
}
