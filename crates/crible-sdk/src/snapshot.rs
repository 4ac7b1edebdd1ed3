//! Snapshots as bytes, little-endian.

use crate::ConfigError;

/// The refusal of a snapshot that cannot be read. `hint` says what starting afresh would mean.
pub fn unreadable(hint: &str) -> ConfigError {
    ConfigError::new(
        "what this stage remembered of the last run cannot be read: it is damaged, or another version wrote it",
    )
    .hint(format!("Remove the pipeline's state folder to start afresh; {hint}"))
}

/// Take so many bytes off the front.
pub fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, behind) = rest.split_first_chunk()?;
    *rest = behind;
    Some(*taken)
}

/// Write a number that is mostly small: seven bits a byte, the lowest first.
///
/// ```
/// use crible_sdk::snapshot::{read_short, write_short};
///
/// let mut bytes = Vec::new();
/// write_short(300, &mut bytes);
/// assert_eq!(bytes.len(), 2);
/// assert_eq!(read_short(&mut bytes.as_slice()), Some(300));
/// ```
pub fn write_short(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Read what [`write_short`] wrote.
pub fn read_short(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let [byte] = take(rest)?;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}
