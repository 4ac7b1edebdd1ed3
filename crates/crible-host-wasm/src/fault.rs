//! Why a guest is gone, in words for people.

use std::fmt;

use crible_core::StageError;
use wasmtime::Trap;

use crate::guest::Guest;
use crate::limits::{Limits, bytes};

/// Why the host ended a call.
#[derive(Debug)]
pub(crate) enum Breach {
    /// It took too long.
    Time,
    /// It answered with too much.
    Answer,
    /// It waited by a way that cannot be interrupted.
    Sleep,
    /// It did something else that the contract does not allow; "it …".
    Contract(String),
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time => f.write_str("it ran too long"),
            Self::Answer => f.write_str("it answered with too much"),
            Self::Sleep => f.write_str("it tried to sleep"),
            Self::Contract(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Breach {}

/// Why a call ended without an answer, and what to do about it.
pub(crate) fn fault(error: &wasmtime::Error, guest: &Guest, limits: &Limits) -> StageError {
    with_mend(cause(error, guest, limits))
}

/// A fault about which nothing else is to be done is the plugin's.
pub(crate) fn with_mend(fault: StageError) -> StageError {
    match fault.hint {
        Some(_) => fault,
        None => fault.hint("this is a mistake in the plugin: tell its author, or try another version of it"),
    }
}

fn cause(error: &wasmtime::Error, guest: &Guest, limits: &Limits) -> StageError {
    let said = guest.log.last_error();
    let because = |message: String| match &said {
        Some(said) => StageError::fault(format!("{message}: {said}")),
        None => StageError::fault(message),
    };
    if guest.memory.refused {
        let message = format!("it wanted more than {} of memory", bytes(limits.memory));
        return StageError::fault(message).hint(format!(
            "if it needs more, set `limits = {{ memory = \"{}\" }}` on the stage",
            bytes(limits.memory.saturating_mul(2)).replace(' ', "")
        ));
    }
    match (error.downcast_ref::<Breach>(), error.downcast_ref::<Trap>()) {
        (Some(Breach::Time), _) => {
            let time = limits.time;
            StageError::fault(format!("it ran longer than {time:?}")).hint(format!(
                "if it needs longer, set `limits = {{ time = \"{:?}\" }}` on the stage; it may also be \
                 in an endless loop",
                time * 2
            ))
        }
        (Some(Breach::Answer), _) => {
            let message = format!("it answered with more than {}", bytes(limits.answer));
            StageError::fault(message).hint(format!(
                "if it has so much to say, set `limits = {{ answer = \"{}\" }}` on the stage",
                bytes(limits.answer.saturating_mul(2)).replace(' ', "")
            ))
        }
        (Some(breach @ Breach::Sleep), _) => because(breach.to_string())
            .hint("a plugin's time comes with the messages; for now WASI's clocks and polls are refused"),
        (Some(Breach::Contract(what)), _) => because(what.clone()),
        (None, Some(Trap::UnreachableCodeReached)) => because("it trapped (unreachable)".to_owned()),
        (None, Some(Trap::StackOverflow)) => because("its stack overflowed".to_owned())
            .hint("this is most often a function that calls itself without end"),
        (None, Some(trap)) => because(format!("it trapped ({trap})")),
        // The runtime keeps the type of this one to itself.
        (None, None) if error.root_cause().to_string().starts_with("too much data") => {
            because(format!("it handed over more than {} at once", bytes(limits.memory)))
        }
        (None, None) => because(format!("it broke the contract ({})", error.root_cause())),
    }
}
