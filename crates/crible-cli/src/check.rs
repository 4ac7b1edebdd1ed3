//! `crible check`.

use std::path::{Path, PathBuf};

use crate::language::Language;
use crate::output::{colour_on_stderr, print, say};
use crate::{WRONG, refusal, sentences, setup};

/// Check configs; all of them, whatever the first ones say.
pub(crate) fn check(configs: &[PathBuf], language: Language) -> anyhow::Result<u8> {
    let crible = setup::crible();
    let mut code = 0;
    for config in configs {
        match crible.load(config) {
            Ok(loaded) => {
                if let Some(warnings) = loaded.warnings() {
                    say(&warnings.render(colour_on_stderr()));
                }
                print(&format!("{}\n", fine(config, &loaded, language)))?;
            }
            Err(error) => {
                refusal::tell_load_error(&error, language);
                code = WRONG;
            }
        }
    }
    Ok(code)
}

fn fine(config: &Path, loaded: &crible::Loaded, language: Language) -> String {
    let graph = loaded.graph();
    let count = |kind| graph.stages.iter().filter(|stage| stage.kind == kind).count();
    sentences::fine(config, crible::Kind::ALL.map(count), loaded.plan().tests.len(), language)
}
