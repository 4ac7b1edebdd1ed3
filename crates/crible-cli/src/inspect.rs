//! `crible plugins inspect`: all about one plugin.

use std::fmt::Write;
use std::sync::Arc;

use crible::{Inspection, Kind, Plugin, PluginError};
use serde_json::Value;

use crate::language::Language;
use crate::output::{bold, colour_on_stdout, print, width_of_stdout};
use crate::wrap::wrap;
use crate::{figures, refusal, setup};

/// Show all about a plugin, or about both where a source and a sink bear the name.
pub(crate) fn inspect(wanted: &str, language: Language) -> anyhow::Result<u8> {
    let crible = setup::crible();
    let found: Result<Vec<Arc<Plugin>>, PluginError> = if is_path(wanted) {
        crible.plugin_file(wanted).map(|plugin| vec![plugin])
    } else {
        let named = crible.plugins().into_iter().filter(|(_, name)| *name == wanted);
        named.map(|(kind, name)| crible.plugin(kind, name)).collect()
    };
    match found {
        Ok(plugins) if plugins.is_empty() => {
            let mut names: Vec<&str> = crible.plugins().into_iter().map(|(_, name)| name).collect();
            names.sort_unstable();
            names.dedup();
            let hint =
                format!("the bundled plugins are {}; or write the path to a .wasm file", names.join(", "));
            refusal::tell(&format!("there is no plugin `{wanted}`"), Some(&hint));
            Ok(crate::WRONG)
        }
        Ok(plugins) => {
            let cards: Result<Vec<String>, _> = plugins.iter().map(|plugin| card(plugin, language)).collect();
            print(&cards?.join("\n"))?;
            Ok(0)
        }
        Err(error) => Ok(refusal::tell_plugin_error(&error)),
    }
}

fn is_path(wanted: &str) -> bool {
    wanted.ends_with(".wasm") || wanted.contains(['/', '\\'])
}

fn card(plugin: &Plugin, language: Language) -> Result<String, std::fmt::Error> {
    let spec = plugin.spec();
    let mut out = String::new();
    let head = [spec.name.as_str(), spec.version.as_str()].join(" ");
    let mut facts = vec![format!("a {}", plugin.kind())];
    if let Some(seen) = plugin.inspect() {
        facts.push(figures::size(seen.size, language));
        facts.push(format!("crible:plugin@{}", seen.contract));
    }
    writeln!(out, "{}: {}", bold(head.trim_end(), colour_on_stdout()), facts.join(", "))?;
    writeln!(out, "{}", paragraph(language.pick(&spec.about.en, &spec.about.fr), "  "))?;
    options(&mut out, &spec.config, language)?;
    if let Some(seen) = plugin.inspect() {
        reach(&mut out, plugin, seen)?;
    }
    Ok(out)
}

fn paragraph(text: &str, indent: &str) -> String {
    wrap(text, width_of_stdout().min(100), indent)
}

fn title(out: &mut String, text: &str) -> std::fmt::Result {
    writeln!(out, "\n{}", bold(text, colour_on_stdout()))
}

/// The options, the required ones first.
fn options(out: &mut String, schema: &Value, language: Language) -> std::fmt::Result {
    let Some(properties) = schema["properties"].as_object().filter(|options| !options.is_empty()) else {
        title(out, "Options")?;
        return writeln!(out, "  none");
    };
    title(out, "Options")?;
    let required = |name: &str| {
        schema["required"].as_array().is_some_and(|names| names.iter().any(|of| of.as_str() == Some(name)))
    };
    let mut names: Vec<&String> = properties.keys().collect();
    names.sort_by_key(|name| !required(name));
    for name in names {
        let option = &properties[name];
        let mut facts = vec![type_of(option, schema)];
        facts.extend(bounds(option, language));
        if required(name) {
            facts.push("required".to_owned());
        }
        if let Some(default) = option.get("default") {
            facts.push(format!("default {default}"));
        }
        if let Some(access) = grant_in(option) {
            facts.push(format!("what is named here may be {access}"));
        }
        facts.retain(|fact| !fact.is_empty());
        let line = paragraph(&format!("{name}: {}", facts.join(", ")), "  ");
        writeln!(out, "{}", line.replacen(name, &bold(name, colour_on_stdout()), 1))?;
        if let Some(about) = resolved(option, schema)["description"].as_str() {
            writeln!(out, "{}", paragraph(about, "      "))?;
        }
    }
    Ok(())
}

fn resolved<'a>(option: &'a Value, root: &'a Value) -> &'a Value {
    let target = option["$ref"].as_str().and_then(|name| name.strip_prefix('#'));
    match target.and_then(|target| root.pointer(target)) {
        Some(target) if option.get("description").is_none() => target,
        _ => option,
    }
}

/// What is to be written, in words.
fn type_of(option: &Value, root: &Value) -> String {
    if let Some(target) = option["$ref"].as_str().and_then(|name| name.strip_prefix('#')) {
        return root.pointer(target).map(|target| type_of(target, root)).unwrap_or_default();
    }
    if let Some(values) = option["enum"].as_array() {
        let values: Vec<String> = values.iter().map(Value::to_string).collect();
        return values.join(" or ");
    }
    for choice in ["anyOf", "oneOf"] {
        if let Some(choices) = option[choice].as_array() {
            let mut kinds: Vec<String> = choices.iter().map(|of| type_of(of, root)).collect();
            kinds.retain(|kind| !kind.is_empty());
            kinds.dedup();
            return kinds.join(" or ");
        }
    }
    match (option["type"].as_str(), option["format"].as_str()) {
        (Some("string"), Some("duration")) => "a duration such as \"1h30m\"".to_owned(),
        (Some("string"), Some("size")) => "a size such as \"64MiB\"".to_owned(),
        (Some("string"), _) => "a text".to_owned(),
        (Some("integer"), _) => "a whole number".to_owned(),
        (Some("number"), _) => "a number".to_owned(),
        (Some("boolean"), _) => "true or false".to_owned(),
        (Some("array"), _) => match type_of(&option["items"], root) {
            items if items.is_empty() => "a list".to_owned(),
            items => format!("a list of {}", plural(&items)),
        },
        (Some("object"), _) => table_of(option),
        _ => String::new(),
    }
}

fn plural(kind: &str) -> String {
    match kind {
        "a text" => "texts".to_owned(),
        _ => format!("({kind})"),
    }
}

fn table_of(option: &Value) -> String {
    let Some(properties) = option["properties"].as_object().filter(|members| !members.is_empty()) else {
        return "a table".to_owned();
    };
    let names: Vec<&str> = properties.keys().map(String::as_str).collect();
    format!("a table {{ {} }}", names.join(", "))
}

fn bounds(option: &Value, language: Language) -> Option<String> {
    let figure = |name: &str| option[name].as_u64().map(|number| figures::count(number, language));
    match (figure("minimum"), figure("maximum")) {
        (Some(least), Some(most)) => Some(format!("{least} to {most}")),
        (Some(least), None) => Some(format!("at least {least}")),
        (None, Some(most)) => Some(format!("at most {most}")),
        (None, None) => None,
    }
}

/// Whether writing a path into an option grants it.
fn grant_in(option: &Value) -> Option<&'static str> {
    match option["x-crible"]["grant"].as_str() {
        Some("read") => return Some("read"),
        Some("write") => return Some("written"),
        _ => {}
    }
    let choices = ["anyOf", "oneOf"].into_iter().filter_map(|choice| option[choice].as_array()).flatten();
    choices.chain(option.get("items")).find_map(grant_in)
}

/// What it can reach at all, read off its imports.
fn reach(out: &mut String, plugin: &Plugin, seen: &Inspection) -> std::fmt::Result {
    title(out, "What it can touch")?;
    let listed = |names: &[String]| match names {
        [] => "nothing".to_owned(),
        names => names.join(", "),
    };
    let columns: Vec<String> = seen.reads.iter().filter(|name| *name != "len").cloned().collect();
    let mut lines = Vec::new();
    if plugin.kind() != Kind::Source {
        lines.push(("it reads of a message", listed(&columns)));
    }
    lines.push(("it answers with", listed(&seen.answers)));
    let files = match seen.streams {
        true => "those that its options or `allow` name",
        false => "none",
    };
    lines.push(("files and streams", files.to_owned()));
    let wasi = match seen.wasi.as_slice() {
        [] => "none".to_owned(),
        names => format!("{}; nothing is granted by any of them", names.join(", ")),
    };
    lines.push(("WASI", wasi));
    let stateless = match plugin.spec().stateless {
        true => "nothing: it judges each message by itself",
        false => "what it needs from message to message; with `state`, also from run to run",
    };
    if plugin.kind() == Kind::Filter {
        lines.push(("it remembers", stateless.to_owned()));
    }
    for (name, value) in lines {
        writeln!(out, "{}", paragraph(&format!("{name}: {value}"), "  "))?;
    }
    Ok(())
}
