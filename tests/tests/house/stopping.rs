//! Signals: the first drains, the second ends at once.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crible_testkit::guests;

use crate::program::{crible, read_lines};

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

fn wait(child: &mut Child) -> Option<i32> {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        assert!(Instant::now() < until, "it does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[cfg(unix)]
#[test]
fn a_day_long_top_that_is_stopped_in_the_middle_ends_like_one_that_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let line = |n: u32| {
        let (hour, minute) = (n / 60, n % 60);
        format!(
            "{{\"id\":\"{n}\",\"text\":\"m {n}\",\"likes\":{},\"created_at\":\"2026-03-14T{hour:02}:{minute:02}:00Z\"}}\n",
            n * 7919 % 1000
        )
    };
    let config = |name: &str, state: &str, source: &str| {
        let text = format!(
            "[pipeline]\nclock = 'messages'\n{state}\n[[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig = {{ {source} }}\n\
             [[filter]]\nplugin = 'query'\nconfig.score = [{{ query = 'likes:>500', weight = 1.0 }}, {{ query = 'likes:>900', weight = 1.0 }}]\n\
             [[filter]]\nplugin = 'top'\nconfig = {{ best = 10, window = '1d' }}\n\
             [[sink]]\nid = 'out'\nplugin = 'jsonl'\nconfig.path = '{name}.jsonl'\n"
        );
        fs::write(at(&format!("{name}.toml")), text).unwrap();
        at(&format!("{name}.toml"))
    };
    fs::write(at("day.jsonl"), (0..1440).map(line).collect::<String>()).unwrap();
    crate::program::run_well(&config("whole", "", "path = 'day.jsonl'"));

    fs::write(at("log.jsonl"), (0..700).map(line).collect::<String>()).unwrap();
    let halves = config("halves", "state = 'state'", "path = 'log.jsonl', follow = true, poll = '20ms'");
    let mut child = crible(&["run", "--quiet", halves.to_str().unwrap()]).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    signal(&child, "-TERM");
    assert_eq!(wait(&mut child), Some(0));
    assert_eq!(fs::read_to_string(at("halves.jsonl")).unwrap_or_default(), "", "the day is not over");
    fs::write(at("log.jsonl"), (0..1440).map(line).collect::<String>()).unwrap();
    let rest = config("halves", "state = 'state'", "path = 'log.jsonl'");
    crate::program::run_well(&rest);
    let [whole, halves] = ["whole", "halves"].map(|name| read_lines(&at(&format!("{name}.jsonl"))));
    assert_eq!(whole.len(), 10);
    assert_eq!(halves, whole);
}

#[cfg(unix)]
#[test]
fn the_first_signal_drains() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("p.toml");
    fs::write(
        &config,
        "[[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig.path = '-'\n\
         [[sink]]\nid = 'out'\nplugin = 'jsonl'\nconfig.path = 'out.jsonl'\n",
    )
    .unwrap();
    let mut command = crible(&["run", config.to_str().unwrap()]);
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"{\"id\":\"1\",\"text\":\"une seule\"}\n").unwrap();
    stdin.flush().unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    signal(&child, "-INT");
    assert_eq!(wait(&mut child), Some(0), "a run that was asked to stop has done well");
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(read_lines(&folder.path().join("out.jsonl")).len(), 1, "{said}");
}

#[cfg(unix)]
#[test]
fn the_second_signal_ends_at_once_and_the_next_run_goes_on() {
    for (first, second) in [("-INT", "-INT"), ("-TERM", "-INT")] {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("in.jsonl"), "{\"id\":\"1\",\"text\":\"une seule\"}\n").unwrap();
        // It hangs for longer than anyone waits, so that what was read cannot be brought to its end.
        fs::write(at("guest.wasm"), guests::filter("endless-loop")).unwrap();
        let config = at("p.toml");
        fs::write(
            &config,
            "[pipeline]\nstate = 'state'\n[[source]]\nid = 'in'\nplugin = 'jsonl'\nconfig.path = 'in.jsonl'\n\
             [[filter]]\nid = 'stuck'\nplugin = './guest.wasm'\nlimits.time = '1h'\n\
             [[sink]]\nid = 'out'\nplugin = 'jsonl'\nconfig.path = 'out.jsonl'\n",
        )
        .unwrap();
        let mut command = crible(&["run", config.to_str().unwrap()]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::sleep(Duration::from_millis(1500));
        signal(&child, first);
        let mut said = String::new();
        stderr.read_line(&mut said).unwrap();
        assert_eq!(said, "stopping: what was read is brought to its end; Ctrl-C again stops at once\n");
        std::thread::sleep(Duration::from_millis(300));
        assert!(child.try_wait().unwrap().is_none(), "the first signal ended it");
        signal(&child, second);
        assert_eq!(wait(&mut child), Some(130));
        said.clear();
        stderr.read_to_string(&mut said).unwrap();
        assert_eq!(said, "", "it ends without another word");

        fs::write(at("guest.wasm"), guests::filter("keep")).unwrap();
        crate::program::run_well(&config);
        assert_eq!(read_lines(&at("out.jsonl")).len(), 1);
    }
}
