//! However a file is read, in whatever pieces and after whatever interruptions, its messages are the same.

#![allow(clippy::unwrap_used, reason = "it is a test")]

mod support;

use std::sync::Arc;

use crible_sdk::{Input, Next, Output, SourcePlugin, StreamError, Streams};
use proptest::prelude::*;
use source_jsonl::Jsonl;
use support::{Read, gzip};

/// One file, of which each read gives only a few bytes.
#[derive(Clone)]
struct Memory {
    bytes: Arc<Vec<u8>>,
    piece: usize,
}

struct Reader {
    of: Memory,
    at: usize,
}

impl Streams for Memory {
    fn open(&self, _path: &str) -> Result<Box<dyn Input>, StreamError> {
        Ok(Box::new(Reader { of: self.clone(), at: 0 }))
    }
    fn identity(&self, _path: &str) -> Result<u64, StreamError> {
        Ok(1)
    }
    fn create(&self, _path: &str) -> Result<Box<dyn Output>, StreamError> {
        Err(StreamError(String::new()))
    }
    fn rename(&self, _from: &str, _to: &str) -> Result<(), StreamError> {
        Err(StreamError(String::new()))
    }
    fn remove(&self, _path: &str) -> Result<(), StreamError> {
        Err(StreamError(String::new()))
    }
}

impl Input for Reader {
    fn read(&mut self, max: usize) -> Result<Vec<u8>, StreamError> {
        let rest = &self.of.bytes[self.at.min(self.of.bytes.len())..];
        let piece = rest[..rest.len().min(max).min(self.of.piece)].to_vec();
        self.at += piece.len();
        Ok(piece)
    }
    fn ended(&self) -> bool {
        false
    }
    fn seek(&mut self, offset: u64) -> Result<(), StreamError> {
        self.at = offset as usize;
        Ok(())
    }
    fn length(&self) -> Result<u64, StreamError> {
        Ok(self.of.bytes.len() as u64)
    }
    fn identity(&self) -> u64 {
        1
    }
}

const CONFIG: &str = r#"{"path":"f","longest":"60B"}"#;

/// Read the file in pages of these sizes, in a new run wherever it says so.
fn read(bytes: &[u8], piece: usize, pages: &[(usize, bool)]) -> Read {
    let memory = Memory { bytes: Arc::new(bytes.to_vec()), piece };
    let open = |cursor: Option<&[u8]>| Jsonl::configure(CONFIG, cursor, Arc::new(memory.clone())).unwrap();
    let mut source = open(None);
    let mut read = Read::default();
    for &(max, is_interrupted) in pages {
        if read.page(&mut source, max).unwrap() == Next::End {
            return read;
        }
        if is_interrupted {
            source = open(read.cursor.as_deref());
        }
    }
    read.all(&mut source, 100);
    read
}

fn file() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        4 => "[a-zé🦀\\\\\"]{0,12}".prop_map(|text| serde_json::json!({"text": text, "n": text.len()}).to_string().into_bytes()),
        1 => Just(b"".to_vec()),
        1 => Just(b"{\"text\":\"half".to_vec()),
        1 => Just(b"{\"text\":\"\xff\"}".to_vec()),
        1 => Just(vec![b'x'; 90]),
        1 => Just(b"{\"id\":1}\r".to_vec()),
    ];
    (proptest::collection::vec(line, 0..20), any::<bool>()).prop_map(|(lines, is_ended)| {
        let mut bytes = lines.join(&b'\n');
        if is_ended {
            bytes.push(b'\n');
        }
        bytes
    })
}

fn pages() -> impl Strategy<Value = Vec<(usize, bool)>> {
    proptest::collection::vec((1usize..6, any::<bool>()), 0..12)
}

proptest! {
    #[test]
    fn none_is_missing_and_none_comes_twice(file in file(), piece in 1usize..40, pages in pages()) {
        let (once, otherwise) = (read(&file, 1 << 20, &[]), read(&file, piece, &pages));
        prop_assert_eq!(otherwise, once);
    }

    #[test]
    fn nor_when_it_is_packed(file in "([{]\"text\":\"[a-z]{0,9}\"[}]\n){0,30}", piece in 1usize..40, pages in pages()) {
        let packed = [gzip(&file[..file.len() / 2]), gzip(&file[file.len() / 2..])].concat();
        let (plain, packed) = (read(file.as_bytes(), 1 << 20, &[]), read(&packed, piece, &pages));
        prop_assert_eq!(packed.messages, plain.messages);
        prop_assert_eq!(packed.malformed, vec![]);
    }

    #[test]
    fn nothing_makes_it_panic(bytes: Vec<u8>, piece in 1usize..40, packed: bool) {
        let bytes = if packed { [[0x1f, 0x8b, 8].as_slice(), &bytes].concat() } else { bytes };
        read(&bytes, piece, &[(1, true), (2, true)]);
    }
}
