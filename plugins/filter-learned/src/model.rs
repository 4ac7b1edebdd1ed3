//! What was learned from examples.

use crate::features::{FORMS, LETTERS, TOPICS, WORDS};
use crate::linear::{Linear, Table};
use crate::logistic::{Logistic, TERMS};
use crate::snapshot::take_f32;
use crible_sdk::snapshot::take;

const VERSION: u8 = 2;

/// What was learned from examples: about 0.8 MB.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    pub(crate) linear: Linear,
    /// How common each word is in the examples.
    pub(crate) background: Table,
    /// The log-odds of a message by itself.
    pub(crate) alone: Logistic,
    /// The log-odds of a message in its stream.
    pub(crate) within: Logistic,
}

impl Model {
    /// Knows nothing: every message is good with probability one half, until feedback teaches otherwise.
    pub fn empty() -> Self {
        Self {
            linear: Linear::empty(),
            background: Table::zeros(TOPICS),
            alone: Logistic::default(),
            within: Logistic::default(),
        }
    }

    /// The model as bytes: a version, then little-endian numbers. The same model gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Self { linear, background, alone, within } = self;
        let mut out = vec![VERSION];
        let singles = [linear.bias].into_iter().chain(linear.form).chain(alone.0).chain(within.0);
        singles.for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
        for table in [&linear.words, &linear.letters, background] {
            out.extend_from_slice(&table.unit.to_le_bytes());
            table.all().iter().for_each(|of| out.extend_from_slice(&of.to_le_bytes()));
        }
        out
    }

    /// The model that [`to_bytes`](Self::to_bytes) wrote; `None` where the bytes are of another version, cut
    /// off or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let rest = &mut &*bytes;
        if take::<1>(rest)? != [VERSION] {
            return None;
        }
        let bias = take_sane(rest)?;
        let form = take_all::<FORMS>(rest)?;
        let alone = Logistic(take_all::<TERMS>(rest)?);
        let within = Logistic(take_all::<TERMS>(rest)?);
        let words = take_table(rest, WORDS)?;
        let letters = take_table(rest, LETTERS)?;
        let background = take_table(rest, TOPICS)?;
        let linear = Linear { bias, form, words, letters };
        rest.is_empty().then_some(Self { linear, background, alone, within })
    }
}

/// A number that no sum of a message's features makes infinite.
fn take_sane(rest: &mut &[u8]) -> Option<f32> {
    take_f32(rest).filter(|number| number.abs() < 1e6)
}

fn take_all<const N: usize>(rest: &mut &[u8]) -> Option<[f32; N]> {
    let mut all = [0.0; N];
    for number in &mut all {
        *number = take_sane(rest)?;
    }
    Some(all)
}

fn take_table(rest: &mut &[u8], len: usize) -> Option<Table> {
    let unit = take_sane(rest)?;
    let (pairs, []) = rest.split_off(..2 * len)?.as_chunks::<2>() else { return None };
    Some(Table { unit, of: pairs.iter().map(|&pair| i16::from_le_bytes(pair)).chain([0]).collect() })
}
