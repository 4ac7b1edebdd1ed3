//! Where a message is found again by its id: the file that was named, else the quarantine and what the
//! pipeline's sinks wrote.

use std::path::Path;

use crible::{Crible, Fate, Kind, LoadError, Loaded, Message, Recording};

use crate::args::Feedback;

/// The sink whose files are read again, and the option that names them.
const SINK: &str = "jsonl";
/// What the sink writes beside the message.
const ADDED: &str = "score";

/// The message of an id, the newest where there are several; absent where it is not found.
pub(super) fn message(
    crible: &Crible,
    loaded: &Loaded,
    args: &Feedback,
    id: &str,
) -> Result<Option<Message>, LoadError> {
    if let Some(file) = &args.on {
        return last(crible.recording(file, loaded)?, file, id);
    }
    if let Some(message) = dropped(crible, args, id)? {
        return Ok(Some(message));
    }
    let folder = args.pipeline.parent().unwrap_or(Path::new(""));
    for stage in &loaded.plan().stages {
        let path = stage.config.get("path").and_then(|path| path.as_str()).filter(|path| *path != "-");
        let (Kind::Sink, true, Some(path)) = (stage.kind, stage.plugin.to_string() == SINK, path) else {
            continue;
        };
        let file = folder.join(path);
        if !file.exists() {
            continue;
        }
        if let Some(mut message) = last(crible.delivered(&file)?, &file, id)? {
            message.attrs.remove(ADDED);
            return Ok(Some(message));
        }
    }
    Ok(None)
}

/// What the quarantine remembers as a whole.
fn dropped(crible: &Crible, args: &Feedback, id: &str) -> Result<Option<Message>, LoadError> {
    let Some(record) = crible.record(&args.pipeline)? else { return Ok(None) };
    let unreadable = |error: std::io::Error| LoadError::Unreadable {
        path: record.folder.clone(),
        cause: error.to_string(),
    };
    let (accounts, _) = record.of(id).map_err(unreadable)?;
    let whole = |account: &crible::Account| account.endings.iter().any(|ending| ending.fate != Fate::Kept);
    Ok(accounts.into_iter().rfind(whole).map(|account| account.message))
}

fn last(mut recording: Recording, file: &Path, id: &str) -> Result<Option<Message>, LoadError> {
    let mut found = None;
    loop {
        let messages = recording
            .read()
            .map_err(|error| LoadError::Unreadable { path: file.to_owned(), cause: error.message })?;
        if messages.is_empty() {
            return Ok(found);
        }
        found = messages.into_iter().rfind(|message| message.id == id).or(found);
    }
}
