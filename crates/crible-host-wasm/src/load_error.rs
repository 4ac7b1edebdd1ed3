//! Why a file is no plugin that can be loaded.

use std::fmt;

use crible_core::Kind;
use crible_wit::VERSION;

/// Why a file is no plugin that can be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// It is no WASM at all.
    NotWasm {
        /// What it starts with.
        starts: String,
    },
    /// It is a core module that no component was made of.
    CoreModule,
    /// It claims to be a component but cannot be compiled.
    Broken {
        /// What the compiler says.
        why: String,
    },
    /// It was built against another version of the contract.
    Contract {
        /// That version.
        theirs: String,
    },
    /// It is of no world of the contract.
    NoWorld {
        /// What it exports.
        exports: Vec<String>,
    },
    /// It lacks an export of its world.
    Missing {
        /// What it seems to be.
        kind: Kind,
        /// An export of that world that it has.
        has: String,
        /// The exports that it lacks.
        lacks: Vec<String>,
    },
    /// An export is not of the contract's type.
    Signature {
        /// The export.
        export: String,
        /// What it should be, in WIT.
        expected: String,
    },
    /// It imports what the host does not have.
    Import {
        /// The interface.
        name: String,
        /// What is wrong about it.
        why: String,
    },
    /// The host itself cannot run.
    Host {
        /// Why.
        why: String,
    },
}

impl LoadError {
    /// What is wrong, in a sentence.
    pub fn message(&self) -> String {
        match self {
            Self::NotWasm { starts } if starts.is_empty() => {
                "this is not a WASM component: it is empty".into()
            }
            Self::NotWasm { starts } => format!("this is not a WASM component: it starts with {starts}"),
            Self::CoreModule => "this is a core WASM module, not a component".into(),
            Self::Broken { why } => format!("this component is broken: {why}"),
            Self::Contract { theirs } => {
                format!("this plugin was built against crible:plugin@{theirs}; this crible speaks {VERSION}")
            }
            Self::NoWorld { exports } if exports.is_empty() => {
                "this component is no plugin: it exports nothing".into()
            }
            Self::NoWorld { exports } => {
                format!("this component is no plugin: it exports {}", quoted(exports))
            }
            Self::Missing { has, lacks, .. } => format!("it exports `{has}` but not {}", quoted(lacks)),
            Self::Signature { export, expected } => {
                format!("its `{export}` is not what the contract says: {expected}")
            }
            Self::Import { name, why } => format!("it imports `{name}`: {why}"),
            Self::Host { why } => format!("the WASM runtime cannot start: {why}"),
        }
    }

    /// What to do about it, where that is known.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NotWasm { .. } => "name a file that `cargo build --target wasm32-wasip2` made, or another \
                                     compiler of WASM components"
                .into(),
            Self::CoreModule => {
                "build it for wasm32-wasip2, or wrap it with `wasm-tools component new`".into()
            }
            Self::Broken { .. } => "build it again; the file may have been cut short".into(),
            Self::Contract { .. } => format!("build it again with version {VERSION} of crible-sdk"),
            Self::NoWorld { .. } => "a plugin exports `read` (a source), `judge` (a filter) or `write` (a \
                                     sink); in Rust, `crible_sdk::export!` does that"
                .into(),
            Self::Missing { kind, .. } => format!(
                "a {kind} exports all of the world `{kind}` of crible:plugin@{VERSION}; in Rust, \
                 `crible_sdk::export!` does that"
            ),
            Self::Signature { .. } => format!("build it against crible:plugin@{VERSION}"),
            Self::Import { .. } => {
                "plugins get messages, a log and, if they are sources or sinks, files; of \
                                    WASI 0.2 there is as much as programs need to start"
                    .into()
            }
            Self::Host { .. } => return None,
        })
    }
}

fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        self.hint().iter().try_for_each(|hint| write!(f, "\n  {hint}"))
    }
}

impl std::error::Error for LoadError {}
