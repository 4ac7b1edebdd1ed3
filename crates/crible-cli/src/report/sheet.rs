//! What reports are printed on.

use crate::language::Language;
use crate::output::{bold, colour_on_stdout, dim, width_of_stdout};
use crate::wrap::{fit, wrap};

/// What is printed is not wider than this, however wide the terminal is.
const WIDEST: usize = 100;

/// What a report is printed on.
pub(crate) struct Sheet {
    pub(crate) width: usize,
    pub(crate) colour: bool,
    pub(crate) language: Language,
}

impl Sheet {
    /// Standard output.
    pub(crate) fn new(language: Language) -> Self {
        Self { width: width_of_stdout().min(WIDEST), colour: colour_on_stdout(), language }
    }

    pub(crate) fn title(&self, text: &str) -> String {
        bold(text, self.colour)
    }

    /// A line that stands back, cut where the sheet ends.
    pub(crate) fn aside(&self, text: &str) -> String {
        dim(&fit(text, self.width), self.colour)
    }

    /// A sentence in as many lines as it needs.
    pub(crate) fn note(&self, text: &str) -> String {
        wrap(text, self.width, "")
    }

    /// A part as percent, without decimals.
    pub(crate) fn percent(&self, some: u64, all: u64) -> String {
        let part = if all == 0 { 0.0 } else { some as f64 / all as f64 };
        self.language.pick(format!("{:.0}%", part * 100.0), format!("{:.0} %", part * 100.0))
    }

    /// So many of so many.
    pub(crate) fn of(&self, some: u64, all: u64) -> String {
        let count = |number| crate::figures::count(number, self.language);
        let of = self.language.pick("of", "sur");
        format!("{} {of} {}", count(some), count(all))
    }

    /// A time in ms, in its two largest units: `3 d 2 h`, `20 min`.
    pub(crate) fn time(&self, ms: i64) -> String {
        let units =
            [(86_400_000, self.language.pick("d", "j")), (3_600_000, "h"), (60_000, "min"), (1000, "s")];
        let ms = ms.unsigned_abs();
        let Some(at) = units.iter().position(|&(unit, _)| ms >= unit) else { return format!("{ms} ms") };
        let (unit, name) = units[at];
        let mut text = format!("{} {name}", ms / unit);
        if let Some(&(next, name)) = units.get(at + 1).filter(|&&(next, _)| ms % unit >= next) {
            text += &format!(" {} {name}", ms % unit / next);
        }
        text
    }
}

/// Parts with an empty line between them; those that are empty are left out.
pub(crate) fn joined(parts: &[Vec<String>]) -> String {
    let parts: Vec<String> =
        parts.iter().filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n")).collect();
    parts.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_as_exact_as_it_is_short() {
        let sheet = |language| Sheet { width: 80, colour: false, language };
        let times = [0, 740, 59_999, 60_000, 1_265_000, 5_400_000, 86_400_000, -266_400_000]
            .map(|ms| sheet(Language::English).time(ms));
        assert_eq!(times, ["0 ms", "740 ms", "59 s", "1 min", "21 min 5 s", "1 h 30 min", "1 d", "3 d 2 h"]);
        assert_eq!(sheet(Language::French).time(2 * 86_400_000 + 59_000), "2 j");
        assert_eq!(sheet(Language::English).time(i64::MIN), "106751991167 d 7 h");
        assert_eq!(sheet(Language::French).percent(1, 0), "0 %");
    }
}
