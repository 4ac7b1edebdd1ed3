//! The bytes of one file, unpacked where they are packed by gzip.

use std::io::Write;

use crible_sdk::{Input, StreamError};
use flate2::write::MultiGzDecoder;

use crate::cursor::Head;

/// How much is asked for at once.
const PIECE: usize = 256 << 10;

/// How much is unpacked at once: it may become a thousand times as much.
const PACKED_PIECE: usize = 8 << 10;

const GZIP: [u8; 2] = [0x1f, 0x8b];

/// What came of asking for more.
pub(crate) enum More {
    /// Something to read.
    Piece(Vec<u8>),
    /// Nothing for now, which in a file is its end.
    Nothing,
    /// What is packed cannot be unpacked any further.
    Broken,
}

/// The bytes of one file.
pub(crate) struct Feed {
    pub(crate) input: Box<dyn Input>,
    form: Form,
    /// How many bytes of the file, packed as they are, were read.
    pub(crate) taken: u64,
    /// The first of them.
    head: Vec<u8>,
}

enum Form {
    /// Too little was read to tell.
    Unknown(Vec<u8>),
    Plain,
    Gzip(Box<Packed>),
}

struct Packed {
    decoder: MultiGzDecoder<Vec<u8>>,
    piece: Vec<u8>,
    /// How much of the piece is unpacked.
    at: usize,
}

impl Feed {
    pub(crate) fn new(input: Box<dyn Input>) -> Self {
        Self { input, form: Form::Unknown(Vec::new()), taken: 0, head: Vec::new() }
    }

    /// How the file begins, as far as it was read.
    pub(crate) fn head(&self) -> Head {
        Head::of(&self.head)
    }

    /// Read on from this byte, as it is unpacked, in a file of which nothing was read yet. How many bytes of
    /// what comes are still to be left out; none where the file does not begin as it did.
    pub(crate) fn resume(&mut self, offset: u64, head: Head) -> Result<Option<u64>, StreamError> {
        let mut bytes = Vec::new();
        while bytes.len() < Head::LONGEST {
            let more = self.read(Head::LONGEST - bytes.len())?;
            if more.is_empty() {
                break;
            }
            bytes.extend(more);
        }
        if !head.fits(&bytes) {
            return Ok(None);
        }
        self.recognise(bytes);
        match self.form {
            Form::Plain => {
                self.input.seek(offset)?;
                self.taken = offset;
                Ok(Some(0))
            }
            Form::Unknown(_) | Form::Gzip(_) => Ok(Some(offset)),
        }
    }

    fn read(&mut self, max: usize) -> Result<Vec<u8>, StreamError> {
        let bytes = self.input.read(max)?;
        if self.taken == self.head.len() as u64 {
            let room = Head::LONGEST.saturating_sub(self.head.len());
            self.head.extend_from_slice(&bytes[..room.min(bytes.len())]);
        }
        self.taken += bytes.len() as u64;
        Ok(bytes)
    }

    /// Tell by the first bytes whether the file is packed. What is to be handed out of them.
    fn recognise(&mut self, mut bytes: Vec<u8>) -> Option<Vec<u8>> {
        let Form::Unknown(head) = &mut self.form else { return Some(bytes) };
        if !head.is_empty() {
            head.append(&mut bytes);
            bytes = std::mem::take(head);
        }
        if bytes.len() < GZIP.len() {
            *head = bytes;
            return None;
        }
        if bytes.starts_with(&GZIP) {
            let decoder = MultiGzDecoder::new(Vec::new());
            self.form = Form::Gzip(Box::new(Packed { decoder, piece: bytes, at: 0 }));
            return None;
        }
        self.form = Form::Plain;
        Some(bytes)
    }

    /// What comes next in the file.
    pub(crate) fn more(&mut self) -> Result<More, StreamError> {
        loop {
            if let Form::Gzip(packed) = &mut self.form {
                match packed.unpack() {
                    Ok(Some(piece)) => return Ok(More::Piece(piece)),
                    Ok(None) => {}
                    Err(_) => return Ok(More::Broken),
                }
            }
            let bytes = self.read(PIECE)?;
            if bytes.is_empty() {
                return Ok(match &mut self.form {
                    Form::Gzip(packed) => packed.kept_back().map_or(More::Nothing, More::Piece),
                    Form::Plain | Form::Unknown(_) => More::Nothing,
                });
            }
            match &mut self.form {
                Form::Plain => return Ok(More::Piece(bytes)),
                Form::Gzip(packed) => (packed.piece, packed.at) = (bytes, 0),
                Form::Unknown(_) => {
                    if let Some(bytes) = self.recognise(bytes) {
                        return Ok(More::Piece(bytes));
                    }
                }
            }
        }
    }

    /// The file has ended: what was kept back of it, and whether what is packed in it is complete.
    pub(crate) fn end(&mut self) -> (Vec<u8>, bool) {
        match &mut self.form {
            Form::Unknown(head) => (std::mem::take(head), true),
            Form::Plain => (Vec::new(), true),
            Form::Gzip(packed) => {
                let is_complete = packed.decoder.try_finish().is_ok();
                (std::mem::take(packed.decoder.get_mut()), is_complete)
            }
        }
    }
}

impl Packed {
    /// What the decoder unpacked and did not yet hand out.
    fn kept_back(&mut self) -> Option<Vec<u8>> {
        // A fault comes again when more is written or the file ends.
        let _ = self.decoder.flush();
        let unpacked = std::mem::take(self.decoder.get_mut());
        (!unpacked.is_empty()).then_some(unpacked)
    }

    /// The next bytes of what was read, unpacked; none where more must be read first.
    fn unpack(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        while self.at < self.piece.len() {
            let end = self.piece.len().min(self.at + PACKED_PIECE);
            let written = self.decoder.write(&self.piece[self.at..end]);
            let unpacked = std::mem::take(self.decoder.get_mut());
            // What was unpacked before the fault is handed out, the fault comes again.
            match written {
                Ok(taken) => self.at += taken,
                Err(error) if unpacked.is_empty() => return Err(error),
                Err(_) => {}
            }
            if !unpacked.is_empty() {
                return Ok(Some(unpacked));
            }
        }
        Ok(None)
    }
}
