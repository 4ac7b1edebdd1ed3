//! What a plugin imports: what it can read, and whether the host has it.

use crible_core::Kind;
use crible_wit::{LOGGING, MESSAGES, STREAMS, VERSION};
use wasmtime::Engine;
use wasmtime::component::types::{self, ComponentItem};

use crate::load_error::LoadError;

/// What a plugin can do, as far as its imports tell: it has no other way to reach anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// What it is.
    pub kind: Kind,
    /// The version of the contract that it was built against.
    pub contract: String,
    /// The getters of a batch that it can call, such as `texts` and `authors`: what it can read.
    pub reads: Vec<String>,
    /// The setters that it can call, such as `outcomes` and `reasons`: what it can answer.
    pub answers: Vec<String>,
    /// Whether it can ask for files and standard streams, each of which must be granted.
    pub streams: bool,
    /// The interfaces of WASI that it imports; nothing is granted by any of them.
    pub wasi: Vec<String>,
    /// How large it is, in bytes.
    pub size: usize,
}

const PACKAGE: &str = "crible:plugin/";
const WASI: [&str; 6] =
    ["wasi:cli/", "wasi:clocks/", "wasi:filesystem/", "wasi:io/", "wasi:random/", "wasi:sockets/"];

/// Look at a component's imports.
///
/// # Errors
/// Where it was built against another version of the contract.
pub(crate) fn inspect(
    engine: &Engine,
    component: &types::Component,
    kind: Kind,
    size: usize,
) -> Result<Inspection, LoadError> {
    let mut found = Inspection {
        kind,
        contract: contract(engine, component)?,
        reads: vec![],
        answers: vec![],
        streams: false,
        wasi: vec![],
        size,
    };
    for (name, import) in component.imports(engine) {
        if name.starts_with("wasi:") {
            found.wasi.push(name.to_owned());
        } else if interface(name) == interface(STREAMS) {
            found.streams = true;
        } else if let (true, ComponentItem::ComponentInstance(messages)) =
            (interface(name) == interface(MESSAGES), import.ty)
        {
            for (method, _) in messages.exports(engine) {
                match method.strip_prefix("[method]").and_then(|method| method.split_once('.')) {
                    Some(("batch", getter)) => found.reads.push(getter.to_owned()),
                    Some((_, setter)) => found.answers.push(setter.to_owned()),
                    None => {}
                }
            }
        }
    }
    Ok(found)
}

/// The version of the contract that a component was built against, or ours where it imports nothing of it.
pub(crate) fn contract(engine: &Engine, component: &types::Component) -> Result<String, LoadError> {
    let versions = component.imports(engine).filter_map(|(name, _)| {
        name.strip_prefix(PACKAGE).and_then(|rest| rest.split_once('@')).map(|(_, version)| version)
    });
    let mut theirs = VERSION;
    for version in versions {
        if track(version) != track(VERSION) {
            return Err(LoadError::Contract { theirs: version.to_owned() });
        }
        theirs = version;
    }
    Ok(theirs.to_owned())
}

/// Whether the host has all that a component imports.
///
/// # Errors
/// The first interface that it has not.
pub(crate) fn check(engine: &Engine, component: &types::Component, kind: Kind) -> Result<(), LoadError> {
    let refuse = |name: &str, why: &str| {
        let (name, why) = (name.to_owned(), why.to_owned());
        Err(LoadError::Import { name, why })
    };
    for (name, import) in component.imports(engine) {
        // Types at the root are names of what an interface has.
        if matches!(import.ty, ComponentItem::Type(_) | ComponentItem::Resource(_)) {
            continue;
        }
        match interface(name) {
            STREAMS_NAME if kind == Kind::Filter => {
                return refuse(name, "a filter gets no files; only sources and sinks do");
            }
            MESSAGES_NAME | LOGGING_NAME | STREAMS_NAME => {}
            _ if WASI.iter().any(|package| name.starts_with(package)) => {}
            _ => return refuse(name, "this crible does not have it"),
        }
    }
    Ok(())
}

const MESSAGES_NAME: &str = interface(MESSAGES);
const LOGGING_NAME: &str = interface(LOGGING);
const STREAMS_NAME: &str = interface(STREAMS);

/// An interface's name without its version.
const fn interface(name: &str) -> &str {
    let mut at = 0;
    while at < name.len() {
        if name.as_bytes()[at] == b'@' {
            return name.split_at(at).0;
        }
        at += 1;
    }
    name
}

/// The part of a version within which all fit together: `0.1` of `0.1.3`.
fn track(version: &str) -> &str {
    version.rsplit_once('.').map_or(version, |(track, _)| track)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_one_track_fit_together() {
        assert_eq!(track("0.1.7"), track(VERSION));
        assert_ne!(track("0.9.0"), track(VERSION));
        assert_eq!(interface("crible:plugin/messages@0.1.7"), MESSAGES_NAME);
    }
}
