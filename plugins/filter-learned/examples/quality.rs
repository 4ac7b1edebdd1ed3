//! How good the classifier is on real data, and what each part of it gained:
//! `cargo run -p filter-learned --release --example quality`.

use std::error::Error;
use std::io::{BufRead, BufReader};

use crible_sdk::Message;
use crible_testkit::shared_data;
use filter_learned::{Classifier, Model, Recipe, Sample, Trainer};

/// A message and whether it is good.
type Example = (Message, bool);

const WHOLE: Recipe = Recipe { letters: true, form: true, agreement: true, held_out: true, stream: true };

/// The whole, then each part taken away alone, then the last two.
const RECIPES: [(&str, Recipe); 6] = [
    ("all of it", WHOLE),
    ("without letters", Recipe { letters: false, ..WHOLE }),
    ("without form", Recipe { form: false, ..WHOLE }),
    ("without agreement", Recipe { agreement: false, ..WHOLE }),
    ("without the stream", Recipe { stream: false, ..WHOLE }),
    ("nor held-out odds", Recipe { stream: false, held_out: false, ..WHOLE }),
];

fn main() -> Result<(), Box<dyn Error>> {
    let sms = read("sms_spam.jsonl.gz", "spam")?;
    let (train, test) = sms.split_at(sms.len() * 3 / 10);
    println!("sms_spam: the first 30% teach, the rest is judged; spam is what is looked for");
    header();
    for (name, recipe) in RECIPES {
        let outcomes = judge(train.iter(), test.iter(), recipe)?;
        row(name, tally(&outcomes, 0.5), &outcomes);
    }
    let outcomes = judge(train.iter(), test.iter(), WHOLE)?;
    row("all of it, above 0.9", tally(&outcomes, 0.9), &outcomes);
    reliability(&outcomes);

    let crises = read("crisislex_t6.jsonl.gz", "on-topic")?;
    let mut events: Vec<&str> = crises.iter().map(|(message, _)| message.channel.as_str()).collect();
    events.sort_unstable();
    events.dedup();
    println!("\ncrisislex_t6: each event is judged by what the five others teach");
    for (name, recipe) in RECIPES {
        println!("\n{name}");
        header();
        let mut all = Vec::new();
        for event in &events {
            let others = crises.iter().filter(|(message, _)| message.channel != *event);
            let held = crises.iter().filter(|(message, _)| message.channel == *event);
            let outcomes = judge(others, held, recipe)?;
            row(event, tally(&outcomes, 0.5), &outcomes);
            all.extend(outcomes);
        }
        row("all six", tally(&all, 0.5), &all);
        if name == RECIPES[0].0 {
            reliability(&all);
        }
    }
    Ok(())
}

fn read(name: &str, good: &str) -> Result<Vec<Example>, Box<dyn Error>> {
    let packed = std::fs::File::open(shared_data(name))?;
    let lines = BufReader::new(flate2::read::GzDecoder::new(packed)).lines();
    lines
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(&line?)?;
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            let message = Message {
                channel: text("channel"),
                author: text("author"),
                text: text("text"),
                url: text("url"),
                ..Message::default()
            };
            Ok((message, text("label") == good))
        })
        .collect()
}

/// The probability of each message of the test, in order, and whether it is good.
fn judge<'a>(
    train: impl Iterator<Item = &'a Example>,
    test: impl Iterator<Item = &'a Example>,
    recipe: Recipe,
) -> Result<Vec<(f64, bool)>, Box<dyn Error>> {
    let mut trainer = Trainer::with(recipe);
    train.for_each(|(message, good)| trainer.add(&Sample::from(message), *good, &message.channel));
    let model =
        Model::from_bytes(&trainer.train()?.to_bytes()).ok_or("a model does not come back from its bytes")?;
    let mut classifier = Classifier::new(model, 1);
    let judge = |(message, good): &Example| {
        (1.0 / (1.0 + (-classifier.judge(&Sample::from(message), 0)).exp()), *good)
    };
    Ok(test.map(judge).collect())
}

/// Rightly found, wrongly found, missed, rightly left, all at this probability.
fn tally(outcomes: &[(f64, bool)], above: f64) -> [f64; 4] {
    let count = |found: bool, good: bool| {
        outcomes.iter().filter(|(p, is_good)| (*p >= above, *is_good) == (found, good)).count() as f64
    };
    [count(true, true), count(true, false), count(false, true), count(false, false)]
}

fn header() {
    println!(
        "{:<28}{:>7}{:>9}{:>11}{:>8}{:>12}{:>10}{:>10}",
        "", "F1", "accuracy", "precision", "recall", "false alarm", "best F1", "log loss"
    );
}

fn row(name: &str, [found, wrong, missed, left]: [f64; 4], outcomes: &[(f64, bool)]) {
    let f1 = 2.0 * found / (2.0 * found + wrong + missed);
    let accuracy = (found + left) / (found + wrong + missed + left);
    let loss = |(p, good): &(f64, bool)| -if *good { p.ln() } else { (1.0 - p).ln() };
    println!(
        "{name:<28}{f1:>7.3}{accuracy:>9.4}{:>11.3}{:>8.3}{:>12.4}{:>10.3}{:>10.3}",
        found / (found + wrong),
        found / (found + missed),
        wrong / (wrong + left),
        best_f1(outcomes),
        outcomes.iter().map(loss).sum::<f64>() / outcomes.len() as f64,
    );
}

/// At the threshold that would have been best: what calibration loses.
fn best_f1(outcomes: &[(f64, bool)]) -> f64 {
    let mut sorted = outcomes.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all_good = sorted.iter().filter(|(_, good)| *good).count() as f64;
    let mut found = 0.0;
    let f1 = sorted.iter().zip(1u32..).map(|((_, good), judged)| {
        found += f64::from(u8::from(*good));
        2.0 * found / (f64::from(judged) + all_good)
    });
    f1.fold(0.0, f64::max)
}

/// Of the messages of each tenth of the probabilities, how many are good.
fn reliability(outcomes: &[(f64, bool)]) {
    println!("reliability: probability said, share that is good, messages");
    for tenth in 0..10 {
        let of: Vec<&(f64, bool)> =
            outcomes.iter().filter(|(p, _)| ((p * 10.0) as usize).min(9) == tenth).collect();
        let messages = of.len() as f64;
        let said = of.iter().map(|(p, _)| p).sum::<f64>() / messages.max(1.0);
        let good = of.iter().filter(|(_, good)| *good).count() as f64 / messages.max(1.0);
        println!("  {said:.2}  {good:.2}  {messages}");
    }
}
