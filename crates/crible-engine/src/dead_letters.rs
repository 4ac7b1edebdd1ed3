//! What could be neither read, judged nor delivered, kept readable.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crible_core::{Live, Message};
use serde::Serialize;

/// How many dead letters are told in the log where no file receives them.
const TOLD: u64 = 5;

/// A message that goes to the dead letters, or what could not be read as one.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Letter<'a> {
    pub(crate) stage: &'a str,
    pub(crate) reason: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) place: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) raw: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<Message>,
}

/// The file of dead letters. What belongs behind a cut whose checkpoint is not durable yet waits, so that
/// after a crash the file can be cut back to a length and holds each letter once.
#[derive(Debug, Default)]
pub(crate) struct DeadLetters(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    file: Option<(PathBuf, File)>,
    count: u64,
    /// Letters of cuts up to this one may be written.
    open: u64,
    waiting: Vec<(u64, String)>,
    failed: Option<String>,
}

impl DeadLetters {
    /// Open the file where there is one, and cut it back to `length`.
    pub(crate) fn open(path: Option<PathBuf>, length: Option<u64>) -> io::Result<Self> {
        let file = path.map(|path| {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            let mut file = OpenOptions::new().create(true).write(true).truncate(false).open(&path)?;
            if let Some(length) =
                length.filter(|&length| file.metadata().is_ok_and(|data| data.len() > length))
            {
                file.set_len(length)?;
            }
            file.seek(SeekFrom::End(0))?;
            Ok::<_, io::Error>((path, file))
        });
        let file = file.transpose()?;
        Ok(Self(Mutex::new(Inner { file, ..Inner::default() })))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Inner) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many there were in this run.
    pub(crate) fn count(&self) -> u64 {
        self.with(|inner| inner.count)
    }

    /// Send a letter that belongs in front of the cut of this number.
    pub(crate) fn send(&self, cut: u64, letter: &Letter<'_>) {
        let mut line = serde_json::to_string(letter).unwrap_or_else(|error| error.to_string());
        line.push('\n');
        self.with(|inner| {
            inner.count += 1;
            if inner.file.is_none() && inner.count <= TOLD {
                let Letter { stage, place, reason, .. } = letter;
                let id = letter.message.as_ref().map_or("", |message| &message.id);
                tracing::warn!(
                    "{stage}: {place}{id}: {reason} (set `dead_letters` in [pipeline] to keep such messages)"
                );
            }
            if cut <= inner.open { inner.write(&line) } else { inner.waiting.push((cut, line)) }
        });
    }

    /// Send a row of a batch.
    pub(crate) fn send_row(&self, cut: u64, stage: &str, reason: &str, live: &Live, place: usize) {
        let message = Some(live.batch().message(live.row(place)));
        self.send(cut, &Letter { stage, reason, message, ..Letter::default() });
    }

    /// Have all letters in front of a cut on the disk; how long the file is then.
    pub(crate) fn sync(&self) -> Result<u64, String> {
        self.with(|inner| {
            if let Some(failed) = inner.failed.take() {
                return Err(failed);
            }
            let Some((path, file)) = &mut inner.file else { return Ok(0) };
            let synced = file.sync_data().and_then(|()| file.stream_position());
            synced.map_err(|error| format!("{}: {error}", path.display()))
        })
    }

    /// The checkpoint of a cut is durable: the letters behind it may be written.
    pub(crate) fn passed(&self, cut: u64) {
        self.with(|inner| {
            inner.open = cut + 1;
            let (ready, waiting) =
                std::mem::take(&mut inner.waiting).into_iter().partition(|(of, _)| *of <= cut + 1);
            inner.waiting = waiting;
            let ready: Vec<(u64, String)> = ready;
            ready.iter().for_each(|(_, line)| inner.write(line));
        });
    }
}

impl Inner {
    fn write(&mut self, line: &str) {
        if let Some((path, file)) = &mut self.file
            && let Err(error) = file.write_all(line.as_bytes())
        {
            self.failed = Some(format!("{}: {error}", path.display()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_behind_a_cut_wait_until_it_is_durable() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out/dead.jsonl");
        let send = |letters: &DeadLetters, cut, reason| {
            letters.send(cut, &Letter { stage: "s", reason, ..Letter::default() })
        };
        let read = || std::fs::read_to_string(&path).unwrap();
        let letters = DeadLetters::open(Some(path.clone()), None).unwrap();
        send(&letters, 0, "first");
        send(&letters, 1, "behind");
        send(&letters, 0, "late");
        let length = letters.sync().unwrap();
        assert_eq!(read(), "{\"stage\":\"s\",\"reason\":\"first\"}\n{\"stage\":\"s\",\"reason\":\"late\"}\n");
        letters.passed(0);
        assert!(read().contains("behind"));
        // After a crash the file is what it was at the checkpoint.
        DeadLetters::open(Some(path.clone()), Some(length)).unwrap();
        assert!(!read().contains("behind") && read().contains("late"));
    }
}
