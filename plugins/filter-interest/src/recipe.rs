//! What the ranking is made of.

/// The parts of the ranking. Leave one out to see what it gains.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// How slowly a word that is said again goes on counting: `k1` of BM25.
    pub saturation: f32,
    /// How much longer messages are held back, 0 to 1: `b` of BM25.
    pub lengths: f32,
    /// How much it matters that a word is rare, 0 to 1.
    pub rarity: f32,
    /// Forms of one word are one.
    pub stems: bool,
    /// A word that begins like one of the interest counts a little.
    pub beginnings: bool,
    /// Tags are taken apart: `#PrayForBoston`, `#prayforboston`, `#bostonmarathon`.
    pub tags: bool,
    /// Words that stand side by side in the interest count more where they do so in a message.
    pub pairs: bool,
    /// Names, written with a capital within a sentence, count more.
    pub names: bool,
    /// What the interest says first counts more.
    pub order: bool,
    /// Words by which one asks ("I want news about …") are left out.
    pub asking: bool,
    /// A message must meet much of the interest to be close.
    pub coordination: bool,
    /// Which words are common is known before the first message.
    pub known_words: bool,
    /// Words that the best messages speak of are looked for too.
    pub added_words: bool,
    /// Words of the interest count as much as the best messages speak of them.
    pub tested_words: bool,
}

impl Recipe {
    /// BM25 with its usual constants over stems, and nothing else.
    pub const BM25: Self = Self {
        saturation: 1.2,
        lengths: 0.75,
        rarity: 1.0,
        stems: true,
        beginnings: false,
        tags: false,
        pairs: false,
        names: false,
        order: false,
        asking: false,
        coordination: false,
        known_words: false,
        added_words: false,
        tested_words: false,
    };

    /// How many different words the message and the interest share.
    pub const OVERLAP: Self = Self { saturation: 0.0, lengths: 0.0, rarity: 0.0, ..Self::BM25 };
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
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
        }
    }
}
