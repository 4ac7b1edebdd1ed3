//! A mistake with its place, and how a list of them is shown.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// A range of bytes in the text of the config file.
pub type Span = Range<usize>;

/// Whether a [`Problem`] refuses the config.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Nothing runs until it is mended.
    Error,
    /// Worth knowing; the config runs as it is.
    Warning,
}

/// One mistake: what is wrong, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Whether it refuses the config.
    pub severity: Severity,
    /// A short stable name such as `unknown-plugin`.
    pub code: &'static str,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// The place, in bytes of the text.
    pub span: Span,
    /// What stands beside the underlining; may be empty.
    pub label: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl Problem {
    /// An error without help.
    pub fn new(
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Problem {
        Problem {
            severity: Severity::Error,
            code,
            message: message.into(),
            span,
            label: label.into(),
            help: None,
        }
    }

    /// A warning without help.
    pub fn warning(
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Problem {
        Problem { severity: Severity::Warning, ..Problem::new(code, span, message, label) }
    }

    /// The same problem with a mend.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }
}

/// All that is wrong with a config, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// These problems in the order of the file, each once.
    pub fn in_order(mut problems: Vec<Problem>) -> Problems {
        problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
        problems.dedup();
        Problems(problems)
    }

    /// The problems as a person reads them: the line, the place underlined, the cause and the
    /// mend. `text` is the text that was parsed, `file_name` is only shown. Plain ASCII when not
    /// in `colour`. It does not end with a newline.
    pub fn render(&self, file_name: &str, text: &str, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let shown: Vec<String> =
            self.0.iter().map(|problem| render_one(problem, file_name, text, &renderer)).collect();
        shown.join("\n\n")
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Problems {
        Problems(vec![problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            f.write_str(&problem.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

fn render_one(problem: &Problem, file_name: &str, text: &str, renderer: &Renderer) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    // A span from elsewhere (another text) must not panic the one who shows it.
    let end = text.floor_char_boundary(problem.span.end);
    let start = text.floor_char_boundary(problem.span.start.min(end));
    let mut annotation = AnnotationKind::Primary.span(start..end);
    if !problem.label.is_empty() {
        annotation = annotation.label(problem.label.as_str());
    }
    let mut group = level
        .primary_title(problem.message.as_str())
        .id(problem.code)
        .element(Snippet::source(text).path(file_name).annotation(annotation));
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}
