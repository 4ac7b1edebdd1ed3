//! Files that stages do not read themselves: the host puts their content in the place of the path.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use crible_config::{Access, Grant, Problem, StagePlan};
use crible_core::Teaching;
use crible_grants::cause;
use serde_json::Value;

use crate::files;

/// The longest file, in bytes. A stage may use 64 MiB by default, and decodes it there.
const LONGEST: u64 = 16 << 20;

/// Put the content of each file that is granted so into the stage's options; what stands in the way.
pub(crate) fn fill(
    plan: &StagePlan,
    teaching: Option<&Teaching>,
    config: &mut Value,
    folder: &Path,
) -> Vec<Problem> {
    let of_content = plan.grants.iter().filter(|grant| grant.access == Access::Content);
    let fill = |grant: &Grant| match content(grant, folder) {
        Ok(content) => {
            if let Some(option) = config.pointer_mut(&grant.pointer) {
                *option = as_option(&content);
            }
            None
        }
        Err(problem) if !folder.join(&grant.value).exists() && is_model(grant, teaching) => {
            let how =
                format!("`crible train` makes it: see `crible train --help`; its stage is `{}`", plan.id);
            Some(problem.with_help(how))
        }
        Err(problem) => Some(problem),
    };
    of_content.filter_map(fill).collect()
}

fn is_model(grant: &Grant, teaching: Option<&Teaching>) -> bool {
    teaching.is_some_and(|teaching| grant.pointer.strip_prefix('/') == Some(&teaching.model))
}

/// A content as the stage finds it in its options.
pub(crate) fn as_option(content: &[u8]) -> Value {
    BASE64_STANDARD.encode(content).into()
}

fn content(grant: &Grant, folder: &Path) -> Result<Vec<u8>, Problem> {
    let Grant { value, span, .. } = grant;
    if let Some(problem) = files::unreadable(value, span, folder) {
        return Err(problem);
    }
    let path = folder.join(value);
    let problem =
        |message| Problem::new("unreadable-file", span.clone(), message, "cannot be given to the stage");
    let unreadable = |error| problem(format!("`{value}` cannot be read: {}", cause(&error)));
    if fs::metadata(&path).map_err(unreadable)?.len() > LONGEST {
        return Err(problem(format!("`{value}` is longer than {} MiB", LONGEST >> 20)));
    }
    fs::read(&path).map_err(unreadable)
}
