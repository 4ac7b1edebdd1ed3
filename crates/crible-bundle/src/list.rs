//! The one list of the bundled plugins.

use crible_core::Kind;

/// A bundled plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plugin {
    /// What it does.
    pub kind: Kind,
    /// The name that configs use.
    pub name: &'static str,
    /// The name of its crate, of its folder in `plugins/` and of its component.
    pub package: &'static str,
}

/// A bundled plugin, built.
#[cfg(feature = "components")]
#[derive(Clone, Copy, Debug)]
pub struct Bundled {
    /// What it does.
    pub kind: Kind,
    /// The name that configs use.
    pub name: &'static str,
    /// The component.
    pub component: &'static [u8],
}

macro_rules! list {
    ($($kind:ident $name:literal $package:literal $krate:ident;)*) => {
        const PLUGINS: &[Plugin] =
            &[$(Plugin { kind: Kind::$kind, name: $name, package: $package }),*];

        #[cfg(feature = "components")]
        const BUNDLED: &[Bundled] = &[$(Bundled {
            kind: Kind::$kind,
            name: $name,
            component: include_bytes!(concat!("../components/", $package, ".wasm")),
        }),*];

        /// The same plugins linked in: trusted, and as fast as it gets.
        #[cfg(feature = "linked")]
        pub fn linked() -> Vec<(Kind, &'static str, crible_core::Linked)> {
            vec![$((Kind::$kind, $name, $krate::linked())),*]
        }
    };
}

list! {
    Filter "author" "filter-author" filter_author;
    Filter "cap" "filter-cap" filter_cap;
    Filter "dedupe" "filter-dedupe" filter_dedupe;
    Filter "engagement" "filter-engagement" filter_engagement;
    Filter "interest" "filter-interest" filter_interest;
    Filter "language" "filter-language" filter_language;
    Filter "learned" "filter-learned" filter_learned;
    Filter "links" "filter-links" filter_links;
    Filter "mute" "filter-mute" filter_mute;
    Filter "noise" "filter-noise" filter_noise;
    Filter "query" "filter-query" filter_query;
    Filter "score" "filter-score" filter_score;
    Filter "story" "filter-story" filter_story;
    Filter "top" "filter-top" filter_top;
    Sink "console" "sink-console" sink_console;
    Sink "jsonl" "sink-jsonl" sink_jsonl;
    Source "jsonl" "source-jsonl" source_jsonl;
}

/// The bundled plugins.
pub fn plugins() -> &'static [Plugin] {
    PLUGINS
}

/// The bundled plugins, built.
#[cfg(feature = "components")]
pub fn bundled() -> &'static [Bundled] {
    BUNDLED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plugin_is_found_where_its_kind_and_name_say() {
        for plugin in plugins() {
            assert_eq!(plugin.package, format!("{}-{}", plugin.kind, plugin.name));
        }
    }
}
