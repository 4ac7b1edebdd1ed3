//! What `crible train` says, in its two languages side by side.

use std::path::Path;

use crate::figures::{count, size};
use crate::language::Language;
use crate::sentences::messages;

/// What was learned, and where it is.
pub(super) fn learned(
    file: &Path,
    stage: &str,
    [all, positives]: [u64; 2],
    bytes: usize,
    language: Language,
) -> String {
    let (file, all) = (file.display(), messages(all, language));
    let (positives, size) = (count(positives, language), size(bytes, language));
    language.pick(
        format!("{file}: what `{stage}` learned of {all}, {positives} of them essential ({size})"),
        format!("{file} : ce que `{stage}` a appris de {all}, dont {positives} essentiels ({size})"),
    )
}

/// How the config names the model.
pub(super) fn name_it(stage: &str, path: &str, language: Language) -> String {
    language.pick(
        format!("  = help: write `model = \"{path}\"` into the [filter.config] of `{stage}`"),
        format!("  = aide : écrivez `model = \"{path}\"` dans [filter.config] de `{stage}`"),
    )
}
