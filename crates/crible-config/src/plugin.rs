//! The value of `plugin`: a bundled name or the path to a component.

use crate::nearest::{did_you_mean, listed};
use crate::plan::PluginRef;
use crate::problem::{Problem, Span};
use crible_core::Kind;

/// Reads the value of `plugin` of a stage of the given kind.
pub(crate) fn plugin_ref(
    written: &str,
    span: &Span,
    kind: Kind,
    bundled: &[(Kind, &str)],
    allow_native: bool,
) -> Result<PluginRef, Problem> {
    let problem = |code, message: String, label: &str| Err(Problem::new(code, span.clone(), message, label));
    if written.starts_with("native:") {
        return if allow_native {
            problem(
                "native-plugin",
                "native plugins are not part of this release".to_owned(),
                "cannot be loaded",
            )
            .map_err(|refused| refused.with_help("use the plugin's `.wasm` file"))
        } else {
            problem(
                "native-plugin",
                "native plugins are refused: no sandbox holds them".to_owned(),
                "the pipeline does not allow this",
            )
            .map_err(|refused| {
                refused.with_help(
                    "use the plugin's `.wasm` file; a release that has native plugins will ask for \
                     `allow_native = true` below `[pipeline]`",
                )
            })
        };
    }
    if written.contains("://") {
        return problem(
            "unknown-plugin",
            "plugins are not fetched from the network".to_owned(),
            "expected a name or a path",
        )
        .map_err(|refused| refused.with_help("download the `.wasm` file and write its path"));
    }
    if written.ends_with(".wasm") {
        return Ok(PluginRef::Wasm(written.to_owned()));
    }
    if written.contains(['/', '\\']) {
        return problem(
            "unknown-plugin",
            "the path to a plugin ends in `.wasm`".to_owned(),
            "this is no component",
        )
        .map_err(|refused| refused.with_help("write the path to the built `.wasm` file"));
    }
    if bundled.contains(&(kind, written)) {
        return Ok(PluginRef::Bundled(written.to_owned()));
    }
    Err(unknown(written, span, kind, bundled))
}

fn unknown(written: &str, span: &Span, kind: Kind, bundled: &[(Kind, &str)]) -> Problem {
    let others: Vec<&str> =
        bundled.iter().filter(|(_, name)| *name == written).map(|(other, _)| other.name()).collect();
    let mut names: Vec<&str> = bundled.iter().filter(|(of, _)| *of == kind).map(|(_, name)| *name).collect();
    names.sort_unstable();
    let choice = match names.as_slice() {
        [] => format!("no {kind} is bundled; write the path to a `.wasm` file"),
        [only] => format!("the bundled {kind} is `{only}`; or write the path to a `.wasm` file"),
        _ => format!(
            "the bundled {kind}s are {}; or write the path to a `.wasm` file",
            listed(names.clone(), "and")
        ),
    };
    if let Some(first) = others.first() {
        let is = others.join(" and a ");
        return Problem::new(
            "wrong-kind",
            span.clone(),
            format!("`{written}` is a {is}, not a {kind}"),
            format!("this stage is a {kind}"),
        )
        .with_help(format!("write it as a `[[{first}]]`; {choice}"));
    }
    Problem::new("unknown-plugin", span.clone(), format!("there is no {kind} `{written}`"), "unknown plugin")
        .with_help(did_you_mean(written, names, &choice))
}
