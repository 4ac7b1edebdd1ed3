//! Whole runs, each in a process of its own: messages a second, memory, and the time to start.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use clap::Args;
use crible::StageReport;
use rustix::time::ClockId;
use serde::{Deserialize, Serialize};

use super::Scale;
use super::linked::How;
use super::timing::{Times, computed};
use crate::flood::{FloodPipeline, write_flood};

/// One whole run, for `bench`, which starts it as a process of its own.
#[derive(Args, Debug)]
pub(crate) struct BenchRun {
    config: PathBuf,
    /// With the plugins linked in.
    #[arg(long)]
    native: bool,
}

impl BenchRun {
    pub(crate) fn run(&self) -> Result<()> {
        let how = if self.native { How::Native } else { How::Wasm };
        let loaded = how.crible().load(&self.config).map_err(|error| anyhow!("{error}"))?;
        let before = computed(ClockId::ProcessCPUTime);
        let report = loaded.start()?.wait()?;
        let stage = |stage: &StageReport| StageTime { id: stage.id.clone(), time: stage.time };
        let took = Took {
            time: report.elapsed,
            computed: computed(ClockId::ProcessCPUTime).saturating_sub(before),
            memory: peak_memory()?,
            stages: report.stages.iter().map(stage).collect(),
        };
        println!("{}", serde_json::to_string(&took)?);
        Ok(())
    }
}

/// The most memory that this process had, in bytes.
fn peak_memory() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status").context("memory can be measured on Linux only")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib * 1024)
}

/// What a run took.
#[derive(Debug, Serialize, Deserialize)]
struct Took {
    time: Duration,
    /// How long all its threads computed.
    computed: Duration,
    /// The most memory that it had, in bytes.
    memory: u64,
    stages: Vec<StageTime>,
}

/// How long a stage worked.
#[derive(Debug, Serialize, Deserialize)]
struct StageTime {
    id: String,
    time: Duration,
}

/// Print the table of whole runs.
pub(super) fn measure(folder: &Path, scale: Scale) -> Result<()> {
    println!("whole runs: JSONL → query (100 rules) → dedupe → cap → top → JSONL, median of {}", scale.times);
    println!("{:<34}{:>20}{:>20}{:>16}", "", "wasm", "native", "wasm/native");
    let (mut wasm, mut native) = (Vec::new(), Vec::new());
    // Where the plugins were not compiled yet, that is done here: it takes more memory than a run.
    run(folder, 1, How::Wasm)?;
    for _ in 0..scale.times {
        wasm.push(run(folder, scale.whole, How::Wasm)?);
        native.push(run(folder, scale.whole, How::Native)?);
    }
    let rate = |messages: u64, time: Duration| format!("{:.0}/s", messages as f64 / time.as_secs_f64());
    let [of_wasm, of_native] = [&wasm, &native].map(|took| median(took, |took| took.time));
    let name = format!("{} messages", scale.whole);
    let ratio = of_native.as_secs_f64() / of_wasm.as_secs_f64();
    let [sandboxed, linked] = [of_wasm, of_native].map(|time| rate(scale.whole, time));
    println!("{name:<34}{sandboxed:>20}{linked:>20}{ratio:>16.2}");
    let memory = |took: &[Took]| mib(took.iter().map(|took| took.memory).max().unwrap_or_default());
    println!("{:<34}{:>20}{:>20}", "most memory", memory(&wasm), memory(&native));
    if let Some(long) = scale.long {
        let took = run(folder, long, How::Wasm)?;
        println!("{:<34}{:>20}", format!("{long} messages"), rate(long, took.time));
        println!("{:<34}{:>20}", "most memory", mib(took.memory));
    }
    println!("{:<34}{:>20}", "start to end of one message", format!("{:.0?}", start(folder, scale.times)?));
    profile(scale.whole, &wasm, &native);
    Ok(())
}

/// Print where the time of a run goes. Stages work at the same time, on as many cores as there are.
fn profile(messages: u64, wasm: &[Took], native: &[Took]) {
    let ns = |time: Duration| format!("{:.0}", time.as_nanos() as f64 / messages as f64);
    println!();
    println!("where the time goes: ns for each message that is read, median");
    println!("{:<34}{:>20}{:>20}", "stage", "wasm", "native");
    let stages = wasm.first().map_or(&[][..], |took| &took.stages);
    for (at, StageTime { id, .. }) in stages.iter().enumerate() {
        let of = |took: &Took| took.stages.get(at).map_or(Duration::ZERO, |stage| stage.time);
        println!("{id:<34}{:>20}{:>20}", ns(median(wasm, of)), ns(median(native, of)));
    }
    let of = |took: &Took| took.computed;
    println!("{:<34}{:>20}{:>20}", "all threads, computing", ns(median(wasm, of)), ns(median(native, of)));
}

fn median(took: &[Took], of: impl Fn(&Took) -> Duration) -> Duration {
    let mut sorted: Vec<Duration> = took.iter().map(of).collect();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn mib(bytes: u64) -> String {
    format!("{:.0} MiB", bytes as f64 / (1 << 20) as f64)
}

fn pipeline(folder: &Path, messages: u64, output: &Path) -> Result<PathBuf> {
    let input = folder.join(format!("flood-{messages}.jsonl"));
    write_flood(&input, messages)?;
    let pipeline = FloodPipeline {
        input,
        output: output.to_owned(),
        state: None,
        checkpoint_every: "1s",
        rules: 100,
        filters: true,
    };
    let config = folder.join(format!("run-{messages}.toml"));
    fs::write(&config, pipeline.config()?)?;
    Ok(config)
}

fn run(folder: &Path, messages: u64, how: How) -> Result<Took> {
    let output = folder.join("out.jsonl");
    let config = pipeline(folder, messages, &output)?;
    // Appending to what an earlier run wrote would measure something else.
    let _ = fs::remove_file(&output);
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("bench-run").arg(&config).args((how == How::Native).then_some("--native"));
    let out = command.stderr(Stdio::inherit()).output()?;
    ensure!(out.status.success(), "a run ended with {}", out.status);
    serde_json::from_slice(&out.stdout).context("a run said something else than what it took")
}

/// How long the real program takes for one message, from its start to its end, with the cache warm.
fn start(folder: &Path, times: usize) -> Result<Duration> {
    let crible = crate::program::build()?;
    let config = pipeline(folder, 1, &folder.join("one.jsonl"))?;
    let once = || -> Result<()> {
        let status = Command::new(&crible).arg("run").arg("--quiet").arg(&config).status()?;
        ensure!(status.success(), "crible ended with {status}");
        Ok(())
    };
    once()?;
    let mut measured = Times::default();
    for _ in 0..times * 3 {
        let started = Instant::now();
        once()?;
        measured.push(started.elapsed());
    }
    Ok(measured.median())
}
