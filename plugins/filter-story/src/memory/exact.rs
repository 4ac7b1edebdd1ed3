//! What the index finds, beside the exact truth: what comparing with every story finds.

use std::io::Read;

use crible_testkit::{real_data_test, shared_data};

use super::*;
use crate::words::Reader;

#[path = "../../tests/retelling/mod.rs"]
mod retelling;
use retelling::{Prng, retell};

impl Memory {
    /// The same as [`Memory::find_text`] by comparing with every story.
    fn find_exhaustively(&mut self, text: &Reader) -> Option<usize> {
        self.likeness.weigh(text.words(), &self.commonness);
        let like = self.stories.iter().enumerate().filter_map(|(place, story)| {
            Some((self.likeness.of(text, self.texts.words(story), &self.commonness)?, place))
        });
        like.max_by_key(|&(likeness, place)| (likeness, Reverse(place))).map(|(_, place)| place)
    }
}

/// What became of 20,000 titles, each tenth of them followed by an earlier one that is told again.
#[derive(Default)]
struct Outcome {
    /// How many comparing with every story finds, and how many of these the index finds: that story, or any.
    exact: usize,
    same: usize,
    any: usize,
}

impl Outcome {
    /// Compare for every message, or for those only that were told again on purpose.
    fn of_titles(every_message: bool) -> Self {
        let packed = std::fs::File::open(shared_data("reddit_top_titles_30k.jsonl.gz")).unwrap();
        let mut json = String::new();
        flate2::read::GzDecoder::new(packed).read_to_string(&mut json).unwrap();
        let title = |line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned()
        };
        let titles: Vec<String> = json.lines().take(20_000).map(title).collect();
        let (mut outcome, mut prng) = (Self::default(), Prng(3));
        let (mut memory, mut reader) = (Memory::new(1, 50_000), Reader::default());
        for (at, title) in titles.iter().enumerate() {
            outcome.tell(title, every_message, &mut memory, &mut reader);
            if at % 10 == 9 {
                let (told, _) = retell(&titles[prng.below(at)], &mut prng);
                outcome.tell(&told, true, &mut memory, &mut reader);
            }
        }
        let Self { exact, same, any } = outcome;
        println!("the exact truth is {exact} retellings: {same} found, {} taken for another's", any - same);
        outcome
    }

    fn tell(&mut self, text: &str, compare: bool, memory: &mut Memory, reader: &mut Reader) {
        reader.read("", text);
        let exact = if compare { memory.find_exhaustively(reader) } else { None };
        let found = memory.find_text(reader);
        if exact.is_some() {
            self.exact += 1;
            self.same += usize::from(exact == found);
            self.any += usize::from(found.is_some());
        }
        if found.is_none() {
            memory.remember(reader.words(), [0; KEYS], Teller::default());
        }
    }
}

real_data_test! {
    fn the_index_finds_what_comparing_with_every_story_finds() {
        let Outcome { exact, same, .. } = Outcome::of_titles(false);
        assert!(exact > 1_500 && same * 100 >= exact * 98, "{same} of {exact}");
    }
}

#[test]
#[ignore = "compares 22,000 messages with every story before them, which takes a minute in release"]
fn the_index_finds_the_exact_truth_of_20000_titles() {
    let Outcome { exact, same, .. } = Outcome::of_titles(true);
    assert!(exact > 1_500 && same * 100 >= exact * 98, "{same} of {exact}");
}
