//! The bundled plugins, built.
//!
//! The components lie in `components/`, made by `cargo xtask plugins` from the crates in `plugins/`, with
//! a lock ([`lock`]) of the sources that each was made from.

mod list;
pub mod lock;

#[cfg(feature = "linked")]
pub use list::linked;
#[cfg(feature = "components")]
pub use list::{Bundled, bundled};
pub use list::{Plugin, plugins};
