//! The best by score alone.

use std::collections::BTreeMap;

use crible_sdk::testing::check_examples;
use crible_sdk::{Filter, FilterPlugin, Held, Occasion};
use filter_top::Top;
use proptest::prelude::*;

use crate::run::{Run, kept, run, scored, top};

#[test]
fn the_examples_of_the_spec_hold() {
    check_examples::<Top>();
}

#[test]
fn the_best_come_out_best_first_and_say_their_rank() {
    let scores = [1.0, 5.0, 3.0, 5.0, -1.0];
    let messages: Vec<Held> = (0..).zip(scores).map(|(seq, score)| scored(seq, "zoé", score, 0)).collect();
    let outcome = run(r#"{"best": 3}"#, &messages, 2);
    let among = |seq, rank: &str| (seq, "among the 3 best of its day".to_owned(), rank.to_owned());
    assert_eq!(outcome.kept, [among(1, "1st"), among(3, "2nd"), among(2, "3rd")]);
    let not = "not among the 3 best of its day".to_owned();
    assert_eq!(outcome.dropped, BTreeMap::from([(0, not.clone()), (4, not)]));
}

#[test]
fn windows_are_named_as_people_name_them() {
    for (window, name) in [
        ("7d", "week"),
        ("1w", "week"),
        ("24h", "day"),
        ("60m", "hour"),
        ("1m", "minute"),
        ("90m", "window of 90m"),
    ] {
        let config = format!(r#"{{"best": 2, "per": "author", "window": "{window}"}}"#);
        let outcome = run(&config, &[scored(0, "zoé", 0.0, 0)], 1);
        assert_eq!(outcome.kept[0].1, format!("among the 2 best of its {name} by its author"));
    }
}

#[test]
fn a_tick_lets_go_of_a_window_only_when_it_is_over() {
    let mut filter = top(r#"{"window": "1h"}"#);
    let mut run = Run::default();
    run.batch(&mut filter, &[scored(7, "zoé", 1.0, 10)]).unwrap();
    run.release(&mut filter, Occasion::Tick, 3_599_999);
    assert_eq!(run.outcome.kept.len(), 0);
    run.release(&mut filter, Occasion::Tick, 3_600_000);
    assert_eq!(kept(&run.outcome), [7]);
}

#[test]
fn a_message_that_makes_way_within_its_batch_is_never_held() {
    let mut filter = top(r#"{"best": 1}"#);
    let mut run = Run::default();
    run.batch(&mut filter, &[scored(5, "a", 1.0, 0), scored(6, "b", 2.0, 0)]).unwrap();
    assert!(run.out.release.seqs.is_empty());
    assert_eq!(run.outcome.dropped.keys().copied().collect::<Vec<_>>(), [5]);
}

#[test]
fn keys_beyond_those_told_apart_compete_with_each_other() {
    let authors = ["a", "b", "c", "d", "a"];
    let messages: Vec<Held> =
        (0..).zip(authors).map(|(seq, author)| scored(seq, author, seq as f32, 0)).collect();
    assert_eq!(kept(&run(r#"{"best": 1, "per": "author", "keys": 2}"#, &messages, 1)), [4, 1, 3]);
}

#[test]
fn fewer_best_after_a_restart_lets_only_those_go() {
    let mut filter = top(r#"{"best": 3}"#);
    let mut run = Run::default();
    let messages: Vec<Held> = (0..3).map(|seq| scored(seq, "a", seq as f32, 0)).collect();
    run.batch(&mut filter, &messages).unwrap();
    let state = filter.snapshot().unwrap();
    let mut filter = Top::configure(r#"{"best": 1}"#, Some(&state)).unwrap();
    let outcome = run.end(&mut filter);
    assert_eq!(kept(&outcome), [2]);
    assert_eq!(outcome.dropped.len(), 2);
}

#[test]
fn scores_without_end_have_their_place_also_after_a_restart() {
    let scores = [f32::NAN, f32::INFINITY, 3.0, f32::NEG_INFINITY, f32::NAN, f32::MAX];
    let messages: Vec<Held> = (0..).zip(scores).map(|(seq, score)| scored(seq, "zoé", score, 0)).collect();
    let mut filter = top(r#"{"best": 4}"#);
    let mut run = Run::default();
    for messages in messages.chunks(1) {
        run.batch(&mut filter, messages).unwrap();
        let state = filter.snapshot().unwrap();
        filter = Top::configure(r#"{"best": 4}"#, Some(&state)).unwrap();
    }
    assert_eq!(kept(&run.end(&mut filter)), [1, 5, 2, 0]);
}

#[test]
fn a_config_that_cannot_be_meant_is_refused() {
    for (config, place) in [
        (r#"{"best": 0}"#, "/best"),
        (r#"{"keys": 0}"#, "/keys"),
        (r#"{"window": "soon"}"#, "/window"),
        (r#"{"window": "0s"}"#, "/window"),
    ] {
        assert_eq!(Top::configure(config, None).err().unwrap().pointer, place);
    }
    assert!(Top::configure(r#"{"bets": 10}"#, None).is_err());
}

#[test]
fn a_snapshot_that_cannot_be_read_is_refused_in_plain_words() {
    let config = r#"{"per": "author", "keys": 1}"#;
    let mut filter = top(config);
    Run::default().batch(&mut filter, &[scored(0, "a", 1.0, 5), scored(1, "b", 1.0, 5)]).unwrap();
    let good = filter.snapshot().unwrap();
    assert!(Top::configure(config, Some(&good)).is_ok());
    let longer = [&good[..], &[0]].concat();
    let newer = [&[9], &good[1..]].concat();
    let cut = (0..good.len()).map(|len| good[..len].to_vec());
    for bad in cut.chain([longer, newer]) {
        let error = Top::configure(config, Some(&bad)).err().unwrap();
        assert!(error.message.contains("cannot be read") && error.hint.is_some());
    }
}

fn messages() -> impl Strategy<Value = Vec<Held>> {
    let one = (prop::sample::select(vec!["", "a", "b", "é"]), -2..4i8, 0..30i64);
    prop::collection::vec(one, 0..80).prop_map(|all| {
        let mut clock = -100;
        let message = |(seq, (author, score, step)): (usize, (&str, i8, i64))| {
            clock += step;
            scored(100 + seq as u64, author, f32::from(score) / 2.0, clock)
        };
        all.into_iter().enumerate().map(message).collect()
    })
}

/// The same by sorting each window at its end.
fn slow(messages: &[Held], best: usize, window: i64, by_author: bool) -> Vec<u64> {
    let mut kept = Vec::new();
    for of_window in messages.chunk_by(|a, b| a.time.div_euclid(window) == b.time.div_euclid(window)) {
        let key = |message: &Held| if by_author { message.message.author.clone() } else { String::new() };
        let mut keys: Vec<String> = Vec::new();
        for message in of_window {
            if !keys.contains(&key(message)) {
                keys.push(key(message));
            }
        }
        for of in keys {
            let mut ranked: Vec<&Held> = of_window.iter().filter(|message| key(message) == of).collect();
            ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
            kept.extend(ranked.iter().take(best).map(|message| message.seq));
        }
    }
    kept
}

proptest! {
    #[test]
    fn it_agrees_with_sorting_each_window(
        messages in messages(), window in 1..300i64, best in 1..6usize, batch in 1..9usize,
        by_author in any::<bool>(),
    ) {
        let per = if by_author { r#", "per": "author""# } else { "" };
        let outcome = run(&format!(r#"{{"window": "{window}ms", "best": {best}{per}}}"#), &messages, batch);
        prop_assert_eq!(kept(&outcome), slow(&messages, best, window, by_author));
        prop_assert_eq!(outcome.kept.len() + outcome.dropped.len(), messages.len());
    }

    #[test]
    fn batches_ticks_and_restarts_change_nothing(
        messages in messages(), keys in 1..4u32, batch in 1..9usize,
        restarts in prop::collection::vec(any::<bool>(), 80), ticks in prop::collection::vec(any::<bool>(), 80),
    ) {
        let config = format!(r#"{{"window": "100ms", "best": 2, "per": "author", "keys": {keys}}}"#);
        let undisturbed = run(&config, &messages, 1);
        let mut filter = top(&config);
        let mut disturbed = Run::default();
        let mut disturbances = restarts.into_iter().zip(ticks);
        let batches: Vec<&[Held]> = messages.chunks(batch).collect();
        for (at, messages) in batches.iter().enumerate() {
            disturbed.batch(&mut filter, messages).unwrap();
            let (restart, tick) = disturbances.next().unwrap_or_default();
            if restart {
                let state = filter.snapshot().unwrap();
                filter = Top::configure(&config, Some(&state)).unwrap();
            }
            if let (true, Some(next)) = (tick, batches.get(at + 1)) {
                disturbed.release(&mut filter, Occasion::Tick, next[0].time);
            }
        }
        prop_assert_eq!(disturbed.end(&mut filter), undisturbed);
    }
}
