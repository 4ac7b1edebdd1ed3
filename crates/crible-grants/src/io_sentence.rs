//! The system's errors in words for people.

use std::io::{Error, ErrorKind};

use crible_core::StreamError;

/// A sentence with the path as its author wrote it, what happened and what to do.
pub(crate) fn sentence(path: &str, error: &Error) -> StreamError {
    StreamError(format!("{path}: {}", cause(error)))
}

/// What happened to a file and what to do, to stand behind its name and a colon.
pub fn cause(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => {
            "the system does not permit it; check the owner and the rights of the file and its folder"
                .to_owned()
        }
        ErrorKind::IsADirectory => "it is a folder; name a file in it".to_owned(),
        ErrorKind::NotADirectory => "one of the folders in this path is a file".to_owned(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full; make room on it".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the disk can only be read; choose another folder".to_owned(),
        ErrorKind::NotSeekable => "it is no file that can be read from another place".to_owned(),
        _ => error.to_string(),
    }
}
