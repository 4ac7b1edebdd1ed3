//! All that a plugin author depends on.
//!
//! A plugin is a type that implements [`Plugin`] and one of [`FilterPlugin`], [`SourcePlugin`] and
//! [`SinkPlugin`], and one line that packs it: [`export!`]. The same source is then a sandboxed WASM
//! component, a crate that a program links in, and something that a unit test calls.
//!
//! ```
//! use crible_sdk::{ConfigError, Filter, FilterPlugin, Plugin, Rows, StageError, Verdicts};
//!
//! /// Drops what shouts.
//! struct Quiet;
//!
//! impl Plugin for Quiet {
//!     const SPEC: &'static str = r#"{"name": "quiet", "about": {"en": "Drops what shouts.",
//!         "fr": "Écarte ce qui crie."}, "stateless": true, "config": {"type": "object"}}"#;
//! }
//!
//! impl FilterPlugin for Quiet {
//!     fn configure(_config: &str, _state: Option<&[u8]>) -> Result<Self, ConfigError> {
//!         Ok(Self)
//!     }
//! }
//!
//! impl Filter for Quiet {
//!     fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
//!         for message in rows.iter().filter(|message| message.text().ends_with("!!!")) {
//!             out.drop(message.row(), "it shouts");
//!         }
//!         Ok(())
//!     }
//! }
//!
//! crible_sdk::export!(filter: Quiet);
//! # fn main() {
//! # let judged = crible_sdk::testing::judge(&mut Quiet, &[
//! #     crible_sdk::Message { text: "YES!!!".into(), ..Default::default() }], 1);
//! # assert_eq!(judged[0].reason, "it shouts");
//! # }
//! ```

pub mod blocks;
mod content;
#[cfg(target_family = "wasm")]
#[doc(hidden)]
pub mod guest;
pub mod json;
pub mod links;
pub mod log;
#[cfg(feature = "recency")]
pub mod recency;
mod settings;
mod sites;
pub mod snapshot;
#[cfg(not(target_family = "wasm"))]
pub mod testing;
#[cfg(feature = "words")]
pub mod words;

pub use content::content;
pub use crible_core::*;
pub use settings::{duration, settings, size, window};
pub use sites::{site, site_of};

/// Packs a plugin: `export!(filter: MyFilter)`, `export!(source: MySource)`, `export!(sink: MySink)`.
///
/// On a WASM target it makes the component's exports; elsewhere a function `linked()` that gives the
/// plugin to a program which links it in.
#[macro_export]
macro_rules! export {
    ($kind:ident : $plugin:ty) => {
        /// The plugin, for a program that links it in.
        #[cfg(not(target_family = "wasm"))]
        pub fn linked() -> $crate::Linked {
            $crate::Linked::$kind::<$plugin>()
        }

        #[cfg(target_family = "wasm")]
        $crate::export_guest!($kind : $plugin);
    };
}
