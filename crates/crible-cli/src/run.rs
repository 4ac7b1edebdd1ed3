//! `crible run`.

use std::io::{self, IsTerminal};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use crible::Loaded;

use crate::args::Run;
use crate::language::Language;
use crate::live_line::{self, LiveLine};
use crate::output::say;
use crate::{refusal, sentences, setup, signals, summary};

/// How often it is looked whether a run has ended: soon at first, for runs that take no time.
const LOOK_FIRST: Duration = Duration::from_millis(1);
const LOOK_LAST: Duration = Duration::from_millis(50);

/// Run a pipeline.
pub(crate) fn run(args: &Run, language: Language) -> anyhow::Result<u8> {
    let loaded = match setup::crible().load(&args.config) {
        Ok(loaded) => loaded,
        Err(error) => return Ok(refusal::tell_load_error(&error, language)),
    };
    let asked_to_stop = signals::listen()?;
    let running = match loaded.start() {
        Ok(running) => running,
        Err(error) => return Ok(refusal::tell_run_error(&error)),
    };
    let mut line = LiveLine::new(args.quiet || prints_to_terminal(&loaded), language);
    let mut stopping = false;
    let mut wait = LOOK_FIRST;
    while !running.is_finished() {
        if !stopping && asked_to_stop.load(Ordering::Relaxed) {
            stopping = true;
            running.stop();
            live_line::clear();
            if !args.quiet {
                say(sentences::stopping(language));
            }
        }
        line.draw(|| running.report());
        thread::sleep(wait);
        wait = (wait * 2).min(LOOK_LAST);
    }
    live_line::clear();
    let so_far = running.report();
    let (said, code) = match running.wait() {
        Ok(report) => (summary::summary(&loaded, &report, language), 0),
        Err(error) => {
            let code = refusal::tell_run_error(&error);
            (summary::so_far(&loaded, &so_far, language), code)
        }
    };
    if !args.quiet {
        say(&said);
    }
    Ok(code)
}

/// Whether messages appear on the terminal, where a live line would stand in their way.
fn prints_to_terminal(loaded: &Loaded) -> bool {
    io::stdout().is_terminal() && loaded.uses_standard_output()
}
