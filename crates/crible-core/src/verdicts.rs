//! A filter's answers.

use crate::answers::{check_indexes, check_len};
use crate::{Index, Notes, StageError, TextField};

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Verdict {
    /// It goes on.
    Keep = 0,
    /// It goes no further.
    Drop = 1,
    /// The host keeps it until the filter answers for it by [`Verdicts::release`].
    Hold = 2,
    /// It could not be judged; the stage's `on_error` says what becomes of it.
    Fail = 3,
}

impl Verdict {
    /// The verdict of this number.
    pub fn from_u8(number: u8) -> Option<Self> {
        [Self::Keep, Self::Drop, Self::Hold, Self::Fail].get(usize::from(number)).copied()
    }
}

/// What a filter says of the rows of one call, by column; an empty column means its default. Made for
/// filters to fill row by row, with plain data for the hosts that carry it.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    rows: usize,
    /// [`Verdict`] numbers; empty: keep all.
    pub verdicts: Vec<u8>,
    /// What to add to each row's score; empty: nothing.
    pub scores: Vec<f32>,
    /// Why: a sentence for readers, the same for many messages.
    pub reasons: Index,
    /// Whom or what the reason is about.
    pub abouts: Index,
    /// Labels of rows.
    pub labels: Notes,
    /// Texts to set, by field; each field once.
    pub sets: Vec<(TextField, Notes)>,
    /// Answers for rows that had been held.
    pub release: Release,
}

/// Answers for rows that had been held.
#[derive(Clone, Debug, Default)]
pub struct Release {
    /// Which.
    pub seqs: Vec<u64>,
    /// [`Verdict::Keep`] or [`Verdict::Drop`] for each.
    pub verdicts: Vec<u8>,
    /// What to add to the score of each.
    pub scores: Vec<f32>,
    /// Why.
    pub reasons: Index,
    /// Whom or what the reason is about.
    pub abouts: Index,
}

impl Verdicts {
    /// Forget all and make ready for so many rows.
    pub fn start(&mut self, rows: usize) {
        self.rows = rows;
        self.verdicts.clear();
        self.scores.clear();
        self.reasons.clear();
        self.abouts.clear();
        self.labels.clear();
        self.sets.iter_mut().for_each(|(_, values)| values.clear());
        let Release { seqs, verdicts, scores, reasons, abouts } = &mut self.release;
        seqs.clear();
        verdicts.clear();
        scores.clear();
        reasons.clear();
        abouts.clear();
    }

    /// How many rows are answered for.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// What becomes of a row.
    #[inline]
    pub fn verdict(&self, row: usize) -> Verdict {
        self.verdicts.get(row).and_then(|&of| Verdict::from_u8(of)).unwrap_or(Verdict::Keep)
    }

    /// What is added to a row's score.
    #[inline]
    pub fn score(&self, row: usize) -> f32 {
        self.scores.get(row).copied().unwrap_or(0.0)
    }

    /// Let a row go no further, and say why.
    pub fn drop(&mut self, row: usize, reason: &str) {
        self.judge(row, Verdict::Drop);
        self.reason(row, reason);
    }

    /// Let the host keep a row until it is answered for.
    pub fn hold(&mut self, row: usize) {
        self.judge(row, Verdict::Hold);
    }

    /// Say that a row could not be judged, and why.
    pub fn fail(&mut self, row: usize, reason: &str) {
        self.judge(row, Verdict::Fail);
        self.reason(row, reason);
    }

    fn judge(&mut self, row: usize, verdict: Verdict) {
        if self.verdicts.is_empty() {
            self.verdicts.resize(self.rows, Verdict::Keep as u8);
        }
        self.verdicts[row] = verdict as u8;
    }

    /// Add to a row's score.
    pub fn add_score(&mut self, row: usize, score: f32) {
        if self.scores.is_empty() {
            self.scores.resize(self.rows, 0.0);
        }
        self.scores[row] += score;
    }

    /// Say why, in a sentence for readers that is the same for many messages, so that it can be counted.
    pub fn reason(&mut self, row: usize, reason: &str) {
        let index = self.reasons.table.intern(reason);
        self.reasons.set(self.rows, row, index);
    }

    /// Say whom or what the reason is about.
    pub fn about(&mut self, row: usize, about: &str) {
        let index = self.abouts.table.push(about);
        self.abouts.set(self.rows, row, index);
    }

    /// Label a row, whatever its verdict: what is held keeps its labels until it is released, and what is
    /// dropped says them too where it is asked why.
    pub fn label(&mut self, row: usize, label: &str) {
        self.labels.push(row as u32, label);
    }

    /// Set a text of a row, such as the language that was found.
    pub fn set(&mut self, row: usize, field: TextField, value: &str) {
        let at = self.sets.iter().position(|(of, _)| *of == field).unwrap_or_else(|| {
            self.sets.push((field, Notes::default()));
            self.sets.len() - 1
        });
        self.sets[at].1.push(row as u32, value);
    }

    /// Answer for a row that was held: keep it with so much added to its score, or drop it. Its labels it
    /// got when it was held.
    pub fn release(&mut self, seq: u64, verdict: Verdict, score: f32, reason: &str, about: &str) {
        let release = &mut self.release;
        release.seqs.push(seq);
        release.verdicts.push(verdict as u8);
        release.scores.push(score);
        release.reasons.of.push(release.reasons.table.intern(reason));
        release.abouts.of.push(release.abouts.table.push(about));
    }

    /// Check what came from outside: lengths, indexes, numbers.
    ///
    /// # Errors
    /// A fault that says what does not fit.
    pub fn check(&self) -> Result<(), StageError> {
        check_len("verdicts", self.verdicts.len(), self.rows)?;
        check_numbers(&self.verdicts, Verdict::Fail)?;
        check_len("scores", self.scores.len(), self.rows)?;
        check_finite(&self.scores)?;
        check_indexes("reasons", &self.reasons, self.rows)?;
        check_indexes("abouts", &self.abouts, self.rows)?;
        self.labels.check("labels", self.rows)?;
        self.sets.iter().try_for_each(|(field, values)| values.check(field.name(), self.rows))?;
        let release = &self.release;
        let held = release.seqs.len();
        if release.verdicts.len() != held || release.scores.len() != held {
            return Err(StageError::fault("it released messages with answers of different number"));
        }
        check_numbers(&release.verdicts, Verdict::Drop)?;
        check_finite(&release.scores)?;
        check_indexes("reasons", &release.reasons, held)?;
        check_indexes("abouts", &release.abouts, held)
    }
}

fn check_numbers(verdicts: &[u8], most: Verdict) -> Result<(), StageError> {
    match verdicts.iter().find(|&&of| of > most as u8) {
        None => Ok(()),
        Some(of) => {
            Err(StageError::fault(format!("it answered with verdict {of}; {} is the last", most as u8)))
        }
    }
}

fn check_finite(scores: &[f32]) -> Result<(), StageError> {
    match scores.iter().find(|score| !score.is_finite()) {
        None => Ok(()),
        Some(score) => Err(StageError::fault(format!("it answered with the score {score}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_rows() -> Verdicts {
        let mut out = Verdicts::default();
        out.start(2);
        out
    }

    #[test]
    fn what_is_not_said_is_kept() {
        let out = two_rows();
        assert_eq!((out.verdict(1), out.score(1), out.reasons.get(1)), (Verdict::Keep, 0.0, ""));
        assert_eq!(out.check(), Ok(()));
    }

    #[test]
    fn answers_that_do_not_fit_are_faults() {
        let break_it: [fn(&mut Verdicts); 7] = [
            |out| out.verdicts = vec![0; 3],
            |out| out.verdicts = vec![0, 4],
            |out| out.scores = vec![0.0, f32::NAN],
            |out| out.reasons.of = vec![0, 1],
            |out| out.set(2, TextField::Lang, "fr"),
            |out| out.labels.rows.push(0),
            |out| out.release(7, Verdict::Hold, 0.0, "", ""),
        ];
        for (case, break_it) in break_it.iter().enumerate() {
            let mut out = two_rows();
            break_it(&mut out);
            assert!(out.check().is_err(), "case {case}");
        }
    }
}
