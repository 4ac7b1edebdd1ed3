//! What judging a message costs, by the number of words that are looked for. Throughput is in
//! messages: 1,000 of them, about 220 bytes each, French and English.

use divan::Bencher;
use divan::counter::ItemsCount;
use filter_query::{Config, Document, RuleList, Rules, ScoreRule};
use std::hint::black_box;

const MESSAGES: usize = 1000;
const COMMON: &str = "le de la et les des en un une est que pour dans qui sur pas au ce il je the of and to in is \
    you that it for was on are with as this have from été déjà après français très où être même sœur l'été \
    c'est qu'il d'un aujourd'hui people message today nothing something because through between";

fn main() {
    divan::main();
}

/// A small generator of numbers: the same messages and words in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below
    }
}

/// The word of a number: pronounceable, two to five syllables.
fn rare_word(number: usize) -> String {
    let mut numbers = Numbers(number as u64 * 7919 + 1);
    let syllables =
        ["ra", "to", "mi", "ken", "sol", "bru", "vé", "lan", "dor", "pi", "gue", "tri", "na", "chu", "ost"];
    let len = 2 + numbers.next(4);
    (0..len).map(|_| syllables[numbers.next(syllables.len())]).collect()
}

/// Texts in which one word in twelve is rare; `known` of 20,000 rare words are looked for.
fn texts() -> Vec<String> {
    let common: Vec<&str> = COMMON.split_whitespace().collect();
    let mut numbers = Numbers(42);
    (0..MESSAGES)
        .map(|_| {
            let mut text = String::new();
            while text.len() < 215 {
                if numbers.next(12) == 0 {
                    text.push_str(&rare_word(numbers.next(20_000)));
                } else {
                    text.push_str(common[numbers.next(common.len())]);
                }
                text.push_str([" ", " ", " ", " ", " ", ", ", ". "][numbers.next(7)]);
            }
            text
        })
        .collect()
}

#[expect(clippy::unwrap_used, reason = "a bench of queries that are right")]
fn judge_all(bencher: Bencher, config: &Config) {
    let texts = texts();
    let rules = Rules::compile(config).unwrap();
    let mut memory = rules.memory();
    bencher.counter(ItemsCount::new(MESSAGES)).bench_local(|| {
        for text in &texts {
            let document = Document { text, ..Document::default() };
            black_box(rules.judge(&mut memory, black_box(&document)).score);
        }
    });
}

#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn one_or_of_words(bencher: Bencher, words: usize) {
    let query = (0..words).map(rare_word).collect::<Vec<_>>().join(" OR ");
    judge_all(bencher, &Config { keep: RuleList::One(query), ..Config::default() });
}

#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn a_rule_a_word(bencher: Bencher, words: usize) {
    let rule = |number| ScoreRule { query: rare_word(number), weight: 1.0, because: None, theme: None };
    judge_all(bencher, &Config { score: (0..words).map(rule).collect(), ..Config::default() });
}

#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn one_or_of_beginnings(bencher: Bencher, words: usize) {
    let query = (0..words).map(|number| rare_word(number) + "*").collect::<Vec<_>>().join(" OR ");
    judge_all(bencher, &Config { keep: RuleList::One(query), ..Config::default() });
}

/// What a monitoring desk writes: alternatives, a phrase, an exclusion, a NEAR.
#[divan::bench(args = [10, 100, 1_000])]
fn mixed_rules(bencher: Bencher, rules: usize) {
    let rule = |number: usize| {
        let [a, b, c] = [0, 1, 2].map(|of| rare_word(number * 3 + of));
        let query = match number % 4 {
            0 => format!("({a} OR {b}) AND NOT {c}"),
            1 => format!("\"la {a}\" OR \"{b} {c}\""),
            2 => format!("{a} NEAR/5 ({b} OR people)"),
            _ => format!("title:{a} OR {b}* likes:>10"),
        };
        ScoreRule { query, weight: 1.0, because: None, theme: None }
    };
    judge_all(bencher, &Config { score: (0..rules).map(rule).collect(), ..Config::default() });
}

#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn compile(bencher: Bencher, words: usize) {
    let query = (0..words).map(rare_word).collect::<Vec<_>>().join(" OR ");
    let config = Config { keep: RuleList::One(query), ..Config::default() };
    bencher.bench(|| Rules::compile(black_box(&config)));
}
