//! The changes for people.

use std::path::Path;
use std::time::Duration;

use crible::{Cost, Judgement};

use crate::args::Backtest;
use crate::backtest::Costs;
use crate::backtest::changes::{Change, Changes, Fates, Side};
use crate::backtest::sentences;
use crate::figures::{count, time_each};
use crate::language::Language;
use crate::output::{bold, colour_on_stdout, dim, width_of_stdout};
use crate::table::{self, NOTHING};
use crate::wrap::{columns, fit, right};
use crate::{said, sentences as words};

/// What is printed is not wider than this, however wide the terminal is.
const WIDEST: usize = 100;
/// The reasons that are shown one by one.
const REASONS: usize = 10;

/// All that a change of rules changes.
pub(crate) fn report(changes: &Changes, costs: &Costs, args: &Backtest, language: Language) -> String {
    let sheet = Sheet { width: width_of_stdout().min(WIDEST), colour: colour_on_stdout(), language };
    let headline = bold(&sentences::headline(changes.messages, &args.on, language), sheet.colour);
    let mut parts = vec![headline, sheet.table(changes, costs, args).join("\n")];
    let (kept, dropped) = (&changes.newly_kept, &changes.newly_dropped);
    if kept.messages + dropped.messages == 0 {
        parts.push(sentences::no_change(language).to_owned());
    }
    let titles: [fn(&str, Language) -> String; 2] = [sentences::newly_kept, sentences::newly_dropped];
    for (side, title) in [kept, dropped].into_iter().zip(titles).filter(|(side, _)| side.messages > 0) {
        let title = title(&count(side.messages, language), language);
        parts.push(
            std::iter::once(bold(&title, sheet.colour))
                .chain(sheet.side(side))
                .collect::<Vec<_>>()
                .join("\n"),
        );
    }
    parts.join("\n\n") + "\n"
}

struct Sheet {
    width: usize,
    colour: bool,
    language: Language,
}

impl Sheet {
    fn table(&self, changes: &Changes, costs: &Costs, args: &Backtest) -> Vec<String> {
        let heads = sentences::heads(self.language).map(str::to_owned);
        let head: Vec<String> = std::iter::once(String::new()).chain(heads).collect();
        let row = |config: &Path, fates: Fates, costs: &[Cost]| {
            let time: Duration = costs.iter().map(|cost| cost.time).sum();
            let failed = match fates.failed {
                0 => NOTHING.to_owned(),
                failed => count(failed, self.language),
            };
            vec![
                config.display().to_string(),
                count(fates.kept, self.language),
                count(fates.dropped, self.language),
                failed,
                time_each(time, changes.messages, self.language),
            ]
        };
        let old = row(&args.old, changes.old, &costs.old);
        table::lines(&[head, old, row(&args.new, changes.new, &costs.new)], self.colour)
    }

    /// The reasons of one direction and its first messages.
    fn side(&self, side: &Side) -> Vec<String> {
        let reasons = side.reasons();
        let (shown, others) = reasons.split_at(reasons.len().min(REASONS));
        let mut rows: Vec<(u64, String)> = shown
            .iter()
            .map(|(end, number)| {
                let colon = self.language.pick(":", " :");
                let said = match (end.stage.as_str(), end.reason.as_str()) {
                    ("", _) => sentences::no_reason(self.language).to_owned(),
                    (stage, "") => stage.to_owned(),
                    (stage, reason) => format!("{stage}{colon} {}", said::plain(reason)),
                };
                (*number, said)
            })
            .collect();
        let rest = others.iter().map(|(_, number)| number).sum::<u64>() + side.other_reasons;
        if rest > 0 {
            rows.push((rest, words::other_reasons(others.len() as u64 + side.other_reasons, self.language)));
        }
        let widest =
            rows.iter().map(|(number, _)| columns(&count(*number, self.language))).max().unwrap_or(0);
        let mut lines: Vec<String> = rows
            .iter()
            .map(|(number, said)| {
                fit(&format!("  {}  {said}", right(&count(*number, self.language), widest)), self.width)
            })
            .collect();
        for change in &side.examples {
            lines.push(String::new());
            lines.extend(self.change(change));
        }
        let hidden = side.messages - side.examples.len() as u64;
        if hidden > 0 && !side.examples.is_empty() {
            lines.push(String::new());
            lines.push(format!("  {}", sentences::more(&count(hidden, self.language), self.language)));
        }
        lines
    }

    fn change(&self, change: &Change) -> Vec<String> {
        let [before, now] = sentences::before_and_now(self.language);
        let parts = [&change.message.id, &change.message.author];
        let head: Vec<String> =
            parts.iter().filter(|part| !part.is_empty()).map(|part| said::plain(part)).collect();
        let head = format!("  {}", head.join("  "));
        let room = self.width.saturating_sub(columns(&head) + 2).max(20);
        let mut lines = vec![format!("{head}  {}", said::gist(&change.message, room))];
        for (name, judgement) in [(before, &change.old), (now, &change.new)] {
            let line = format!("      {name}  {}", self.verdict(judgement));
            lines.push(dim(&fit(&line, self.width), self.colour));
        }
        lines
    }

    /// What was said of a message: of one that was kept everything, else why it was not.
    fn verdict(&self, judgement: &Judgement) -> String {
        let fate = sentences::nothing_said(judgement.kept(), self.language);
        let whys = match judgement.kept() {
            true => &judgement.whys[..],
            false => &judgement.whys[judgement.whys.len().saturating_sub(1)..],
        };
        let whys: Vec<String> = whys.iter().map(|why| said::why(why, self.language)).collect();
        std::iter::once(fate.to_owned()).chain(whys).collect::<Vec<_>>().join(" · ")
    }
}
