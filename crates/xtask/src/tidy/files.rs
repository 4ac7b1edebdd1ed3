//! The files of the repository.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The files that are tracked, or would be at the next commit.
#[derive(Debug, Default)]
pub(super) struct Files(Vec<File>);

#[derive(Debug)]
pub(super) struct File {
    /// From the repository's root, with `/`.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}

impl File {
    /// Absent where it is not text.
    pub(super) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok().filter(|text| !text.contains('\0'))
    }

    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether it is compiled for tests or benchmarks only.
    pub(super) fn is_test(&self) -> bool {
        self.path.split('/').any(|folder| matches!(folder, "tests" | "benches"))
    }
}

impl Files {
    pub(super) fn tracked(root: &Path) -> Result<Self> {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("git cannot be run: it says which files belong to the repository")?;
        let failed = String::from_utf8_lossy(&listed.stderr);
        ensure!(listed.status.success(), "git cannot list the files of the repository: {failed}");
        let listed = String::from_utf8(listed.stdout).context("a file's name is not UTF-8")?;
        let mut paths: Vec<&str> = listed.split_terminator('\0').collect();
        paths.sort_unstable();
        paths.dedup();
        // What is listed but not there is about to be removed.
        let there = paths.into_iter().filter(|path| root.join(path).is_file());
        let read = |path: &str| -> Result<File> {
            let bytes = fs::read(root.join(path)).with_context(|| format!("{path} cannot be read"))?;
            Ok(File { path: path.to_owned(), bytes })
        };
        there.map(read).collect::<Result<_>>().map(Self)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &File> {
        self.0.iter()
    }

    pub(super) fn get(&self, path: &str) -> Option<&File> {
        self.iter().find(|file| file.path == path)
    }

    /// Whether there is a file or a folder of this name.
    pub(super) fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        path.is_empty() || self.iter().any(|file| file.path == path || file.path.starts_with(&folder))
    }
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Files {
    fn from(files: [(&str, &str); N]) -> Self {
        let file = |(path, text): (&str, &str)| File { path: path.into(), bytes: text.into() };
        Self(files.map(file).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_there_where_a_file_lies_in_it() {
        let files = Files::from([("docs/a.md", "")]);
        assert!(files.has("docs") && files.has("docs/") && files.has("docs/a.md") && files.has(""));
        assert!(!files.has("doc") && !files.has("docs/a"));
    }
}
