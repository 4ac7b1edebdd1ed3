//! `crible schema`.

use crate::language::Language;
use crate::output::print;
use crate::{refusal, setup};

/// Print the JSON Schema of configs.
pub(crate) fn schema(language: Language) -> anyhow::Result<u8> {
    match setup::crible().schema(|about| language.pick(&about.en, &about.fr)) {
        Ok(schema) => {
            print(&format!("{schema:#}\n"))?;
            Ok(0)
        }
        Err(error) => Ok(refusal::tell_plugin_error(&error)),
    }
}
