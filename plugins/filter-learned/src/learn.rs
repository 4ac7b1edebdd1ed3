//! Learns the linear part from examples.

use crate::Recipe;
use crate::corpus::{Column, Corpus, Groups};
use crate::features::{FORMS, LETTERS, WORDS, mix};
use crate::linear::{Linear, Table, shorten};

/// How much an example that lies on the wrong side costs, beside large weights.
const COST: f32 = 0.1;
/// How often each example is looked at.
const PASSES: usize = 8;
/// What the shares of the form count.
const FORM_SCALE: f32 = 0.5;
/// The logarithm of a ratio above which it counts no more.
const MOST_RATIO: f32 = 4.0;

/// Learn weights from some rows: a support vector machine with squared hinge loss, by coordinate descent in
/// the dual (Hsieh et al., "A dual coordinate descent method for large-scale linear SVM", 2008), over
/// features scaled by their ratios (Wang and Manning, "Baselines and bigrams", 2012).
pub(crate) fn learn(corpus: &Corpus, groups: &Groups, rows: &[u32], recipe: Recipe) -> Linear {
    let mut parts = vec![Part::new(corpus, groups, rows, &corpus.words, WORDS)];
    if recipe.letters {
        parts.push(Part::new(corpus, groups, rows, &corpus.letters, LETTERS));
    }
    let mut bias = 0.0;
    let mut form = [0.0; FORMS];
    let form_scale = if recipe.form { FORM_SCALE } else { 0.0 };
    let scaled = |row: usize| corpus.forms[row].map(|share| share * form_scale);
    let lengths: Vec<f32> = rows
        .iter()
        .map(|&row| {
            let form: f32 = scaled(row as usize).iter().map(|share| share * share).sum();
            1.0 + form + parts.iter().map(|part| part.length(row)).sum::<f32>()
        })
        .collect();
    let slack = 0.5 / COST;
    let mut duals = vec![0.0f32; rows.len()];
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    for pass in 0..PASSES {
        shuffle(&mut order, pass as u64);
        for &at in &order {
            let (row, dual) = (rows[at as usize], &mut duals[at as usize]);
            let sign = if corpus.good[row as usize] { 1.0 } else { -1.0 };
            let shares = scaled(row as usize);
            let of_form: f32 = form.iter().zip(&shares).map(|(weight, share)| weight * share).sum();
            let margin = bias + of_form + parts.iter().map(|part| part.margin(row)).sum::<f32>();
            let gradient = sign * margin - 1.0 + slack * *dual;
            let next = (*dual - gradient / (lengths[at as usize] + slack)).max(0.0);
            let step = sign * (next - std::mem::replace(dual, next));
            if step != 0.0 {
                bias += step;
                form.iter_mut().zip(&shares).for_each(|(weight, share)| *weight += step * share);
                parts.iter_mut().for_each(|part| part.add(row, step));
            }
        }
    }
    let mut parts = parts.into_iter();
    Linear {
        bias,
        form: form.map(|weight| weight * form_scale),
        words: parts.next().map_or_else(Table::zeros, Part::table),
        letters: parts.next().map_or_else(Table::zeros, Part::table),
    }
}

/// The weights of one kind of features while they are learned.
struct Part<'a> {
    column: &'a Column,
    scales: Vec<f32>,
    weights: Vec<f32>,
}

impl<'a> Part<'a> {
    fn new(corpus: &Corpus, groups: &Groups, rows: &[u32], column: &'a Column, size: usize) -> Self {
        let scales = ratios(corpus, groups, rows, column, size);
        Self { column, scales, weights: vec![0.0; size] }
    }

    fn margin(&self, row: u32) -> f32 {
        let places = self.column.of(row as usize);
        let weight = |&place: &u32| self.scales[place as usize] * self.weights[place as usize];
        places.iter().map(weight).sum::<f32>() * shorten(places.len())
    }

    fn length(&self, row: u32) -> f32 {
        let places = self.column.of(row as usize);
        let square = |&place: &u32| self.scales[place as usize] * self.scales[place as usize];
        places.iter().map(square).sum::<f32>() / places.len().max(1) as f32
    }

    fn add(&mut self, row: u32, step: f32) {
        let places = self.column.of(row as usize);
        let step = step * shorten(places.len());
        for &place in places {
            self.weights[place as usize] += step * self.scales[place as usize];
        }
    }

    fn table<const LEN: usize>(self) -> Table<LEN> {
        let weights: Vec<f32> =
            self.weights.iter().zip(&self.scales).map(|(weight, scale)| weight * scale).collect();
        Table::round(&weights)
    }
}

/// How much each feature may weigh: how many times more often it stands in good messages than in bad ones or
/// the reverse, as a logarithm. It is the mean over the groups, so what speaks in one group alone (a place, a
/// name) or in each group otherwise weighs little, and what speaks alike in all of them weighs much.
fn ratios(corpus: &Corpus, groups: &Groups, rows: &[u32], column: &Column, size: usize) -> Vec<f32> {
    let mut sums = vec![0.0f32; size];
    let mut groups_used = 0;
    for group in 0..groups.count {
        let of_group = || rows.iter().map(|&row| row as usize).filter(|&row| groups.of[row] == group);
        let mut totals = [0.0f32; 2];
        of_group().for_each(|row| totals[usize::from(corpus.good[row])] += 1.0);
        if totals.contains(&0.0) {
            continue;
        }
        groups_used += 1;
        let mut counts = vec![[0.0f32; 2]; size];
        for row in of_group() {
            let class = usize::from(corpus.good[row]);
            column.of(row).iter().for_each(|&place| counts[place as usize][class] += 1.0);
        }
        let rest = ((totals[0] + 2.0) / (totals[1] + 2.0)).ln();
        for (sum, [bad, good]) in sums.iter_mut().zip(&counts) {
            *sum += ((good + 1.0) / (bad + 1.0)).ln() + rest;
        }
    }
    let groups_used = groups_used.max(1) as f32;
    sums.iter().map(|sum| (sum / groups_used).abs().min(MOST_RATIO)).collect()
}

/// The same order for the same pass, every time.
fn shuffle(order: &mut [u32], pass: u64) {
    for at in (1..order.len()).rev() {
        let other = mix((pass + 1) << 40 ^ at as u64) % (at as u64 + 1);
        order.swap(at, other as usize);
    }
}
