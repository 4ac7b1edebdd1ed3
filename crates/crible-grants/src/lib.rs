//! What a stage was granted of the outside world: files, standard input and standard output.
//!
//! [`GrantedStreams`] is the host's side of [`crible_core::Streams`]. Nothing is granted by default: a
//! path can be used where the config's author wrote it, and nowhere else.
//!
//! ```
//! use std::path::Path;
//! use crible_core::Streams;
//! use crible_grants::{Console, Grant, GrantedStreams, Grants};
//!
//! let base = Path::new("/srv/zoe/pipeline");
//! let grants = Grants { read: vec![Grant::new("data/feed.jsonl", base)], write: vec![] };
//! let streams = GrantedStreams::new("feed", grants, base, Console::default());
//! let refused = streams.open("/etc/passwd").map(|_| ()).unwrap_err();
//! assert_eq!(
//!     refused.to_string(),
//!     "reading /etc/passwd was not granted to stage \"feed\": add allow = [\"read:/etc/passwd\"] to it"
//! );
//! ```

mod file_input;
mod file_output;
mod grant;
mod granted;
mod identity;
mod io_sentence;
mod stdin;
mod stdout;

pub use grant::{Grant, Grants};
pub use granted::GrantedStreams;
pub use io_sentence::cause;
pub use stdout::Console;
