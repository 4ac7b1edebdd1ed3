//! The pipeline's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use crible_core::{Batch, NumberField};

use crate::Clock;

/// A message that is dated by more than this ahead of the messages' clock, in ms, does not move it alone.
const LEAP: i64 = 24 * 60 * 60 * 1000;

/// Tells the pipeline's time, which never runs backwards.
///
/// One wrong date must not move the messages' clock for good, and no other clock may be asked, or a replay
/// would not be what the day was. So a date that leaps ahead counts when the next dated message leaps too,
/// and then the earlier of the two: behind a true gap the clock is one message late.
#[derive(Debug)]
pub(crate) struct Timekeeper {
    clock: Clock,
    /// 0 where nothing has told the time yet: then the first date is believed.
    now: i64,
    /// What the last dated message said, where that leapt ahead.
    ahead: Option<i64>,
}

impl Timekeeper {
    /// A clock that goes on from `now`, in ms since 1970, where the last message may have leapt `ahead`.
    pub(crate) fn new(clock: Clock, now: i64, ahead: Option<i64>) -> Self {
        Self { clock, now, ahead }
    }

    /// The time, in ms since 1970.
    pub(crate) fn now(&mut self) -> i64 {
        if self.clock == Clock::Wall {
            self.now = self.now.max(wall());
        }
        self.now
    }

    /// What the last dated message said, where that leapt ahead; in ms since 1970.
    pub(crate) fn ahead(&self) -> Option<i64> {
        self.ahead
    }

    /// The time at each message of a batch. By the messages' clock it is the latest `created_at` up to
    /// and with the message, but for leaps, so that it does not depend on how messages are cut into
    /// batches.
    pub(crate) fn times(&mut self, batch: &Batch) -> Vec<i64> {
        if self.clock == Clock::Wall {
            return vec![self.now(); batch.len()];
        }
        (0..batch.len()).map(|row| self.hear(batch.number_at(NumberField::CreatedAt, row))).collect()
    }

    /// The messages' clock at a message of this date.
    fn hear(&mut self, dated: i64) -> i64 {
        if dated == 0 {
            // A message without a date says nothing of the time.
            return self.now;
        }
        if !self.leaps(dated) {
            self.now = self.now.max(dated);
            self.ahead = None;
        } else if let Some(before) = self.ahead.replace(dated) {
            self.now = before.min(dated);
            let later = before.max(dated);
            self.ahead = Some(later);
            if !self.leaps(later) {
                self.now = later;
                self.ahead = None;
            }
        }
        self.now
    }

    fn leaps(&self, dated: i64) -> bool {
        self.now != 0 && dated.saturating_sub(self.now) > LEAP
    }
}

fn wall() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

#[cfg(test)]
mod tests {
    use crible_core::Message;
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = LEAP / 24;
    const DAY: i64 = LEAP;
    /// 2026-03-14, and a date that somebody's broken clock says.
    const START: i64 = 1_773_446_400_000;
    const FAR: i64 = 4_102_444_800_000;

    fn times(clock: &mut Timekeeper, dates: &[i64]) -> Vec<i64> {
        let message = |&created_at: &i64| Message { created_at, ..Message::default() };
        clock.times(&Batch::from_messages(&dates.iter().map(message).collect::<Vec<_>>()))
    }

    fn of(dates: &[i64]) -> Vec<i64> {
        times(&mut Timekeeper::new(Clock::Messages, 0, None), dates)
    }

    #[test]
    fn one_wrong_date_moves_nothing() {
        assert_eq!(
            of(&[START, FAR, START + 1, FAR, 0, START + 2]),
            [START, START, START + 1, START + 1, START + 1, START + 2]
        );
    }

    #[test]
    fn behind_a_gap_the_clock_is_one_message_late() {
        let monday = START + 3 * DAY;
        assert_eq!(of(&[START, monday, monday + 5]), [START, START, monday + 5]);
        assert_eq!(of(&[START, monday, 0, monday + 2 * HOUR]), [START, START, START, monday + 2 * HOUR]);
        // A message every third day.
        let sparse: Vec<i64> = (0..5).map(|n| START + n * 3 * DAY).collect();
        assert_eq!(of(&sparse), [&sparse[..1], &sparse[..4]].concat());
    }

    #[test]
    fn a_wrong_date_right_behind_a_gap_moves_nothing_further() {
        let monday = START + 3 * DAY;
        assert_eq!(of(&[START, FAR, monday, monday + 1]), [START, START, monday, monday + 1]);
        assert_eq!(of(&[START, monday, FAR, monday + 1]), [START, START, monday, monday + 1]);
    }

    #[test]
    fn a_day_ahead_is_no_leap() {
        assert_eq!(of(&[START, START + DAY, START]), [START, START + DAY, START + DAY]);
    }

    /// Dates of which each is at most a day ahead of the latest before it; some come late.
    fn steady() -> impl Strategy<Value = Vec<i64>> {
        prop::collection::vec(-9 * DAY..=DAY, 1..40).prop_map(|steps| {
            let mut latest = START;
            steps
                .into_iter()
                .map(|step| {
                    let date = latest + step;
                    latest = latest.max(date);
                    date
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn without_a_leap_it_is_the_latest_date(dates in steady()) {
            let dates = [vec![START], dates].concat();
            let latest: Vec<i64> = dates.iter().scan(0, |now, &date| { *now = (*now).max(date); Some(*now) }).collect();
            prop_assert_eq!(of(&dates), latest);
        }

        #[test]
        fn a_wrong_date_anywhere_changes_nobody_elses_time(dates in steady(), at in any::<prop::sample::Index>(), beyond in 1..FAR) {
            let mut dates = [vec![START], dates].concat();
            let undisturbed = of(&dates);
            let at = 1 + at.index(dates.len());
            dates.insert(at, undisturbed[at - 1] + DAY + beyond);
            let mut disturbed = of(&dates);
            disturbed.remove(at);
            prop_assert_eq!(disturbed, undisturbed);
        }

        #[test]
        fn it_never_runs_backwards_and_neither_batches_nor_restarts_change_it(
            dates in prop::collection::vec(prop_oneof![Just(0), any::<i64>(), START..START + 9 * DAY], 0..60),
            cut in any::<prop::sample::Index>(),
        ) {
            let whole = of(&dates);
            prop_assert!(whole.is_sorted());
            let (first, second) = dates.split_at(cut.index(dates.len() + 1));
            let mut clock = Timekeeper::new(Clock::Messages, 0, None);
            let before = times(&mut clock, first);
            let mut resumed = Timekeeper::new(Clock::Messages, clock.now(), clock.ahead());
            let after = times(&mut resumed, second);
            prop_assert_eq!([before, after].concat(), whole);
        }
    }
}
