//! The median of many values in bounded memory.

/// Values of which the median is asked. Up to so many it is exact; of more, every second, fourth, eighth … one
/// is kept.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    values: Vec<i64>,
    most: usize,
    /// One of so many is kept.
    stride: u64,
    seen: u64,
}

impl Sample {
    pub(crate) fn of_at_most(most: usize) -> Self {
        Self { values: Vec::new(), most, stride: 1, seen: 0 }
    }

    pub(crate) fn add(&mut self, value: i64) {
        if self.seen.is_multiple_of(self.stride) {
            if self.values.len() == self.most {
                let mut place = 0;
                self.values.retain(|_| {
                    place += 1;
                    place % 2 == 1
                });
                self.stride *= 2;
            }
            if self.seen.is_multiple_of(self.stride) {
                self.values.push(value);
            }
        }
        self.seen += 1;
    }

    /// The value in the middle; of an even number between the two in the middle. Absent where there are none.
    pub(crate) fn median(&self) -> Option<i64> {
        let mut values = self.values.clone();
        values.sort_unstable();
        let upper = *values.get(values.len() / 2)?;
        let lower = *values.get((values.len() - 1) / 2)?;
        Some(lower.midpoint(upper))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn median(values: impl IntoIterator<Item = i64>, most: usize) -> Option<i64> {
        let mut sample = Sample::of_at_most(most);
        values.into_iter().for_each(|value| sample.add(value));
        assert!(sample.values.len() <= most);
        sample.median()
    }

    #[test]
    fn the_median_is_that_of_the_books() {
        assert_eq!(median([], 4), None);
        assert_eq!(median([7], 4), Some(7));
        assert_eq!(median([9, 1, 5], 4), Some(5));
        assert_eq!(median([9, 1, 5, 7], 4), Some(6));
    }

    #[test]
    fn of_many_values_an_even_part_is_enough() {
        let scattered = (0..100_000).map(|n| n * 7919 % 100_000);
        let found = median(scattered, 1000).unwrap();
        assert!((47_000..53_000).contains(&found), "{found}");
    }
}
