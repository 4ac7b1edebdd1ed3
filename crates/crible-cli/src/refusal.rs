//! How it is said that something cannot be done.

use crible::{LoadError, PluginError, RunError};

use crate::language::Language;
use crate::output::{colour_on_stderr, say};
use crate::sentences;
use crate::{FAILED, WRONG};

/// Say what is wrong, and what to do about it.
pub(crate) fn tell(message: &str, hint: Option<&str>) {
    crate::live_line::clear();
    let (red, end) = if colour_on_stderr() { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
    say(&format!("{red}error{end}: {message}"));
    for line in hint.into_iter().flat_map(str::lines) {
        say(&format!("  = help: {line}"));
    }
}

/// Say why a config was not loaded; the exit code for it.
pub(crate) fn tell_load_error(error: &LoadError, language: Language) -> u8 {
    match error {
        LoadError::Refused(refused) => say(&refused.render(colour_on_stderr())),
        LoadError::Missing { path, nearest } => {
            let hint = nearest.as_deref().map(|nearest| sentences::did_you_mean(nearest, language));
            tell(&sentences::no_such_file(path, language), hint.as_deref());
        }
        LoadError::Unreadable { .. } => tell(&error.to_string(), None),
        LoadError::Unteachable { stage, known, teachable } => {
            let (message, hint) = sentences::unteachable(stage, *known, teachable, language);
            tell(&message, Some(&hint));
        }
    }
    WRONG
}

/// Say why a plugin was not loaded; the exit code for it.
pub(crate) fn tell_plugin_error(error: &PluginError) -> u8 {
    tell(&error.to_string(), error.hint().as_deref());
    WRONG
}

/// Say why a run failed; the exit code for it.
pub(crate) fn tell_run_error(error: &RunError) -> u8 {
    match &error.stage {
        Some(stage) => tell(&format!("`{stage}`: {}", error.message), error.hint.as_deref()),
        None => tell(&error.message, error.hint.as_deref()),
    }
    FAILED
}
