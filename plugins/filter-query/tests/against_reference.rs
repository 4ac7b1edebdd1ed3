//! The compiled rules against the slow, obvious evaluator, on random queries and messages.

mod reference;

use filter_query::{Config, Document, Rule, RuleList, Rules, ScoreRule, parse};
use proptest::prelude::*;
use reference::Meaning;

const WORDS: &[&str] = &[
    "rust",
    "Rust",
    "RUSTACEAN",
    "web",
    "webassembly",
    "été",
    "Ete",
    "e\u{301}te\u{301}",
    "étés",
    "œuvre",
    "Oeuvre",
    "l'été",
    "l’été",
    "c++",
    "C#",
    ".net",
    "#rust",
    "@anna",
    "anna",
    "$x",
    "👍",
    "👍🏽",
    "👩\u{200d}💻",
    "日本",
    "日本語",
    "ひらく",
    "straße",
    "STRASSE",
    "2026",
    "a",
    "b",
    "c",
    "Москва",
    "москва",
    "ΣΙΣΥΦΟΣ",
    "fr-CA",
    "fr",
    "ﬁn",
    "fin",
    "an-exceedingly-long-word",
    "exceedinglylongword",
    "exceedinglylonxword",
    "smørrebrød",
];

const GAPS: &[&str] =
    &[" ", " ", " ", ", ", "’", "'", "-", "…", "\u{a0}", "", "#", "+", ".", "/", "_", "™", "\n"];

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(WORDS).prop_map(str::to_owned)
}

fn text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec((word(), prop::sample::select(GAPS)), 0..most)
        .prop_map(|pairs| pairs.into_iter().map(|(word, gap)| word + gap).collect())
}

/// A word, a prefix or a phrase.
fn words() -> impl Strategy<Value = String> {
    let beginning = prop::sample::select(vec![
        "r*", "ru*", "rust*", "webass*", "ét*", "et*", "日*", "l'ét*", "ete*", "e*",
    ]);
    let phrase = prop::collection::vec(word(), 1..4).prop_map(|words| format!("\"{}\"", words.join(" ")));
    prop_oneof![4 => word(), 1 => beginning.prop_map(str::to_owned), 2 => phrase]
}

fn term() -> impl Strategy<Value = String> {
    let field = prop::sample::select(vec![
        "", "", "", "title:", "text:", "author:", "channel:", "lang:", "tag:", "link:",
    ]);
    let regex = prop::sample::select(vec!["/rust/", "/RUST/i", "/^a/", "/[0-9]+$/", "/\\/web/"]);
    let operand = prop_oneof![5 => words(), 1 => regex.prop_map(str::to_owned)];
    let near =
        (prop::sample::select(vec!["", "title:", "text:", "author:"]), words(), words(), words(), 1..6u32)
            .prop_map(|(field, a, b, c, distance)| format!("{field}(({a} OR {b}) NEAR/{distance} {c})"));
    let bounds = prop::sample::select(vec![">3", ">=3", "<3", "<=3", "3", "=3", "2..5", "2..", "..5"]);
    let count = (prop::sample::select(vec!["followers", "likes", "reposts", "replies"]), bounds)
        .prop_map(|(name, bounds)| format!("{name}:{bounds}"));
    prop_oneof![
        8 => (field, operand).prop_map(|(field, operand)| format!("{field}{operand}")),
        2 => near,
        1 => count,
    ]
}

fn query() -> impl Strategy<Value = String> {
    term().prop_recursive(4, 12, 4, |inner| {
        let parts = prop::collection::vec(inner.clone(), 2..5);
        let join = prop::sample::select(vec![" AND ", " OR ", " "]);
        prop_oneof![
            4 => (parts, join).prop_map(|(parts, join)| format!("({})", parts.join(join))),
            1 => inner.clone().prop_map(|query| format!("NOT {query}")),
            1 => inner.prop_map(|query| format!("-{query}")),
        ]
    })
}

#[derive(Debug)]
struct Message {
    title: String,
    text: String,
    author: String,
    author_name: String,
    channel: String,
    lang: &'static str,
    url: String,
    links: Vec<String>,
    tags: Vec<String>,
    counts: [u64; 4],
}

fn message() -> impl Strategy<Value = Message> {
    let lists = (prop::collection::vec(text(3), 0..3), prop::collection::vec(text(2), 0..3));
    let lang = prop::sample::select(vec!["", "fr", "fr-CA", "fr_CA", "FR", "frr", "en"]);
    let texts = (text(4), text(30), text(2), text(3), text(2), text(3));
    (texts, lists, lang, prop::array::uniform4(0..6u64)).prop_map(|(texts, (links, tags), lang, counts)| {
        Message {
            title: texts.0,
            text: texts.1,
            author: texts.2,
            author_name: texts.3,
            channel: texts.4,
            url: texts.5,
            lang,
            links,
            tags,
            counts,
        }
    })
}

fn with_document<T>(message: &Message, judge: impl FnOnce(&Document<'_>) -> T) -> T {
    let links: Vec<&str> = message.links.iter().map(String::as_str).collect();
    let tags: Vec<&str> = message.tags.iter().map(String::as_str).collect();
    let [followers, likes, reposts, replies] = message.counts;
    judge(&Document {
        title: &message.title,
        text: &message.text,
        author: &message.author,
        author_name: &message.author_name,
        channel: &message.channel,
        lang: message.lang,
        url: &message.url,
        links: &links,
        tags: &tags,
        followers,
        likes,
        reposts,
        replies,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn rules_judge_as_the_reference_does(
        keep in prop::collection::vec(query(), 0..3),
        drop in prop::collection::vec(query(), 0..2),
        score in prop::collection::vec(query(), 0..6),
        messages in prop::collection::vec(message(), 1..4),
        case: bool,
        accents: bool,
    ) {
        let list = |queries: &[String]| {
            RuleList::Several(queries.iter().cloned().map(Rule::Query).collect())
        };
        let weighted = |(at, query): (usize, &String)| {
            ScoreRule { query: query.clone(), weight: f64::from(1 << at), because: None, theme: None }
        };
        let config = Config {
            keep: list(&keep),
            drop: list(&drop),
            score: score.iter().enumerate().map(weighted).collect(),
            case,
            accents,
        };
        let rules = Rules::compile(&config).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let mut memory = rules.memory();
        let meaning = Meaning { case, accents };
        for message in &messages {
            let (kept, worth) = with_document(message, |document| {
                let judgement = rules.judge(&mut memory, document);
                (judgement.kept, judgement.score)
            });
            let (expected_kept, expected_worth) = with_document(message, |document| {
                let any = |queries: &[String]| {
                    queries.iter().any(|query| meaning.matches(&parse(query).unwrap(), document))
                };
                let kept = !any(&drop) && (keep.is_empty() || any(&keep));
                let worths = score.iter().enumerate().filter(|(_, query)| any(std::slice::from_ref(*query)));
                (kept, if kept { worths.map(|(at, _)| f64::from(1 << at)).sum() } else { 0.0 })
            });
            prop_assert_eq!((kept, worth), (expected_kept, expected_worth), "{:?}", message);
        }
    }

    #[test]
    fn a_query_that_is_shown_reads_back_the_same(query in query()) {
        let tree = parse(&query).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(parse(&tree.to_string()), Ok(tree));
    }

    #[test]
    fn nothing_that_is_typed_makes_the_parser_panic(
        query in "([a-zé\"“”«»()/\\-*:.#👍日 ]|AND|OR|NOT|NEAR/|author:|likes:|[<>=0-9]| ){0,24}"
    ) {
        check_outcome(&query)?;
    }

    #[test]
    fn nothing_at_all_makes_the_parser_panic(query in any::<String>()) {
        check_outcome(&query)?;
    }
}

/// A query either reads back the same or is refused at a place within it.
fn check_outcome(query: &str) -> Result<(), TestCaseError> {
    match parse(query) {
        Ok(tree) => prop_assert_eq!(parse(&tree.to_string()), Ok(tree), "shown from {:?}", query),
        Err(error) => {
            prop_assert!(
                query.get(error.offset..error.offset + error.len).is_some(),
                "{error:?} in {query:?}"
            );
        }
    }
    Ok(())
}

#[test]
fn nesting_without_end_is_refused() {
    for query in ["(".repeat(100_000), "NOT ".repeat(100_000), "-".repeat(100_000), "title:(".repeat(100_000)]
    {
        assert!(parse(&query).is_err());
    }
}
