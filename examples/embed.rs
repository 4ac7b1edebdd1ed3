//! A program of its own that has crible judge messages: no files, no pipeline on threads.
//!
//! `cargo run -p crible --example embed`

use std::error::Error;
use std::path::Path;

use crible::{Crible, Fate, Kind, Message};

/// The filters decide; the source and the sink stand for where the messages of this program come from and
/// go to.
const CONFIG: &str = r#"
[[source]]
plugin = "jsonl"
config.path = "-"

[[filter]]
id = "themes"
plugin = "query"
[filter.config]
keep = "été OR rust"
score = [{ query = "likes:>=10", weight = 1.0, because = "liked by many" }]

[[filter]]
id = "flood"
plugin = "cap"
[filter.config]
most = 2
window = "1h"

[[sink]]
plugin = "console"
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let mut builder = Crible::builder();
    for plugin in crible_bundle::bundled() {
        builder = builder.with_bundled(plugin.kind, plugin.name, plugin.component);
    }
    let crible = builder.build();
    println!("{} filters to choose from", count(&crible, Kind::Filter));

    // What is wrong with a config is underlined, also what only a plugin understands.
    let wrong = CONFIG.replace("été OR rust", "été OR").replace("likes:>=10", "likes:>=many");
    if let Err(error) = crible.load_text("embedded.toml", &wrong, Path::new(".")) {
        println!("\n{error}\n");
    }

    let loaded = crible.load_text("embedded.toml", CONFIG, Path::new("."))?;
    let mut judge = loaded.judge()?;
    let messages = [
        message("zoé", "L’été commence", 12),
        message("max", "Je suis aux toilettes", 0),
        message("max", "Rust 1.95 is out", 3),
        message("max", "Rust, again", 0),
        message("max", "And Rust once more", 0),
    ];
    let judgements = judge.judge(&messages)?;
    for (message, judgement) in messages.iter().zip(judgements) {
        let mark = match judgement.fate {
            Fate::Kept => "essential",
            Fate::Dropped => "dropped",
            Fate::Held => "held",
            Fate::Failed => "failed",
        };
        let whys: Vec<&str> = judgement.whys.iter().map(|why| why.reason.as_str()).collect();
        println!("{mark:9} {:3.1}  {:22} {}", judgement.score, message.text, whys.join("; "));
    }
    Ok(())
}

fn count(crible: &Crible, kind: Kind) -> usize {
    crible.plugins().iter().filter(|(of, _)| *of == kind).count()
}

fn message(author: &str, text: &str, likes: i64) -> Message {
    Message { author: author.into(), text: text.into(), likes, ..Message::default() }
}
