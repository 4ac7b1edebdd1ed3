//! Words as they are compared: one way to fold a text and one to find its words, for all plugins.
//!
//! [Folding] makes compatibility forms the ordinary letters (`ﬁ`, `Ａ`, `𝐀`), takes letter case and accents
//! away unless they matter, and makes every character that is part of no word a space, unless it is ASCII. So in a
//! folded text a byte above 127 is always part of a word. A word is a run of letters and digits; an emoji, and a
//! character of a script that is written without spaces, is one by itself.
//!
//! ```
//! use crible_sdk::words::{Folding, WordScan};
//!
//! let mut scan = WordScan::new(Folding::default());
//! scan.read("L’été, c'est #Fini 👍🏽");
//! let words: Vec<&[u8]> = scan.words().map(|word| scan.bytes(word)).collect();
//! assert_eq!(words, [&b"l"[..], b"ete", b"c", b"est", b"fini", "👍".as_bytes()]);
//! assert_eq!(scan.words().nth(4).map(|word| scan.sign_before(word)), Some(b'#'));
//! ```

mod chunks;
mod fold;
mod scan;

pub use chunks::{Chunks, chunks};
pub use fold::{FoldTable, Folding, begins_word, is_word_char};
pub use scan::{Word, WordScan};
