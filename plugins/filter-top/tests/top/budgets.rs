//! The best within budgets.

use std::collections::HashMap;

use crible_sdk::{Filter, FilterPlugin, Held, Message, Occasion};
use filter_top::Top;
use proptest::prelude::*;

use crate::run::{Outcome, Run, kept, run, scored, top};

/// A message of an author on a channel.
fn of(seq: u64, author: &str, channel: &str, score: f32) -> Held {
    let message = Message { author: author.into(), channel: channel.into(), ..Message::default() };
    Held { message, ..scored(seq, author, score, 0) }
}

fn labelled(seq: u64, labels: &[&str], score: f32) -> Held {
    Held { labels: labels.iter().map(|&label| label.into()).collect(), ..scored(seq, "", score, 0) }
}

fn reasons(outcome: &Outcome) -> HashMap<u64, &str> {
    outcome.dropped.iter().map(|(seq, reason)| (*seq, reason.as_str())).collect()
}

#[test]
fn the_best_of_each_budget_come_out_and_the_others_say_which_was_full() {
    let messages = [
        of(0, "a", "x", 9.0),
        of(1, "a", "y", 8.0),
        of(2, "b", "x", 7.0),
        of(3, "c", "x", 6.0),
        of(4, "c", "y", 5.0),
        of(5, "d", "z", 4.0),
    ];
    let outcome = run(r#"{"best": 3, "at_most": {"author": 1, "channel": 2}}"#, &messages, 2);
    let among = |seq, rank: &str| (seq, "among the 3 best of its day".to_owned(), rank.to_owned());
    assert_eq!(outcome.kept, [among(0, "1st"), among(2, "2nd"), among(4, "3rd")]);
    let expected = HashMap::from([
        (1, "enough of its author already among the best of its day"),
        (3, "enough of its channel already among the best of its day"),
        (5, "not among the 3 best of its day"),
    ]);
    assert_eq!(reasons(&outcome), expected);
}

#[test]
fn a_message_that_was_passed_over_comes_back_when_what_was_before_it_goes() {
    // `a` on x stands before `a` on y, until two better ones fill x.
    let messages = [of(0, "a", "x", 5.0), of(1, "a", "y", 4.0), of(2, "b", "x", 6.0), of(3, "c", "x", 7.0)];
    let outcome = run(r#"{"best": 3, "at_most": {"author": 1, "channel": 2}}"#, &messages, 1);
    assert_eq!(kept(&outcome), [3, 2, 1]);
}

#[test]
fn no_two_tell_the_same_story_and_a_message_counts_for_its_first_theme() {
    let messages = [
        labelled(0, &["shared", "story:1", "theme:tram"], 9.0),
        labelled(1, &["story:1"], 8.0),
        labelled(2, &["theme:tram", "theme:mairie"], 7.0),
        labelled(3, &["theme:mairie", "theme:tram"], 6.0),
        labelled(4, &[], 5.0),
        labelled(5, &[], 4.0),
    ];
    let outcome = run(r#"{"best": 4, "variety": true, "at_most": {"theme": 1}}"#, &messages, 6);
    assert_eq!(kept(&outcome), [0, 3, 4, 5]);
    let expected = HashMap::from([
        (1, "its story is already among the best of its day"),
        (2, "enough of its theme already among the best of its day"),
    ]);
    assert_eq!(reasons(&outcome), expected);
}

#[test]
fn a_site_and_a_language_have_their_budgets() {
    let of = |seq, url: &str, lang: &str| {
        let message = Message { url: url.into(), lang: lang.into(), ..Message::default() };
        Held { message, ..scored(seq, "", -(seq as f32), 0) }
    };
    let messages = [
        of(0, "https://www.Journal.fr/1", "fr"),
        of(1, "http://journal.fr/2", "en"),
        of(2, "https://x.fr/", "fr"),
        of(3, "", "en"),
        of(4, "", ""),
    ];
    let outcome = run(r#"{"best": 4, "at_most": {"domain": 1, "lang": 1}}"#, &messages, 3);
    assert_eq!(kept(&outcome), [0, 3, 4]);
    let expected = HashMap::from([
        (1, "enough of its site already among the best of its day"),
        (2, "enough of its language already among the best of its day"),
    ]);
    assert_eq!(reasons(&outcome), expected);
}

#[test]
fn what_is_surely_lost_is_not_held() {
    let budget = Budget { best: 10, at_most: [Some(1), Some(3), None, Some(1)] };
    let mut filter = top(&budget.config(1000));
    let mut run = Run::default();
    let mut most = 0;
    let message = |seq: u64| {
        let mixed = seq.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        let channel = format!("channel_{}", mixed % 7);
        let labels = vec![format!("story:{}", mixed % 5000)];
        Held { labels, ..of(seq, &format!("author_{}", mixed % 1000), &channel, (mixed % 10_007) as f32) }
    };
    let messages: Vec<Held> = (0..20_000).map(message).collect();
    for messages in messages.chunks(10) {
        run.batch(&mut filter, messages).unwrap();
        most = most.max(run.held.len());
    }
    assert!(most < 200, "{most} were held");
    assert_eq!(kept(&run.end(&mut filter)), budget.slow(&messages, 1000));
}

#[test]
fn no_more_are_held_than_was_said() {
    // Nobody is told apart from anybody, and each message is better than the one before it.
    let messages: Vec<Held> =
        (0..3000).map(|seq| of(seq, &format!("a{seq}"), &format!("c{seq}"), seq as f32)).collect();
    let mut filter = top(r#"{"best": 5, "at_most": {"author": 1, "channel": 1}, "candidates": 20}"#);
    let mut run = Run::default();
    for messages in messages.chunks(1) {
        run.batch(&mut filter, messages).unwrap();
        assert!(run.held.len() <= 20);
    }
    assert_eq!(kept(&run.end(&mut filter)), [2999, 2998, 2997, 2996, 2995]);
}

#[test]
fn budgets_that_change_between_two_runs_take_over_what_was_held() {
    let plain = r#"{"best": 2}"#;
    let by_author = r#"{"best": 2, "at_most": {"author": 1}}"#;
    let by_channel = r#"{"best": 2, "at_most": {"channel": 1}, "variety": true}"#;
    for (before, after, expected) in [
        (plain, by_author, vec![0, 1]),
        (by_author, plain, vec![0, 1]),
        (by_author, by_channel, vec![0, 1]),
        (by_author, r#"{"best": 1, "at_most": {"author": 1}}"#, vec![0]),
        (by_author, r#"{"best": 3, "at_most": {"author": 1}}"#, vec![0, 2]),
    ] {
        let mut filter = top(before);
        let mut run = Run::default();
        let messages = [of(0, "a", "x", 9.0), of(1, "a", "x", 8.0), of(2, "b", "x", 7.0)];
        run.batch(&mut filter, &messages[..2]).unwrap();
        let state = filter.snapshot().unwrap();
        let mut filter = Top::configure(after, Some(&state)).unwrap();
        run.batch(&mut filter, &messages[2..]).unwrap();
        assert_eq!(kept(&run.end(&mut filter)), expected, "{before} {after}");
    }
}

#[test]
fn a_budget_that_cannot_be_meant_is_refused() {
    for (config, place) in [
        (r#"{"at_most": {"theme": 0}}"#, "/at_most/theme"),
        (r#"{"at_most": {"author": 1}, "per": "lang"}"#, "/per"),
        (r#"{"variety": true, "per": "lang"}"#, "/per"),
        (r#"{"variety": true, "candidates": 39}"#, "/candidates"),
    ] {
        let error = Top::configure(config, None).err().unwrap();
        assert_eq!(error.pointer, place);
        assert!(error.hint.is_some(), "{error}");
    }
    assert!(Top::configure(r#"{"at_most": {"autor": 1}}"#, None).is_err());
}

#[test]
fn a_snapshot_with_budgets_that_cannot_be_read_is_refused_in_plain_words() {
    let config = r#"{"best": 2, "at_most": {"author": 1}, "variety": true}"#;
    let mut filter = top(config);
    let messages: Vec<Held> = (0..9).map(|seq| of(seq, "a", "x", seq as f32)).collect();
    Run::default().batch(&mut filter, &messages).unwrap();
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

/// Messages of few authors, channels, themes and stories, so that their budgets stand in each other's way.
fn messages() -> impl Strategy<Value = Vec<Held>> {
    let author = prop::sample::select(vec!["", "a", "b", "c", "d", "e"]);
    let channel = prop::sample::select(vec!["", "x", "y", "z"]);
    let labels = (0..5u8, 0..6u8);
    let one = (author, channel, labels, 0..60i8, 0..6i64);
    prop::collection::vec(one, 0..160).prop_map(|all| {
        let mut clock = -100;
        let message = |(seq, (author, channel, (theme, story), score, step)): (usize, _)| {
            clock += step;
            let labels = [("theme", theme), ("story", story)];
            let given = labels.into_iter().filter(|(_, of)| *of > 0);
            let labels = given.map(|(kind, of)| format!("{kind}:{of}")).collect();
            Held { labels, time: clock, ..of(100 + seq as u64, author, channel, f32::from(score) / 2.0) }
        };
        all.into_iter().enumerate().map(message).collect()
    })
}

/// How many may be chosen, and how many of one author, channel, theme and story.
#[derive(Clone, Copy, Debug)]
struct Budget {
    best: usize,
    at_most: [Option<usize>; 4],
}

const KINDS: [&str; 4] = ["author", "channel", "theme", "story"];

impl Budget {
    fn config(self, window: i64) -> String {
        let limits = KINDS.iter().zip(self.at_most).take(3);
        let limits = limits.filter_map(|(kind, most)| Some(format!(r#""{kind}": {}"#, most?)));
        format!(
            r#"{{"best": {}, "window": "{window}ms", "variety": {}, "at_most": {{{}}}}}"#,
            self.best,
            self.at_most[3].is_some(),
            limits.collect::<Vec<_>>().join(", ")
        )
    }

    /// The same by sorting each window at its end, and taking from the best on what is not too many.
    fn slow(self, messages: &[Held], window: i64) -> Vec<u64> {
        let mut kept = Vec::new();
        for of_window in messages.chunk_by(|a, b| a.time.div_euclid(window) == b.time.div_euclid(window)) {
            let mut ranked: Vec<&Held> = of_window.iter().collect();
            ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
            let mut chosen: Vec<&Held> = Vec::new();
            for message in ranked {
                let fits = (0..4).all(|kind| {
                    let key = key(message, kind);
                    let same = chosen.iter().filter(|of| key_is(key.as_deref(), of, kind)).count();
                    self.at_most[kind].is_none_or(|most| same < most)
                });
                if fits && chosen.len() < self.best {
                    chosen.push(message);
                }
            }
            kept.extend(chosen.iter().map(|message| message.seq));
        }
        kept
    }
}

fn key(message: &Held, kind: usize) -> Option<String> {
    let Message { author, channel, .. } = &message.message;
    let labelled = || message.labels.iter().find(|label| label.starts_with(KINDS[kind])).cloned();
    let key = [Some(author.clone()), Some(channel.clone()), labelled(), labelled()][kind].clone();
    key.filter(|key| !key.is_empty())
}

fn key_is(key: Option<&str>, of: &Held, kind: usize) -> bool {
    key.is_some() && self::key(of, kind).as_deref() == key
}

fn budgets() -> impl Strategy<Value = Budget> {
    let limit = || prop::option::of(1..4usize);
    let story = prop::option::of(Just(1));
    (1..8usize, limit(), limit(), limit(), story).prop_map(|(best, author, channel, theme, story)| Budget {
        best,
        at_most: [author, channel, theme, story],
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn it_agrees_with_choosing_at_the_end_of_each_window(
        messages in messages(), budget in budgets(), window in 1..900i64, batch in 1..9usize,
    ) {
        let outcome = run(&budget.config(window), &messages, batch);
        prop_assert_eq!(kept(&outcome), budget.slow(&messages, window));
        prop_assert_eq!(outcome.kept.len() + outcome.dropped.len(), messages.len());
    }

    #[test]
    fn batches_ticks_and_restarts_change_nothing_within_budgets(
        messages in messages(), budget in budgets(), batch in 1..9usize,
        restarts in prop::collection::vec(any::<bool>(), 160), ticks in prop::collection::vec(any::<bool>(), 160),
    ) {
        let config = budget.config(300);
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
                prop_assert_eq!(filter.snapshot().unwrap(), state);
            }
            if let (true, Some(next)) = (tick, batches.get(at + 1)) {
                disturbed.release(&mut filter, Occasion::Tick, next[0].time);
            }
        }
        prop_assert_eq!(disturbed.end(&mut filter), undisturbed);
    }
}
