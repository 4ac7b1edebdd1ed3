//! Who may depend on whom.

use super::Rule;
use super::house::{Crate, House};

/// What crates must not contain, neither themselves nor through what they depend on. A `*` at the end
/// stands for any ending.
struct Absence {
    says: &'static str,
    of: &'static str,
    never: &'static [&'static str],
}

const ABSENCES: &[Absence] = &[
    Absence {
        says: "the core knows no runtime and of the house only the contract",
        of: "crible-core",
        never: &[
            "anyhow",
            "clap",
            "crible",
            "crible-bundle",
            "crible-config",
            "crible-engine",
            "crible-grants",
            "crible-host-*",
            "crible-sdk",
            "crossbeam*",
            "libloading",
            "redb",
            "tokio*",
            "toml*",
            "tracing*",
            "wasmtime*",
        ],
    },
    Absence {
        says: "the engine knows no host, no config and no plugin",
        of: "crible-engine",
        never: &[
            "anyhow",
            "clap",
            "crible",
            "crible-bundle",
            "crible-config",
            "crible-grants",
            "crible-host-*",
            "crible-sdk",
            "crible-wit",
            "libloading",
            "tokio*",
            "toml*",
            "wasmtime*",
        ],
    },
    Absence {
        says: "the hosts know neither the engine nor each other",
        of: "crible-host-*",
        never: &["crible", "crible-bundle", "crible-config", "crible-engine", "crible-host-*"],
    },
    Absence {
        says: "the config knows neither the engine nor the hosts",
        of: "crible-config",
        never: &[
            "anyhow",
            "crible",
            "crible-bundle",
            "crible-engine",
            "crible-grants",
            "crible-host-*",
            "redb",
            "tokio*",
            "wasmtime*",
        ],
    },
    Absence {
        says: "the grants know neither the engine nor the hosts",
        of: "crible-grants",
        never: &["anyhow", "crible", "crible-bundle", "crible-config", "crible-engine", "crible-host-*"],
    },
    Absence {
        says: "the SDK knows neither the engine nor the hosts",
        of: "crible-sdk",
        never: &[
            "crible",
            "crible-bundle",
            "crible-config",
            "crible-engine",
            "crible-grants",
            "crible-host-*",
            "redb",
        ],
    },
];

/// Of the house, what a plugin may be built with, and what it may be tested with.
const OF_A_PLUGIN: &[&str] = &["crible-sdk"];
const OF_ITS_TESTS: &[&str] = &["crible-grants", "crible-sdk", "crible-testkit"];
/// Who may know the plugins by name.
const KNOW_PLUGINS: &[&str] = &["crible-bundle", "xtask"];

pub(super) fn rules(house: &House) -> Vec<Rule> {
    let mut rules: Vec<Rule> = ABSENCES.iter().map(|absence| absence.check(house)).collect();
    rules.push(Rule::new("a plugin knows of the house only the SDK", plugins_that_know_more(house)));
    rules.push(Rule::new("only the bundle and xtask know the plugins", who_knows_plugins(house)));
    rules.push(Rule::new("no library has untyped errors (anyhow)", untyped_errors(house)));
    rules.push(Rule::new("no crate is without the workspace's lints", without_lints(house)));
    rules.push(Rule::new("no chosen dependency is without a use", unused(house)));
    rules
}

impl Absence {
    fn check(&self, house: &House) -> Rule {
        let mut broken = Vec::new();
        for of in house.crates.iter().filter(|of| fits(self.of, &of.name)) {
            let never = |name: &&String| self.never.iter().any(|pattern| fits(pattern, name));
            broken.extend(of.normal.iter().filter(never).map(|name| format!("{} → {name}", of.name)));
            let through = of.reached.iter().filter(|(name, _)| never(name) && !of.normal.contains(*name));
            broken.extend(through.map(|(name, by)| format!("{} → … → {by} → {name}", of.name)));
        }
        Rule::new(self.says, broken)
    }
}

/// Whether a name is meant by a pattern, which may end with a `*`.
fn fits(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
}

fn plugins_that_know_more(house: &House) -> Vec<String> {
    let mut broken = Vec::new();
    for plugin in house.crates.iter().filter(|of| of.is_plugin()) {
        let beyond = |allowed: &'static [&str]| {
            move |name: &&String| house.named(name).is_some() && !allowed.contains(&name.as_str())
        };
        let built = plugin.normal.iter().chain(&plugin.build).filter(beyond(OF_A_PLUGIN));
        let tested = plugin.dev.iter().filter(beyond(OF_ITS_TESTS));
        broken.extend(built.chain(tested).map(|name| arrow(plugin, name)));
    }
    broken
}

fn who_knows_plugins(house: &House) -> Vec<String> {
    let strangers = house.crates.iter().filter(|of| !KNOW_PLUGINS.contains(&of.name.as_str()));
    let is_plugin = |name: &&String| house.named(name).is_some_and(Crate::is_plugin);
    strangers.flat_map(|of| of.named().filter(is_plugin).map(|name| arrow(of, name))).collect()
}

fn untyped_errors(house: &House) -> Vec<String> {
    let untyped = house.crates.iter().filter(|of| of.library && of.normal.contains("anyhow"));
    untyped.map(|of| arrow(of, "anyhow")).collect()
}

fn without_lints(house: &House) -> Vec<String> {
    let without = house.crates.iter().filter(|of| !of.lints);
    without.map(|of| format!("{}/Cargo.toml: write `[lints]` and `workspace = true`", of.folder)).collect()
}

fn unused(house: &House) -> Vec<String> {
    let used = |name: &str| house.crates.iter().any(|of| of.named().any(|named| named == name));
    let unused = house.chosen.iter().filter(|name| !used(name));
    unused.map(|name| format!("Cargo.toml: {name}")).collect()
}

fn arrow(of: &Crate, name: &str) -> String {
    format!("{} → {name}", of.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(folder: &str, normal: &[&str], dev: &[&str]) -> Crate {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let name = folder.rsplit('/').next().unwrap().to_owned();
        let (normal, dev) = (set(normal), set(dev));
        Crate { name, folder: folder.into(), normal, dev, lints: true, ..Crate::default() }
    }

    fn broken(crates: Vec<Crate>) -> Vec<String> {
        let house = House { crates, ..House::default() };
        rules(&house).into_iter().flat_map(|rule| rule.broken).collect()
    }

    #[test]
    fn the_house_as_it_is_drawn_is_in_order() {
        let house = vec![
            made("crates/crible-core", &["serde"], &[]),
            made("crates/crible-sdk", &["crible-core", "crible-wit"], &[]),
            made("crates/crible-grants", &["crible-core"], &[]),
            made("crates/crible-config", &["crible-core", "toml"], &[]),
            made("crates/crible-engine", &["crible-core", "redb"], &[]),
            made("crates/crible-host-wasm", &["crible-core", "wasmtime"], &[]),
            made("crates/crible-bundle", &["filter-cap"], &[]),
            made("crates/crible-cli", &["anyhow", "crible", "crible-bundle"], &[]),
            made("plugins/filter-cap", &["crible-sdk", "hashbrown"], &["crible-grants"]),
        ];
        assert_eq!(broken(house), Vec::<String>::new());
    }

    #[test]
    fn every_arrow_that_must_not_be_is_found() {
        for (folder, name) in [
            ("crates/crible-core", "tracing"),
            ("crates/crible-engine", "crible-host-wasm"),
            ("crates/crible-engine", "wasmtime-wasi"),
            ("crates/crible-host-wasm", "crible-engine"),
            ("crates/crible-host-native", "crible-host-wasm"),
            ("crates/crible-config", "crible-engine"),
            ("crates/crible-engine", "anyhow"),
        ] {
            let of = made(folder, &[name], &[]);
            let expected = format!("{} → {name}", of.name);
            assert!(broken(vec![of]).contains(&expected), "{expected}");
        }
    }

    #[test]
    fn what_comes_in_through_another_crate_is_found_with_its_way() {
        let mut core = made("crates/crible-core", &["pretty"], &[]);
        core.reached = [("pretty", "crible-core"), ("tokio", "pretty")]
            .map(|(name, by)| (name.to_owned(), by.to_owned()))
            .into();
        assert_eq!(broken(vec![core]), ["crible-core → … → pretty → tokio"]);
    }

    #[test]
    fn a_plugin_is_tested_with_more_than_it_is_built_with() {
        let engine = || made("crates/crible-engine", &[], &[]);
        let grants = || made("crates/crible-grants", &[], &[]);
        let built = made("plugins/sink-x", &["crible-grants"], &[]);
        assert_eq!(broken(vec![grants(), built]), ["sink-x → crible-grants"]);
        assert!(broken(vec![grants(), made("plugins/sink-x", &[], &["crible-grants"])]).is_empty());
        let tested = made("plugins/sink-x", &[], &["crible-engine"]);
        assert_eq!(broken(vec![engine(), tested]), ["sink-x → crible-engine"]);
    }

    #[test]
    fn only_programs_have_untyped_errors() {
        let mut of = made("crates/x", &["anyhow"], &[]);
        assert!(broken(vec![made("crates/x", &["anyhow"], &[])]).is_empty());
        of.library = true;
        assert_eq!(broken(vec![of]), ["x → anyhow"]);
    }

    #[test]
    fn nobody_else_knows_a_plugin_not_even_in_tests() {
        let house = vec![
            made("crates/crible", &[], &["filter-cap"]),
            made("plugins/filter-cap", &["crible-sdk"], &[]),
        ];
        assert_eq!(broken(house), ["crible → filter-cap"]);
    }

    #[test]
    fn what_was_chosen_is_used() {
        let crates = vec![made("crates/x", &["serde"], &["proptest"])];
        let chosen = ["serde", "proptest", "winnow"].map(str::to_owned).into();
        assert_eq!(unused(&House { crates, chosen }), ["Cargo.toml: winnow"]);
    }
}
