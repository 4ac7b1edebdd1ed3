//! The `crible` command, as a library so that the tests of the house can run it too.

mod args;
mod backtest;
mod check;
mod eval;
mod feedback;
mod figures;
mod graph;
mod inspect;
mod judging;
mod labels;
mod language;
mod live_line;
mod logging;
mod output;
mod plugins;
mod recorded;
mod refusal;
mod report;
mod run;
mod said;
mod schema;
mod sentences;
mod setup;
mod signals;
mod summary;
mod table;
mod test;
mod train;
mod why;
mod wrap;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};
use crate::language::Language;

/// The run failed.
pub(crate) const FAILED: u8 = 1;
/// The config, or what was asked for, is wrong.
pub(crate) const WRONG: u8 = 2;

/// The command: what `main` does.
pub fn main() -> ExitCode {
    let args = Args::parse();
    logging::start();
    match act(args.command, Language::of_environment()) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            refusal::tell(&format!("{error:#}"), None);
            ExitCode::from(FAILED)
        }
    }
}

fn act(command: Command, language: Language) -> anyhow::Result<u8> {
    match command {
        Command::Run(args) => run::run(&args, language),
        Command::Check { configs } => check::check(&configs, language),
        Command::Test { config } => test::test(&config, language),
        Command::Eval(args) => eval::eval(&args, language),
        Command::Train(args) => train::train(&args, language),
        Command::Feedback(args) => feedback::feedback(&args, language),
        Command::Backtest(args) => backtest::backtest(&args, language),
        Command::Report(what) => report::report(&what, language),
        Command::Why(args) => why::why(&args, language),
        Command::Graph { config, format } => graph::graph(&config, format, language),
        Command::Plugins { action: None } => plugins::list(language),
        Command::Plugins { action: Some(args::Plugins::Inspect { plugin }) } => {
            inspect::inspect(&plugin, language)
        }
        Command::Schema => schema::schema(language),
    }
}
