//! Where a run had come.

/// The first byte of a cursor, which says how the others are to be read.
const VERSION: u8 = 2;

/// How a file begins, as it lies there: what was written anew in the same place begins otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// How many bytes the checksum is of.
    pub(crate) length: u32,
    /// Their CRC-32.
    pub(crate) checksum: u32,
}

impl Head {
    /// The longest beginning that is looked at, in bytes.
    pub(crate) const LONGEST: usize = 256;

    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len() as u32, checksum: checksum(bytes) }
    }

    /// Whether a file that begins with these bytes may be the one that was read.
    pub(crate) fn fits(self, bytes: &[u8]) -> bool {
        bytes.get(..self.length as usize).is_some_and(|bytes| checksum(bytes) == self.checksum)
    }
}

/// CRC-32.
pub(crate) fn checksum(bytes: &[u8]) -> u32 {
    let mut checksum = flate2::Crc::new();
    checksum.update(bytes);
    checksum.sum()
}

/// A place behind a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The file as the config names it.
    pub(crate) path: String,
    /// What tells it from another file of that name; 0 for standard input.
    pub(crate) identity: u64,
    pub(crate) head: Head,
    /// How many bytes were read, counted as they are unpacked.
    pub(crate) offset: u64,
    /// How many lines were read.
    pub(crate) line: u64,
}

impl Cursor {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let head = u64::from(self.head.length) << 32 | u64::from(self.head.checksum);
        let numbers = [self.identity, head, self.offset, self.line];
        let mut bytes = vec![VERSION];
        bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        bytes.extend(self.path.as_bytes());
        bytes
    }

    /// None where it is no cursor of this plugin, or of a version that is not known.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (&VERSION, mut rest) = bytes.split_first()? else { return None };
        let mut number = || {
            let (number, tail) = rest.split_first_chunk::<8>()?;
            rest = tail;
            Some(u64::from_le_bytes(*number))
        };
        let (identity, head, offset, line) = (number()?, number()?, number()?, number()?);
        let head = Head { length: (head >> 32) as u32, checksum: head as u32 };
        Some(Self { path: String::from_utf8(rest.to_vec()).ok()?, identity, head, offset, line })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_comes_back(path in any::<String>(), identity: u64, head: Vec<u8>, offset: u64, line: u64) {
            let cursor = Cursor { path, identity, head: Head::of(&head), offset, line };
            prop_assert_eq!(Cursor::from_bytes(&cursor.to_bytes()), Some(cursor));
        }

        #[test]
        fn anything_can_be_given(bytes: Vec<u8>) {
            if let Some(cursor) = Cursor::from_bytes(&bytes) {
                prop_assert_eq!(cursor.to_bytes(), bytes);
            }
        }
    }
}
