//! A config together with the schemas of its plugins: what can be said of each stage, and all that is
//! wrong so far.

use crate::plan::{PipelineSettings, Plan, StagePlan};
use crate::problem::{Problem, Problems, Severity};
use crate::test_plan::TestPlan;

/// What [`Config::review`](crate::Config::review) finds. Whoever knows more that is wrong (a file that is
/// missing, an option that the plugin itself refuses) adds it, so that all mistakes are told at once.
#[derive(Debug, Clone)]
pub struct Review {
    /// The settings of the whole, as far as they could be read.
    pub pipeline: PipelineSettings,
    /// The stages whose plugin is known, in the order of [`Plan::stages`].
    pub stages: Vec<ReviewedStage>,
    pub(crate) tests: Vec<TestPlan>,
    pub(crate) problems: Vec<Problem>,
}

/// A stage as far as it could be read.
#[derive(Debug, Clone)]
pub struct ReviewedStage {
    /// What of it could be read; defaults stand for the rest. Its `from` means something in a [`Plan`] only.
    pub plan: StagePlan,
    /// Whether its options are all there and as the plugin's schema wants them, so that the plugin can look
    /// at them itself, whatever else is wrong with the file.
    pub sound: bool,
}

impl Review {
    /// Adds what else is wrong, or worth knowing.
    pub fn add(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.problems.extend(problems);
    }

    /// The plan, where nothing is wrong.
    ///
    /// # Errors
    /// Every mistake of the file and every warning, in its order.
    pub fn plan(self) -> Result<Plan, Problems> {
        let problems = Problems::in_order(self.problems);
        if problems.0.iter().any(|problem| problem.severity == Severity::Error) {
            return Err(problems);
        }
        let stages = self.stages.into_iter().map(|stage| stage.plan).collect();
        Ok(Plan { pipeline: self.pipeline, stages, tests: self.tests, warnings: problems })
    }
}
