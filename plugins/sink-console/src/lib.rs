//! The sink `console`: messages for people to read.

mod block;
mod clean;
mod clock;
mod fold;
mod reasons;
mod sink;

pub use sink::Console;

crible_sdk::export!(sink: Console);
