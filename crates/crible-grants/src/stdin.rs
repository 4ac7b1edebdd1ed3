//! Standard input, read by a thread of its own so that nobody waits for it for ever.

use std::io::Read;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use crible_core::{Input, StreamError};

use crate::io_sentence::sentence;

/// How long a read waits before it answers that nothing has come.
const PATIENCE: Duration = Duration::from_millis(100);

/// How much is read ahead: so many pieces of so many bytes.
const AHEAD: usize = 4;
const PIECE: usize = 256 << 10;

/// Standard input. A process has one, however often it is opened: whoever opens it again, such as a
/// stage that was started anew, reads on.
pub(crate) fn standard_input() -> Stdin {
    static SHARED: OnceLock<Stdin> = OnceLock::new();
    SHARED.get_or_init(|| Stdin::reading(std::io::stdin())).clone()
}

/// What a thread reads ahead.
#[derive(Clone)]
pub(crate) struct Stdin(Arc<Mutex<Ahead>>);

struct Ahead {
    pieces: Receiver<Result<Vec<u8>, StreamError>>,
    /// What of the last piece was not yet asked for.
    rest: Vec<u8>,
    ended: bool,
    /// Why nothing more can be read. That is no end: what would have come is missing.
    failed: Option<StreamError>,
}

impl Stdin {
    pub(crate) fn reading(from: impl Read + Send + 'static) -> Self {
        let (sender, pieces) = sync_channel(AHEAD);
        std::thread::spawn(move || read_ahead(from, &sender));
        Self(Arc::new(Mutex::new(Ahead { pieces, rest: Vec::new(), ended: false, failed: None })))
    }
}

/// Until the end, an error, or nobody listens any more.
fn read_ahead(mut from: impl Read, to: &SyncSender<Result<Vec<u8>, StreamError>>) {
    let mut piece = vec![0; PIECE];
    loop {
        match from.read(&mut piece) {
            Ok(0) => return,
            Ok(bytes) => {
                if to.send(Ok(piece[..bytes].to_vec())).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                let _ = to.send(Err(sentence("standard input", &error)));
                return;
            }
        }
    }
}

impl Input for Stdin {
    fn read(&mut self, max: usize) -> Result<Vec<u8>, StreamError> {
        let mut ahead = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(failed) = &ahead.failed {
            return Err(failed.clone());
        }
        if ahead.rest.is_empty() && !ahead.ended {
            match ahead.pieces.recv_timeout(PATIENCE) {
                Ok(Ok(piece)) => ahead.rest = piece,
                Ok(Err(error)) => {
                    ahead.failed = Some(error.clone());
                    return Err(error);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => ahead.ended = true,
            }
        }
        if ahead.rest.len() <= max {
            return Ok(std::mem::take(&mut ahead.rest));
        }
        let rest = ahead.rest.split_off(max);
        Ok(std::mem::replace(&mut ahead.rest, rest))
    }

    fn ended(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).ended
    }

    fn seek(&mut self, _offset: u64) -> Result<(), StreamError> {
        Err(StreamError("standard input cannot be read from another place; use a file".to_owned()))
    }

    fn length(&self) -> Result<u64, StreamError> {
        Err(StreamError("nobody knows how long standard input is; use a file".to_owned()))
    }

    fn identity(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    /// Gives what is sent to it.
    struct Pipe(Receiver<&'static str>);

    impl Read for Pipe {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let text = self.0.recv().unwrap_or_default();
            into[..text.len()].copy_from_slice(text.as_bytes());
            Ok(text.len())
        }
    }

    /// Gives one piece, then fails.
    struct Broken(bool);

    impl Read for Broken {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            if std::mem::replace(&mut self.0, true) {
                return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory));
            }
            into[..2].copy_from_slice("é".as_bytes());
            Ok(2)
        }
    }

    #[test]
    fn what_fails_has_not_ended() {
        let mut stdin = Stdin::reading(Broken(false));
        let mut read = Vec::new();
        let error = loop {
            match stdin.read(10) {
                Ok(piece) => read.extend(piece),
                Err(error) => break error,
            }
        };
        assert_eq!(read, "é".as_bytes());
        assert_eq!(error.to_string(), "standard input: it is a folder; name a file in it");
        assert_eq!((stdin.read(10), stdin.ended()), (Err(error), false));
    }

    #[test]
    fn a_silent_pipe_is_not_waited_for() {
        let (sender, receiver) = sync_channel(4);
        let mut stdin = Stdin::reading(Pipe(receiver));
        let start = Instant::now();
        assert_eq!(stdin.read(10), Ok(vec![]));
        assert!(start.elapsed() < Duration::from_secs(5));
        assert!(!stdin.ended());

        sender.send("été à Nice").unwrap();
        let mut text = Vec::new();
        while text.len() < "été à Nice".len() {
            let piece = stdin.clone().read(3).unwrap();
            assert!(piece.len() <= 3);
            text.extend(piece);
        }
        assert_eq!(text, "été à Nice".as_bytes());

        drop(sender);
        while !stdin.ended() {
            assert_eq!(stdin.read(10), Ok(vec![]));
        }
    }
}
