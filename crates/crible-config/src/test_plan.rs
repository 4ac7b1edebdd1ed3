//! Tests of a pipeline's rules: plain data, checked against the messages and stages that they name.

use crible_core::Message;

use crate::problem::Span;

/// A table `[[test]]`: messages, and what must become of them.
#[derive(Debug, Clone, PartialEq)]
pub struct TestPlan {
    /// What it is called, unlike all others of the file.
    pub name: String,
    /// What is judged, in this order. Each has an id of its own and a date.
    pub messages: Vec<Message>,
    /// What must become of them; of a message that none of these names nothing is expected.
    pub expected: Vec<Expectation>,
    /// The messages that must be kept, in the order in which they must reach the sinks: places in
    /// [`TestPlan::messages`]. Absent where the order does not matter.
    pub order: Option<Vec<usize>>,
    /// Its table's header in the file.
    pub span: Span,
}

/// What must become of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// Its place in [`TestPlan::messages`].
    pub message: usize,
    /// What must become of it.
    pub fate: ExpectedFate,
    /// The filter that must have said the reason, and that must have ended the way of what is not kept.
    pub stage: Option<String>,
    /// What the reason must contain.
    pub reason: Option<String>,
    /// Whom or what the reason must be about.
    pub about: Option<String>,
    /// The score that it must have, to within 0.005.
    pub score: Option<f64>,
    /// Labels that it must bear, among others.
    pub labels: Vec<String>,
}

/// What must become of a message in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedFate {
    /// It reaches a sink.
    Kept,
    /// A filter drops it.
    Dropped,
    /// A filter cannot judge it.
    Failed,
}

impl ExpectedFate {
    /// As the config writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Dropped => "dropped",
            Self::Failed => "failed",
        }
    }

    pub(crate) fn of(name: &str) -> Option<Self> {
        [Self::Kept, Self::Dropped, Self::Failed].into_iter().find(|fate| fate.name() == name)
    }
}
