//! What a run says at its end.

use std::path::Path;

use crible::{Kind, Loaded, ReasonReport, Report, StageReport};

use crate::figures::{count, elapsed, rate, time_each};
use crate::language::Language;
use crate::live_line::Progress;
use crate::output::{bold, colour_on_stderr, dim, width_of_stderr};
use crate::sentences;
use crate::wrap::{fit, left, right};

/// The table is not wider than this, however wide the terminal is.
const WIDEST: usize = 100;
/// The reasons of a stage that are shown one by one.
const REASONS: usize = 5;
/// Stands where a stage has nothing to count.
const NOTHING: &str = "–";

/// What a run says at its end: a table of the stages, with the reasons of each filter, and the sentence
/// that it was all for.
pub(crate) fn summary(loaded: &Loaded, report: &Report, language: Language) -> String {
    let mut closing = vec![essential(report, language)];
    closing.extend(notes(report, loaded.dead_letters().as_deref(), language));
    [table(loaded, report, language), closing.join("\n")].join("\n\n")
}

/// What a run says that failed: how far it came, and nothing of what would have been essential.
pub(crate) fn so_far(loaded: &Loaded, report: &Report, language: Language) -> String {
    let mut closing = vec![sentences::failed(report.in_flight, language)];
    closing.extend(notes(report, loaded.dead_letters().as_deref(), language));
    [table(loaded, report, language), closing.join("\n")].join("\n\n")
}

/// A headline and a table of the stages.
fn table(loaded: &Loaded, report: &Report, language: Language) -> String {
    let sheet = Sheet { width: width_of_stderr().min(WIDEST), colour: colour_on_stderr(), language };
    let read = Progress::of(report).read;
    let (time, rate) = (elapsed(report.elapsed, language), rate(read, report.elapsed, language));
    let headline = sentences::headline(loaded.name(), read, &time, &rate, language);
    [bold(&headline, sheet.colour), sheet.table(&report.stages)].join("\n\n")
}

struct Sheet {
    width: usize,
    colour: bool,
    language: Language,
}

impl Sheet {
    fn table(&self, stages: &[StageReport]) -> String {
        let mut rows =
            vec![[""].into_iter().chain(sentences::heads(self.language)).map(str::to_owned).collect()];
        rows.extend(stages.iter().map(|stage| self.cells(stage)));
        let widths: Vec<usize> = (0..7)
            .map(|column| {
                rows.iter().map(|row: &Vec<String>| crate::wrap::columns(&row[column])).max().unwrap_or(0)
            })
            .collect();
        let gaps = self.width.saturating_sub(widths.iter().sum()) / (widths.len() - 1);
        let gap = " ".repeat(gaps.clamp(1, 3));
        let lines = rows.iter().enumerate().flat_map(|(at, row)| {
            let cells = row.iter().zip(&widths).enumerate();
            let cells = cells.map(|(column, (cell, &width))| match column {
                0 => left(cell, width),
                _ => right(cell, width),
            });
            let line = cells.collect::<Vec<_>>().join(&gap);
            let line = if at == 0 { dim(&line, self.colour) } else { line };
            let reasons = at.checked_sub(1).map(|stage| self.reasons(&stages[stage])).unwrap_or_default();
            std::iter::once(line).chain(reasons)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn cells(&self, stage: &StageReport) -> Vec<String> {
        let figure = |number: u64| match number {
            0 => NOTHING.to_owned(),
            _ => count(number, self.language),
        };
        vec![
            fit(&stage.id, 24),
            count(stage.received, self.language),
            count(stage.kept, self.language),
            figure(stage.dropped),
            figure(stage.held),
            figure(stage.failed),
            time_each(stage.time, stage.received, self.language),
        ]
    }

    /// Why a stage dropped what it dropped, and whom that was about.
    fn reasons(&self, stage: &StageReport) -> Vec<String> {
        let (shown, others) = stage.reasons.split_at(stage.reasons.len().min(REASONS));
        let of = |reason: &ReasonReport| (reason.count, reason.reason.clone(), reason.abouts.clone());
        let mut rows: Vec<_> = shown.iter().map(of).collect();
        if !others.is_empty() {
            let rest = others.iter().map(|reason| reason.count).sum();
            rows.push((rest, sentences::other_reasons(others.len() as u64, self.language), vec![]));
        }
        let counts: Vec<String> = rows.iter().map(|(number, ..)| count(*number, self.language)).collect();
        let widest = counts.iter().map(|text| crate::wrap::columns(text)).max().unwrap_or(0);
        let mut lines = Vec::new();
        for (number, (_, reason, abouts)) in counts.iter().zip(&rows) {
            lines.push(format!("  {}  {reason}", right(number, widest)));
            lines.extend(self.abouts(abouts, widest + 6));
        }
        lines.iter().map(|line| dim(&fit(line, self.width), self.colour)).collect()
    }

    /// Whom a reason was about most often, as many as fit into a line.
    fn abouts(&self, abouts: &[(String, u64)], indent: usize) -> Option<String> {
        let mut line = " ".repeat(indent);
        let mut between = "";
        for (about, number) in abouts.iter().filter(|(_, number)| *number > 1) {
            let more = format!("{between}{} {}", about.replace('\n', " "), count(*number, self.language));
            if crate::wrap::columns(&line) + crate::wrap::columns(&more) + 3 > self.width {
                line.push_str(", …");
                break;
            }
            line.push_str(&more);
            between = ", ";
        }
        (!between.is_empty()).then_some(line)
    }
}

/// What it was all for, in a sentence.
fn essential(report: &Report, language: Language) -> String {
    let read = Progress::of(report).read;
    let sinks = report.stages.iter().filter(|stage| stage.kind == Kind::Sink);
    let sinks: Vec<(String, u64)> = sinks.map(|sink| (sink.id.clone(), sink.kept)).collect();
    match sinks.as_slice() {
        [(_, kept)] => sentences::essential(*kept, read, language),
        _ => sentences::shares(&sinks, read, language),
    }
}

/// What else is worth knowing of a run.
fn notes(report: &Report, dead_letters: Option<&Path>, language: Language) -> Vec<String> {
    let held = Progress::of(report).held;
    let mut sentences = Vec::new();
    if held > 0 {
        sentences.push(sentences::held_back(held, language));
    }
    if report.dead_letters > 0 {
        sentences.push(sentences::dead_letters(report.dead_letters, dead_letters, language));
    }
    if report.stopped {
        sentences.push(sentences::stopped(language).to_owned());
    }
    sentences
}
