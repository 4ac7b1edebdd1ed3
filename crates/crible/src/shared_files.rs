//! Files that are named twice: two stages that write one spoil each other's lines.

use std::path::Path;

use crible_config::{Access, Config, Problem, Review, Span};
use crible_grants::Grant;

/// A file that the config names.
struct Named<'a> {
    /// The stage, or the option of `[pipeline]`.
    by: &'a str,
    access: Access,
    written: &'a str,
    /// Two spellings of one path are equal as this.
    place: Grant,
    span: Span,
}

/// What is wrong, or worth knowing, of files that are written where another writes or reads.
pub(crate) fn problems(config: &Config, review: &Review, folder: &Path) -> Vec<Problem> {
    let mut named = named(config, review, folder);
    named.sort_by_key(|file| file.span.start);
    let mut problems = Vec::new();
    for (at, file) in named.iter().enumerate().filter(|(_, file)| file.access == Access::Write) {
        let same = |other: &&Named<'_>| other.place == file.place && other.by != file.by;
        let written_before = named[..at].iter().filter(same).find(|other| other.access == Access::Write);
        if let Some(other) = written_before {
            problems.push(written_twice(file, other));
        } else if let Some(other) = named.iter().filter(same).find(|other| other.access == Access::Read) {
            problems.push(read_too(file, other));
        }
    }
    problems.extend(in_the_quarantine(config, review, folder, &named));
    problems
}

/// What is wrong of files and of a state in the folder of the quarantine, which removes what lies there.
fn in_the_quarantine(
    config: &Config,
    review: &Review,
    folder: &Path,
    named: &[Named<'_>],
) -> Option<Problem> {
    let written = &review.pipeline.quarantine.as_ref()?.path;
    let place = Grant::new(written, folder);
    let is_inside = |path: &str| {
        Path::new(path).parent().is_some_and(|parent| Grant::new(&parent.to_string_lossy(), folder) == place)
    };
    let state = review.pipeline.state.as_ref().filter(|state| Grant::new(state, folder) == place);
    let inside = named.iter().find(|file| file.access == Access::Write && is_inside(file.written));
    let by = state.map(|_| "state").or(inside.map(|file| file.by))?;
    let message = format!("`{written}` is written by `{by}` too");
    let label = "the oldest files of a quarantine are removed";
    let span = config.place_in_pipeline("quarantine/path");
    Some(
        Problem::new("shared-file", span, message, label)
            .with_help("give the quarantine a folder of its own"),
    )
}

fn named<'a>(config: &Config, review: &'a Review, folder: &Path) -> Vec<Named<'a>> {
    let of_stages = review.stages.iter().map(|stage| &stage.plan).flat_map(|plan| {
        plan.grants.iter().map(|grant| {
            let (by, place) = (plan.id.as_str(), Grant::new(&grant.value, folder));
            Named { by, access: grant.access, written: &grant.value, place, span: grant.span.clone() }
        })
    });
    let letters = review.pipeline.dead_letters.iter().map(|path| {
        let (place, span) = (Grant::new(path, folder), config.place_in_pipeline("dead_letters"));
        Named { by: "dead_letters", access: Access::Write, written: path, place, span }
    });
    of_stages.chain(letters).filter(|file| is_plain(file.written, folder)).collect()
}

/// Whether it is a file, or will be: many may write to a terminal, a pipe or `/dev/null`.
fn is_plain(written: &str, folder: &Path) -> bool {
    written != "-" && folder.join(written).metadata().map_or(true, |found| found.is_file())
}

fn written_twice(file: &Named<'_>, other: &Named<'_>) -> Problem {
    let message = format!("`{}` is written by `{}` too", file.written, other.by);
    let label = "two that write one file spoil each other's lines";
    Problem::new("shared-file", file.span.clone(), message, label)
        .with_help("write another path here; one sink takes from several stages by `from = [\"…\", \"…\"]`")
}

fn read_too(file: &Named<'_>, other: &Named<'_>) -> Problem {
    let message = format!("`{}` is read by `{}` too", file.written, other.by);
    let label = "what is written here may be read again";
    Problem::warning("shared-file", file.span.clone(), message, label)
        .with_help("write another path, unless the file is replaced as a whole when the run has ended")
}
