//! What a plugin of each kind exports.

use crible_core::Kind;
use wasmtime::Engine;
use wasmtime::component::types::{ComponentFunc, ComponentItem};
use wasmtime::component::{ResourceType, Type, types};

use crate::guest::{BatchHandle, DeliveriesHandle, PageHandle, VerdictsHandle};
use crate::load_error::LoadError;

/// An export of a world.
struct Export {
    name: &'static str,
    params: &'static [Shape],
    answer: Shape,
    /// The same in WIT, for people.
    wit: &'static str,
}

/// A type of the contract that an export uses.
#[derive(Clone, Copy)]
enum Shape {
    Text,
    U32,
    S64,
    Bytes,
    MaybeBytes,
    Borrowed(fn() -> ResourceType),
    Done,
    DoneWithBytes,
}

use Shape::{Borrowed, Bytes, Done, DoneWithBytes, MaybeBytes, S64, Text, U32};

const BATCH: Shape = Borrowed(ResourceType::host::<BatchHandle>);
const VERDICTS: Shape = Borrowed(ResourceType::host::<VerdictsHandle>);
const DELIVERIES: Shape = Borrowed(ResourceType::host::<DeliveriesHandle>);
const PAGE: Shape = Borrowed(ResourceType::host::<PageHandle>);

const DESCRIBE: Export = Export { name: "describe", params: &[], answer: Text, wit: "func() -> string" };

const CONFIGURE: Export = Export {
    name: "configure",
    params: &[Text, MaybeBytes],
    answer: Done,
    wit: "func(config: string, resume: option<list<u8>>) -> result<_, string>",
};

const SOURCE: &[Export] = &[
    Export {
        name: "read",
        params: &[U32, PAGE],
        answer: Done,
        wit: "func(max: u32, out: borrow<page>) -> result<_, string>",
    },
    DESCRIBE,
    CONFIGURE,
    Export {
        name: "commit",
        params: &[Bytes],
        answer: Done,
        wit: "func(cursor: list<u8>) -> result<_, string>",
    },
];

const FILTER: &[Export] = &[
    Export {
        name: "judge",
        params: &[BATCH, VERDICTS],
        answer: Done,
        wit: "func(messages: borrow<batch>, out: borrow<verdicts>) -> result<_, string>",
    },
    DESCRIBE,
    CONFIGURE,
    Export {
        name: "release",
        params: &[Text, S64, VERDICTS],
        answer: Done,
        wit: "func(why: string, now: s64, out: borrow<verdicts>) -> result<_, string>",
    },
    Export {
        name: "snapshot",
        params: &[],
        answer: DoneWithBytes,
        wit: "func() -> result<list<u8>, string>",
    },
];

const SINK: &[Export] = &[
    Export {
        name: "write",
        params: &[BATCH, DELIVERIES],
        answer: Done,
        wit: "func(messages: borrow<batch>, out: borrow<deliveries>) -> result<_, string>",
    },
    DESCRIBE,
    CONFIGURE,
    Export { name: "flush", params: &[], answer: DoneWithBytes, wit: "func() -> result<list<u8>, string>" },
    Export { name: "finish", params: &[], answer: Done, wit: "func() -> result<_, string>" },
];

/// What a kind of plugin exports; first what tells it from the others.
fn exports(kind: Kind) -> &'static [Export] {
    match kind {
        Kind::Source => SOURCE,
        Kind::Filter => FILTER,
        Kind::Sink => SINK,
    }
}

/// Which kind of plugin a component is, by the names of its exports.
pub(crate) fn kind(engine: &Engine, component: &types::Component) -> Result<Kind, LoadError> {
    let has = |name: &str| component.get_export(engine, name).is_some();
    let Some(kind) = Kind::ALL.into_iter().find(|&kind| has(exports(kind)[0].name)) else {
        let exports = component.exports(engine).map(|(name, _)| name.to_owned()).collect();
        return Err(LoadError::NoWorld { exports });
    };
    let lacks = exports(kind).iter().map(|export| export.name).filter(|name| !has(name));
    let lacks: Vec<String> = lacks.map(str::to_owned).collect();
    if lacks.is_empty() {
        return Ok(kind);
    }
    Err(LoadError::Missing { kind, has: exports(kind)[0].name.into(), lacks })
}

/// Whether a component's exports are of the contract's types. Its imports are those of the host already.
pub(crate) fn check_types(
    engine: &Engine,
    component: &types::Component,
    kind: Kind,
) -> Result<(), LoadError> {
    let wrong = |export: &&Export| match component.get_export(engine, export.name) {
        Some(found) => match found.ty {
            ComponentItem::ComponentFunc(func) => !fits(export, &func),
            _ => true,
        },
        None => true,
    };
    match exports(kind).iter().find(wrong) {
        None => Ok(()),
        Some(Export { name, wit, .. }) => {
            Err(LoadError::Signature { export: (*name).into(), expected: (*wit).into() })
        }
    }
}

fn fits(export: &Export, func: &ComponentFunc) -> bool {
    let mut results = func.results();
    func.params().len() == export.params.len()
        && func.params().zip(export.params).all(|((_, of), shape)| shape.is(&of))
        && results.next().is_some_and(|of| export.answer.is(&of))
        && results.next().is_none()
        && !func.async_()
}

impl Shape {
    fn is(self, of: &Type) -> bool {
        match (self, of) {
            (Text, Type::String) | (U32, Type::U32) | (S64, Type::S64) => true,
            (Bytes, Type::List(list)) => list.ty() == Type::U8,
            (MaybeBytes, Type::Option(option)) => Bytes.is(&option.ty()),
            (Borrowed(resource), Type::Borrow(of)) => *of == resource(),
            (Done, Type::Result(result)) => result.ok().is_none() && result.err() == Some(Type::String),
            (DoneWithBytes, Type::Result(result)) => {
                result.ok().is_some_and(|ok| Bytes.is(&ok)) && result.err() == Some(Type::String)
            }
            _ => false,
        }
    }
}
