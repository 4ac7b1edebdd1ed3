//! A file that is being read, line by line.

use crible_sdk::{Page, StreamError, Streams, TextField};

use crate::cursor::{Cursor, checksum};
use crate::feed::{Feed, More};
use crate::lines::{Line, Lines};
use crate::row::RowReader;

/// So much of a line that is no message is kept, in bytes.
const KEPT: usize = 4 << 10;

const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// A file that is being read.
pub(crate) struct Reading {
    feed: Feed,
    lines: Lines,
    /// Where the next line begins.
    pub(crate) cursor: Cursor,
    /// How many bytes of what comes were read in an earlier run.
    skip: u64,
    /// Whether another file has the name now: this one is read to its end and then let go.
    pub(crate) is_replaced: bool,
    is_broken: bool,
}

/// What the file holds next.
pub(crate) enum Progress {
    /// Lines that were not yet taken.
    Lines,
    /// Nothing for now.
    Nothing,
}

impl Reading {
    /// Begin a file. `opened` is the path that is opened, where it is not that of the cursor.
    pub(crate) fn begin(
        streams: &dyn Streams,
        opened: &str,
        path: &str,
        longest: usize,
    ) -> Result<Self, StreamError> {
        let input = streams.open(opened)?;
        let (path, identity) = (path.to_owned(), input.identity());
        let cursor = Cursor { path, identity, ..Cursor::default() };
        let (feed, lines) = (Feed::new(input), Lines::new(longest));
        Ok(Self { feed, lines, cursor, skip: 0, is_replaced: false, is_broken: false })
    }

    /// Read on from where an earlier run had come in the same file. Whether it still begins as it did: if
    /// not, it is to be begun anew.
    pub(crate) fn resume(&mut self, from: &Cursor) -> Result<bool, StreamError> {
        let Some(skip) = self.feed.resume(from.offset, from.head)? else { return Ok(false) };
        self.skip = skip;
        (self.cursor.offset, self.cursor.line) = (from.offset, from.line);
        self.cursor.head = self.feed.head();
        Ok(true)
    }

    /// Whether the file is shorter now than what was read of it.
    pub(crate) fn was_cut(&self) -> bool {
        self.feed.input.length().is_ok_and(|length| length < self.feed.taken)
    }

    /// Whether an earlier run had come further than the file goes.
    pub(crate) fn ends_too_early(&self) -> bool {
        self.skip > 0
    }

    /// Whether nothing more can come.
    pub(crate) fn has_ended(&self) -> bool {
        self.is_broken || self.feed.input.ended()
    }

    /// Take lines into the page, up to so many messages and so many bytes. Whether there may be more of
    /// what was read already.
    pub(crate) fn take(
        &mut self,
        rows: &mut RowReader,
        page: &mut Page,
        max: usize,
        bytes: &mut u64,
    ) -> bool {
        let Self { lines, cursor, .. } = self;
        loop {
            if page.messages.len() + page.malformed.len() >= max || *bytes == 0 {
                return true;
            }
            let Some(line) = lines.next() else { return false };
            *bytes = bytes.saturating_sub(line.length);
            take_line(line, cursor, rows, page);
        }
    }

    /// Read on.
    pub(crate) fn more(&mut self) -> Result<Progress, StreamError> {
        loop {
            if self.is_broken {
                return Ok(Progress::Nothing);
            }
            let more = self.feed.more()?;
            self.cursor.head = self.feed.head();
            match more {
                More::Nothing => return Ok(Progress::Nothing),
                More::Broken => self.is_broken = true,
                More::Piece(piece) => {
                    if self.push(piece) {
                        return Ok(Progress::Lines);
                    }
                }
            }
        }
    }

    /// Whether there is anything in it that was not read in an earlier run.
    fn push(&mut self, mut piece: Vec<u8>) -> bool {
        if self.skip >= piece.len() as u64 {
            self.skip -= piece.len() as u64;
            return false;
        }
        if self.skip > 0 {
            piece.drain(..self.skip as usize);
            self.skip = 0;
        }
        self.lines.push(piece);
        true
    }

    /// The file has ended: take what nothing ends, and complain where what is packed breaks off.
    pub(crate) fn end(&mut self, rows: &mut RowReader, page: &mut Page) {
        let (rest, is_complete) = self.feed.end();
        if self.push(rest) {
            let mut all = u64::MAX;
            self.take(rows, page, usize::MAX, &mut all);
        }
        let is_broken = self.is_broken || !is_complete;
        if is_broken {
            let line = self.lines.last().map_or(0, |line| line.length);
            let place = format!("{}:{}", self.cursor.path, self.cursor.line + 1);
            self.cursor.offset += line;
            page.malformed(place, "", "the gzip data is damaged or breaks off here; the rest cannot be read");
        } else if let Some(line) = self.lines.last() {
            take_line(line, &mut self.cursor, rows, page);
        }
    }
}

#[inline]
fn take_line(line: Line<'_>, cursor: &mut Cursor, rows: &mut RowReader, page: &mut Page) {
    let start = cursor.offset;
    cursor.offset += line.length;
    cursor.line += 1;
    let bytes = match start {
        0 => line.bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line.bytes),
        _ => line.bytes,
    };
    let why = if line.is_too_long {
        format!("the line has {} bytes, more than `longest` allows", line.length)
    } else {
        match simdutf8::basic::from_utf8(bytes) {
            Err(_) => "the line is not UTF-8: it is written in another encoding, or damaged".to_owned(),
            Ok(text) if text.bytes().all(|byte| byte.is_ascii_whitespace()) => return,
            Ok(text) => match rows.read(text, &mut page.messages) {
                Ok(has_id) => {
                    if !has_id {
                        page.messages.text(TextField::Id, &made_id(&cursor.path, start, bytes));
                    }
                    page.messages.end_row();
                    return;
                }
                Err(error) => {
                    page.messages.abandon_row();
                    format!("the line is no JSON object: {}", error.sentence(text))
                }
            },
        }
    };
    let raw = String::from_utf8_lossy(&bytes[..bytes.len().min(KEPT)]);
    page.malformed(format!("{}:{}", cursor.path, cursor.line), raw, why);
}

/// An id for a message that has none. The offset tells it from the others in its file; the checksum,
/// from those of another file of that name.
fn made_id(path: &str, offset: u64, line: &[u8]) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    format!("{name}:{offset}-{:08x}", checksum(line))
}
