//! What a stage says when it cannot do its work.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What trying again would be good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The call failed; the stage still stands, and the same call may go well later.
    Failed,
    /// The call failed and always will.
    Fatal,
    /// The stage itself is gone: it trapped, overran a limit, or broke the contract.
    Fault,
}

/// Why a stage could not do its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageError {
    /// What trying again would be good for.
    pub kind: ErrorKind,
    /// What happened, in a sentence for people.
    pub message: String,
    /// What to do about it, where that is known.
    pub hint: Option<String>,
}

/// How errors cross the contract.
#[derive(Serialize, Deserialize)]
struct ErrorText {
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    fatal: bool,
}

impl StageError {
    /// A call that failed and may go well later.
    pub fn failed(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Failed, message: message.into(), hint: None }
    }

    /// A call that failed and always will.
    pub fn fatal(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Fatal, message: message.into(), hint: None }
    }

    /// A stage that is gone.
    pub fn fault(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Fault, message: message.into(), hint: None }
    }

    /// The same error with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// As it crosses the contract.
    pub fn to_json(&self) -> String {
        let fatal = self.kind != ErrorKind::Failed;
        let text = ErrorText { message: self.message.clone(), hint: self.hint.clone(), fatal };
        serde_json::to_string(&text).unwrap_or_else(|_| self.message.clone())
    }

    /// From how it crosses the contract; a text that is not JSON is the message.
    pub fn from_json(text: &str) -> Self {
        match serde_json::from_str::<ErrorText>(text) {
            Ok(ErrorText { message, hint, fatal }) => {
                let kind = if fatal { ErrorKind::Fatal } else { ErrorKind::Failed };
                Self { kind, message, hint }
            }
            Err(_) => Self::failed(text),
        }
    }
}

impl fmt::Display for StageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.hint.iter().try_for_each(|hint| write!(f, "\n  {hint}"))
    }
}

impl std::error::Error for StageError {}

/// Why a config was refused, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigError {
    /// What is wrong, in a sentence for people.
    pub message: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// A JSON pointer into the config; empty for all of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pointer: String,
    /// Where in the text at the pointer it begins, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<usize>,
    /// How many bytes of the text are meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<usize>,
}

impl ConfigError {
    /// A refusal of the config as a whole.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// The same, of the value at a JSON pointer.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }

    /// The same, of these bytes of the text at the pointer.
    #[must_use]
    pub fn span(mut self, offset: usize, length: usize) -> Self {
        (self.offset, self.length) = (Some(offset), Some(length));
        self
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// As it crosses the contract.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| self.message.clone())
    }

    /// From how it crosses the contract; a text that is not JSON is the message.
    pub fn from_json(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|_| Self::new(text))
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.message)?;
        self.hint.iter().try_for_each(|hint| write!(f, "\n  {hint}"))
    }
}

impl std::error::Error for ConfigError {}
