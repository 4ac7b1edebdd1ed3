//! The figures for people.

use crate::eval::Evaluated;
use crate::eval::by::Group;
use crate::eval::outcome::{Example, Outcome, Share, Sort};
use crate::eval::ranking::{Bin, are_probabilities, calibration_error, ranking, reliability};
use crate::eval::sentences;
use crate::figures::{count, time_each};
use crate::language::Language;
use crate::output::{bold, colour_on_stdout, dim, width_of_stdout};
use crate::said;
use crate::table::{self, NOTHING};
use crate::wrap::{columns, fit};

/// What is printed is not wider than this, however wide the terminal is.
const WIDEST: usize = 100;
/// How long the bar of a bin is whose messages are all essential.
const BAR: usize = 20;

/// All that is to be said of a labelled file.
pub(crate) fn report(evaluated: &Evaluated<'_>, language: Language) -> String {
    let Evaluated { pipeline, file, labels, outcome, groups } = evaluated;
    let sheet = Sheet { width: width_of_stdout().min(WIDEST), colour: colour_on_stdout(), language };
    let (all, positives) = (outcome.labelled(), outcome.positives());
    let headline = sentences::headline(pipeline, file, labels, [all, positives], language);
    let mut head = vec![bold(&headline, sheet.colour)];
    if outcome.unlabelled > 0 {
        head.push(sentences::unlabelled(outcome.unlabelled, &labels.label, language));
    }
    let parts = [
        head,
        sheet.confusion(outcome),
        sheet.groups(groups),
        sheet.score(outcome),
        sheet.stages(outcome),
        sheet.examples(outcome),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n")).collect();
    parts.join("\n\n") + "\n"
}

struct Sheet {
    width: usize,
    colour: bool,
    language: Language,
}

impl Sheet {
    fn confusion(&self, outcome: &Outcome) -> Vec<String> {
        let confusion = outcome.confusion();
        let [kept, dropped, essential, rest] = sentences::cases(self.language);
        let row = |name: &str, numbers: [u64; 2]| {
            let numbers = numbers.map(|number| count(number, self.language));
            std::iter::once(name.to_owned()).chain(numbers).collect::<Vec<String>>()
        };
        let rows = [
            vec![String::new(), kept.to_owned(), dropped.to_owned()],
            row(essential, [confusion.kept_rightly, confusion.missed]),
            row(rest, [confusion.kept_wrongly, confusion.dropped_rightly]),
        ];
        let values = [confusion.precision(), confusion.recall(), confusion.f1(), confusion.accuracy()];
        let measures = sentences::measures(self.language).into_iter().zip(values);
        let width = sentences::measures(self.language).map(|(name, _)| columns(name)).into_iter().max();
        let measures = measures.map(|((name, meaning), value)| {
            let figure = match (value, name) {
                (None, _) => NOTHING.to_owned(),
                (Some(value), "F1") => self.decimal(value),
                (Some(value), _) => self.percent(value),
            };
            let name = crate::wrap::left(name, width.unwrap_or(0));
            format!("{name}  {}  {}", crate::wrap::right(&figure, 8), dim(meaning, self.colour))
        });
        table::lines(&rows, self.colour).into_iter().chain([String::new()]).chain(measures).collect()
    }

    fn groups(&self, groups: &[Group]) -> Vec<String> {
        if groups.is_empty() {
            return Vec::new();
        }
        let mut rows = vec![sentences::group_heads(self.language).map(str::to_owned).to_vec()];
        rows.extend(groups.iter().map(|group| {
            let decimal = |value: Option<f64>| value.map_or(NOTHING.to_owned(), |value| self.decimal(value));
            let percent = |value: Option<f64>| value.map_or(NOTHING.to_owned(), |value| self.percent(value));
            let confusion = &group.confusion;
            vec![
                fit(&said::plain(&group.name), 28),
                count(group.messages, self.language),
                count(group.positives, self.language),
                percent(confusion.precision()),
                percent(confusion.recall()),
                decimal(confusion.f1()),
                decimal(group.average_precision),
            ]
        }));
        let title = bold(sentences::groups_title(self.language), self.colour);
        std::iter::once(title).chain(table::lines(&rows, self.colour)).collect()
    }

    fn score(&self, outcome: &Outcome) -> Vec<String> {
        let Some(ranked) = ranking(&outcome.scored) else { return Vec::new() };
        let mut lines = vec![bold(sentences::score_title(self.language), self.colour)];
        if !ranked.ranks {
            lines.push(sentences::ranks_nothing(
                &said::score(ranked.best.score, self.language),
                self.language,
            ));
            return lines;
        }
        let chance = outcome.positives() as f64 / outcome.labelled() as f64;
        let average = self.decimal(ranked.average_precision);
        lines.push(sentences::average_precision(&average, &self.decimal(chance), self.language));
        let best = &ranked.best;
        let figures = [self.decimal(best.f1), self.percent(best.precision), self.percent(best.recall)];
        let [f1, precision, recall] = &figures;
        let score = said::score(best.score, self.language);
        lines.push(sentences::best_threshold(&score, [f1, precision, recall], self.language));
        let bins = reliability(&outcome.scored);
        if are_probabilities(&outcome.scored) {
            lines.push(sentences::calibration(&self.decimal(calibration_error(&bins)), self.language));
        }
        lines.push(String::new());
        lines.extend(self.reliability(&bins));
        lines
    }

    fn reliability(&self, bins: &[Bin]) -> Vec<String> {
        let heads = sentences::reliability_heads(self.language).map(str::to_owned);
        let mut rows = vec![heads.to_vec()];
        rows.extend(bins.iter().map(|bin| {
            let bound = |score| said::score(score, self.language);
            let range = match bin.from == bin.to {
                true => bound(bin.from),
                false => format!("{} – {}", bound(bin.from), bound(bin.to)),
            };
            let mean = said::score(bin.mean_score as f32, self.language);
            vec![range, count(bin.messages, self.language), mean, self.percent(bin.share())]
        }));
        let lines = table::lines(&rows, self.colour).into_iter().enumerate();
        let bar = |at: usize| "█".repeat((bins[at].share() * BAR as f64).round() as usize);
        lines
            .map(|(at, line)| match at.checked_sub(1).map(bar) {
                Some(bar) if !bar.is_empty() => format!("{line}  {bar}"),
                _ => line,
            })
            .collect()
    }

    fn stages(&self, outcome: &Outcome) -> Vec<String> {
        let heads = sentences::stage_heads(self.language).map(str::to_owned);
        let mut rows = vec![heads.to_vec()];
        let cells = |name: &str, share: &Share, time: String| {
            let (right, wrong) = (share.rightly.messages, share.wrongly.messages);
            let figure = |number| if number == 0 { NOTHING.to_owned() } else { count(number, self.language) };
            vec![fit(name, 24), figure(right + wrong), figure(right), figure(wrong), time]
        };
        rows.extend(outcome.stages.iter().map(|stage| {
            let time = time_each(stage.time, stage.judged, self.language);
            cells(&stage.stage, &stage.stopped, time)
        }));
        if !is_empty(&outcome.lost) {
            rows.push(cells(sentences::no_sink(self.language), &outcome.lost, NOTHING.to_owned()));
        }
        let title = bold(sentences::stages_title(self.language), self.colour);
        std::iter::once(title).chain(table::lines(&rows, self.colour)).collect()
    }

    /// Examples, the mistakes first.
    fn examples(&self, outcome: &Outcome) -> Vec<String> {
        let mut parts = vec![(sentences::kept_wrongly(self.language).to_owned(), &outcome.kept.wrongly)];
        let no_sink = sentences::no_sink(self.language);
        let stages = outcome.stages.iter().map(|stage| (stage.stage.as_str(), &stage.stopped));
        for (stage, stopped) in stages.chain([(no_sink, &outcome.lost)]) {
            parts.push((sentences::dropped_wrongly(stage, self.language), &stopped.wrongly));
            parts.push((sentences::dropped_rightly(stage, self.language), &stopped.rightly));
        }
        let parts = parts.into_iter().filter(|(_, sort)| sort.messages > 0);
        parts.map(|(title, sort)| self.sort(&title, sort)).collect::<Vec<_>>().join(&String::new())
    }

    fn sort(&self, title: &str, sort: &Sort) -> Vec<String> {
        let number = count(sort.messages, self.language);
        let colon = self.language.pick(":", " :");
        let title = bold(&format!("{title}{colon} {number}"), self.colour);
        std::iter::once(title).chain(sort.examples.iter().flat_map(|example| self.example(example))).collect()
    }

    fn example(&self, example: &Example) -> Vec<String> {
        let head = format!("  {}  {}", said::plain(&example.message.id), said::plain(&example.label));
        let room = self.width.saturating_sub(columns(&head) + 2).max(20);
        let mut lines = vec![format!("{head}  {}", said::gist(&example.message, room))];
        let whys =
            example.judgement.whys.iter().map(|why| format!("      {}", said::why(why, self.language)));
        lines.extend(whys.map(|line| dim(&fit(&line, self.width), self.colour)));
        lines
    }

    fn percent(&self, part: f64) -> String {
        let text = format!("{:.2}", part * 100.0);
        self.language.pick(format!("{text}%"), format!("{} %", text.replace('.', ",")))
    }

    fn decimal(&self, value: f64) -> String {
        let text = format!("{value:.3}");
        self.language.pick(text.clone(), text.replace('.', ","))
    }
}

fn is_empty(share: &Share) -> bool {
    share.rightly.messages + share.wrongly.messages == 0
}
