//! The filter expressions of another reader's test suite, translated where the meaning is the same.

#![allow(clippy::unwrap_used)]

use crible_testkit::{real_data_test, shared_data};
use filter_query::{Config, Document, RuleList, Rules};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;

/// How many of the suite's expressions must be translated for this test to mean anything.
const AT_LEAST: usize = 100;

const TEXTS: [&str; 3] = ["text", "title", "channel"];
const COUNTS: [&str; 3] = ["followers", "likes", "reposts"];

fn suite() -> Value {
    let packed = std::fs::File::open(shared_data("suite_newsboat-filter.tar.gz")).unwrap();
    let mut tar = Vec::new();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut tar).unwrap();
    // An archive is a row of 512-byte headers, each followed by its file, padded.
    let mut at = 0;
    while let Some(header) = tar.get(at..at + 512).filter(|header| header[0] != 0) {
        let name = String::from_utf8_lossy(&header[..100]);
        let octal = String::from_utf8_lossy(&header[124..135]).into_owned();
        let size = usize::from_str_radix(octal.trim(), 8).unwrap();
        if name.trim_end_matches('\0').ends_with("matcher.json") {
            return serde_json::from_slice(&tar[at + 512..at + 512 + size]).unwrap();
        }
        at += 512 + size.div_ceil(512) * 512;
    }
    panic!("the archive holds no matcher.json");
}

/// Reads an expression and writes the query; `None` where it means something else here.
struct Translator<'a> {
    rest: &'a str,
    item: &'a BTreeMap<String, String>,
}

impl<'a> Translator<'a> {
    fn whole(mut self) -> Option<String> {
        let query = self.or()?;
        self.rest.trim().is_empty().then_some(query)
    }

    fn or(&mut self) -> Option<String> {
        let mut query = self.and()?;
        while self.take("or") {
            query = format!("{query} OR {}", self.and()?);
        }
        Some(query)
    }

    fn and(&mut self) -> Option<String> {
        let mut query = self.one()?;
        while self.take("and") {
            query = format!("{query} AND {}", self.one()?);
        }
        Some(query)
    }

    fn one(&mut self) -> Option<String> {
        if self.take("(") {
            let inner = self.or()?;
            return self.take(")").then(|| format!("({inner})"));
        }
        let name = self.run(|c| c.is_ascii_alphabetic() || c == '_');
        let operators = ["==", "=~", "=", "!=", "!~", "!#", "#", ">=", "<=", ">", "<", "between"];
        let operator = operators.into_iter().find(|operator| self.take(operator))?;
        let value = if self.take("\"") {
            let (value, rest) = self.rest.split_once('"')?;
            self.rest = rest;
            value
        } else {
            self.run(|c| c.is_ascii_digit() || c == ':')
        };
        let place = self.item.keys().position(|key| key == name).unwrap_or(0);
        let number = |text: &str| text.parse::<u64>().ok();
        let is_number = self.item.get(name).is_none_or(|held| number(held).is_some());
        let exact = format!("{}:/^{}$/", TEXTS.get(place)?, value.replace('/', "\\/"));
        match operator {
            "=" | "==" => Some(exact),
            "!=" => Some(format!("-{exact}")),
            "=~" => Some(format!("{}:/{value}/i", TEXTS[place])),
            "!~" => Some(format!("-{}:/{value}/i", TEXTS[place])),
            "#" => Some(format!("tag:\"{value}\"")),
            "!#" => Some(format!("-tag:\"{value}\"")),
            "between" if is_number => {
                let (from, to) = value.split_once(':')?;
                let (from, to) = (number(from)?, number(to)?);
                Some(format!("{}:{}..{}", COUNTS.get(place)?, from.min(to), from.max(to)))
            }
            ">" | "<" | ">=" | "<=" if is_number => {
                Some(format!("{}:{operator}{}", COUNTS.get(place)?, number(value)?))
            }
            _ => None,
        }
    }

    fn take(&mut self, wanted: &str) -> bool {
        let found = self.rest.trim_start().strip_prefix(wanted);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn run(&mut self, of: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest.trim_start();
        let (run, rest) = rest.split_at(rest.find(|c| !of(c)).unwrap_or(rest.len()));
        self.rest = rest;
        run
    }
}

fn matches(query: &str, item: &BTreeMap<String, String>) -> bool {
    let keep = RuleList::One(query.to_owned());
    let rules = Rules::compile(&Config { keep, ..Config::default() })
        .unwrap_or_else(|error| panic!("{query}: {error}"));
    let values: Vec<&str> = item.values().map(String::as_str).collect();
    let text = |place: usize| values.get(place).copied().unwrap_or_default();
    let count = |place: usize| text(place).parse().unwrap_or_default();
    let tags: Vec<&str> = values.iter().flat_map(|value| value.split(' ')).collect();
    let document = Document {
        text: text(0),
        title: text(1),
        channel: text(2),
        tags: &tags,
        followers: count(0),
        likes: count(1),
        reposts: count(2),
        ..Document::default()
    };
    rules.judge(&mut rules.memory(), &document).kept
}

real_data_test! {
    fn expressions_with_the_same_meaning_have_the_same_verdict() {
        let suite = suite();
        let cases = || ["match", "parse"].iter().flat_map(|part| suite[part].as_array().unwrap());
        let mut translated = 0;
        for case in cases() {
            let expression = case["expr"].as_str().unwrap();
            let item: BTreeMap<String, String> = serde_json::from_value(case["item"].clone()).unwrap_or_default();
            if case["parses"] != true {
                continue;
            }
            let Some(query) = (Translator { rest: expression, item: &item }).whole() else { continue };
            let verdict = matches(&query, &item);
            if let Some(expected) = case["matches"].as_bool() {
                assert_eq!(verdict, expected, "{expression} as {query} of {item:?}");
            }
            translated += 1;
        }
        println!("{translated} of {} expressions translated", cases().count());
        assert!(translated >= AT_LEAST, "only {translated} expressions were translated");
    }
}
