//! The laws: batches and restarts change nothing, and the figures are those of counting anew.

use std::collections::BTreeMap;

use crible_sdk::{Filter, FilterPlugin, Held};
use filter_author::Standings;
use proptest::prelude::*;

use crate::stream::{MINUTE, judge, scored};

/// A few authors and themes, so that many standings move.
fn messages(authors: &'static [&'static str]) -> impl Strategy<Value = Vec<Held>> {
    let label =
        prop::sample::select(vec!["theme:a", "theme:b", "theme:c", "theme:d", "theme:e", "theme:f", "x"]);
    let labels = prop::collection::vec(label, 0..3);
    let author = prop::sample::select(authors);
    let one = (author, prop::sample::select(vec![-1.0f32, 0.0, 0.5, 2.0]), labels, 0..20 * MINUTE);
    prop::collection::vec(one, 0..120).prop_map(|all| {
        let mut clock = -3 * MINUTE;
        all.into_iter()
            .map(|(author, score, labels, step)| {
                clock += step;
                scored(author, score, &labels, clock)
            })
            .collect()
    })
}

const HALF_LIFE: f64 = 64.0 * MINUTE as f64;

/// The scores by looking through everything that was written; none where a standing is too close to the least
/// one that counts.
fn slow(messages: &[Held]) -> Vec<Option<f64>> {
    const PRIOR: f64 = 5.0;
    const LEAST: f64 = 0.05;
    let is_worth = |of: &Held| of.score >= 1.0;
    let mut parts: Vec<f64> = Vec::new();
    let mut scores = Vec::new();
    for (at, new) in messages.iter().enumerate() {
        let before = || messages[..at].iter().enumerate();
        // Time passes in steps of a minute.
        let steps = |time: i64| time.div_euclid(MINUTE) as f64;
        let left = |of: &Held| 0.5f64.powf((steps(new.time) - steps(of.time)) * MINUTE as f64 / HALF_LIFE);
        let is_own = |of: &Held| of.message.author == new.message.author;
        let count = |counts: &dyn Fn(&Held) -> bool| -> (f64, f64) {
            let own = before().filter(|(_, of)| is_own(of) && counts(of)).map(|(_, of)| left(of)).sum();
            let all = before().filter(|(_, of)| counts(of)).map(|(at, of)| parts[at] * left(of)).sum();
            (own, all)
        };
        let (seen, all) = count(&|_| true);
        let stand = |(own, worth): (f64, f64)| {
            let usual = if all > 0.0 { worth / all } else { 0.0 };
            let (n, share) = (seen + PRIOR, (own + PRIOR * usual) / (seen + PRIOR));
            let (middle, reach) =
                (share * n + 0.125, 0.5 * (share * (1.0 - share) * n + 0.0625).max(0.0).sqrt());
            let (low, high) = ((middle - reach) / (n + 0.25), (middle + reach) / (n + 0.25));
            let praise = (low - usual).max(0.0) / (1.0 - usual).max(1e-300);
            praise - (usual - high).max(0.0) / usual.max(1e-300)
        };
        let themes = new.labels.iter().filter(|label| label.starts_with("theme:"));
        let on_themes = themes.map(|theme| stand(count(&|of| is_worth(of) && of.labels.contains(theme))));
        let all: Vec<f64> = std::iter::once(stand(count(&is_worth))).chain(on_themes).collect();
        let is_unclear = all.iter().any(|standing| (standing.abs() - LEAST).abs() < 0.0001);
        let at_least = |standing: &f64| if standing.abs() < LEAST { 0.0 } else { *standing };
        let best_theme = all[1..].iter().map(at_least).fold(0.0, f64::max);
        let in_all = at_least(&all[0]);
        let score = if best_theme > 0.0 { in_all.max(best_theme) } else { in_all };
        scores.push((!is_unclear).then_some(score));
        parts.push(PRIOR / (PRIOR + seen));
    }
    scores
}

proptest! {
    #[test]
    fn it_agrees_with_counting_anew(messages in messages(&["a", "b", "é"]), batch in 1..9usize) {
        // So few themes that none is forgotten.
        let mut messages = messages;
        messages.iter_mut().for_each(|of| of.labels.retain(|label| label.as_str() < "theme:e" || label == "x"));
        let mut filter = Standings::configure(r#"{"half_life": "64m", "flood_cost": 0}"#, None).unwrap();
        let judged = judge(&mut filter, &messages, batch);
        for (judged, slow) in judged.iter().zip(slow(&messages)) {
            let Some(slow) = slow else { continue };
            prop_assert!((f64::from(judged.score) - slow).abs() < 0.001, "{judged:?} is not {slow}");
        }
    }

    #[test]
    fn batches_and_restarts_change_nothing(
        messages in messages(&["", "a", "b", "c", "é"]), most in 1..6u32, batch in 1..9usize,
        restarts in prop::collection::vec(any::<bool>(), 120),
    ) {
        let config = format!(
            r#"{{"half_life": "2h", "prior": 1, "most": {most}, "drop_below": -0.6, "flood_from": 2, "flood_window": "30m"}}"#
        );
        let undisturbed = judge(&mut Standings::configure(&config, None).unwrap(), &messages, 1);
        let mut filter = Standings::configure(&config, None).unwrap();
        let mut judged = Vec::new();
        for (messages, restart) in messages.chunks(batch).zip(restarts) {
            judged.extend(judge(&mut filter, messages, batch));
            if restart {
                let state = filter.snapshot().unwrap();
                filter = Standings::configure(&config, Some(&state)).unwrap();
                prop_assert_eq!(filter.snapshot().unwrap(), state);
            }
        }
        prop_assert_eq!(judged, undisturbed);
    }

    #[test]
    fn scores_stay_within_the_weight_and_the_cost(messages in messages(&["a", "b"]), prior in 0.1..50.0) {
        let config = format!(r#"{{"half_life": "2h", "prior": {prior}, "weight": 2, "flood_cost": 3, "flood_from": 1}}"#);
        for judged in judge(&mut Standings::configure(&config, None).unwrap(), &messages, 3) {
            prop_assert!((-5.0..=2.0).contains(&judged.score), "{judged:?}");
            prop_assert_eq!(judged.score == 0.0, judged.reason.is_empty());
        }
    }

    #[test]
    fn any_handle_and_label_can_be_judged(
        author in any::<String>(), labels in prop::collection::vec("(theme:)?.{0,9}", 0..20),
        times in prop::collection::vec(any::<i64>(), 0..9), score in any::<f32>(),
    ) {
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let messages: Vec<Held> = times.iter().map(|&time| scored(&author, score, &labels, time)).collect();
        let config = r#"{"flood_from": 1, "prior": 0.1}"#;
        let mut filter = Standings::configure(config, None).unwrap();
        judge(&mut filter, &messages, 2);
        let state = filter.snapshot().unwrap();
        prop_assert!(Standings::configure(config, Some(&state)).is_ok());
    }
}

#[test]
fn the_state_is_bounded_whatever_themes_there_are() {
    let mut filter = Standings::configure(r#"{"most": 10}"#, None).unwrap();
    let size = |filter: &mut Standings| filter.snapshot().unwrap().len();
    let some = |from: i64| -> Vec<Held> {
        let labels = |number| [format!("theme:{number}"), format!("theme:b{number}")];
        let of = |number: i64| (format!("author{}", number % 50), labels(number));
        let all: BTreeMap<i64, _> = (from..from + 2000).map(|number| (number, of(number))).collect();
        let one = |(number, (author, [a, b])): (&i64, &(String, [String; 2]))| {
            scored(author, 2.0, &[a, b], *number)
        };
        all.iter().map(one).collect()
    };
    judge(&mut filter, &some(0), 64);
    let once = size(&mut filter);
    judge(&mut filter, &some(2000), 64);
    assert!(size(&mut filter) <= once + 20 && once < 10 * 80 + 64 * 12 + 100, "{once}");
}
