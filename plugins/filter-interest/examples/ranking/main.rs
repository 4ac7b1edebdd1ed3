//! How well messages are ranked on real data, and what each part of the ranking gained:
//! `cargo run -p filter-interest --release --example ranking`. With `-- -v`, each interest by itself.

mod measure;
mod wishes;

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::io::{BufRead, BufReader};

use crible_testkit::shared_data;
use filter_interest::{Ranker, Recipe, Wish};
use measure::Quality;
use wishes::{EVENTS, FRENCH, SENTENCES};

#[derive(Clone)]
struct Message {
    id: String,
    text: String,
    channel: String,
    on_topic: bool,
    created_at: String,
}

/// An interest, and which messages are relevant to it.
struct Question {
    about: String,
    liked: Vec<String>,
    /// What was liked, and is not judged.
    not: HashSet<String>,
    /// The channel of the relevant messages.
    channel: String,
    /// Whether only its own channel's messages are judged.
    within: bool,
    relevant: fn(&Message) -> bool,
}

/// Interests over one stream.
struct Set<'a> {
    name: &'static str,
    stream: &'a [Message],
    questions: Vec<Question>,
}

const WHOLE: Recipe = Recipe {
    saturation: 0.3,
    lengths: 0.3,
    rarity: 0.7,
    stems: true,
    beginnings: true,
    tags: true,
    pairs: true,
    names: true,
    order: true,
    asking: true,
    coordination: true,
    known_words: true,
    added_words: true,
    tested_words: true,
};

/// The whole, then each part taken away alone, then what is usual.
const RECIPES: [(&str, Recipe); 16] = [
    ("all of it", WHOLE),
    ("without stems", Recipe { stems: false, ..WHOLE }),
    ("without beginnings", Recipe { beginnings: false, ..WHOLE }),
    ("without tags", Recipe { tags: false, ..WHOLE }),
    ("without pairs", Recipe { pairs: false, ..WHOLE }),
    ("without names", Recipe { names: false, ..WHOLE }),
    ("without order", Recipe { order: false, ..WHOLE }),
    ("without asking", Recipe { asking: false, ..WHOLE }),
    ("without coordination", Recipe { coordination: false, ..WHOLE }),
    ("without known words", Recipe { known_words: false, ..WHOLE }),
    ("without added words", Recipe { added_words: false, ..WHOLE }),
    ("without tested words", Recipe { tested_words: false, ..WHOLE }),
    ("without any feedback", Recipe { added_words: false, tested_words: false, ..WHOLE }),
    ("rarity in full", Recipe { rarity: 1.0, ..WHOLE }),
    ("plain BM25", Recipe::BM25),
    ("shared words", Recipe::OVERLAP),
];

fn main() -> Result<(), Box<dyn Error>> {
    let each = std::env::args().any(|argument| argument == "-v");
    let crises = read("crisislex_t6.jsonl.gz")?;
    let mut titles = read("reddit_top_titles_30k.jsonl.gz")?;
    let known: HashSet<String> = titles.iter().map(|message| message.id.clone()).collect();
    titles.extend(
        read("reddit_top_french_subreddits.jsonl.gz")?.into_iter().filter(|of| !known.contains(&of.id)),
    );
    titles.sort_by(|a, b| a.created_at.cmp(&b.created_at));
    let flood = flood(&crises, &titles);
    let of = |stream, name, questions| Set { name, stream, questions };
    let asked = |wishes: &[(&str, &str)]| wishes.iter().map(|(channel, about)| any(channel, about)).collect();
    let sentence = |within| EVENTS.iter().map(|of| Question { within, ..on_topic(of.0, of.1) }).collect();
    let words = || EVENTS.iter().map(|of| on_topic(of.0, of.2)).collect();
    let sets = [
        of(&titles[..], "names", names(&titles)),
        of(&titles, "liked", liked(&titles)),
        of(&titles, "sentences", asked(&SENTENCES)),
        of(&titles, "french", asked(&FRENCH)),
        of(&crises, "events", sentence(false)),
        of(&crises, "in words", words()),
        of(&crises, "within", sentence(true)),
        of(&crises, "by liked", liked_of_events(&crises)),
        of(&flood, "needle", sentence(false)),
        of(&flood, "in words", words()),
    ];
    print!("{:<22}", "AP P30 NDCG30");
    sets.iter().for_each(|set| print!("{:>17}", format!("{} ({})", set.name, set.questions.len())));
    println!("  mean AP");
    for (name, recipe) in RECIPES {
        let all: Vec<Quality> = sets.iter().map(|set| run(set, recipe, each)).collect();
        print!("{name:<22}");
        all.iter().for_each(|of| print!("   {:.3} {:.2} {:.2}", of.ap, of.p30, of.ndcg30));
        println!("  {:.3}", Quality::mean(&all).ap);
    }
    Ok(())
}

fn read(name: &str) -> Result<Vec<Message>, Box<dyn Error>> {
    let packed = std::fs::File::open(shared_data(name))?;
    let lines = BufReader::new(flate2::read::GzDecoder::new(packed)).lines();
    let read = |line: std::io::Result<String>| -> Result<Message, Box<dyn Error>> {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let on_topic = row["label"] == "on-topic";
        let (id, channel, created_at) = (text("id"), text("channel"), text("created_at"));
        Ok(Message { id, text: text("text"), channel, on_topic, created_at })
    };
    let mut all = lines.map(read).collect::<Result<Vec<Message>, _>>()?;
    all.sort_by(|a, b| a.created_at.cmp(&b.created_at));
    Ok(all)
}

/// One in 61 of the messages about each event, among all that are about none and all titles, shuffled.
fn flood(crises: &[Message], titles: &[Message]) -> Vec<Message> {
    let thinned = crises.iter().enumerate().filter(|(number, of)| !of.on_topic || number % 61 == 0);
    let mut flood: Vec<Message> = thinned.map(|(_, of)| of).chain(titles).cloned().collect();
    let shuffled =
        |id: &str| id.bytes().fold(7u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3));
    flood.sort_by_key(|message| shuffled(&message.id));
    flood
}

fn any(channel: &str, about: &str) -> Question {
    Question {
        about: about.into(),
        liked: Vec::new(),
        not: HashSet::new(),
        channel: channel.into(),
        within: false,
        relevant: |_| true,
    }
}

fn on_topic(channel: &str, about: &str) -> Question {
    Question { relevant: |message| message.on_topic, ..any(channel, about) }
}

/// The titles of each channel that has from 12 to 39.
fn channels(titles: &[Message]) -> BTreeMap<&str, Vec<&Message>> {
    let mut channels: BTreeMap<&str, Vec<&Message>> = BTreeMap::new();
    titles.iter().for_each(|of| channels.entry(&of.channel).or_default().push(of));
    channels.retain(|_, of| (12..40).contains(&of.len()));
    channels
}

/// The names of channels that are written `LikeThis`: short questions.
fn names(titles: &[Message]) -> Vec<Question> {
    let channels = channels(titles);
    let names = channels.keys().map(|channel| {
        let mut words = String::new();
        for c in channel[2..].chars() {
            if c.is_uppercase() && words.ends_with(char::is_lowercase) {
                words.push(' ');
            }
            words.push(c);
        }
        (*channel, words)
    });
    // What is shown in pictures alone is told by few titles.
    let speaking = names.filter(|(channel, words)| words.contains(' ') && !channel.ends_with("Porn"));
    speaking.map(|(channel, words)| any(channel, &words)).collect()
}

/// Every fifth channel, by its first four titles.
fn liked(titles: &[Message]) -> Vec<Question> {
    let by = |(channel, of): (&str, Vec<&Message>)| Question {
        liked: of[..4].iter().map(|message| message.text.clone()).collect(),
        not: of[..4].iter().map(|message| message.id.clone()).collect(),
        ..any(channel, "")
    };
    channels(titles).into_iter().step_by(5).map(by).collect()
}

/// Each event by five messages about it.
fn liked_of_events(crises: &[Message]) -> Vec<Question> {
    let by = |(channel, _, _): &(&str, &str, &str)| {
        let of = crises.iter().filter(|message| message.on_topic && message.channel == *channel);
        let liked: Vec<&Message> = of.step_by(500).take(5).collect();
        Question {
            liked: liked.iter().map(|message| message.text.clone()).collect(),
            not: liked.iter().map(|message| message.id.clone()).collect(),
            ..on_topic(channel, "")
        }
    };
    EVENTS.iter().map(by).collect()
}

/// All questions of a set at once: an interest each, over one reading of the stream.
fn run(set: &Set<'_>, recipe: Recipe, each: bool) -> Quality {
    let wish = |of: &'_ Question| (of.about.clone(), of.liked.clone());
    let wishes: Vec<(String, Vec<String>)> = set.questions.iter().map(wish).collect();
    let wishes: Vec<Wish<'_>> =
        wishes.iter().map(|(about, liked)| Wish { about, liked, unlike: &[] }).collect();
    let mut ranker = Ranker::new(&wishes, 7 * 86_400_000, recipe);
    let mut scored: Vec<Vec<(f32, bool)>> = vec![Vec::new(); set.questions.len()];
    let mut relevances = vec![0.0; set.questions.len()];
    for message in set.stream {
        relevances.fill(0.0);
        for of in ranker.judge(std::iter::once(message.text.as_str()), 0) {
            relevances[of.interest] = of.relevance;
        }
        for (number, question) in set.questions.iter().enumerate() {
            let own = message.channel == question.channel;
            if question.not.contains(&message.id) || (question.within && !own) {
                continue;
            }
            let relevant = own && (question.relevant)(message);
            if relevant || relevances[number] > 0.0 {
                scored[number].push((relevances[number], relevant));
            }
        }
    }
    let all: Vec<Quality> = scored.iter_mut().map(|scored| Quality::of(scored)).collect();
    if each {
        for (question, of) in set.questions.iter().zip(&all) {
            println!("  {:<12}{:<30}{:.3} {:.2} {:.2}", set.name, question.channel, of.ap, of.p30, of.ndcg30);
        }
    }
    Quality::mean(&all)
}
