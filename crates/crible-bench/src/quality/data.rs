//! The real data, unpacked.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;

/// All of a file that is packed by gzip.
pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    let missing = || format!("{} cannot be read", path.display());
    let mut bytes = Vec::new();
    MultiGzDecoder::new(File::open(path).with_context(missing)?)
        .read_to_end(&mut bytes)
        .with_context(missing)?;
    Ok(bytes)
}
