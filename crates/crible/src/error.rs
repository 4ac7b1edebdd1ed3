//! Why a config or a plugin could not be loaded.

use std::fmt;
use std::path::{Path, PathBuf};

use crible_config::Problems;
use crible_core::StageError;

/// Why a config could not be loaded.
#[derive(Clone, Debug)]
pub enum LoadError {
    /// There is no such file.
    Missing {
        /// The path as it was given.
        path: PathBuf,
        /// A file beside it that may have been meant.
        nearest: Option<String>,
    },
    /// The file cannot be read.
    Unreadable {
        /// The path as it was given.
        path: PathBuf,
        /// What stands in the way.
        cause: String,
    },
    /// The config is wrong.
    Refused(Refused),
    /// A stage is to be taught, and cannot be.
    Unteachable {
        /// The stage.
        stage: String,
        /// Whether there is a stage of this name.
        known: bool,
        /// The stages that can be taught.
        teachable: Vec<String>,
    },
}

/// A config that is wrong, with all that is wrong with it.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The name of the file, as it is shown.
    pub name: String,
    /// What it says.
    pub text: String,
    /// What is wrong with it, in the order of the file.
    pub problems: Problems,
}

impl Refused {
    /// The problems as a person reads them: each with its line, the place underlined, the cause and the
    /// mend.
    pub fn render(&self, colour: bool) -> String {
        self.problems.render(&self.name, &self.text, colour)
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { path, nearest } => missing(f, path, nearest.as_deref()),
            Self::Unreadable { path, cause } => write!(f, "{} cannot be read: {cause}", path.display()),
            Self::Refused(refused) => f.write_str(&refused.render(false)),
            Self::Unteachable { stage, known: true, .. } => write!(f, "the stage `{stage}` cannot be taught"),
            Self::Unteachable { stage, .. } => write!(f, "there is no stage `{stage}`"),
        }
    }
}

impl std::error::Error for LoadError {}

/// Why a plugin could not be loaded.
#[derive(Clone, Debug)]
pub enum PluginError {
    /// No plugin of this name and kind is bundled.
    Unknown {
        /// The name.
        name: String,
    },
    /// There is no such file.
    Missing {
        /// The path as it was given.
        path: PathBuf,
        /// A file beside it that may have been meant.
        nearest: Option<String>,
    },
    /// The file cannot be read.
    Unreadable {
        /// The path as it was given.
        path: PathBuf,
        /// What stands in the way.
        cause: String,
    },
    /// It is no plugin, or none that can be run here.
    Refused {
        /// What is wrong with it.
        message: String,
        /// What to do about it, where that is known.
        hint: Option<String>,
    },
}

impl PluginError {
    /// What to do about it, where that is known.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Refused { hint, .. } => hint.clone(),
            Self::Missing { nearest, .. } => nearest.as_ref().map(|name| format!("did you mean `{name}`?")),
            Self::Unknown { .. } | Self::Unreadable { .. } => None,
        }
    }
}

impl fmt::Display for PluginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { name } => write!(f, "there is no plugin `{name}`"),
            Self::Missing { path, .. } => missing(f, path, None),
            Self::Unreadable { path, cause } => write!(f, "{} cannot be read: {cause}", path.display()),
            Self::Refused { message, .. } => f.write_str(message),
        }
    }
}

impl std::error::Error for PluginError {}

impl From<crible_host_wasm::LoadError> for PluginError {
    fn from(error: crible_host_wasm::LoadError) -> Self {
        Self::Refused { message: error.message(), hint: error.hint() }
    }
}

impl From<StageError> for PluginError {
    fn from(error: StageError) -> Self {
        Self::Refused { message: error.message, hint: error.hint }
    }
}

fn missing(f: &mut fmt::Formatter<'_>, path: &Path, nearest: Option<&str>) -> fmt::Result {
    write!(f, "there is no file {}", path.display())?;
    nearest.iter().try_for_each(|name| write!(f, "; did you mean {name}?"))
}
