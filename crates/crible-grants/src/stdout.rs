//! Standard output.

use std::io::{Error, ErrorKind, Write};

use crible_core::{Output, StreamError};

use crate::io_sentence::sentence;

/// What standard output is, as the program found out when it started. By default no terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Console {
    /// How wide the terminal is, in characters; 0 where it is none.
    pub width: u32,
    /// Whether colours are wanted.
    pub colour: bool,
}

/// Standard output, or in tests what stands for it.
pub(crate) struct Stdout<W> {
    to: W,
    console: Console,
    length: u64,
}

impl<W: Write + Send> Stdout<W> {
    pub(crate) fn new(to: W, console: Console) -> Self {
        Self { to, console, length: 0 }
    }
}

fn failed(error: &Error) -> StreamError {
    match error.kind() {
        ErrorKind::BrokenPipe => StreamError("nobody reads standard output any more".to_owned()),
        _ => sentence("standard output", error),
    }
}

impl<W: Write + Send> Output for Stdout<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<(), StreamError> {
        // People and pipes wait for it: nothing is kept back.
        self.to.write_all(bytes).and_then(|()| self.to.flush()).map_err(|error| failed(&error))?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    fn sync(&mut self) -> Result<u64, StreamError> {
        self.to.flush().map_err(|error| failed(&error))?;
        Ok(self.length)
    }

    fn truncate(&mut self, _length: u64) -> Result<(), StreamError> {
        Err(StreamError("standard output cannot be cut back: what was written is gone".to_owned()))
    }

    fn length(&self) -> u64 {
        self.length
    }

    fn width(&self) -> u32 {
        self.console.width
    }

    fn colour(&self) -> bool {
        self.console.colour
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _bytes: &[u8]) -> Result<usize, Error> {
            Err(Error::from(ErrorKind::BrokenPipe))
        }
        fn flush(&mut self) -> Result<(), Error> {
            Ok(())
        }
    }

    #[test]
    fn a_pipe_that_was_closed_is_said_in_words() {
        let refused = Stdout::new(Closed, Console::default()).write(b"x").unwrap_err();
        assert_eq!(refused.to_string(), "nobody reads standard output any more");
    }

    #[test]
    fn it_is_what_the_program_found_it_to_be() {
        let mut out = Stdout::new(Vec::new(), Console { width: 80, colour: true });
        out.write("été".as_bytes()).unwrap();
        assert_eq!((out.width(), out.colour(), out.length()), (80, true, 5));
        assert_eq!(out.to, "été".as_bytes());
        assert!(out.truncate(0).is_err());
    }
}
