//! The files of a quarantine: segments of lines, of which the oldest are removed.

use std::collections::VecDeque;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{QuarantineError, QuarantineSettings};

/// Into so many segments the size and the age that are allowed are divided: with the oldest one goes about
/// as much of what is remembered.
const SEGMENTS: u64 = 10;
/// So many closed segments may wait for the next checkpoint to be synced.
const MOST_OPEN: usize = 16;
/// What the name of a segment has before and behind its number.
const BEGINNING: &str = "quarantine-";
const ENDING: &str = ".jsonl";
/// Held by the run that writes.
const LOCK: &str = "quarantine.lock";

/// A place in the quarantine: behind it nothing was written yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark {
    /// Tells the messages' numbers from those of other pipelines, and of runs that resume nothing.
    pub(crate) stream: u64,
    segment: u64,
    /// In bytes.
    length: u64,
}

/// The segments of a quarantine, and the one that is being written.
#[derive(Debug)]
pub(crate) struct Files {
    settings: QuarantineSettings,
    /// The oldest first.
    segments: VecDeque<Segment>,
    /// The last of them, where it may be written on.
    current: Option<File>,
    /// The number of the next segment.
    next: u64,
    /// How long all of them are.
    total: u64,
    /// What was written and closed since it was last asked for what is to be synced.
    unsynced: Vec<File>,
    /// Whether a segment was begun since then.
    begun: bool,
    /// Nobody else may write while this is held.
    _lock: File,
}

#[derive(Debug)]
struct Segment {
    number: u64,
    path: PathBuf,
    /// When its first line was written, in ms since 1970.
    since: i64,
    length: u64,
}

/// What is read of a line again.
#[derive(Deserialize)]
struct Stamp {
    stream: u64,
    at: i64,
}

/// The files of the quarantine in a folder, the oldest first.
///
/// # Errors
/// Where the folder cannot be read.
pub fn quarantine_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let numbered = numbered(folder)?;
    Ok(numbered.into_iter().map(|(_, path)| path).collect())
}

fn numbered(folder: &Path) -> io::Result<Vec<(u64, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(BEGINNING)?.strip_suffix(ENDING));
        if let Some(number) = number.and_then(|number| number.parse().ok()) {
            found.push((number, entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

impl Files {
    /// Open the quarantine of a folder, cut back to a mark where there is one.
    pub(crate) fn open(
        settings: QuarantineSettings,
        mark: Option<Mark>,
        now: i64,
    ) -> Result<Self, QuarantineError> {
        let folder = settings.folder.clone();
        let lock = lock(&folder)?;
        let opened = Self::restore(settings, lock, mark, now);
        opened.map_err(|error| QuarantineError::cannot("opened", &folder, &error))?.ok_or_else(|| {
            QuarantineError {
                message: format!("another pipeline has written into the quarantine in {}", folder.display()),
                hint: Some("give each pipeline a `quarantine` of its own, or move the folder away".into()),
            }
        })
    }

    /// What is there, cut back to a mark; absent where somebody else wrote behind it.
    fn restore(
        settings: QuarantineSettings,
        lock: File,
        mark: Option<Mark>,
        now: i64,
    ) -> io::Result<Option<Self>> {
        let there = numbered(&settings.folder)?;
        let next = there.last().map_or(1, |(number, _)| number + 1);
        let mut files = Self {
            settings,
            segments: VecDeque::new(),
            current: None,
            next,
            total: 0,
            unsynced: vec![],
            begun: false,
            _lock: lock,
        };
        if let Some(mark) = mark {
            for (number, path) in there.iter().filter(|(number, _)| *number >= mark.segment) {
                let from = if *number == mark.segment { mark.length } else { 0 };
                if written_by_another(path, from, mark.stream)? {
                    return Ok(None);
                }
            }
            files.next = mark.segment + u64::from(mark.length > 0);
        }
        for (number, path) in there {
            let most = match mark {
                Some(mark) if number > mark.segment => 0,
                Some(mark) if number == mark.segment => mark.length,
                _ => u64::MAX,
            };
            if let Some(segment) = restored(number, path, most, now)? {
                files.next = number + 1;
                files.segments.push_back(segment);
            }
        }
        files.current = files.segments.back_mut().map(Segment::open_at_its_end).transpose()?;
        files.total = files.segments.iter().map(|segment| segment.length).sum();
        files.forget_old(now)?;
        files.make_room(0)?;
        Ok(Some(files))
    }

    /// Write whole lines; the oldest segments give way.
    pub(crate) fn write(&mut self, mut lines: &[u8], now: i64) -> io::Result<()> {
        self.forget_old(now)?;
        while !lines.is_empty() {
            let part = self.next_part(lines, now)?;
            let (part, behind) = lines.split_at(part);
            self.make_room(part.len() as u64)?;
            if let (Some(file), Some(segment)) = (&mut self.current, self.segments.back_mut()) {
                file.write_all(part)?;
                segment.length += part.len() as u64;
                self.total += part.len() as u64;
            }
            lines = behind;
        }
        Ok(())
    }

    /// How many bytes of these lines go into the segment that is being written: a new one, where it is full.
    fn next_part(&mut self, lines: &[u8], now: i64) -> io::Result<usize> {
        let longest = (self.settings.size / SEGMENTS).max(1);
        let length =
            self.segments.back().filter(|_| self.current.is_some()).map_or(u64::MAX, |last| last.length);
        let room = usize::try_from(longest.saturating_sub(length)).unwrap_or(usize::MAX);
        if let Some(end) = end_of_lines(lines, room) {
            return Ok(end);
        }
        if length > 0 {
            self.begin(now)?;
        }
        let longest = usize::try_from(longest).unwrap_or(usize::MAX);
        // A line that is longer than a segment is one by itself.
        let first = lines.iter().position(|&byte| byte == b'\n').map_or(lines.len(), |at| at + 1);
        Ok(end_of_lines(lines, longest).unwrap_or(first))
    }

    /// Begin another segment.
    fn begin(&mut self, now: i64) -> io::Result<()> {
        self.close()?;
        let path = self.settings.folder.join(format!("{BEGINNING}{:06}{ENDING}", self.next));
        self.current = Some(OpenOptions::new().create_new(true).write(true).open(&path)?);
        self.segments.push_back(Segment { number: self.next, path, since: now, length: 0 });
        (self.next, self.begun) = (self.next + 1, true);
        Ok(())
    }

    /// Write no further to the last segment.
    fn close(&mut self) -> io::Result<()> {
        self.unsynced.extend(self.current.take());
        if self.unsynced.len() > MOST_OPEN {
            self.unsynced.drain(..).try_for_each(|file| file.sync_data())?;
        }
        Ok(())
    }

    /// Remove what is older than is allowed; what is written next does not stand beside what is much older.
    pub(crate) fn forget_old(&mut self, now: i64) -> io::Result<()> {
        let age = i64::try_from(self.settings.age.as_millis()).unwrap_or(i64::MAX);
        let is_old = |segment: &Segment, age: i64| now.saturating_sub(segment.since) >= age;
        if self.segments.back().is_some_and(|last| is_old(last, age / SEGMENTS as i64)) {
            self.close()?;
        }
        while self.segments.front().is_some_and(|first| is_old(first, age)) {
            self.forget_first()?;
        }
        Ok(())
    }

    /// Remove so many of the oldest segments that there is room for so many bytes.
    fn make_room(&mut self, bytes: u64) -> io::Result<()> {
        let spare = |files: &Self| files.segments.len() > usize::from(files.current.is_some());
        while self.total.saturating_add(bytes) > self.settings.size && spare(self) {
            self.forget_first()?;
        }
        Ok(())
    }

    fn forget_first(&mut self) -> io::Result<()> {
        let Some(first) = self.segments.pop_front() else { return Ok(()) };
        self.total -= first.length;
        remove(&first.path)
    }

    /// Where it stands.
    pub(crate) fn mark(&self, stream: u64) -> Mark {
        match (self.segments.back(), &self.current) {
            (Some(last), Some(_)) => Mark { stream, segment: last.number, length: last.length },
            _ => Mark { stream, segment: self.next, length: 0 },
        }
    }

    /// What is to be synced for all that was written to be durable.
    pub(crate) fn take_unsynced(&mut self) -> io::Result<Vec<File>> {
        let mut files = std::mem::take(&mut self.unsynced);
        if let Some(current) = &self.current {
            files.push(current.try_clone()?);
        }
        // A folder is a file that can be opened on Unix only.
        if std::mem::take(&mut self.begun) && cfg!(unix) {
            files.push(File::open(&self.settings.folder)?);
        }
        Ok(files)
    }
}

fn lock(folder: &Path) -> Result<File, QuarantineError> {
    let open = || {
        fs::create_dir_all(folder)?;
        OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(LOCK))
    };
    let lock = open().map_err(|error| QuarantineError::cannot("opened", folder, &error))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(QuarantineError {
            message: format!("another run is using the quarantine in {}", folder.display()),
            hint: Some("wait for it, stop it, or give this pipeline a `quarantine` of its own".into()),
        }),
        Err(TryLockError::Error(error)) => Err(QuarantineError::cannot("locked", folder, &error)),
    }
}

/// A segment as it is to be kept: no longer than this. Absent where nothing is left of it.
fn restored(number: u64, path: PathBuf, most: u64, now: i64) -> io::Result<Option<Segment>> {
    let mut first = Vec::new();
    let file = File::open(&path)?;
    let found = file.metadata()?.len();
    let length = found.min(most);
    if length == 0 {
        remove(&path)?;
        return Ok(None);
    }
    BufReader::new(file).read_until(b'\n', &mut first)?;
    let since = serde_json::from_slice(&first).map_or(now, |stamp: Stamp| stamp.at);
    let segment = Segment { number, path, since, length };
    if length < found {
        segment.open()?.set_len(length)?;
    }
    Ok(Some(segment))
}

impl Segment {
    fn open(&self) -> io::Result<File> {
        OpenOptions::new().read(true).write(true).open(&self.path)
    }

    /// Open it to be written on, without the half line that a crash may have left at its end.
    fn open_at_its_end(&mut self) -> io::Result<File> {
        let mut file = self.open()?;
        let mut lines = Vec::new();
        file.read_to_end(&mut lines)?;
        self.length = lines.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at as u64 + 1);
        file.set_len(self.length)?;
        file.seek(SeekFrom::End(0))?;
        Ok(file)
    }
}

/// Whether a segment has lines of another stream behind its first bytes.
fn written_by_another(path: &Path, from: u64, stream: u64) -> io::Result<bool> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    for line in BufReader::new(file).split(b'\n') {
        if serde_json::from_slice(&line?).is_ok_and(|stamp: Stamp| stamp.stream != stream) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many bytes the lines are that fit into so many; absent where not even one does.
fn end_of_lines(lines: &[u8], room: usize) -> Option<usize> {
    let fitting = &lines[..lines.len().min(room)];
    fitting.iter().rposition(|&byte| byte == b'\n').map(|at| at + 1)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    fn settings(folder: &Path, size: u64) -> QuarantineSettings {
        QuarantineSettings { folder: folder.to_owned(), size, age: Duration::from_millis(1000) }
    }

    fn line(n: u64, at: i64) -> String {
        format!("{{\"id\":\"{n}\",\"stream\":7,\"at\":{at}}}\n")
    }

    /// The numbers of the lines that are there.
    fn read(folder: &Path) -> Vec<u64> {
        let read = |path| fs::read_to_string(path).unwrap();
        let text: String = quarantine_files(folder).unwrap().into_iter().map(read).collect();
        text.lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .map(|line| line["id"].as_str().unwrap().parse().unwrap())
            .collect()
    }

    #[test]
    fn nothing_stays_longer_than_it_may() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = Files::open(settings(folder.path(), 1 << 20), None, 0).unwrap();
        for n in 0..30 {
            files.write(line(n, n as i64 * 50).as_bytes(), n as i64 * 50).unwrap();
        }
        // It is 1450 ms: what was written before 450 is gone, what is younger than 550 is there.
        assert_eq!(read(folder.path()), (10..30).collect::<Vec<_>>());
        files.forget_old(2000).unwrap();
        assert_eq!(read(folder.path()), (22..30).collect::<Vec<_>>());
        files.forget_old(9000).unwrap();
        assert!(read(folder.path()).is_empty(), "also where nothing more is written");
        files.write(line(30, 9000).as_bytes(), 9000).unwrap();
        assert_eq!(read(folder.path()), [30]);
        drop(files);
        Files::open(settings(folder.path(), 1 << 20), None, 20_000).unwrap();
        assert!(read(folder.path()).is_empty(), "and where another run begins");
    }

    #[test]
    fn a_run_goes_on_behind_whole_lines() {
        let folder = tempfile::tempdir().unwrap();
        let open = |mark| Files::open(settings(folder.path(), 1 << 20), mark, 0);
        let mut files = open(None).unwrap();
        files.write((line(0, 0) + &line(1, 0)).as_bytes(), 0).unwrap();
        let mark = files.mark(7);
        files.write(line(2, 0).as_bytes(), 0).unwrap();
        files.write(b"{\"id\":\"3\",\"str", 0).unwrap();
        assert!(open(None).unwrap_err().message.contains("another run is using"));
        drop(files);
        open(None).unwrap().write(line(4, 0).as_bytes(), 0).unwrap();
        assert_eq!(read(folder.path()), [0, 1, 2, 4]);
        // Where a checkpoint says how far it came.
        open(Some(mark)).unwrap().write(line(5, 0).as_bytes(), 0).unwrap();
        assert_eq!(read(folder.path()), [0, 1, 5]);
        let other = open(Some(Mark { stream: 8, ..mark })).unwrap_err();
        assert!(other.message.contains("another pipeline has written"), "{}", other.message);
        assert_eq!(read(folder.path()), [0, 1, 5]);
        fs::remove_file(folder.path().join("quarantine-000001.jsonl")).unwrap();
        open(Some(mark)).unwrap().write(line(6, 0).as_bytes(), 0).unwrap();
        assert_eq!(read(folder.path()), [6], "what somebody took away is not missed");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        /// However lines are written and the quarantine reopened, its files are never longer than allowed, and
        /// what is there are the last lines without a gap, most of what is allowed.
        #[test]
        fn it_is_as_long_as_allowed_and_holds_the_last(writes in prop::collection::vec((0usize..90, any::<bool>()), 1..60)) {
            let folder = tempfile::tempdir().unwrap();
            let open = |mark| Files::open(settings(folder.path(), 4000), mark, 0).unwrap();
            let (mut files, mut next) = (open(None), 0);
            for (lines, reopened) in writes {
                let text: String = (next..next + lines as u64).map(|n| line(n, 0)).collect();
                next += lines as u64;
                files.write(text.as_bytes(), 0).unwrap();
                let length: u64 = quarantine_files(folder.path()).unwrap().iter().map(|path| path.metadata().unwrap().len()).sum();
                prop_assert!(length <= 4000 && length == files.total);
                prop_assert!(length >= 3000 || next * 35 < 4500, "{length} bytes of {next} lines");
                let there = read(folder.path());
                prop_assert_eq!(&there, &(next - there.len() as u64..next).collect::<Vec<_>>());
                if reopened {
                    let mark = files.mark(7);
                    drop(files);
                    files = open(Some(mark));
                }
            }
        }
    }
}
