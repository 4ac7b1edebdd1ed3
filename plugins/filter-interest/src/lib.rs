//! Ranks messages by how close they are to what the reader cares for. See `plugin.json`.

mod background;
mod common_words;
mod compound;
mod feedback;
mod fold;
mod folded;
mod interest;
mod letters;
mod messages;
mod ranked;
mod ranker;
mod recipe;
mod runs;
mod settings;
mod snapshot;
mod stage;
mod stem;
mod stop_words;
mod table;
mod words;

pub use interest::Wish;
pub use ranker::{Closeness, Ranker};
pub use recipe::Recipe;
pub use stage::InterestFilter;

crible_sdk::export!(filter: InterestFilter);
