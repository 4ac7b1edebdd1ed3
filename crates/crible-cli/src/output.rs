//! Standard output and standard error: what they are, and writing to them.

use std::io::{self, ErrorKind, IsTerminal, Write};

use anyhow::Context;

/// Where lines end where there is no terminal to say so.
const USUAL_WIDTH: usize = 80;

/// Print to standard output. That nobody reads it to its end (`| head`) is no error.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("standard output cannot be written")
        }
        _ => Ok(()),
    }
}

/// Print to standard error, as far as that goes.
pub(crate) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether colours are wanted on standard error.
pub(crate) fn colour_on_stderr() -> bool {
    colours_allowed() && io::stderr().is_terminal()
}

/// Whether colours are wanted on standard output.
pub(crate) fn colour_on_stdout() -> bool {
    colours_allowed() && io::stdout().is_terminal()
}

/// `NO_COLOR` and `TERM=dumb` speak against them, whatever there is to see them.
fn colours_allowed() -> bool {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !no_colour && !is_dumb()
}

/// Whether the terminal says of itself that it can only be written to from top to bottom.
pub(crate) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// The width of standard error in characters.
pub(crate) fn width_of_stderr() -> usize {
    terminal_size::terminal_size_of(io::stderr()).map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0))
}

/// The width of standard output in characters.
pub(crate) fn width_of_stdout() -> usize {
    terminal_width_of_stdout().unwrap_or(USUAL_WIDTH)
}

/// The width of standard output in characters, where it is a terminal.
pub(crate) fn terminal_width_of_stdout() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
}

/// A text in bold, where colours are wanted.
pub(crate) fn bold(text: &str, colour: bool) -> String {
    if colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// A text that stands back, where colours are wanted.
pub(crate) fn dim(text: &str, colour: bool) -> String {
    if colour { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
}
