//! Whether the files that a config names are there, and can be.

use std::fs;
use std::path::{Path, PathBuf};

use crible_config::{Access, Config, Grant, PipelineSettings, Problem, Span, StagePlan};
use crible_grants::cause;

use crate::near_file::nearest_file;

/// What is wrong with the files that a stage's options name.
pub(crate) fn problems(stage: &StagePlan, folder: &Path) -> Vec<Problem> {
    let named = stage.grants.iter().filter(|grant| grant.value != "-");
    named.filter_map(|grant| problem_of(grant, folder)).collect()
}

fn problem_of(grant: &Grant, folder: &Path) -> Option<Problem> {
    match grant.access {
        Access::Read => unreadable(&grant.value, &grant.span, folder),
        Access::Write => unwritable(&grant.value, &grant.span, folder),
        // See `contents`.
        Access::Content => None,
    }
}

/// What is wrong with the files that `[pipeline]` names.
pub(crate) fn pipeline_problems(config: &Config, settings: &PipelineSettings, folder: &Path) -> Vec<Problem> {
    let state = settings.state.iter().filter_map(|path| {
        let standing = file_on_the_way(&folder.join(path))?;
        Some(in_the_way(path, &standing, config.place_in_pipeline("state"), folder))
    });
    let quarantine = settings.quarantine.iter().filter_map(|quarantine| {
        let standing = file_on_the_way(&folder.join(&quarantine.path))?;
        Some(in_the_way(&quarantine.path, &standing, config.place_in_pipeline("quarantine/path"), folder))
    });
    let letters = settings.dead_letters.iter();
    let letters =
        letters.filter_map(|path| unwritable(path, &config.place_in_pipeline("dead_letters"), folder));
    state.chain(quarantine).chain(letters).collect()
}

/// What is wrong with a file that is read.
pub(crate) fn unreadable(written: &str, span: &Span, folder: &Path) -> Option<Problem> {
    let path = folder.join(written);
    let problem = |code, message: String, label: &str| Problem::new(code, span.clone(), message, label);
    match fs::metadata(&path) {
        Ok(found) if found.is_dir() => {
            let message = format!("`{written}` is a folder");
            Some(problem("not-a-file", message, "a file is read here").with_help("write the path to a file"))
        }
        Ok(_) => None,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let message = format!("there is no file `{written}`");
            let help = match nearest_file(&path) {
                Some(near) => format!("did you mean `{}`?", as_written(Path::new(&near), folder)),
                None => starts_from(folder),
            };
            Some(problem("missing-file", message, "no such file").with_help(help))
        }
        Err(error) => {
            let message = format!("`{written}` cannot be read: {}", cause(&error));
            Some(problem("unreadable-file", message, "cannot be read"))
        }
    }
}

fn unwritable(written: &str, span: &Span, folder: &Path) -> Option<Problem> {
    let path = folder.join(written);
    if path.is_dir() {
        let message = format!("`{written}` is a folder");
        let problem = Problem::new("not-a-file", span.clone(), message, "a file is written here");
        return Some(
            problem.with_help(format!("write the path to a file, such as `{}`", example_in(written))),
        );
    }
    let standing = file_on_the_way(path.parent()?)?;
    Some(in_the_way(written, &standing, span.clone(), folder))
}

fn example_in(folder: &str) -> String {
    format!("{}/messages.jsonl", folder.trim_end_matches('/'))
}

fn in_the_way(written: &str, standing: &Path, span: Span, folder: &Path) -> Problem {
    let standing = as_written(standing, folder);
    let message = if standing == written {
        format!("`{written}` is a file, where a folder is needed")
    } else {
        format!("`{written}` cannot be made: `{standing}` is a file, not a folder")
    };
    Problem::new("not-a-folder", span, message, "a file is in the way")
        .with_help(format!("write another path, or move `{standing}` away"))
}

/// The file that stands where a folder is to be, or was to be made.
fn file_on_the_way(wanted: &Path) -> Option<PathBuf> {
    let there = wanted.ancestors().find(|path| path.exists())?;
    there.is_file().then(|| there.to_owned())
}

/// A path as the config would write it.
pub(crate) fn as_written(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned()
}

pub(crate) fn starts_from(folder: &Path) -> String {
    match folder.as_os_str().is_empty() || folder == Path::new(".") {
        true => "relative paths start from the folder of the config".to_owned(),
        false => format!("relative paths start from the folder of the config, {}", folder.display()),
    }
}
