//! Real data that others made, which the repository does not carry: in `../shared/data` beside it, or in
//! the folder that `$CRIBLE_DATA` names when the tests are built.

use std::path::{Path, PathBuf};

/// A file of the shared data.
///
/// # Panics
/// Where it is not there: tests that are made with [`real_data_test`](crate::real_data_test) run only where
/// the folder is, and then all of it must be.
pub fn shared_data(name: &str) -> PathBuf {
    let folder = option_env!("SHARED_DATA").unwrap_or("(no folder: set CRIBLE_DATA)");
    let file = Path::new(folder).join(name);
    assert!(file.is_file(), "the shared data lacks {name}: there is no {}", file.display());
    file
}

/// A test on real data. Where the data is missing it is counted as ignored, with the reason.
#[cfg(shared_data)]
#[macro_export]
macro_rules! real_data_test {
    (fn $name:ident() $body:block) => {
        #[test]
        fn $name() $body
    };
}

/// A test on real data. Where the data is missing it is counted as ignored, with the reason.
#[cfg(not(shared_data))]
#[macro_export]
macro_rules! real_data_test {
    (fn $name:ident() $body:block) => {
        #[test]
        #[ignore = "the shared data is missing: set CRIBLE_DATA to its folder"]
        fn $name() $body
    };
}
