//! The plugin contract: the WIT package `crible:plugin` and what Rust needs to speak it.
//!
//! The contract itself, documented function by function, is `wit/crible.wit`: [`WIT`].

#[cfg(target_family = "wasm")]
pub mod guest;
#[cfg(feature = "host")]
pub mod host;

/// The text of the WIT package.
pub const WIT: &str = include_str!("../wit/crible.wit");

/// The version of the contract. Components that were built against another `0.1.x` load as well.
pub const VERSION: &str = "0.1.0";

/// The interface of batches and answers, as components import it.
pub const MESSAGES: &str = "crible:plugin/messages@0.1.0";
/// The interface of the log.
pub const LOGGING: &str = "crible:plugin/logging@0.1.0";
/// The interface of files and standard streams.
pub const STREAMS: &str = "crible:plugin/streams@0.1.0";
