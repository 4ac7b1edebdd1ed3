//! What a message costs, linked natively: by rule.

use crible_sdk::testing::{self, judge_batches};
use crible_sdk::{FilterPlugin, Live, Message};
use divan::Bencher;
use divan::counter::ItemsCount;
use filter_score::Score;

const MESSAGES: u64 = 100_000;

fn main() {
    divan::main();
}

fn message(number: u64) -> Message {
    let text = format!(
        "Le message no. {number}, ni long ni court, sur l'eau qui monte à la digue depuis ce matin 🌊 "
    );
    Message {
        author: format!("author_{}", number % 1000),
        text: text.repeat(2),
        lang: ["fr", "en", "de"][(number % 3) as usize].into(),
        tags: vec!["crue".into(), "été".into()],
        followers: (number % 5000) as i64,
        likes: (number % 50) as i64,
        created_at: number as i64 * 1000,
        attrs: [("flair".to_owned(), "News".to_owned())].into(),
        ..Message::default()
    }
}

fn batches() -> Vec<Live> {
    let all: Vec<Message> = (0..MESSAGES).map(message).collect();
    testing::batches(&all, 256)
}

#[divan::bench(args = [
    r#"[{"when": "followers < 1000 && likes > 20", "add": 2}]"#,
    r#"[{"when": "followers < 1000 && likes > 20", "add": 2}, {"when": "lang == 'de'", "drop": true}]"#,
    r#"[{"add": "score * 0.5 + double(likes) / 10.0"}]"#,
    r#"[{"when": "text.contains('digue') || size(text) > 400", "add": 1}]"#,
    r#"[{"when": "text.matches('(?i)\\bDIGUE\\b')", "add": 1}]"#,
    r#"[{"when": "author in ['author_1', 'author_2', 'author_3'] && attrs.flair == 'News'", "keep": true}]"#,
    r#"[{"when": "tags.exists(tag, tag.startsWith('été'))", "theme": "été"}]"#,
    r#"[{"when": "age < duration('1h')", "add": 1}]"#,
])]
fn a_message(bencher: Bencher<'_, '_>, rules: &str) {
    let batches = batches();
    let config = format!(r#"{{"rules": {rules}}}"#);
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .with_inputs(|| Score::configure(&config, None).ok())
        .bench_local_values(|filter| filter.map(|mut filter| judge_batches(&mut filter, &batches)));
}
