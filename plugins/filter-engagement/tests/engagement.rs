//! What a user relies on, and the laws: batches and restarts change nothing.

#![allow(clippy::unwrap_used)]

use crible_sdk::testing::{Judge, Judged, check_examples, judge};
use crible_sdk::{Filter, FilterPlugin, Message};
use filter_engagement::Engagement;
use proptest::prelude::*;

const HOUR: i64 = 3_600_000;
const MORE: &str = "gets more attention than its author's messages usually do";
const LESS: &str = "gets less attention than its author's messages usually do";

/// Ages do not count.
const ARCHIVE: &str = r#"{"half": "0s"}"#;

fn engagement(config: &str) -> Engagement {
    Engagement::configure(config, None).unwrap()
}

fn liked(author: &str, likes: i64) -> Message {
    Message { author: author.into(), likes, created_at: 1, ..Message::default() }
}

/// Messages of an author that all have as many likes.
fn usually(author: &str, likes: i64, messages: usize) -> Vec<Message> {
    vec![liked(author, likes); messages]
}

/// What became of the last of these.
fn last(config: &str, messages: &[Message]) -> Judged {
    judge(&mut engagement(config), messages, 7).pop().unwrap()
}

/// A message that is met at an hour by the clock of the messages, which another one without counts sets.
fn met_at(hour: i64, message: Message) -> [Message; 2] {
    [Message { author: "clock".into(), created_at: hour * HOUR, ..Message::default() }, message]
}

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<Engagement>();
}

#[test]
fn a_small_voice_beats_a_loud_one() {
    let both = [usually("small", 2, 20), usually("loud", 5000, 20)].concat();
    let small = last(ARCHIVE, &[both.clone(), vec![liked("small", 40)]].concat());
    let loud = last(ARCHIVE, &[both, vec![liked("loud", 400)]].concat());
    assert!(small.score > 3.0 && loud.score < -3.0, "{small:?} {loud:?}");
    assert_eq!((small.reason.as_str(), loud.reason.as_str()), (MORE, LESS));
}

#[test]
fn the_figures_are_told() {
    let messages = [usually("zoé", 5, 200), vec![liked("zoé", 40)]].concat();
    let judged = last(r#"{"half": "0s", "doublings": 2}"#, &messages);
    assert_eq!(judged.about, "×8: 40 likes, reposts and replies, 5 are usual");
    assert_eq!(judged.score, 2.0);
    let judged = last(r#"{"half": "0s", "likes": 2, "replies": 0, "weight": -1}"#, &messages);
    assert_eq!(judged.about, "×8: 80 points for likes and reposts, 10 are usual");
    assert!(judged.score < -2.0);
    let quiet = [usually("zoé", 0, 200), vec![liked("zoé", 9)]].concat();
    let judged = last(ARCHIVE, &quiet);
    assert_eq!(judged.about, "9 likes, reposts and replies, 0 are usual");
}

#[test]
fn what_is_usual_for_its_author_adds_next_to_nothing() {
    for likes in [1, 30, 100_000] {
        let others = usually("other", 700, 50);
        let judged = last(ARCHIVE, &[others, usually("zoé", likes, 60)].concat());
        assert!(judged.score.abs() < 0.4 && judged.reason.is_empty(), "{likes}: {judged:?}");
    }
}

#[test]
fn one_hit_does_not_make_all_that_follows_look_small() {
    let mut messages = usually("zoé", 10, 20);
    messages.push(liked("zoé", 100_000));
    messages.push(liked("zoé", 10));
    assert!(last(ARCHIVE, &messages).score > -1.0);
}

#[test]
fn a_new_author_is_judged_among_accounts_of_their_size() {
    let of_size = |author: usize, followers, likes| Message {
        followers,
        ..liked(&format!("{followers}_{author}"), likes)
    };
    let mut messages = Vec::new();
    for author in 0..40 {
        messages.push(of_size(author, 100, 2));
        messages.push(of_size(author, 1_000_000, 3000));
    }
    let new =
        |followers, likes| last(ARCHIVE, &[messages.clone(), vec![of_size(99, followers, likes)]].concat());
    assert_eq!(new(100, 40).reason, "gets more attention than is usual for an account of its size");
    assert_eq!(new(900_000, 40).reason, "gets less attention than is usual for an account of its size");
    assert!(new(800_000, 3000).reason.is_empty());
}

#[test]
fn a_stream_without_counts_is_not_punished() {
    let messages = [usually("star", 5000, 40), usually("blog", 0, 40)].concat();
    let judged = judge(&mut engagement(r#"{"half": "0s", "drop_below": 1}"#), &messages, 7);
    assert!(judged[40..].iter().all(|of| *of == Judged { verdict: "keep", ..Judged::default() }));
}

#[test]
fn a_young_message_is_not_yet_expected_to_be_liked() {
    let old = |likes| Message { created_at: HOUR, ..liked("zoé", likes) };
    let messages: Vec<Message> = (0..10).flat_map(|_| met_at(100, old(60))).collect();
    // Of 60 likes half are expected after an hour, and next to none after a second.
    let judged = |created_at, likes| {
        last("{}", &[messages.clone(), vec![Message { created_at, ..liked("zoé", likes) }]].concat())
    };
    let hour = judged(99 * HOUR, 30);
    assert!(hour.score.abs() < 0.5, "{hour:?}");
    let fresh = judged(100 * HOUR - 1000, 30);
    assert_eq!((fresh.score > 3.0, fresh.reason.as_str()), (true, MORE));
    assert!(fresh.about.ends_with(" are usual at its age"), "{fresh:?}");
    assert!(judged(100 * HOUR - 1000, 0).score > -1.0);
    assert!(judged(10 * HOUR, 0).score < -3.0);
    // Without a date, and from the future.
    assert!(judged(0, 60).score.is_finite() && judged(i64::MAX, 60).score.is_finite());
}

#[test]
fn a_message_that_comes_again_counts_once() {
    let story = |likes| Message { id: "hit".into(), ..liked("zoé", likes) };
    let mut messages = usually("zoé", 10, 12);
    messages.extend((1..60).map(|poll| story(100 * poll)));
    let judged = judge(&mut engagement(ARCHIVE), &messages, 7);
    // It does not become what is usual, however often it comes.
    let scores: Vec<f32> = judged[12..].iter().map(|of| of.score).collect();
    assert!(scores[0] > 2.0 && scores.is_sorted(), "{scores:?}");
    assert!(last(ARCHIVE, &[messages, vec![liked("zoé", 10)]].concat()).score > -1.0);
}

#[test]
fn messages_that_were_met_when_they_were_written_do_not_hide_what_they_got_since() {
    let at = |id: usize, likes, created| Message {
        id: id.to_string(),
        created_at: created,
        ..liked("zoé", likes)
    };
    let mut messages = Vec::new();
    for hour in 1..40 {
        // Each is met without a like, and once more a day later with 60 of them.
        messages.push(at(hour, 0, 100 * hour as i64 * HOUR));
        messages.extend(met_at(100 * hour as i64 + 24, at(hour, 60, 100 * hour as i64 * HOUR)));
    }
    let judged = last("{}", &messages);
    assert!(judged.score.abs() < 0.5 && judged.reason.is_empty(), "{judged:?}");
}

#[test]
fn the_counts_of_a_repost_are_not_its_authors() {
    let repost = Message { repost_of: "x".into(), ..liked("zoé", 90_000) };
    let messages = [usually("zoé", 5, 9), vec![repost; 9], vec![liked("zoé", 50)]].concat();
    let judged = judge(&mut engagement(ARCHIVE), &messages, 7);
    assert!(judged[9..18].iter().all(|of| of.score == 0.0));
    assert!(judged[18].score > 2.0);
}

#[test]
fn what_has_far_less_than_usual_is_dropped_where_asked() {
    let messages = [usually("zoé", 100, 20), vec![liked("zoé", 60), liked("zoé", 10)]].concat();
    let judged = judge(&mut engagement(r#"{"half": "0s", "drop_below": 0.25}"#), &messages, 7);
    assert_eq!((judged[20].verdict, judged[21].verdict), ("keep", "drop"));
    assert_eq!(judged[21].reason, LESS);
    assert_eq!(judged[21].about, "×0.1: 10 likes, reposts and replies, 98 are usual");
}

#[test]
fn the_author_that_has_been_silent_for_longest_is_forgotten_first() {
    let authors = ["a", "b", "a", "b", "a", "b", "a", "c", "a", "b"];
    let messages = authors.map(|author| liked(author, if author == "a" { 1000 } else { 10 }));
    let judged = judge(&mut engagement(r#"{"half": "0s", "most": 2}"#), &messages, 1);
    // `a` was known by its fourth message; `b` had to make room for `c`.
    let said: Vec<bool> = judged.iter().map(|of| of.score != 0.0).collect();
    assert_eq!(said, [false, false, false, false, false, false, true, false, true, false]);
}

#[test]
fn a_config_that_cannot_be_meant_is_refused() {
    for (config, place) in [
        (r#"{"likes": -1}"#, "/likes"),
        (r#"{"likes": 0, "reposts": 0, "replies": 0}"#, "/likes"),
        (r#"{"half": "soon"}"#, "/half"),
        (r#"{"weight": 1e300}"#, "/weight"),
        (r#"{"doublings": -1}"#, "/doublings"),
        (r#"{"drop_below": 2}"#, "/drop_below"),
        (r#"{"drop_below": 0}"#, "/drop_below"),
        (r#"{"most": 0}"#, "/most"),
    ] {
        let error = Engagement::configure(config, None).err().unwrap();
        assert_eq!(error.pointer, place);
        assert!(error.hint.is_some(), "{error}");
    }
    assert!(Engagement::configure(r#"{"like": 1}"#, None).is_err());
}

#[test]
fn a_snapshot_that_cannot_be_read_is_refused_in_plain_words() {
    let mut filter = engagement("{}");
    judge(&mut filter, &[usually("zoé", 5, 6), usually("max", 0, 2)].concat(), 1);
    let good = filter.snapshot().unwrap();
    assert!(Engagement::configure("{}", Some(&good)).is_ok());
    let longer = [&good[..], &[0]].concat();
    let newer = [&[9], &good[1..]].concat();
    let cut = (0..good.len()).map(|len| good[..len].to_vec());
    for bad in cut.chain([longer, newer]) {
        let error = Engagement::configure("{}", Some(&bad)).err().unwrap();
        assert!(error.message.contains("cannot be read") && error.hint.is_some());
    }
}

/// Few authors and ids, so that many come again; some counts are absurd.
fn messages() -> impl Strategy<Value = Vec<Message>> {
    let author = prop::sample::select(vec!["", "a", "b", "c", "é"]);
    let count = prop_oneof![4 => 0..50i64, 1 => any::<i64>()];
    let dates = prop_oneof![4 => 0..100 * HOUR, 1 => any::<i64>()];
    let one = (author, 0..40u8, (count.clone(), count.clone(), count), dates);
    prop::collection::vec(one, 0..120).prop_map(|all| {
        let message =
            |(author, id, (likes, replies, followers), created_at): (&str, u8, (i64, i64, i64), i64)| {
                let id = if id == 0 { String::new() } else { id.to_string() };
                Message { id, likes, replies, followers, created_at, ..liked(author, likes) }
            };
        all.into_iter().map(message).collect()
    })
}

proptest! {
    #[test]
    fn batches_and_restarts_change_nothing(
        messages in messages(), most in 1..5u32, batch in 1..9usize,
        restarts in prop::collection::vec(any::<bool>(), 120),
    ) {
        let config = format!(r#"{{"most": {most}, "drop_below": 0.5}}"#);
        let undisturbed = judge(&mut engagement(&config), &messages, 1);
        let mut filter = engagement(&config);
        let mut run = Judge::default();
        for (messages, restart) in messages.chunks(batch).zip(restarts) {
            run.batch(&mut filter, messages).unwrap();
            if restart {
                let state = filter.snapshot().unwrap();
                filter = Engagement::configure(&config, Some(&state)).unwrap();
                prop_assert_eq!(filter.snapshot().unwrap(), state);
            }
        }
        prop_assert_eq!(run.judged, undisturbed);
    }

    #[test]
    fn a_score_has_its_bounds_and_grows_with_the_likes(
        messages in messages(), author in prop::sample::select(vec!["a", "new"]), likes in 0..5000i64,
        more in 0..5000i64,
    ) {
        let judged = judge(&mut engagement(r#"{"weight": 2, "doublings": 3}"#), &messages, 5);
        prop_assert!(judged.iter().all(|of| of.score.abs() <= 6.0));
        let with = |likes| last("{}", &[messages.clone(), vec![liked(author, likes)]].concat()).score;
        // One without any count says nothing where its author never had one.
        prop_assert!(with(likes + more) >= with(likes) || likes == 0);
    }

    #[test]
    fn without_counts_nothing_is_said(messages in messages()) {
        let none = |message| Message { likes: 0, reposts: 0, replies: 0, ..message };
        let messages: Vec<Message> = messages.into_iter().map(none).collect();
        let judged = judge(&mut engagement(r#"{"drop_below": 1}"#), &messages, 5);
        let nothing = Judged { verdict: "keep", ..Judged::default() };
        prop_assert_eq!(judged, vec![nothing; messages.len()]);
    }
}
