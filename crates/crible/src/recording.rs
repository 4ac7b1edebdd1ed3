//! A file of recorded messages, read as a pipeline reads its own.

use std::path::Path;
use std::time::Duration;

use crible_config::{Access, Grant, Limits, OnError, Plan, PluginRef, Retry, StagePlan};
use crible_core::{Kind, Malformed, Message, Next, Page, Source};
use crible_engine::RunError;
use serde_json::json;

/// The plugin that reads recordings.
pub(crate) const READER: &str = "jsonl";
/// How many messages are read at a time.
const PAGE: usize = 1024;

/// A file of recorded messages.
pub struct Recording {
    source: Box<dyn Source>,
    ended: bool,
    malformed: u64,
    first_malformed: Option<Malformed>,
}

impl Recording {
    pub(crate) fn new(source: Box<dyn Source>) -> Self {
        Self { source, ended: false, malformed: 0, first_malformed: None }
    }

    /// The next messages of the file; none at its end.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn read(&mut self) -> Result<Vec<Message>, RunError> {
        while !self.ended {
            let mut page = Page::default();
            let read = self.source.read(PAGE, &mut page);
            read.map_err(|error| RunError { stage: None, message: error.message, hint: error.hint })?;
            self.ended = page.next == Next::End;
            self.malformed += page.malformed.len() as u64;
            if self.first_malformed.is_none() {
                self.first_malformed = page.malformed.drain(..).next();
            }
            let batch = page.take_batch();
            if !batch.is_empty() {
                return Ok((0..batch.len()).map(|row| batch.message(row)).collect());
            }
            if let Next::Idle(ms) = page.next {
                std::thread::sleep(Duration::from_millis(ms.into()));
            }
        }
        Ok(Vec::new())
    }

    /// How many lines were no messages so far.
    pub fn malformed(&self) -> u64 {
        self.malformed
    }

    /// The first of them.
    pub fn first_malformed(&self) -> Option<&Malformed> {
        self.first_malformed.as_ref()
    }
}

/// A source that reads this file as a pipeline's first source of files reads its own; as the plugin does by
/// default where there is none.
pub(crate) fn stage_for(file: &Path, like: Option<&Plan>) -> StagePlan {
    let reads_files = |stage: &&StagePlan| {
        stage.kind == Kind::Source && stage.plugin == PluginRef::Bundled(READER.to_owned())
    };
    let usual = || StagePlan {
        id: READER.to_owned(),
        kind: Kind::Source,
        plugin: PluginRef::Bundled(READER.to_owned()),
        config: json!({}),
        from: Vec::new(),
        on_error: OnError::default(),
        retry: Retry::default(),
        limits: Limits::default(),
        grants: Vec::new(),
        allow: Vec::new(),
        span: 0..0,
        plugin_span: 0..0,
        from_span: 0..0,
    };
    let stages = like.into_iter().flat_map(|plan| &plan.stages);
    let mut stage = stages.into_iter().find(reads_files).cloned().unwrap_or_else(usual);
    let path = file.to_string_lossy().into_owned();
    stage.config["path"] = path.clone().into();
    stage.config["follow"] = false.into();
    // A label may be an attribute.
    if !stage.config["attrs"].is_object() {
        stage.config["attrs"] = true.into();
    }
    stage.grants = vec![Grant { access: Access::Read, value: path, pointer: "/path".to_owned(), span: 0..0 }];
    stage.allow.clear();
    stage
}
