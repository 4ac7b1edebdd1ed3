//! What tells a file from another that later bears the same name.

use std::fs::Metadata;

/// The same for as long as the file lives, also under another name. Never 0, which is standard input.
#[cfg(unix)]
pub(crate) fn identity(metadata: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    mixed(&[metadata.dev(), metadata.ino()])
}

/// The same for as long as the file lives, also under another name. Never 0, which is standard input.
#[cfg(not(unix))]
pub(crate) fn identity(metadata: &Metadata) -> u64 {
    let created = metadata.created().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    mixed(&[created.map_or(0, |since| since.as_nanos() as u64)])
}

/// FNV-1a: it is kept between runs, so it must not change with the compiler.
fn mixed(numbers: &[u64]) -> u64 {
    let bytes = numbers.iter().flat_map(|number| number.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash.max(1)
}
