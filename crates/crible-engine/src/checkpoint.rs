//! What is remembered between runs: one consistent cut through cursors, filters, held messages and sinks,
//! written in one transaction.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crible_core::Held;
use redb::{Database, DatabaseError, ReadableDatabase, ReadableTable, TableDefinition, TableError};
use serde::{Deserialize, Serialize};

use crate::holding::Changes;
use crate::quarantine::Mark;

/// The file in the state folder.
const FILE: &str = "checkpoint.redb";
/// Of what is written here. A state of another version is refused.
const VERSION: u32 = 1;

const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");
const CURSORS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("cursors");
const FILTERS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("filters");
const SINKS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("sinks");
const HELD: TableDefinition<'_, (&str, u64), &[u8]> = TableDefinition::new("held");

/// Where the pipeline as a whole stood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    pub(crate) version: u32,
    /// The first `seq` that is not taken.
    pub(crate) next_seq: u64,
    /// The pipeline's clock, in ms since 1970, and what the last message said where that leapt ahead of it.
    pub(crate) now: i64,
    #[serde(default)]
    pub(crate) ahead: Option<i64>,
    /// How long the file of dead letters was, in bytes.
    pub(crate) dead_letters: u64,
    /// Where the quarantine stood, where there is one.
    #[serde(default)]
    pub(crate) quarantine: Option<Mark>,
}

/// What an earlier run remembers, by the names of the stages.
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    pub(crate) position: Option<Position>,
    pub(crate) cursors: HashMap<String, Vec<u8>>,
    pub(crate) filters: HashMap<String, Vec<u8>>,
    pub(crate) sinks: HashMap<String, Vec<u8>>,
    pub(crate) held: HashMap<String, Vec<Held>>,
}

/// A cut that is to be written: only what changed since the last one.
#[derive(Debug, Default)]
pub(crate) struct Checkpoint {
    pub(crate) position: Position,
    pub(crate) cursors: Vec<(String, Vec<u8>)>,
    pub(crate) filters: Vec<(String, Vec<u8>)>,
    pub(crate) sinks: Vec<(String, Vec<u8>)>,
    pub(crate) held: Vec<(String, Changes)>,
}

/// Why the state cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StateError {
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

/// The database of a folder. A new one is made under another name: one that a crash leaves half made could
/// never be opened again.
fn open_or_make(folder: &Path, path: &Path) -> Result<Database, DatabaseError> {
    fs::create_dir_all(folder)?;
    if path.exists() {
        return Database::create(path);
    }
    let new = path.with_extension("new");
    let database = match Database::create(&new) {
        Err(DatabaseError::Storage(_)) => {
            fs::remove_file(&new)?;
            Database::create(&new)?
        }
        made => made?,
    };
    fs::rename(&new, path)?;
    Ok(database)
}

/// The state folder.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    database: Database,
}

impl Store {
    /// Open or create the state in a folder.
    pub(crate) fn open(folder: &Path) -> Result<Self, StateError> {
        let path = folder.join(FILE);
        match open_or_make(folder, &path) {
            Ok(database) => Ok(Self { path, database }),
            Err(DatabaseError::DatabaseAlreadyOpen) => Err(StateError {
                message: format!("another run is using the state in {}", folder.display()),
                hint: Some("wait for it, stop it, or give this pipeline a `state` of its own".into()),
            }),
            Err(error) => Err(StateError {
                message: format!("the state in {} cannot be opened: {error}", folder.display()),
                hint: Some(
                    "if it is broken, move the folder away: the run then starts from the beginning".into(),
                ),
            }),
        }
    }

    fn broken(&self, error: impl Into<redb::Error>) -> StateError {
        let error = error.into();
        StateError {
            message: format!("the state in {} cannot be used: {error}", self.path.display()),
            hint: Some("is the disk full? What was read since the last checkpoint is read again".into()),
        }
    }

    /// What the last checkpoint remembers.
    pub(crate) fn load(&self) -> Result<Remembered, StateError> {
        let read = self.read().map_err(|error| self.broken(error))?;
        match read.position {
            Some(position) if position.version != VERSION => Err(StateError {
                message: format!(
                    "the state in {} is of version {}, this crible writes version {VERSION}",
                    self.path.display(),
                    position.version
                ),
                hint: Some("run the crible that wrote it, or move the folder away to start afresh".into()),
            }),
            _ => Ok(read),
        }
    }

    fn read(&self) -> Result<Remembered, redb::Error> {
        let reading = self.database.begin_read()?;
        let mut remembered = Remembered::default();
        match reading.open_table(META) {
            Err(TableError::TableDoesNotExist(_)) => return Ok(remembered),
            table => {
                let position = table?.get("position")?;
                remembered.position = position.and_then(|bytes| serde_json::from_slice(bytes.value()).ok());
            }
        }
        let tables = [
            (CURSORS, &mut remembered.cursors),
            (FILTERS, &mut remembered.filters),
            (SINKS, &mut remembered.sinks),
        ];
        for (table, into) in tables {
            for row in reading.open_table(table)?.iter()? {
                let (stage, bytes) = row?;
                into.insert(stage.value().to_owned(), bytes.value().to_vec());
            }
        }
        for row in reading.open_table(HELD)?.iter()? {
            let (key, bytes) = row?;
            let held = serde_json::from_slice(bytes.value());
            let held = held.map_err(|error| redb::Error::Corrupted(error.to_string()))?;
            remembered.held.entry(key.value().0.to_owned()).or_default().push(held);
        }
        Ok(remembered)
    }

    /// Change what is remembered of a filter, none to forget it; it is durable when this returns.
    pub(crate) fn amend(&self, stage: &str, snapshot: Option<&[u8]>) -> Result<(), StateError> {
        let amended = || -> Result<(), redb::Error> {
            let writing = self.database.begin_write()?;
            // A state that no run has written yet gets all its tables, as `read` wants them.
            writing.open_table(META)?;
            [CURSORS, SINKS].into_iter().try_for_each(|table| writing.open_table(table).map(drop))?;
            writing.open_table(HELD)?;
            {
                let mut filters = writing.open_table(FILTERS)?;
                match snapshot {
                    Some(snapshot) => filters.insert(stage, snapshot)?,
                    None => filters.remove(stage)?,
                };
            }
            writing.commit()?;
            Ok(())
        };
        amended().map_err(|error| self.broken(error))
    }

    /// Write a cut; it is durable when this returns.
    pub(crate) fn save(&self, checkpoint: &Checkpoint) -> Result<(), StateError> {
        self.write(checkpoint).map_err(|error| self.broken(error))
    }

    fn write(&self, checkpoint: &Checkpoint) -> Result<(), redb::Error> {
        let json = |error: serde_json::Error| redb::Error::Corrupted(error.to_string());
        let writing = self.database.begin_write()?;
        {
            let position = Position { version: VERSION, ..checkpoint.position };
            let position = serde_json::to_vec(&position).map_err(json)?;
            writing.open_table(META)?.insert("position", position.as_slice())?;
            let tables =
                [(CURSORS, &checkpoint.cursors), (FILTERS, &checkpoint.filters), (SINKS, &checkpoint.sinks)];
            for (table, rows) in tables {
                let mut table = writing.open_table(table)?;
                for (stage, bytes) in rows {
                    table.insert(stage.as_str(), bytes.as_slice())?;
                }
            }
            let mut table = writing.open_table(HELD)?;
            for (stage, changes) in &checkpoint.held {
                for seq in &changes.removed {
                    table.remove((stage.as_str(), *seq))?;
                }
                for held in &changes.added {
                    let bytes = serde_json::to_vec(held).map_err(json)?;
                    table.insert((stage.as_str(), held.seq), bytes.as_slice())?;
                }
            }
        }
        writing.commit()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::holding::Holding;

    #[test]
    fn a_state_that_a_crash_left_half_made_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        // The database's name is the last thing that is written into it.
        fs::write(folder.path().join("checkpoint.new"), [0; 4096]).unwrap();
        drop(Store::open(folder.path()).unwrap());
        let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        assert_eq!(names.collect::<Vec<_>>(), [FILE]);
        // What lies under the right name is never thrown away.
        fs::write(folder.path().join(FILE), "a letter").unwrap();
        let error = Store::open(folder.path()).unwrap_err();
        assert!(error.message.contains("cannot be opened"), "{}", error.message);
        assert_eq!(fs::read(folder.path().join(FILE)).unwrap(), b"a letter");
    }

    #[test]
    fn what_is_remembered_of_a_filter_is_changed_before_and_after_a_first_run() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.amend("taught", Some(&[1])).unwrap();
        let remembered = store.load().unwrap();
        assert_eq!((remembered.position, &remembered.filters["taught"]), (None, &vec![1]));
        store.save(&Checkpoint { cursors: vec![("in".into(), vec![4])], ..Checkpoint::default() }).unwrap();
        store.amend("taught", Some(&[2])).unwrap();
        let remembered = store.load().unwrap();
        assert_eq!((&remembered.filters["taught"], &remembered.cursors["in"]), (&vec![2], &vec![4]));
        store.amend("taught", None).unwrap();
        assert!(store.load().unwrap().filters.is_empty());
    }

    #[test]
    fn a_later_run_remembers_the_last_cut() {
        let folder = tempfile::tempdir().unwrap();
        let held = |seq| Held { seq, whys: "é".into(), ..Held::default() };
        let mut holding = Holding::default();
        {
            let store = Store::open(folder.path()).unwrap();
            assert_eq!(store.load().unwrap().position, None);
            holding.park(held(3));
            holding.park(held(5));
            let mut checkpoint = Checkpoint {
                position: Position { next_seq: 7, now: -4, dead_letters: 9, ..Position::default() },
                cursors: vec![("in".into(), vec![1])],
                filters: vec![("top".into(), vec![2])],
                sinks: vec![("out".into(), vec![3])],
                held: vec![("top".into(), holding.changes())],
            };
            store.save(&checkpoint).unwrap();
            holding.take(3);
            checkpoint.held = vec![("top".into(), holding.changes())];
            checkpoint.cursors = vec![("in".into(), vec![4])];
            store.save(&checkpoint).unwrap();
            let again = Store::open(folder.path()).unwrap_err();
            assert!(again.message.contains("another run"), "{}", again.message);
        }
        let remembered = Store::open(folder.path()).unwrap().load().unwrap();
        assert_eq!(remembered.position.map(|at| (at.next_seq, at.now, at.dead_letters)), Some((7, -4, 9)));
        assert_eq!(remembered.cursors["in"], [4]);
        assert_eq!((&remembered.filters["top"], &remembered.sinks["out"]), (&vec![2], &vec![3]));
        assert_eq!(remembered.held["top"], [held(5)]);
    }
}
