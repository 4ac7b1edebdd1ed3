//! `crible plugins inspect`: all about one plugin.

use std::fmt::Write;
use std::sync::Arc;

use crible::{Inspection, Kind, Plugin, PluginError};
use serde_json::Value;

use crate::language::Language;
use crate::output::{bold, colour_on_stdout, print, width_of_stdout};
use crate::wrap::wrap;
use crate::{figures, refusal, sentences, setup};

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
    let mut facts = vec![sentences::a_kind(plugin.kind(), language).to_owned()];
    if let Some(seen) = plugin.inspect() {
        facts.push(figures::size(seen.size, language));
        facts.push(format!("crible:plugin@{}", seen.contract));
    }
    writeln!(out, "{}: {}", bold(head.trim_end(), colour_on_stdout()), facts.join(", "))?;
    writeln!(out, "{}", paragraph(language.pick(&spec.about.en, &spec.about.fr), "  "))?;
    options(&mut out, &spec.config, language)?;
    if let Some(seen) = plugin.inspect() {
        reach(&mut out, plugin, seen, language)?;
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
        return writeln!(out, "  {}", language.pick("none", "aucune"));
    };
    title(out, "Options")?;
    let required = |name: &str| {
        schema["required"].as_array().is_some_and(|names| names.iter().any(|of| of.as_str() == Some(name)))
    };
    let mut names: Vec<&String> = properties.keys().collect();
    names.sort_by_key(|name| !required(name));
    for name in names {
        let option = &properties[name];
        let mut facts = vec![type_of(option, schema, language)];
        facts.extend(bounds(option, language));
        if required(name) {
            facts.push(language.pick("required", "obligatoire").to_owned());
        }
        if let Some(default) = option.get("default") {
            facts.push(format!("{} {default}", language.pick("default", "par défaut")));
        }
        facts.extend(grant_in(option, language).map(str::to_owned));
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
fn type_of(option: &Value, root: &Value, language: Language) -> String {
    if let Some(target) = option["$ref"].as_str().and_then(|name| name.strip_prefix('#')) {
        return root.pointer(target).map(|target| type_of(target, root, language)).unwrap_or_default();
    }
    let or = language.pick(" or ", " ou ");
    if let Some(values) = option["enum"].as_array() {
        let values: Vec<String> = values.iter().map(Value::to_string).collect();
        return values.join(or);
    }
    for choice in ["anyOf", "oneOf"] {
        if let Some(choices) = option[choice].as_array() {
            let mut kinds: Vec<String> = choices.iter().map(|of| type_of(of, root, language)).collect();
            kinds.retain(|kind| !kind.is_empty());
            kinds.dedup();
            return kinds.join(or);
        }
    }
    let word = match (option["type"].as_str(), option["format"].as_str()) {
        (Some("string"), Some("duration")) => {
            language.pick("a duration such as \"1h30m\"", "une durée comme \"1h30m\"")
        }
        (Some("string"), Some("size")) => {
            language.pick("a size such as \"64MiB\"", "une taille comme \"64MiB\"")
        }
        (Some("string"), _) => language.pick("a text", "un texte"),
        (Some("integer"), _) => language.pick("a whole number", "un nombre entier"),
        (Some("number"), _) => language.pick("a number", "un nombre"),
        (Some("boolean"), _) => language.pick("true or false", "true ou false"),
        (Some("array"), _) => return list_of(&option["items"], root, language),
        (Some("object"), _) => return table_of(option, language),
        _ => "",
    };
    word.to_owned()
}

fn list_of(items: &Value, root: &Value, language: Language) -> String {
    if items["type"] == "string" && items.get("enum").is_none() && items.get("format").is_none() {
        return language.pick("a list of texts", "une liste de textes").to_owned();
    }
    let list = language.pick("a list", "une liste");
    match type_of(items, root, language) {
        of if of.is_empty() => list.to_owned(),
        of => format!("{list} {} ({of})", language.pick("of", "de")),
    }
}

fn table_of(option: &Value, language: Language) -> String {
    let table = language.pick("a table", "une table");
    let Some(properties) = option["properties"].as_object().filter(|members| !members.is_empty()) else {
        return table.to_owned();
    };
    let names: Vec<&str> = properties.keys().map(String::as_str).collect();
    format!("{table} {{ {} }}", names.join(", "))
}

fn bounds(option: &Value, language: Language) -> Option<String> {
    let figure = |name: &str| option[name].as_u64().map(|number| figures::count(number, language));
    match (figure("minimum"), figure("maximum")) {
        (Some(least), Some(most)) => Some(format!("{least} {} {most}", language.pick("to", "à"))),
        (Some(least), None) => Some(format!("{} {least}", language.pick("at least", "au moins"))),
        (None, Some(most)) => Some(format!("{} {most}", language.pick("at most", "au plus"))),
        (None, None) => None,
    }
}

/// Whether writing a path into an option grants it.
fn grant_in(option: &Value, language: Language) -> Option<&'static str> {
    match option["x-crible"]["grant"].as_str() {
        Some("read") => {
            return Some(
                language.pick("what is named here may be read", "ce qui est nommé ici peut être lu"),
            );
        }
        Some("write") => {
            return Some(
                language.pick("what is named here may be written", "ce qui est nommé ici peut être écrit"),
            );
        }
        Some("content") => {
            return Some(
                language
                    .pick("the host reads the file that is named here", "l’hôte lit le fichier nommé ici"),
            );
        }
        _ => {}
    }
    let choices = ["anyOf", "oneOf"].into_iter().filter_map(|choice| option[choice].as_array()).flatten();
    choices.chain(option.get("items")).find_map(|choice| grant_in(choice, language))
}

/// What it can reach at all, read off its imports.
fn reach(out: &mut String, plugin: &Plugin, seen: &Inspection, language: Language) -> std::fmt::Result {
    title(out, language.pick("What it can touch", "Ce qu’il peut toucher"))?;
    let listed = |names: &[String]| match names {
        [] => language.pick("nothing", "rien").to_owned(),
        names => names.join(", "),
    };
    let mut lines = Vec::new();
    if plugin.kind() != Kind::Source {
        let columns: Vec<String> = seen.reads.iter().filter(|name| *name != "len").cloned().collect();
        lines.push((language.pick("it reads of a message", "il lit d’un message"), listed(&columns)));
    }
    lines.push((language.pick("it answers with", "il répond par"), listed(&seen.answers)));
    let files = match seen.streams {
        true => {
            language.pick("those that its options or `allow` name", "ceux que nomment ses options ou `allow`")
        }
        false => language.pick("none", "aucun"),
    };
    lines.push((language.pick("files and streams", "fichiers et flux"), files.to_owned()));
    let wasi = match seen.wasi.as_slice() {
        [] => language.pick("none", "rien").to_owned(),
        names => {
            let granted = language.pick("nothing is granted by any of them", "rien n’est accordé par là");
            format!("{}; {granted}", names.join(", "))
        }
    };
    lines.push(("WASI", wasi));
    if plugin.kind() == Kind::Filter {
        let remembers = match plugin.spec().stateless {
            true => language.pick(
                "nothing: it judges each message by itself",
                "rien : il juge chaque message pour lui-même",
            ),
            false => language.pick(
                "what it needs from message to message; with `state`, also from run to run",
                "ce qu’il lui faut de message en message et, avec `state`, d’une exécution à l’autre",
            ),
        };
        lines.push((language.pick("it remembers", "il retient"), remembers.to_owned()));
    }
    for (name, value) in lines {
        let colon = language.pick(":", " :");
        writeln!(out, "{}", paragraph(&format!("{name}{colon} {value}"), "  "))?;
    }
    Ok(())
}
