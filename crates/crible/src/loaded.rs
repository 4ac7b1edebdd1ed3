//! A config that was loaded and found right.

use std::path::{Path, PathBuf};

use crible_config::{OnError, PipelineSettings, Plan};
use crible_core::{Kind, Message, Teaching};
use crible_engine::{
    FilterStage, Judge, Node, Pipeline, QuarantineSettings, Retry, RunError, Running, Settings, SinkStage,
    SourceStage,
};

use crate::error::Refused;
use crate::feedback;
use crate::graph::Graph;
use crate::lessons::Lessons;
use crate::record::Record;
use crate::replay::Replay;
use crate::stage::Stage;

/// A config that was loaded and found right. It can be run more than once.
pub struct Loaded {
    plan: Plan,
    /// In the order of the plan's.
    stages: Vec<Stage>,
    folder: PathBuf,
    warnings: Refused,
}

impl Loaded {
    pub(crate) fn new(plan: Plan, stages: Vec<Stage>, folder: PathBuf, warnings: Refused) -> Self {
        Self { plan, stages, folder, warnings }
    }

    /// The pipeline's name.
    pub fn name(&self) -> &str {
        &self.plan.pipeline.name
    }

    /// The plan: the stages with all defaults filled in.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What is worth knowing and does not refuse the config; absent where there is nothing.
    pub fn warnings(&self) -> Option<&Refused> {
        Some(&self.warnings).filter(|warnings| !warnings.problems.0.is_empty())
    }

    /// The pipeline as boxes and arrows.
    pub fn graph(&self) -> Graph {
        Graph::of(&self.plan)
    }

    /// The file that receives what could be neither read, judged nor delivered; absent where none does.
    pub fn dead_letters(&self) -> Option<PathBuf> {
        self.settings().dead_letters_file()
    }

    /// What it remembers of what became of its messages; absent where it has no `quarantine`.
    pub fn record(&self) -> Option<Record> {
        Record::of_plan(&self.plan, &self.folder)
    }

    /// Whether a sink writes to standard output.
    pub fn uses_standard_output(&self) -> bool {
        self.stages.iter().any(Stage::writes_standard_output)
    }

    /// The pipeline for the engine, not started yet.
    pub fn pipeline(&self) -> Pipeline {
        let stages = || self.plan.stages.iter().zip(&self.stages);
        let of = |kind: Kind| stages().filter(move |(plan, _)| plan.kind == kind);
        let sources = of(Kind::Source)
            .map(|(plan, stage)| SourceStage { id: plan.id.clone(), make: stage.make_source() });
        let filters = of(Kind::Filter).map(|(plan, stage)| FilterStage {
            id: plan.id.clone(),
            from: self.nodes(&plan.from),
            on_error: on_error(plan.on_error),
            stateless: stage.stateless(),
            make: stage.make_filter(),
        });
        let sinks = of(Kind::Sink).map(|(plan, stage)| SinkStage {
            id: plan.id.clone(),
            from: self.nodes(&plan.from),
            retry: Retry { most: plan.retry.most, first: plan.retry.first, longest: plan.retry.longest },
            make: stage.make_sink(),
        });
        Pipeline {
            name: self.plan.pipeline.name.clone(),
            sources: sources.collect(),
            filters: filters.collect(),
            sinks: sinks.collect(),
            settings: self.settings(),
        }
    }

    /// Run it.
    ///
    /// # Errors
    /// Where a stage cannot be made or the state cannot be read.
    pub fn start(&self) -> Result<Running, RunError> {
        crible_engine::start(self.pipeline())
    }

    /// Its filters alone: they judge the messages that the program gives them. Files are neither read nor
    /// written, and nothing is remembered but by the judge.
    ///
    /// # Errors
    /// Where a filter cannot be made.
    pub fn judge(&self) -> Result<Judge, RunError> {
        Judge::new(self.pipeline())
    }

    /// Its filters alone, for recorded messages: they begin with nothing, and take the time from the
    /// messages unless the config chose a clock.
    ///
    /// # Errors
    /// Where a filter cannot be made.
    pub fn replay(&self) -> Result<Replay, RunError> {
        let pipeline = self.pipeline();
        let clock = match self.plan.pipeline.clock_chosen {
            true => pipeline.settings.clock,
            false => crible_engine::Clock::Messages,
        };
        Replay::new(pipeline, clock)
    }

    /// Lessons for the stage that it was [loaded](crate::Crible::load_pupil) with in training.
    ///
    /// # Errors
    /// Where a filter cannot be made.
    pub fn lessons(&self, stage: &str) -> Result<Lessons, RunError> {
        Lessons::new(self.pipeline(), stage)
    }

    /// Have a stage learn that a message is good or is not, between two runs: its state remembers it. The
    /// stage must have been [loaded](crate::Crible::load_pupil) listening.
    ///
    /// # Errors
    /// Where the pipeline has no state, a run is using it, or the stage cannot take it in.
    pub fn feed_back(&self, stage: &str, message: &Message, good: bool) -> Result<(), RunError> {
        let unknown = || RunError {
            stage: Some(stage.to_owned()),
            message: "there is no such stage".into(),
            hint: None,
        };
        let at = self.plan.stages.iter().position(|of| of.id == stage).ok_or_else(unknown)?;
        feedback::give(&self.settings(), stage, &self.stages[at].make_filter(), message, good)
    }

    /// Have a stage's state forget all, between two runs: it begins afresh.
    ///
    /// # Errors
    /// Where the pipeline has no state, or a run is using it.
    pub fn forget(&self, stage: &str) -> Result<(), RunError> {
        feedback::forget(&self.settings(), stage)
    }

    /// The stages that can be taught.
    pub fn teachable(&self) -> Vec<&str> {
        let stages = self.plan.stages.iter().map(|stage| stage.id.as_str());
        stages.filter(|stage| self.teaching(stage).is_some()).collect()
    }

    /// How a stage is taught, where it can be.
    pub fn teaching(&self, stage: &str) -> Option<&Teaching> {
        let at = self.plan.stages.iter().position(|of| of.id == stage)?;
        self.stages[at].teaching()
    }

    fn settings(&self) -> Settings {
        settings(&self.plan.pipeline, &self.folder)
    }

    /// Places among all stages as places among those of their kind.
    fn nodes(&self, from: &[usize]) -> Vec<Node> {
        let sources = self.plan.stages.iter().filter(|stage| stage.kind == Kind::Source).count();
        let node = |&at: &usize| match at.checked_sub(sources) {
            None => Node::Source(at),
            Some(filter) => Node::Filter(filter),
        };
        from.iter().map(node).collect()
    }
}

fn on_error(of: OnError) -> crible_engine::OnError {
    match of {
        OnError::Keep => crible_engine::OnError::Keep,
        OnError::Drop => crible_engine::OnError::Drop,
        OnError::Stop => crible_engine::OnError::Stop,
        OnError::DeadLetter => crible_engine::OnError::DeadLetter,
    }
}

/// The settings of a pipeline whose config lies in a folder.
pub(crate) fn settings(of: &PipelineSettings, folder: &Path) -> Settings {
    Settings {
        state: of.state.as_ref().map(|path| folder.join(path)),
        dead_letters: of.dead_letters.as_ref().map(|path| folder.join(path)),
        quarantine: of.quarantine.as_ref().map(|quarantine| QuarantineSettings {
            folder: folder.join(&quarantine.path),
            size: quarantine.size,
            age: quarantine.age,
        }),
        clock: match of.clock {
            crible_config::Clock::Wall => crible_engine::Clock::Wall,
            crible_config::Clock::Messages => crible_engine::Clock::Messages,
        },
        checkpoint_every: of.checkpoint_every,
        at_end: match of.at_end {
            crible_config::AtEnd::Release => crible_engine::AtEnd::Release,
            crible_config::AtEnd::Keep => crible_engine::AtEnd::Keep,
        },
        batch: of.batch,
        in_flight: of.in_flight,
    }
}
