//! Files that the host reads for a filter.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// The content of the file that an option names, where its schema grants `content`; absent where the text is
/// no base64 (RFC 4648, section 4).
///
/// ```
/// assert_eq!(crible_sdk::content("w6l0w6k="), Some("été".as_bytes().to_vec()));
/// assert_eq!(crible_sdk::content("été.txt"), None);
/// ```
pub fn content(option: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(option).ok()
}
