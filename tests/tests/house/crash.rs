//! The real process is killed at random moments. `cargo xtask crash` does the same at length.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crible_testkit::flood::Flood;

use crate::program::{crible, run_well};

const MESSAGES: u64 = 30_000;

fn config(folder: &Path, name: &str, state: bool) -> (PathBuf, PathBuf) {
    let state = if state { format!("state = '{name}.state'") } else { String::new() };
    let config = folder.join(format!("{name}.toml"));
    let text = format!(
        "[pipeline]\nclock = 'messages'\ncheckpoint_every = '20ms'\n{state}\n\
         [[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig.path = 'flood.jsonl'\n\
         [[filter]]\nplugin = 'query'\nconfig.score = [{{ query = 'likes:>50 OR lang:fr', weight = 2.0 }}]\n\
         [[filter]]\nplugin = 'dedupe'\n\
         [[filter]]\nplugin = 'cap'\nconfig.most = 3\nconfig.window = '1m'\n\
         [[filter]]\nplugin = 'top'\nconfig.best = 100\nconfig.window = '2s'\n\
         [[sink]]\nid = 'out'\nplugin = 'jsonl'\nconfig.path = '{name}.jsonl'\n"
    );
    fs::write(&config, text).unwrap();
    (config, folder.join(format!("{name}.jsonl")))
}

#[test]
fn killed_at_any_moment_nothing_is_lost_and_nothing_comes_twice() {
    let folder = tempfile::tempdir().unwrap();
    let flood = fs::File::create(folder.path().join("flood.jsonl")).unwrap();
    Flood { messages: MESSAGES, ..Flood::default() }
        .write_ndjson(&mut std::io::BufWriter::new(flood))
        .unwrap();
    let (undisturbed, output) = config(folder.path(), "undisturbed", false);
    run_well(&undisturbed);
    let started = Instant::now();
    let expected = fs::read_to_string(&output).unwrap();
    assert!(expected.lines().count() > 500);
    fs::remove_file(&output).unwrap();
    run_well(&undisturbed);
    let whole = started.elapsed();

    let mut random = fastrand::Rng::with_seed(7);
    let mut killed = 0;
    for run in 0..12 {
        let (config, output) = config(folder.path(), &format!("run{run}"), true);
        for _ in 0..random.u32(1..3) {
            let mut child = crible(&["run", "--quiet", config.to_str().unwrap()]).spawn().unwrap();
            thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * random.f64()));
            if child.try_wait().unwrap().is_none() {
                child.kill().unwrap();
                killed += 1;
            }
            child.wait().unwrap();
        }
        run_well(&config);
        let got = fs::read_to_string(&output).unwrap();
        assert!(
            got == expected,
            "run {run}: {} lines, expected {}",
            got.lines().count(),
            expected.lines().count()
        );
    }
    assert!(killed >= 5, "only {killed} runs were killed in the middle");
}
