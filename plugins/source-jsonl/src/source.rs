//! The files one after the other, and the last of them on and on where it is followed.

use std::sync::Arc;

use crible_sdk::{
    ConfigError, Next, Page, Plugin, Source, SourcePlugin, StageError, StreamError, Streams, log,
};

use crate::config::Config;
use crate::cursor::Cursor;
use crate::reading::{Progress, Reading};
use crate::row::{Complaints, RowReader};

/// A page holds about so many bytes of lines at most.
const PAGE: u64 = 4 << 20;

/// When to ask again where standard input is silent, in ms: the host has waited already.
const SILENCE: u32 = 10;

/// Reads messages from files with one JSON object a line.
pub struct Jsonl {
    paths: Vec<String>,
    follow: bool,
    poll: u32,
    longest: usize,
    rows: RowReader,
    streams: Arc<dyn Streams>,
    /// Which of the paths is read, or is next.
    at: usize,
    reading: Option<Reading>,
    /// Where the last page ended, or an earlier run.
    cursor: Option<Cursor>,
    /// Whether the cursor is that of an earlier run and its file was not opened yet.
    is_resuming: bool,
    was_checked: bool,
    /// What went wrong after a page had begun: it is said in the next call.
    failed: Option<StageError>,
}

impl Plugin for Jsonl {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl SourcePlugin for Jsonl {
    fn configure(
        config: &str,
        cursor: Option<&[u8]>,
        streams: Arc<dyn Streams>,
    ) -> Result<Self, ConfigError> {
        let Config { paths, root, attrs, with_attrs, follow, poll, longest } = Config::read(config)?;
        let cursor = cursor.and_then(|bytes| {
            let cursor = Cursor::from_bytes(bytes);
            if cursor.is_none() {
                log::warn("where the last run had come cannot be read; everything is read from the start");
            }
            cursor
        });
        let at = cursor.as_ref().and_then(|cursor| paths.iter().position(|path| *path == cursor.path));
        if let (Some(Cursor { path, .. }), None) = (&cursor, at) {
            log::warn(&format!(
                "the last run had come to {path}, which the config does not name any more; everything is read from the start"
            ));
        }
        Ok(Self {
            paths,
            follow,
            poll,
            longest,
            rows: RowReader::new(root, attrs, with_attrs),
            streams,
            at: at.unwrap_or(0),
            reading: None,
            is_resuming: at.is_some(),
            cursor: at.and(cursor),
            was_checked: false,
            failed: None,
        })
    }
}

impl Source for Jsonl {
    fn read(&mut self, max: usize, page: &mut Page) -> Result<(), StageError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.check_files()?;
        self.rows.start_page();
        let next = self.fill(max, page);
        self.complain();
        if let Some(reading) = &self.reading {
            self.cursor = Some(reading.cursor.clone());
        }
        page.cursor = self.cursor.as_ref().map(Cursor::to_bytes);
        match next {
            Ok(next) => page.next = next,
            Err(error) if page.messages.is_empty() && page.malformed.is_empty() => return Err(error),
            Err(error) => self.failed = Some(error),
        }
        Ok(())
    }
}

impl Jsonl {
    fn fill(&mut self, max: usize, page: &mut Page) -> Result<Next, StageError> {
        let mut bytes = PAGE;
        loop {
            let Some(reading) = &mut self.reading else {
                if self.at == self.paths.len() {
                    return Ok(Next::End);
                }
                self.reading = Some(self.open()?);
                continue;
            };
            if reading.take(&mut self.rows, page, max, &mut bytes) {
                return Ok(Next::More);
            }
            let more = reading.more().map_err(|StreamError(why)| StageError::failed(why))?;
            if matches!(more, Progress::Nothing) && self.wait_or_go_on(page) {
                let path = &self.paths[self.at];
                return Ok(Next::Idle(if path == "-" { SILENCE } else { self.poll }));
            }
        }
    }

    /// At the end of what the file holds for now: whether to wait for more of it.
    fn wait_or_go_on(&mut self, page: &mut Page) -> bool {
        let Some(reading) = &mut self.reading else { return false };
        let path = &self.paths[self.at];
        if path == "-" && !reading.has_ended() {
            return true;
        }
        if reading.ends_too_early() && !reading.has_ended() {
            log::warn(&format!("{path} is shorter than when it was last read; it is read from the start"));
            (self.reading, self.cursor) = (None, None);
            return false;
        }
        let is_followed = self.follow && path != "-" && self.at + 1 == self.paths.len();
        if is_followed && !reading.is_replaced {
            let identity = self.streams.identity(path);
            if identity.is_ok_and(|identity| identity != reading.cursor.identity) {
                // Something may have been written into the old file after it was last read.
                reading.is_replaced = true;
                return false;
            }
            if !reading.was_cut() {
                return true;
            }
            log::info(&format!("{path} was emptied; it is read from the start"));
        }
        reading.end(&mut self.rows, page);
        self.cursor = Some(reading.cursor.clone());
        self.reading = None;
        if !is_followed {
            self.at += 1;
        }
        false
    }

    /// Open the file that is next.
    fn open(&mut self) -> Result<Reading, StageError> {
        let path = &self.paths[self.at];
        let opened = Reading::begin(&*self.streams, path, path, self.longest);
        let reading = opened.map_err(|error| self.cannot_open(error))?;
        if !std::mem::take(&mut self.is_resuming) || path == "-" {
            return Ok(reading);
        }
        let Some(cursor) = self.cursor.clone() else { return Ok(reading) };
        let mut reading = if cursor.identity == reading.cursor.identity {
            reading
        } else if let Some(rotated) = self.rotated(&cursor) {
            rotated
        } else {
            log::warn(&format!(
                "{path} is another file than the last run read; it is read from the start, and what the \
                 other one still held is not read"
            ));
            return Ok(reading);
        };
        let is_same = reading.resume(&cursor).map_err(|StreamError(why)| StageError::failed(why))?;
        let what = match (is_same, reading.was_cut()) {
            (true, false) => return Ok(reading),
            (true, true) => "shorter than when it was last read",
            (false, _) => "not what it was when it was last read",
        };
        log::warn(&format!("{path} is {what}; it is read from the start"));
        Reading::begin(&*self.streams, path, path, self.longest).map_err(|error| self.cannot_open(error))
    }

    /// The file that the last run read, where it was moved to `PATH.1` and may be read there.
    fn rotated(&self, cursor: &Cursor) -> Option<Reading> {
        let rotated = format!("{}.1", cursor.path);
        if !self.follow || self.streams.identity(&rotated) != Ok(cursor.identity) {
            return None;
        }
        Reading::begin(&*self.streams, &rotated, &cursor.path, self.longest).ok()
    }

    fn cannot_open(&self, StreamError(why): StreamError) -> StageError {
        // A file that is followed may come later.
        if self.follow { StageError::failed(why) } else { StageError::fatal(why) }
    }

    /// A name that is wrong is found out before the first file was read, and not hours later.
    fn check_files(&mut self) -> Result<(), StageError> {
        if !self.was_checked && !self.follow {
            for path in self.paths[self.at..].iter().filter(|path| *path != "-") {
                self.streams.identity(path).map_err(|error| self.cannot_open(error))?;
            }
        }
        self.was_checked = true;
        Ok(())
    }

    /// Log what could not be taken over, the first time.
    fn complain(&mut self) {
        let path = self.paths.get(self.at).map_or("", String::as_str);
        let Complaints { date, attr } = std::mem::take(&mut self.rows.complaints);
        if let Some(date) = date {
            log::warn(&format!(
                "{path}: the date `{date}` cannot be read; write dates like 2026-03-14T09:12:00Z"
            ));
        }
        if let Some(attr) = attr {
            log::warn(&format!(
                "{path}: `{attr}` and others are left out: these messages have more than 256 attributes of different names; name the fields that you need, and set attrs = false"
            ));
        }
    }
}
