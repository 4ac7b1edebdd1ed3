//! `crible plugins`: the list.

use crible::Kind;

use crate::language::Language;
use crate::output::{bold, colour_on_stdout, print, width_of_stdout};
use crate::wrap::{left, right, wrap};
use crate::{figures, refusal, sentences, setup};

/// List the bundled plugins.
pub(crate) fn list(language: Language) -> anyhow::Result<u8> {
    let crible = setup::crible();
    let mut out = String::new();
    for kind in Kind::ALL {
        out.push_str(&format!("{}\n", bold(sentences::kinds(kind, language), colour_on_stdout())));
        for (_, name) in crible.plugins().into_iter().filter(|(of, _)| *of == kind) {
            let plugin = match crible.plugin(kind, name) {
                Ok(plugin) => plugin,
                Err(error) => return Ok(refusal::tell_plugin_error(&error)),
            };
            let spec = plugin.spec();
            let size = plugin.inspect().map(|seen| figures::size(seen.size, language)).unwrap_or_default();
            let head = format!("  {} {} {}  ", left(name, 10), left(&spec.version, 6), right(&size, 7));
            let about = language.pick(spec.about.en.as_str(), spec.about.fr.as_str());
            let indent = " ".repeat(head.chars().count());
            let about = wrap(about, width_of_stdout().min(110), &indent);
            out.push_str(&format!("{head}{}\n", about.trim_start()));
        }
        out.push('\n');
    }
    print(&format!("{out}{}\n", sentences::look_closer(language)))?;
    Ok(0)
}
