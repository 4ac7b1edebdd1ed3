//! Labelled messages as lessons for a stage.

use crible::{Loaded, RunError};

use crate::labels::Labelled;

/// How many messages are given at a time.
pub(crate) const PAGE: usize = 1024;

/// Teach a stage, which the pipeline was loaded with in training, by these examples: its model. Messages
/// without a label teach nothing.
pub(crate) fn teach(loaded: &Loaded, stage: &str, examples: Vec<Labelled>) -> Result<Vec<u8>, RunError> {
    let mut lessons = loaded.lessons(stage)?;
    let mut marked = examples.into_iter().filter(|of| of.label.is_some()).map(|of| (of.message, of.positive));
    loop {
        let page: Vec<_> = marked.by_ref().take(PAGE).collect();
        if page.is_empty() {
            return lessons.model();
        }
        lessons.teach(page)?;
    }
}
