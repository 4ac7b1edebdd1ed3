//! `cargo xtask quality`: how well the rules select, measured on real data through the real program.

mod data;
mod flood;
mod printed;
mod speed;
mod taught;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;

use crate::program;

/// Measure how well the rules select, and print the page.
#[derive(Args, Debug)]
pub(crate) struct Quality {
    /// Write the page to docs/quality.md too.
    #[arg(long)]
    write: bool,
    /// The folder of the real data; by default what CRIBLE_DATA names, or ../shared/data.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// What all measurements need.
struct Bench {
    /// The program.
    crible: PathBuf,
    /// The real data.
    data: PathBuf,
    /// Configs and what the program writes.
    folder: tempfile::TempDir,
}

impl Quality {
    pub(crate) fn run(&self) -> Result<()> {
        let named = self.data.clone().or_else(|| std::env::var_os("CRIBLE_DATA").map(PathBuf::from));
        let data = named.unwrap_or_else(|| program::root().join("../shared/data"));
        if !data.is_dir() {
            bail!("the real data is missing: there is no folder {}; name one with --data", data.display());
        }
        let bench = Bench { crible: program::build()?, data, folder: tempfile::tempdir()? };
        let parts = [
            taught::measure(&bench)?,
            printed::measure(&bench)?,
            flood::measure(&bench)?,
            speed::measure(&bench)?,
        ];
        let page = format!("{HEAD}\nMeasured on {}.\n\n{}", today(), parts.join("\n"));
        print!("{page}");
        if self.write {
            let file = program::root().join("docs/quality.md");
            fs::write(&file, page).with_context(|| format!("{} cannot be written", file.display()))?;
        }
        Ok(())
    }
}

const HEAD: &str = "\
# How well the rules select

`cargo xtask quality --write` makes this page, through the program as its users start it, from real data that is not in
the repository. What each choice gains stands in the page of its rule. Choices of `learned`, `story` and `interest` were
compared on these sets, for want of others: expect less on messages of another kind.
";

impl Bench {
    /// A data set, unpacked into a file.
    fn unpacked(&self, name: &str) -> Result<PathBuf> {
        let file = self.folder.path().join(name);
        if !file.exists() {
            fs::write(&file, data::read(&self.data.join(format!("{name}.gz")))?)?;
        }
        Ok(file)
    }

    /// A config of these filters, given as TOML, between a source and a sink.
    fn config(&self, name: &str, input: &Path, filters: &str) -> Result<PathBuf> {
        let file = self.folder.path().join(format!("{name}.toml"));
        let text = format!(
            "[pipeline]\nclock = \"messages\"\nquarantine = \"{name}-quarantine\"\n\n\
             [[source]]\nid = \"in\"\nplugin = \"jsonl\"\nconfig.path = {input:?}\n\n{filters}\n\
             [[sink]]\nid = \"out\"\nplugin = \"jsonl\"\nconfig = {{ path = \"{name}-out.jsonl\", mode = \"replace\" }}\n"
        );
        fs::write(&file, text)?;
        Ok(file)
    }

    /// Start the program, and have what it prints.
    fn crible(&self, arguments: &[&str]) -> Result<String> {
        let output = Command::new(&self.crible).args(arguments).current_dir(self.folder.path()).output()?;
        if !output.status.success() {
            bail!("crible {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// What `crible eval` says.
    fn eval(&self, arguments: &[&str]) -> Result<Value> {
        let said = self.crible(&[&["eval"], arguments, &["--json"]].concat())?;
        Ok(serde_json::from_str(&said)?)
    }
}

/// A figure of an answer.
fn figure(of: &Value, pointer: &str) -> Result<f64> {
    of.pointer(pointer).and_then(Value::as_f64).with_context(|| format!("the answer has no figure {pointer}"))
}

fn percent(part: f64) -> String {
    format!("{:.2}%", part * 100.0)
}

/// The date in UTC.
fn today() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    crible_testkit::day(since.as_millis() as i64)
}
