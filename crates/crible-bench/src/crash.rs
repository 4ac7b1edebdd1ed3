//! `cargo xtask crash`: kill the real program at random moments and see whether anything is lost.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use crate::flood::{FloodPipeline, write_flood};

/// Kill the program with SIGKILL at random moments of a run, start it again, and compare what it wrote
/// with what an undisturbed run writes.
#[derive(Args, Debug)]
pub(crate) struct Crash {
    /// How many runs are killed.
    #[arg(long, default_value_t = 100)]
    runs: u32,
    /// How many messages each run reads.
    #[arg(long, default_value_t = 200_000)]
    messages: u64,
    /// The seed of the random moments.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The program to kill; by default it is built first.
    #[arg(long)]
    crible: Option<PathBuf>,
}

/// What the crashes did.
#[derive(Debug, Default)]
struct Losses {
    killed: u32,
    lost: usize,
    twice: usize,
    other: usize,
}

impl Crash {
    pub(crate) fn run(&self) -> Result<()> {
        let crible = match &self.crible {
            Some(path) => path.clone(),
            None => crate::program::build()?,
        };
        let folder = tempfile::tempdir()?;
        let input = folder.path().join("flood.jsonl");
        write_flood(&input, self.messages)?;

        let (config, output) = pipeline(folder.path(), &input, "undisturbed", false)?;
        let started = Instant::now();
        finish(&mut start(&crible, &config)?)?;
        let whole = started.elapsed();
        let expected = lines(&output)?;
        ensure!(!expected.is_empty(), "the undisturbed run wrote nothing");
        println!("undisturbed: {} of {} messages in {whole:.2?}", expected.len(), self.messages);

        let mut random = fastrand::Rng::with_seed(self.seed);
        let mut losses = Losses::default();
        for run in 1..=self.runs {
            let (output, kills) = self.disturbed(&crible, folder.path(), &input, run, whole, &mut random)?;
            losses.killed += kills;
            losses.compare(&expected, &lines(&output)?);
            fs::remove_file(&output)?;
            if run % 10 == 0 {
                println!("{run} runs, {} kills: {} lost, {} twice", losses.killed, losses.lost, losses.twice);
            }
        }
        println!(
            "runs {}, killed {} times, lost {}, delivered twice {}, otherwise different {}",
            self.runs, losses.killed, losses.lost, losses.twice, losses.other
        );
        if losses.lost + losses.twice + losses.other > 0 {
            bail!("a crash changed what was delivered");
        }
        Ok(())
    }
}

impl Crash {
    /// A run that is killed at least once, and up to three times, and then left to its end; where it ended
    /// before the moment came, another one.
    fn disturbed(
        &self,
        crible: &Path,
        folder: &Path,
        input: &Path,
        run: u32,
        whole: Duration,
        random: &mut fastrand::Rng,
    ) -> Result<(PathBuf, u32)> {
        for attempt in 0..100 {
            let (config, output) = pipeline(folder, input, &format!("run-{run}-{attempt}"), true)?;
            let mut kills = 0;
            while kills < 3 && (kills == 0 || random.bool()) {
                let mut child = start(crible, &config)?;
                thread::sleep(whole.mul_f64(random.f64()));
                if child.try_wait()?.is_some() {
                    break;
                }
                child.kill()?;
                child.wait()?;
                kills += 1;
            }
            if kills > 0 {
                finish(&mut start(crible, &config)?)?;
                return Ok((output, kills));
            }
        }
        bail!("the run always ended before it could be killed");
    }
}

impl Losses {
    /// Compare what a disturbed run wrote with what it should have written.
    fn compare(&mut self, expected: &[String], got: &[String]) {
        if expected == got {
            return;
        }
        let mut left: HashMap<&str, i64> = HashMap::new();
        expected.iter().for_each(|line| *left.entry(line).or_default() += 1);
        got.iter().for_each(|line| *left.entry(line).or_default() -= 1);
        let (lost, more): (Vec<i64>, Vec<i64>) = left.into_values().filter(|n| *n != 0).partition(|n| *n > 0);
        self.lost += lost.len();
        self.twice += more.len();
        self.other += usize::from(lost.is_empty() && more.is_empty());
    }
}

fn pipeline(folder: &Path, input: &Path, name: &str, state: bool) -> Result<(PathBuf, PathBuf)> {
    let output = folder.join(format!("{name}.jsonl"));
    let pipeline = FloodPipeline {
        input: input.to_owned(),
        output: output.clone(),
        state: state.then(|| folder.join(format!("{name}.state"))),
        checkpoint_every: "20ms",
        rules: 20,
        filters: true,
    };
    let config = folder.join(format!("{name}.toml"));
    fs::write(&config, pipeline.config()?)?;
    Ok((config, output))
}

fn start(crible: &Path, config: &Path) -> Result<Child> {
    let child = Command::new(crible).arg("run").arg("--quiet").arg(config).stderr(Stdio::piped()).spawn();
    child.with_context(|| format!("{} cannot be started", crible.display()))
}

fn finish(child: &mut Child) -> Result<()> {
    let mut said = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        std::io::Read::read_to_string(&mut stderr, &mut said)?;
    }
    let status = child.wait()?;
    ensure!(status.success(), "crible ended with {status}:\n{said}");
    Ok(())
}

fn lines(path: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(text.lines().map(str::to_owned).collect())
}
