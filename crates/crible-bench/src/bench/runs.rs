//! Whole runs, each in a process of its own: messages a second, memory, and the time to start.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use clap::Args;

use super::Scale;
use super::linked::How;
use super::timing::Times;
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
        let report = loaded.start()?.wait()?;
        if std::env::var_os("CRIBLE_BENCH_STAGES").is_some() {
            for stage in &report.stages {
                let each = stage.time.as_nanos() as u64 / stage.received.max(1);
                println!(
                    "{:>10} {:>10} in {:>10} kept {each:>7} ns each",
                    stage.id, stage.received, stage.kept
                );
            }
        }
        println!("{} {}", report.elapsed.as_nanos(), peak_memory()?);
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
struct Took {
    time: Duration,
    memory: u64,
}

/// Print the table of whole runs.
pub(super) fn measure(folder: &Path, scale: Scale) -> Result<()> {
    println!("whole runs: JSONL → query (100 rules) → dedupe → cap → top → JSONL, median of {}", scale.times);
    println!("{:<34}{:>20}{:>20}{:>16}", "", "wasm", "native", "wasm/native");
    let (mut wasm, mut native) = (Times::default(), Times::default());
    let mut memory = (0, 0);
    for _ in 0..scale.times {
        let took = run(folder, scale.whole, How::Wasm)?;
        wasm.push(took.time);
        memory.0 = memory.0.max(took.memory);
        let took = run(folder, scale.whole, How::Native)?;
        native.push(took.time);
        memory.1 = memory.1.max(took.memory);
    }
    let rate = |times: &Times| format!("{:.0}/s", scale.whole as f64 / times.median().as_secs_f64());
    let name = format!("{} messages", scale.whole);
    println!("{name:<34}{:>20}{:>20}{:>16.2}", rate(&wasm), rate(&native), wasm.ratio(&native));
    let mib = |bytes: u64| format!("{:.0} MiB", bytes as f64 / (1 << 20) as f64);
    println!("{:<34}{:>20}{:>20}", "most memory", mib(memory.0), mib(memory.1));
    if let Some(long) = scale.long {
        let took = run(folder, long, How::Wasm)?;
        let rate = long as f64 / took.time.as_secs_f64();
        println!("{:<34}{:>20}", format!("{long} messages"), format!("{rate:.0}/s"));
        println!("{:<34}{:>20}", "most memory", mib(took.memory));
    }
    println!("{:<34}{:>20}", "start to end of one message", format!("{:.0?}", start(folder, scale.times)?));
    Ok(())
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
    let said = String::from_utf8(out.stdout)?;
    let last = said.lines().last().context("a run said nothing")?;
    let (time, memory) = last.split_once(' ').context("a run said something else")?;
    said.lines().filter(|line| *line != last).for_each(|line| println!("  {line}"));
    Ok(Took { time: Duration::from_nanos(time.parse()?), memory: memory.parse()? })
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
