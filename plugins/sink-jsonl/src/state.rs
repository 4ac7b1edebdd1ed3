//! What a flush answers with.

const VERSION: u8 = 1;

/// How far the file was on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State {
    /// What tells the file from others, also once it was rotated.
    pub(crate) identity: u64,
    /// In bytes.
    pub(crate) length: u64,
}

impl State {
    pub(crate) fn to_bytes(self) -> Vec<u8> {
        let numbers = [self.identity, self.length];
        let mut bytes = vec![VERSION];
        bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        bytes
    }

    /// None where it is no state of this plugin, or of a version that is not known.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (&VERSION, rest) = bytes.split_first()? else { return None };
        let (identity, rest) = rest.split_first_chunk::<8>()?;
        let (length, rest) = rest.split_first_chunk::<8>()?;
        let (identity, length) = (u64::from_le_bytes(*identity), u64::from_le_bytes(*length));
        rest.is_empty().then_some(Self { identity, length })
    }
}
