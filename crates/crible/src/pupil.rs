//! A stage that is taught by examples, made other than its config says.

use std::time::Duration;

use crible_config::{Access, StagePlan};
use crible_core::Teaching;

use crate::contents;

/// What training may use: all examples stay in the stage's memory until it is over.
const MEMORY: u64 = 2 << 30;
/// The longest that one call may take then.
const TIME: Duration = Duration::from_secs(3600);

/// The attribute that bears the mark of a message that the host teaches: none that a source would give.
pub(crate) const MARK: &str = "crible:mark";

/// What a stage that can be taught is made with.
#[derive(Clone, Copy, Debug)]
pub enum Pupil<'a> {
    /// It learns from examples, whatever model its config names: see [`Loaded::lessons`](crate::Loaded::lessons).
    InTraining,
    /// With the model that its config names it takes feedback from the host, and from no message of a source.
    Listening,
    /// This model, in place of the one that its config names.
    With(&'a [u8]),
}

impl Pupil<'_> {
    /// Change the plan of the stage.
    pub(crate) fn prepare(self, plan: &mut StagePlan, teaching: &Teaching) {
        let model = format!("/{}", teaching.model);
        if !matches!(self, Self::Listening) {
            plan.grants.retain(|grant| !(grant.access == Access::Content && grant.pointer == model));
        }
        let Some(options) = plan.config.as_object_mut() else { return };
        match self {
            Self::InTraining => {
                options.remove(&teaching.model);
                options.insert(teaching.training.clone(), true.into());
                options.insert(teaching.mark.clone(), MARK.into());
                plan.limits.memory = plan.limits.memory.max(MEMORY);
                plan.limits.time = plan.limits.time.max(TIME);
            }
            Self::Listening => {
                options.insert(teaching.mark.clone(), MARK.into());
            }
            Self::With(content) => {
                options.insert(teaching.model.clone(), contents::as_option(content));
            }
        }
    }
}
