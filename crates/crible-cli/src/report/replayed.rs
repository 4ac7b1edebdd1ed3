//! Recorded messages and what becomes of each.

use std::collections::HashMap;
use std::path::Path;

use crible::{Judgement, LoadError, Loaded, Message, Recording, RunError};

/// What filters label a message with for what it is about, before the theme's name.
pub(crate) const THEME: &str = "theme:";
/// What filters label the tellings of one story with, before the id of one of them.
pub(crate) const STORY: &str = "story:";

/// A pipeline and the file that it is to judge.
pub(crate) fn open(pipeline: &Path, file: &Path) -> Result<(Loaded, Recording), LoadError> {
    let crible = crate::setup::crible();
    let loaded = crible.load(pipeline)?;
    let recording = crible.recording(file, &loaded)?;
    Ok((loaded, recording))
}

/// Have the pipeline's filters judge a file, and take note of each message once its judgement is final. What a
/// filter holds waits in memory, as it does in the filter.
pub(crate) fn each(
    loaded: &Loaded,
    recording: &mut Recording,
    mut note: impl FnMut(Message, &Judgement),
) -> Result<(), RunError> {
    let mut replay = loaded.replay()?;
    let mut waiting: HashMap<u64, Message> = HashMap::new();
    let mut next = 0;
    let mut settle = |waiting: &mut HashMap<u64, Message>, judgements: Vec<Judgement>| {
        for judgement in judgements {
            if let Some(message) = waiting.remove(&judgement.number) {
                note(message, &judgement);
            }
        }
    };
    loop {
        let messages = recording.read()?;
        if messages.is_empty() {
            break;
        }
        let judgements = replay.judge(&messages)?;
        for message in messages {
            waiting.insert(next, message);
            next += 1;
        }
        settle(&mut waiting, judgements);
    }
    settle(&mut waiting, replay.end()?);
    Ok(())
}

/// What the filters labelled a message with, of the labels of this kind.
pub(crate) fn labelled<'a>(judgement: &'a Judgement, kind: &'a str) -> impl Iterator<Item = &'a str> + 'a {
    let labels = judgement.whys.iter().flat_map(|why| &why.labels);
    labels.filter_map(move |label| label.strip_prefix(kind)).filter(|name| !name.is_empty())
}
