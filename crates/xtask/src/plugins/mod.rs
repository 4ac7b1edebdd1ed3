//! `cargo xtask plugins`: builds the bundled plugins.

mod build;
mod component;
mod toolchain;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use crible_bundle::lock::{self, Entry, Lock};

use toolchain::Toolchain;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Build nothing: say whether the components are those of the sources, by the lock.
    #[arg(long)]
    check: bool,
    /// Write the components and their lock into this folder instead of the bundle's.
    #[arg(long, value_name = "DIR", conflicts_with = "check")]
    out: Option<PathBuf>,
    /// Build only these (`filter-cap`, …).
    #[arg(value_name = "PLUGIN", conflicts_with = "check")]
    only: Vec<String>,
}

pub(crate) fn run(workspace: &Path, arguments: &Arguments) -> Result<()> {
    let packages: Vec<&str> = crible_bundle::plugins().iter().map(|plugin| plugin.package).collect();
    let folder = workspace.join(lock::COMPONENTS);
    if arguments.check {
        return check(workspace, &folder, &packages);
    }
    if let Some(unknown) = arguments.only.iter().find(|only| !packages.contains(&only.as_str())) {
        bail!("there is no bundled plugin `{unknown}`; there are {}", packages.join(", "));
    }
    let chosen = |package: &str| arguments.only.is_empty() || arguments.only.iter().any(|o| o == package);
    let folder = arguments.out.clone().unwrap_or(folder);
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let toolchain = Toolchain::find()?;
    let mut lock = read_lock(&folder)?;
    lock.0.retain(|package, _| packages.contains(&package.as_str()));
    for package in packages.into_iter().filter(|package| chosen(package)) {
        let sources = lock::sources(workspace, package)?;
        let module = build::module(workspace, &toolchain, package)?;
        let component = component::of(&module).with_context(|| format!("{package} makes no component"))?;
        build::check_paths(workspace, package, &component)?;
        let file = folder.join(format!("{package}.wasm"));
        fs::write(&file, &component).with_context(|| format!("{} cannot be written", file.display()))?;
        let size = component.len() as u64;
        lock.0.insert(package.into(), Entry { sources, component: lock::hash(&component), size });
    }
    let file = folder.join(lock::FILE);
    fs::write(&file, lock.to_text()).with_context(|| format!("{} cannot be written", file.display()))?;
    print!("{}", table(&lock));
    Ok(())
}

/// Build one crate of the workspace into a component.
#[derive(clap::Args)]
pub(crate) struct OneArguments {
    /// The crate's name.
    package: String,
    /// The component's file.
    file: PathBuf,
}

pub(crate) fn build_one(workspace: &Path, arguments: &OneArguments) -> Result<()> {
    let OneArguments { package, file } = arguments;
    let module = build::module(workspace, &Toolchain::find()?, package)?;
    let component = component::of(&module).with_context(|| format!("{package} makes no component"))?;
    fs::write(file, component).with_context(|| format!("{} cannot be written", file.display()))
}

fn check(workspace: &Path, folder: &Path, packages: &[&str]) -> Result<()> {
    let differences = read_lock(folder)?.differences(workspace, packages)?;
    if differences.is_empty() {
        println!("{} components are those of their sources", packages.len());
        return Ok(());
    }
    bail!("{}\nrun `cargo xtask plugins`", differences.join("\n"))
}

/// The lock in a folder; an empty one where there is none yet.
fn read_lock(folder: &Path) -> Result<Lock> {
    let file = folder.join(lock::FILE);
    if !file.exists() {
        return Ok(Lock::default());
    }
    let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(Lock::parse(&text))
}

fn table(lock: &Lock) -> String {
    let row = |name: &str, size: u64| format!("{name:<16} {:>7.1} KiB\n", size as f64 / 1024.0);
    let rows: String = lock.0.iter().map(|(name, entry)| row(name, entry.size)).collect();
    rows + &row("all", lock.0.values().map(|entry| entry.size).sum())
}
