//! Where a run had come.

/// The first byte of a cursor, which says how the others are to be read.
const VERSION: u8 = 1;

/// A place behind a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The file as the config names it.
    pub(crate) path: String,
    /// What tells it from another file of that name; 0 for standard input.
    pub(crate) identity: u64,
    /// How many bytes were read, counted as they are unpacked.
    pub(crate) offset: u64,
    /// How many lines were read.
    pub(crate) line: u64,
}

impl Cursor {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let numbers = [self.identity, self.offset, self.line];
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
        let (identity, offset, line) = (number()?, number()?, number()?);
        Some(Self { path: String::from_utf8(rest.to_vec()).ok()?, identity, offset, line })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_comes_back(path in any::<String>(), identity: u64, offset: u64, line: u64) {
            let cursor = Cursor { path, identity, offset, line };
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
