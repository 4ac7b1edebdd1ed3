//! The addresses that people really post.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use crible_sdk::links::{Link, addresses};
use crible_testkit::{real_data_test, shared_data};
use serde_json::Value;

/// The distinct addresses of the messages of a file, in their own field and in their texts.
fn addresses_of(file: &str) -> BTreeSet<String> {
    let mut lines = String::new();
    let packed = std::fs::File::open(shared_data(file)).unwrap();
    flate2::read::MultiGzDecoder::new(packed).read_to_string(&mut lines).unwrap();
    let of = |line: &str| {
        let message: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| message[name].as_str().unwrap_or_default().to_owned();
        let mut all: Vec<String> = addresses(&text("text")).map(str::to_owned).collect();
        all.push(text("url"));
        all
    };
    lines.lines().flat_map(of).filter(|address| Link::of_web(address).is_some()).collect()
}

fn canonical(address: &str) -> String {
    let mut out = Vec::new();
    Link::read(address).write_canonical(&mut out);
    String::from_utf8(out).unwrap()
}

real_data_test! {
    fn a_canonical_address_is_its_own_and_few_are_one() {
        for file in ["reddit_top_titles_30k.jsonl.gz", "reddit_top_french_subreddits.jsonl.gz", "crisislex_t6.jsonl.gz"] {
            let all = addresses_of(file);
            let mut pages: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for address in &all {
                let page = canonical(address);
                assert_eq!(canonical(&page), page, "{address}");
                pages.entry(page).or_default().push(address);
            }
            let merged: Vec<_> = pages.iter().filter(|(_, written)| written.len() > 1).collect();
            println!("{file}: {} addresses, {} pages, {} of them written in more than one way", all.len(), pages.len(), merged.len());
            for (page, written) in &merged {
                println!("  {page}: {}", written.join(" "));
            }
            assert!(merged.len() * 20 < all.len(), "a form that makes so many pages one cannot be right");
        }
    }
}
