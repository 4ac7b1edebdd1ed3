//! How fast an author writes, and what a flood costs.

/// When an author floods, and what that costs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flood {
    /// Above so many messages within the window; at least 1.
    pub(crate) from: u32,
    /// Its length in ms; at least 1.
    pub(crate) window: i64,
    /// What the greatest flood takes off the score.
    pub(crate) cost: f64,
}

impl Flood {
    /// What it costs to write so many messages within the window: nothing up to `from`, half of the cost at
    /// twice as many, nine tenths at ten times as many.
    pub(crate) fn cost(&self, rate: f64) -> f64 {
        let from = f64::from(self.from);
        if rate > from { self.cost * (1.0 - from / rate) } else { 0.0 }
    }
}

/// How many messages an author wrote in the current window and in the one before. Windows begin at the same
/// times for everyone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Rate {
    pub(crate) current: u32,
    pub(crate) before: u32,
}

impl Rate {
    /// Time has come from one moment to a later one.
    pub(crate) fn advance(&mut self, from: i64, to: i64, window: i64) {
        match to.div_euclid(window).saturating_sub(from.div_euclid(window)) {
            ..=0 => {}
            1 => *self = Self { current: 0, before: self.current },
            _ => *self = Self::default(),
        }
    }

    /// How many messages the author wrote within one window up to now, as nearly as two counts tell: those of
    /// the window before are taken to lie evenly in it.
    pub(crate) fn within(&self, now: i64, window: i64) -> f64 {
        let behind = now.rem_euclid(window) as f64 / window as f64;
        f64::from(self.current) + f64::from(self.before) * (1.0 - behind)
    }

    /// One message more.
    pub(crate) fn count(&mut self) {
        self.current = self.current.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_author_has_a_steady_rate() {
        let (mut rate, mut last) = (Rate::default(), 0);
        for now in (0..1000).map(|number| number * 10) {
            rate.advance(last, now, 1000);
            rate.count();
            last = now;
            let within = rate.within(now, 1000);
            assert!(now < 1000 || (within - 100.0).abs() <= 1.0, "{within} at {now}");
        }
        rate.advance(last, last + 2000, 1000);
        assert_eq!(rate, Rate::default());
    }

    #[test]
    fn the_cost_grows_with_the_flood_and_is_bounded() {
        let flood = Flood { from: 20, window: 1, cost: 2.0 };
        assert_eq!([0.0, 20.0, 40.0, 200.0].map(|rate| flood.cost(rate)), [0.0, 0.0, 1.0, 1.8]);
        assert!(flood.cost(1e12) <= 2.0);
    }
}
