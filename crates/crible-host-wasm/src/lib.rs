//! Runs plugins as WASM components under limits and grants.
//!
//! A [`WasmHost`] loads a component into a [`Plugin`]; a plugin makes stages: [`Source`], [`Filter`] and
//! [`Sink`] of the core. One stage is one instance with a memory of its own.
//!
//! A stage that traps, overruns a limit or breaks the contract answers with a fault, and with the same
//! fault from then on: whoever wants to go on makes another stage from the plugin.
//!
//! ```no_run
//! use crible_host_wasm::{HostOptions, StageOptions, WasmHost};
//!
//! let host = WasmHost::new(HostOptions::default());
//! let plugin = host.load("quiet", &std::fs::read("quiet.wasm")?)?;
//! println!("{} reads {:?}", plugin.spec()?.name, plugin.inspect().reads);
//! let filter = plugin.filter(&StageOptions::named("calm"), "{}", None)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Source`]: crible_core::Source
//! [`Filter`]: crible_core::Filter
//! [`Sink`]: crible_core::Sink

mod engine;
mod exports;
mod fault;
mod filter;
mod guest;
mod host;
mod imports;
mod instance;
mod limits;
mod link;
mod load_error;
mod log;
mod memory;
mod output;
mod plugin;
mod sheet;
mod sink;
mod source;
mod ticker;

pub use host::{HostOptions, WasmHost};
pub use imports::Inspection;
pub use limits::{Limits, StageOptions};
pub use load_error::LoadError;
pub use plugin::{ConfigureError, Plugin};
