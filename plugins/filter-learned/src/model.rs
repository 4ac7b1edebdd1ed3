//! What was learned from examples.

use crate::features::{FORMS, NOWHERE, TOPICS};
use crate::linear::{Linear, Table};
use crate::logistic::{Logistic, TERMS};
use crate::snapshot::take_f32;
use crible_sdk::snapshot::take;

const VERSION: u8 = 3;

/// What was learned from examples: about 0.4 MB.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    pub(crate) linear: Linear,
    /// How common each word is in the examples.
    pub(crate) background: Table<TOPICS>,
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
            background: Table::zeros(),
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
        put_table(&linear.words, &mut out);
        put_table(&linear.letters, &mut out);
        put_table(background, &mut out);
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
        let words = take_table(rest)?;
        let letters = take_table(rest)?;
        let background = take_table(rest)?;
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

fn put_table<const LEN: usize>(table: &Table<LEN>, out: &mut Vec<u8>) {
    out.extend_from_slice(&table.unit.to_le_bytes());
    out.extend(table.of.iter().map(|of| of.cast_unsigned()));
}

fn take_table<const LEN: usize>(rest: &mut &[u8]) -> Option<Table<LEN>> {
    let unit = take_sane(rest)?;
    let bytes = rest.split_off(..LEN)?;
    let mut table = Table { unit, ..Table::zeros() };
    table.of.iter_mut().zip(bytes).for_each(|(of, byte)| *of = byte.cast_signed());
    (table.of[NOWHERE as usize] == 0).then_some(table)
}
