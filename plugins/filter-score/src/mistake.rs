//! What is wrong with an expression, and where in its text.

use crible_sdk::ConfigError;

/// A mistake in an expression.
#[derive(Debug)]
pub(crate) struct Mistake {
    message: String,
    hint: Option<String>,
    place: Place,
}

/// A part of an expression's text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) offset: usize,
    pub(crate) length: usize,
}

impl Mistake {
    pub(crate) fn new(place: Place, message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, place }
    }

    /// The same mistake with what to do about it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// As a refusal of the option at `pointer`.
    pub(crate) fn at(self, pointer: String) -> ConfigError {
        let error = ConfigError::new(self.message).at(pointer).span(self.place.offset, self.place.length);
        match self.hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}

/// The name that was probably meant: the nearest one, where it is near enough to be a slip.
pub(crate) fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = 1 + written.chars().count() / 4;
    names
        .into_iter()
        .map(|name| (strsim::osa_distance(written, name), name))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, name)| name)
}
