//! The crates of the workspace and what they depend on, as cargo sees them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, MetadataCommand, PackageId, Resolve, Target};

/// The workspace.
#[derive(Debug, Default)]
pub(super) struct House {
    pub(super) crates: Vec<Crate>,
    /// What `[workspace.dependencies]` names, the house's own crates left out.
    pub(super) chosen: BTreeSet<String>,
}

/// A crate of the workspace.
#[derive(Debug, Default)]
pub(super) struct Crate {
    pub(super) name: String,
    /// Its folder, from the workspace's root.
    pub(super) folder: String,
    /// What it names itself, also where that is optional or for one platform only.
    pub(super) normal: BTreeSet<String>,
    pub(super) build: BTreeSet<String>,
    pub(super) dev: BTreeSet<String>,
    /// All that is built into it, with the name of what brings it in.
    pub(super) reached: BTreeMap<String, String>,
    /// Whether it is there for other crates, and no program.
    pub(super) library: bool,
    /// Whether it has the workspace's lints.
    pub(super) lints: bool,
}

impl Crate {
    pub(super) fn is_plugin(&self) -> bool {
        self.folder.starts_with("plugins/")
    }

    /// Everything that it names, for whatever purpose.
    pub(super) fn named(&self) -> impl Iterator<Item = &String> {
        self.normal.iter().chain(&self.build).chain(&self.dev)
    }
}

impl House {
    pub(super) fn read(root: &Path) -> Result<Self> {
        // Without a platform cargo would fetch the packages of all others too.
        let platform = ["--filter-platform".to_owned(), platform()?];
        let metadata = MetadataCommand::new()
            .manifest_path(root.join("Cargo.toml"))
            .other_options(platform)
            .exec()
            .context("cargo metadata failed")?;
        let resolve = metadata.resolve.as_ref().context("cargo metadata resolved nothing")?;
        let names: HashMap<&PackageId, &str> =
            metadata.packages.iter().map(|package| (&package.id, package.name.as_str())).collect();
        let mut crates = Vec::new();
        for package in metadata.workspace_packages() {
            let manifest = fs::read_to_string(&package.manifest_path)?;
            let folder = package.manifest_path.parent().context("a manifest lies in a folder")?;
            let of = |kind| {
                let named = package.dependencies.iter().filter(move |named| named.kind == kind);
                named.map(|named| named.name.clone()).collect()
            };
            crates.push(Crate {
                name: package.name.to_string(),
                folder: folder.strip_prefix(&metadata.workspace_root).unwrap_or(folder).to_string(),
                normal: of(DependencyKind::Normal),
                build: of(DependencyKind::Build),
                dev: of(DependencyKind::Development),
                reached: reached(resolve, &package.id, &names),
                library: !package.targets.iter().any(Target::is_bin),
                lints: inherits_lints(&manifest)
                    .with_context(|| format!("{} is not TOML", package.manifest_path))?,
            });
        }
        crates.sort_by(|a, b| a.folder.cmp(&b.folder));
        let chosen = chosen(&fs::read_to_string(root.join("Cargo.toml"))?)?;
        Ok(Self { crates, chosen })
    }

    pub(super) fn named(&self, name: &str) -> Option<&Crate> {
        self.crates.iter().find(|of| of.name == name)
    }
}

/// The platform that this program runs on, as the compiler calls it.
fn platform() -> Result<String> {
    let said = std::process::Command::new("rustc").arg("-vV").output().context("rustc cannot be run")?;
    let said = String::from_utf8(said.stdout)?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not say what platform it is on")?.to_owned())
}

/// All that is built into a package.
fn reached(
    resolve: &Resolve,
    package: &PackageId,
    names: &HashMap<&PackageId, &str>,
) -> BTreeMap<String, String> {
    let nodes: HashMap<&PackageId, _> = resolve.nodes.iter().map(|node| (&node.id, node)).collect();
    let mut reached = BTreeMap::new();
    let mut open = vec![package];
    while let Some(of) = open.pop() {
        let Some(node) = nodes.get(of) else { continue };
        for dependency in &node.deps {
            let normal = dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal);
            let name = names.get(&dependency.pkg).copied().unwrap_or_default();
            if normal && !reached.contains_key(name) {
                reached.insert(name.to_owned(), names.get(of).copied().unwrap_or_default().to_owned());
                open.push(&dependency.pkg);
            }
        }
    }
    reached
}

/// Whether a manifest has the workspace's lints.
fn inherits_lints(manifest: &str) -> Result<bool> {
    let manifest: toml::Table = toml::from_str(manifest)?;
    let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
    Ok(lints.and_then(toml::Value::as_bool) == Some(true))
}

/// What `[workspace.dependencies]` of a manifest names, but crates that lie in a folder.
fn chosen(manifest: &str) -> Result<BTreeSet<String>> {
    let manifest: toml::Table = toml::from_str(manifest)?;
    let named = manifest.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    let named = named.and_then(toml::Value::as_table).context("there is no [workspace.dependencies]")?;
    let foreign = named.iter().filter(|(_, value)| value.get("path").is_none());
    Ok(foreign.map(|(name, _)| name.clone()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_in_a_folder_was_not_chosen() {
        let manifest = "[workspace.dependencies]\nhere = { path = 'x' }\na = '1'\nb = { version = '2' }";
        assert_eq!(chosen(manifest).unwrap(), ["a".to_owned(), "b".to_owned()].into());
        assert!(chosen("[package]").is_err());
    }

    #[test]
    fn lints_are_inherited_or_not() {
        assert!(inherits_lints("[lints]\nworkspace = true").unwrap());
        assert!(!inherits_lints("[lints.clippy]\nall = 'allow'").unwrap());
        assert!(!inherits_lints("").unwrap());
    }
}
