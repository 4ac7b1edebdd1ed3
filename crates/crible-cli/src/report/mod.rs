//! `crible report`: who and where is worth following, found on recorded messages.

mod authors;
mod channels;
mod clip;
mod recent;
mod replayed;
mod sheet;

use crate::args::Report;
use crate::language::Language;

/// Report on a file.
pub(crate) fn report(what: &Report, language: Language) -> anyhow::Result<u8> {
    match what {
        Report::Authors(args) => authors::authors(args, language),
        Report::Channels(args) => channels::channels(args, language),
    }
}
