//! What is remembered of what became of messages: the quarantine and the dead letters, as they are read, also
//! while a run writes them.

use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};

use crible_config::Plan;
use crible_core::{Kind, Message, Why};
use crible_engine::{Fate, quarantine_files};
use serde_json::{Map, Value};

use crate::loaded;

/// What a pipeline remembers of what became of its messages.
#[derive(Clone, Debug)]
pub struct Record {
    /// The folder of the quarantine.
    pub folder: PathBuf,
    /// The file of dead letters, where there is one.
    pub dead_letters: Option<PathBuf>,
    /// The names of the filters, of which each may drop something.
    pub filters: Vec<String>,
}

/// What became of a message that was read, on every way that it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The message; of one that was kept no more than what a reader recognises it by.
    pub message: Message,
    /// How its ways ended, in the order in which they did.
    pub endings: Vec<Ending>,
}

/// How a way of a message ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// Whether the stage delivered it, dropped it, or failed on it.
    pub fate: Fate,
    /// The stage where it ended.
    pub stage: String,
    /// When, by the wall clock, in ms since 1970; 0 where only a dead letter tells of it.
    pub at: i64,
    /// The score that it had then.
    pub score: f32,
    /// What the stages said of it; where it was not kept, the stage where it ended said the last.
    pub whys: Vec<Why>,
}

/// How much is remembered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// When the first that is remembered ended, by the wall clock, in ms since 1970; absent where nothing is.
    pub since: Option<i64>,
    /// How many endings are remembered.
    pub endings: u64,
}

/// Which reading of a message: the run, and the message's number in it.
type Reading = (u64, u64);

impl Record {
    /// What a pipeline remembers whose config lies in a folder; absent where it has no quarantine.
    pub(crate) fn of_plan(plan: &Plan, folder: &Path) -> Option<Self> {
        let settings = loaded::settings(&plan.pipeline, folder);
        let dead_letters = settings.dead_letters_file();
        let filters = plan.stages.iter().filter(|stage| stage.kind == Kind::Filter);
        let filters = filters.map(|stage| stage.id.clone()).collect();
        Some(Self { folder: settings.quarantine?.folder, dead_letters, filters })
    }

    /// What became of each reading of a message, the newest last, and how much is remembered at all.
    ///
    /// # Errors
    /// Where a file cannot be read. That there is none yet is no error.
    pub fn of(&self, id: &str) -> io::Result<(Vec<Account>, Extent)> {
        // A line begins with the id, where the message has one.
        let beginning = format!("{{\"id\":{},", Value::from(id));
        let mut accounts: Vec<Account> = Vec::new();
        let mut places: HashMap<Reading, usize> = HashMap::new();
        let mut extent = Extent::default();
        for path in self.files()? {
            each_line(&path, |line| {
                if extent.since.is_none() {
                    extent.since = read_line(line).map(|(_, account)| account.endings[0].at);
                }
                extent.endings += 1;
                if !line.starts_with(beginning.as_bytes()) {
                    return;
                }
                let Some((reading, account)) = read_line(line) else { return };
                let place = *places.entry(reading).or_insert(accounts.len());
                match accounts.get_mut(place) {
                    Some(known) => known.add(account),
                    None => accounts.push(account),
                }
            })?;
        }
        let failed = accounts.iter().flat_map(|account| &account.endings);
        let failed = failed.filter(|ending| ending.fate == Fate::Failed).count();
        let mut letters = self.letters_of(id)?;
        // The last of them are those that the quarantine remembers too.
        letters.truncate(letters.len().saturating_sub(failed));
        letters.append(&mut accounts);
        Ok((letters, extent))
    }

    /// What was dropped last, the newest last: by one filter or by any. What another way of the pipeline kept
    /// is among it.
    ///
    /// # Errors
    /// Where a file cannot be read. That there is none yet is no error.
    pub fn dropped(&self, filter: Option<&str>, most: usize) -> io::Result<Vec<Account>> {
        let is_wanted = |ending: &Ending| {
            ending.fate == Fate::Dropped && filter.is_none_or(|filter| ending.stage == filter)
        };
        let mut found: VecDeque<Account> = VecDeque::new();
        for path in self.files()?.iter().rev() {
            let mut here = VecDeque::new();
            each_line(path, |line| {
                if let Some((_, account)) =
                    read_line(line).filter(|(_, account)| is_wanted(&account.endings[0]))
                {
                    here.push_back(account);
                    if here.len() + found.len() > most {
                        here.pop_front();
                    }
                }
            })?;
            here.append(&mut found);
            found = here;
            if found.len() == most {
                break;
            }
        }
        Ok(found.into())
    }

    fn files(&self) -> io::Result<Vec<PathBuf>> {
        quarantine_files(&self.folder).or_else(|error| missing(error, Vec::new()))
    }

    /// The dead letters of a message.
    fn letters_of(&self, id: &str) -> io::Result<Vec<Account>> {
        let mut letters = Vec::new();
        let quoted = Value::from(id).to_string();
        if let Some(path) = &self.dead_letters {
            each_line(path, |line| {
                let may_be = line.windows(quoted.len()).any(|part| part == quoted.as_bytes());
                letters.extend(
                    may_be.then(|| read_letter(line)).flatten().filter(|letter| letter.message.id == id),
                );
            })?;
        }
        Ok(letters)
    }
}

impl Account {
    /// Another ending of the same reading.
    fn add(&mut self, mut other: Self) {
        let told_in_short = self.endings.iter().all(|ending| ending.fate == Fate::Kept);
        if told_in_short && other.endings.iter().any(|ending| ending.fate != Fate::Kept) {
            self.message = other.message;
        }
        self.endings.append(&mut other.endings);
    }
}

/// Have each whole line of a file. A run may have removed the file meanwhile, or be writing its last line.
fn each_line(path: &Path, mut line_of: impl FnMut(&[u8])) -> io::Result<()> {
    let mut file = match File::open(path) {
        Ok(file) => BufReader::with_capacity(1 << 18, file),
        Err(error) => return missing(error, ()),
    };
    let mut line = Vec::new();
    while file.read_until(b'\n', &mut line)? > 0 {
        if line.ends_with(b"\n") {
            line_of(&line);
        }
        line.clear();
    }
    Ok(())
}

fn missing<T>(error: io::Error, instead: T) -> io::Result<T> {
    if error.kind() == ErrorKind::NotFound { Ok(instead) } else { Err(error) }
}

/// What a line of the quarantine tells; absent where it is none.
fn read_line(line: &[u8]) -> Option<(Reading, Account)> {
    let mut object: Map<String, Value> = serde_json::from_slice(line).ok()?;
    let fate = match object.remove("is")?.as_str()? {
        "kept" => Fate::Kept,
        "dropped" => Fate::Dropped,
        "failed" => Fate::Failed,
        _ => return None,
    };
    let mut number = |name| object.remove(name).unwrap_or_default();
    let reading = (number("stream").as_u64()?, number("seq").as_u64().unwrap_or(0));
    let (at, score) = (number("at").as_i64()?, number("score").as_f64().unwrap_or(0.0) as f32);
    let stage = object.remove("stage")?.as_str()?.to_owned();
    let whys = object.remove("why").map(serde_json::from_value).transpose().ok()?.unwrap_or_default();
    let message = serde_json::from_value(Value::Object(object)).ok()?;
    let ending = Ending { fate, stage, at, score, whys };
    Some((reading, Account { message, endings: vec![ending] }))
}

/// What a dead letter tells of a message; absent where it is none, or of what could not even be read.
fn read_letter(line: &[u8]) -> Option<Account> {
    let mut letter: Value = serde_json::from_slice(line).ok()?;
    let message = serde_json::from_value(letter.get_mut("message")?.take()).ok()?;
    let [stage, reason] =
        ["stage", "reason"].map(|name| letter[name].as_str().unwrap_or_default().to_owned());
    let why = Why { stage: stage.clone(), reason, ..Why::default() };
    let ending = Ending { fate: Fate::Failed, stage, at: 0, score: 0.0, whys: vec![why] };
    Some(Account { message, endings: vec![ending] })
}
