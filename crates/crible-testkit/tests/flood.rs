//! The laws that a flood promises.

use std::collections::{HashMap, HashSet};

use crible_testkit::{
    Row,
    flood::{Flood, query_rules, words},
};

fn flood(messages: u64) -> Vec<Row> {
    Flood { messages, authors: 1_000, ..Flood::default() }.rows().collect()
}

#[test]
fn the_same_values_give_the_same_bytes() {
    let write = |seed| {
        let mut bytes = Vec::new();
        let written = Flood { seed, messages: 2_000, ..Flood::default() }
            .write_ndjson(&mut bytes)
            .expect("a Vec takes all");
        assert_eq!(written, bytes.len() as u64);
        bytes
    };
    assert_eq!(write(5), write(5));
    assert_ne!(write(5), write(6));
}

#[test]
fn a_flood_does_not_change_between_versions() {
    // Benchmarks are compared over years: a change here makes old figures worthless.
    let mut bytes = Vec::new();
    Flood { messages: 5_000, ..Flood::default() }.write_ndjson(&mut bytes).expect("a Vec takes all");
    let fnv = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    assert_eq!(format!("{fnv:016x}"), "471b95c0616637ca");
}

#[test]
fn a_fifth_of_the_authors_writes_four_fifths() {
    let mut written: HashMap<String, u32> = HashMap::new();
    for row in flood(50_000) {
        *written.entry(row.author).or_default() += 1;
    }
    let mut counts: Vec<u32> = written.into_values().collect();
    counts.sort_unstable_by(|one, other| other.cmp(one));
    let share = f64::from(counts.iter().take(200).sum::<u32>()) / 50_000.0;
    assert!((0.77..0.83).contains(&share), "{share}");
}

#[test]
fn a_quarter_repeats_an_earlier_message() {
    let (mut texts, mut pages) = (HashSet::new(), HashSet::new());
    let (mut exact, mut respelled, mut tracked) = (0, 0, 0);
    let mut exact_texts = HashSet::new();
    let rows = flood(20_000);
    for row in &rows {
        let plain = row.text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        let page = row.url.split('?').next().unwrap_or_default().to_owned();
        let known_text = !texts.insert(plain);
        let known_page = !page.is_empty() && !pages.insert(page);
        if !exact_texts.insert(row.text.clone()) {
            exact += 1;
        } else if known_text {
            respelled += 1;
        } else if known_page {
            tracked += 1;
        }
    }
    let share = f64::from(exact + respelled + tracked) / rows.len() as f64;
    assert!((0.23..0.27).contains(&share), "{share}");
    assert!(exact > 1_000 && respelled > 500 && tracked > 250, "{exact} {respelled} {tracked}");
}

#[test]
fn texts_are_of_the_promised_length_and_in_two_languages() {
    let rows = flood(20_000);
    let mean = rows.iter().map(|row| row.text.len()).sum::<usize>() / rows.len();
    assert!((180..230).contains(&mean), "{mean}");
    let french = rows.iter().filter(|row| row.lang == "fr").count();
    assert!((8_000..12_000).contains(&french), "{french}");
    let pages = rows.iter().filter(|row| !row.url.is_empty()).count();
    assert!((6_000..7_400).contains(&pages), "{pages}");
    let vocabulary: HashSet<&str> = rows.iter().flat_map(|row| row.text.split_whitespace()).collect();
    assert!(vocabulary.len() > 6_000, "{}", vocabulary.len());
}

#[test]
fn time_goes_forward_at_the_rate_asked_for() {
    let flood = Flood { messages: 7_200, per_second: 2.0, ..Flood::default() };
    let rows: Vec<Row> = flood.rows().collect();
    assert!(rows.is_sorted_by(|one, next| at_the_millisecond(one) <= at_the_millisecond(next)));
    assert!(rows[0].created_at.starts_with("2026-03-14T00:00:00"));
    assert!(rows[7_199].created_at.starts_with("2026-03-14T00:59:59"), "{}", rows[7_199].created_at);
}

fn at_the_millisecond(row: &Row) -> String {
    let (seconds, fraction) = row.created_at.trim_end_matches('Z').split_at(19);
    format!("{seconds}{fraction:.<4}")
}

#[test]
fn a_flood_can_be_read_from_the_middle() {
    let flood = Flood { messages: 3_000, ..Flood::default() };
    let all: Vec<Row> = flood.rows().collect();
    assert_eq!(all.len(), 3_000);
    let ids: HashSet<&str> = all.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids.len(), all.len());
    assert_eq!(flood.rows().nth(2_900), Some(all[2_900].clone()));
    assert_eq!(flood.rows().skip(2_990).count(), 10);
    assert_eq!(flood.rows().nth(3_000), None);
}

#[test]
fn lines_are_json_that_reads_back_as_the_rows() {
    let flood = Flood { messages: 500, ..Flood::default() };
    let mut bytes = Vec::new();
    flood.write_ndjson(&mut bytes).expect("a Vec takes all");
    let text = String::from_utf8(bytes).expect("JSON is UTF-8");
    let read: Vec<Row> = text.lines().map(|line| serde_json::from_str(line).expect("a row")).collect();
    assert!(read.iter().eq(flood.rows().collect::<Vec<_>>().iter()));
}

#[test]
fn words_are_as_many_as_asked_and_all_different() {
    let many = words(10_000, 3);
    assert_eq!(many.len(), 10_000);
    assert_eq!(many.iter().collect::<HashSet<_>>().len(), 10_000);
    assert_eq!(words(10, 3), many[..10]);

    let texts = flood(20_000).iter().fold(String::new(), |all, row| all + &row.text.to_lowercase() + " ");
    let used: HashSet<&str> = texts.split(|letter: char| !letter.is_alphanumeric()).collect();
    let known = words(1_000, 3).iter().filter(|word| used.contains(word.as_str())).count();
    assert!(known > 700, "only {known} of 1000 words occur in a flood");
}

#[test]
fn a_hundred_rules_match_a_fifth_of_the_messages() {
    let rules = query_rules(100, 1);
    let rows = flood(10_000);
    let matched = rows
        .iter()
        .filter(|row| {
            let tokens = tokens(&row.text);
            rules.iter().any(|rule| matches(&rule.query, row, &tokens))
        })
        .count();
    assert!((1_000..3_000).contains(&matched), "{matched} of 10000");
}

/// The forms that `query_rules` writes, evaluated the slow and obvious way.
fn matches(query: &str, row: &Row, tokens: &[String]) -> bool {
    if let Some((one, other)) = query.split_once(" OR ") {
        return matches(one, row, tokens) || matches(other, row, tokens);
    }
    if let Some((one, other)) = query.split_once(" AND NOT ") {
        return matches(one, row, tokens) && !matches(other, row, tokens);
    }
    if let Some((one, other)) = query.split_once(" AND ") {
        return matches(one, row, tokens) && matches(other, row, tokens);
    }
    if let Some((one, other)) = query.split_once(" NEAR/5 ") {
        let places = |word: &str| {
            let word = word.trim_matches('"').to_owned();
            tokens.iter().enumerate().filter(move |(_, token)| **token == word).map(|(place, _)| place)
        };
        return places(one).any(|here| places(other).any(|there| here != there && here.abs_diff(there) <= 5));
    }
    if let Some(value) = query.strip_prefix("followers:>") {
        return row.followers > value.parse().expect("a number");
    }
    if let Some(value) = query.strip_prefix("likes:>=") {
        return row.likes >= value.parse().expect("a number");
    }
    if let Some(value) = query.strip_prefix("lang:") {
        return row.lang == value;
    }
    if let Some(value) = query.strip_prefix("tag:") {
        return row.tags.iter().any(|tag| tag == value.trim_matches('"'));
    }
    if let Some(start) = query.strip_suffix('*') {
        return tokens.iter().any(|token| token.starts_with(start));
    }
    let wanted = self::tokens(query);
    tokens.windows(wanted.len()).any(|window| window == wanted)
}

fn tokens(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|token| !token.is_empty())
        .map(str::to_owned)
        .collect()
}
