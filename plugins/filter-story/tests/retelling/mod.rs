//! Tells texts again as people and their programs do, the same way every time.

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub(crate) struct Prng(pub(crate) u64);

impl Prng {
    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }
}

/// How a text was told again.
pub(crate) const WAYS: [&str; 5] = ["reordered", "truncated", "another URL", "RT @x:", "typos"];

/// Tell a text again in one way or, three times of ten, in two; says which.
pub(crate) fn retell(text: &str, prng: &mut Prng) -> (String, Vec<usize>) {
    let mut ways = vec![prng.below(WAYS.len())];
    if prng.below(10) < 3 {
        let second = prng.below(WAYS.len());
        if second != ways[0] {
            ways.push(second);
        }
    }
    // What is put around a text comes last.
    ways.sort_by_key(|&way| [0, 1, 3, 4, 2][way]);
    let mut told = text.to_owned();
    for &way in &ways {
        told = match WAYS[way] {
            "reordered" => reordered(&told, prng),
            "truncated" => truncated(&told, prng),
            "another URL" => format!("{told} http://t.co/{:06x}", prng.below(1 << 24)),
            "RT @x:" => passed_on(&told, prng),
            _ => with_typos(&told, prng),
        };
    }
    (told, ways)
}

/// The end first, and sometimes two words that changed places.
fn reordered(text: &str, prng: &mut Prng) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let len = words.len();
    if len > 1 {
        words.rotate_left(1 + prng.below(len - 1));
        if prng.below(2) == 0 {
            words.swap(prng.below(len), prng.below(len));
        }
    }
    words.join(" ")
}

/// Its first half or more, cut anywhere.
fn truncated(text: &str, prng: &mut Prng) -> String {
    let len = text.chars().count();
    let kept = len * (50 + prng.below(45)) / 100;
    let mut told: String = text.chars().take(kept.max(1)).collect();
    told.push_str(["…", "...", ""][prng.below(3)]);
    told
}

fn passed_on(text: &str, prng: &mut Prng) -> String {
    let name = ["zoe", "max_12", "journal", "Léa", "the.news"][prng.below(5)];
    match prng.below(4) {
        0 => format!("{text} via @{name}"),
        1 => format!("RT @{name}: RT @max: {text}"),
        _ => format!("RT @{name}: {text}"),
    }
}

/// One slip in eight words, at least one: a letter lost, doubled, replaced, or two that changed places.
fn with_typos(text: &str, prng: &mut Prng) -> String {
    let mut words: Vec<Vec<char>> = text.split(' ').map(|word| word.chars().collect()).collect();
    let long: Vec<usize> = (0..words.len()).filter(|&at| words[at].len() >= 4).collect();
    for _ in 0..=words.len() / 8 {
        if long.is_empty() {
            break;
        }
        let word = &mut words[long[prng.below(long.len())]];
        let at = prng.below(word.len());
        match prng.below(4) {
            0 => _ = word.remove(at),
            1 => word.insert(at, word[at]),
            2 => word[at] = char::from(b'a' + prng.below(26) as u8),
            _ if at > 0 => word.swap(at - 1, at),
            _ => word.swap(0, 1),
        }
        if word.len() < 2 {
            break;
        }
    }
    words.into_iter().map(String::from_iter).collect::<Vec<_>>().join(" ")
}
