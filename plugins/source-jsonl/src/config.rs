//! The stage's options.

use std::collections::BTreeMap;
use std::fmt;

use crible_sdk::{ConfigError, duration, settings, size};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::fields::{Place, places};

/// As they are written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    path: Paths,
    #[serde(default)]
    fields: BTreeMap<String, String>,
    #[serde(default)]
    follow: bool,
    #[serde(default)]
    attrs: Attrs,
    #[serde(default = "half_a_second")]
    poll: String,
    #[serde(default = "one_mebibyte")]
    longest: String,
}

/// One path or a list of them. (Read by hand: the errors of `untagged` do not say what was expected.)
struct Paths(Vec<String>);

impl<'de> Deserialize<'de> for Paths {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(PathsVisitor)
    }
}

struct PathsVisitor;

impl<'de> Visitor<'de> for PathsVisitor {
    type Value = Paths;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a path or a list of paths")
    }

    fn visit_str<E>(self, path: &str) -> Result<Paths, E> {
        Ok(Paths(vec![path.to_owned()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Paths, A::Error> {
        let mut paths = Vec::new();
        while let Some(path) = list.next_element()? {
            paths.push(path);
        }
        Ok(Paths(paths))
    }
}

/// Whether attributes are taken, and where those are that do not stand at the top of the line.
struct Attrs {
    taken: bool,
    chosen: Vec<(String, String)>,
}

impl Default for Attrs {
    fn default() -> Self {
        Self { taken: true, chosen: Vec::new() }
    }
}

impl<'de> Deserialize<'de> for Attrs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(AttrsVisitor)
    }
}

struct AttrsVisitor;

impl<'de> Visitor<'de> for AttrsVisitor {
    type Value = Attrs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false or a table of names and JSON pointers")
    }

    fn visit_bool<E>(self, taken: bool) -> Result<Attrs, E> {
        Ok(Attrs { taken, chosen: Vec::new() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Attrs, A::Error> {
        let mut attrs = Attrs::default();
        while let Some(entry) = table.next_entry()? {
            attrs.chosen.push(entry);
        }
        Ok(attrs)
    }
}

fn half_a_second() -> String {
    "500ms".to_owned()
}

fn one_mebibyte() -> String {
    "1MiB".to_owned()
}

/// As they are meant.
pub(crate) struct Config {
    pub(crate) paths: Vec<String>,
    pub(crate) root: Place,
    /// The names of the attributes that were chosen.
    pub(crate) attrs: Vec<String>,
    /// Whether there are others.
    pub(crate) with_attrs: bool,
    pub(crate) follow: bool,
    /// In ms.
    pub(crate) poll: u32,
    /// In bytes.
    pub(crate) longest: usize,
}

impl Config {
    pub(crate) fn read(config: &str) -> Result<Self, ConfigError> {
        let options: Options = settings(config)?;
        let Paths(paths) = options.path;
        check(&paths)?;
        let poll = duration(&options.poll).and_then(|poll| u32::try_from(poll.as_millis()).ok());
        let poll = poll.filter(|&poll| poll > 0).ok_or_else(|| {
            let why = format!("`{}` is no time to wait", options.poll);
            ConfigError::new(why).at("/poll").hint("write it like \"500ms\" or \"2s\"")
        })?;
        // A guest may answer with 16 MiB by default, and a page may be full but for a byte when it comes.
        let longest = size(&options.longest).filter(|longest| (1..=8 << 20).contains(longest));
        let longest = longest.ok_or_else(|| {
            let why = format!("`{}` is no length that a line may have", options.longest);
            ConfigError::new(why).at("/longest").hint("write it like \"1MiB\"; 8MiB is the most")
        })?;
        let fields: Vec<(String, String)> = options.fields.into_iter().collect();
        let Attrs { taken: with_attrs, chosen } = options.attrs;
        let root = places(&fields, &chosen)?;
        let attrs = chosen.into_iter().map(|(name, _)| name).collect();
        Ok(Self { paths, root, attrs, with_attrs, follow: options.follow, poll, longest: longest as usize })
    }
}

fn check(paths: &[String]) -> Result<(), ConfigError> {
    if paths.is_empty() {
        return Err(ConfigError::new("no file is named")
            .at("/path")
            .hint("name one, or \"-\" for standard input"));
    }
    for (at, path) in paths.iter().enumerate() {
        let refused = |why: String| Err(ConfigError::new(why).at(format!("/path/{at}")));
        if path.is_empty() {
            return refused("the path of a file is empty".to_owned());
        }
        // A cursor says by the path how far the run had come.
        if paths[..at].contains(path) {
            return refused(format!("{path} is named twice"));
        }
    }
    Ok(())
}
