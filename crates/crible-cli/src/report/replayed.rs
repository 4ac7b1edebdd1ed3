//! Recorded messages and what becomes of each.

use std::path::Path;

use crible::{Judgement, LoadError, Loaded, Message, Recording, RunError};

use crate::judging::Judging;

/// What filters label a message with for what it is about, before the theme's name.
pub(crate) const THEME: &str = "theme:";
/// What filters label the tellings of one story with, before the id of one of them.
pub(crate) const STORY: &str = "story:";

/// A pipeline and the file that it is to judge.
pub(crate) fn open(pipeline: &Path, file: &Path) -> Result<(Loaded, Recording), LoadError> {
    let crible = crate::setup::crible();
    let loaded = crible.load_to_judge(pipeline)?;
    let recording = crible.recording(file, &loaded)?;
    Ok((loaded, recording))
}

/// Have the pipeline's filters judge a file, and take note of each message once its judgement is final.
pub(crate) fn each(
    loaded: &Loaded,
    recording: &mut Recording,
    mut note: impl FnMut(Message, &Judgement),
) -> Result<(), RunError> {
    let mut judging = Judging::new(loaded)?;
    loop {
        let messages = recording.read()?;
        if messages.is_empty() {
            break;
        }
        let judged = judging.judge(&messages, messages.clone())?;
        judged.into_iter().for_each(|(message, judgement)| note(message, &judgement));
    }
    judging.end()?.into_iter().for_each(|(message, judgement)| note(message, &judgement));
    Ok(())
}

/// What the filters labelled a message with, of the labels of this kind.
pub(crate) fn labelled<'a>(judgement: &'a Judgement, kind: &'a str) -> impl Iterator<Item = &'a str> + 'a {
    let labels = judgement.whys.iter().flat_map(|why| &why.labels);
    labels.filter_map(move |label| label.strip_prefix(kind)).filter(|name| !name.is_empty())
}
