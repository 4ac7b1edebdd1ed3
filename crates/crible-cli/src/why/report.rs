//! The answers for people.

use crible::{Account, Ending, Fate, Message, Record, Why};

use crate::figures::moment;
use crate::language::Language;
use crate::output::{bold, colour_on_stdout, dim, width_of_stdout};
use crate::said;
use crate::why::sentences;
use crate::wrap::{columns, wrap};

/// What is printed is not wider than this, however wide the terminal is.
const WIDEST: usize = 100;

/// What became of each reading of a message.
pub(crate) fn accounts(id: &str, accounts: &[Account], record: &Record, language: Language) -> String {
    let sheet = Sheet::new(language);
    // What was dropped is remembered whole, what was kept in short.
    let is_whole = |account: &&Account| account.endings.iter().any(|ending| ending.fate != Fate::Kept);
    let shown = accounts.iter().rev().find(is_whole).or(accounts.last());
    let mut parts: Vec<String> = shown.iter().map(|account| sheet.message(id, &account.message)).collect();
    for (at, account) in accounts.iter().enumerate() {
        if accounts.len() > 1 {
            parts.push(dim(&sentences::reading(at + 1, accounts.len(), language), sheet.colour));
        }
        let endings = account.endings.chunk_by(said_the_same);
        parts.extend(endings.filter_map(|alike| sheet.ending(alike, record)));
    }
    parts.join("\n\n") + "\n"
}

/// Whether two sinks got a message with the same to say of it.
fn said_the_same(one: &Ending, other: &Ending) -> bool {
    let kept = [one, other].iter().all(|ending| ending.fate == Fate::Kept);
    kept && one.score == other.score && one.whys == other.whys
}

/// What was dropped last, with what dropped it.
pub(crate) fn dropped(accounts: &[Account], language: Language) -> String {
    let sheet = Sheet::new(language);
    let head = bold(&sentences::dropped_last(accounts.len() as u64, language), sheet.colour);
    let blocks = accounts.iter().map(|account| sheet.hidden(account));
    std::iter::once(head).chain(blocks).collect::<Vec<_>>().join("\n\n") + "\n"
}

struct Sheet {
    width: usize,
    colour: bool,
    language: Language,
}

impl Sheet {
    fn new(language: Language) -> Self {
        Self { width: width_of_stdout().min(WIDEST), colour: colour_on_stdout(), language }
    }

    /// Who wrote what, where and when.
    fn message(&self, id: &str, message: &Message) -> String {
        let mut head = vec![said::plain(id)];
        head.extend([&message.author, &message.channel].map(|text| said::plain(text)));
        if message.created_at != 0 {
            head.push(moment(message.created_at));
        }
        head.retain(|part| !part.is_empty());
        let mut lines = vec![head.join("  ")];
        for text in [&message.title, &message.text, &message.url] {
            let text = said::plain(text);
            if !text.is_empty() {
                lines.push(wrap(&text, self.width, "  "));
            }
        }
        lines.join("\n")
    }

    /// How a way ended, or several alike: the answer, then what the stages said before it.
    fn ending(&self, alike: &[Ending], record: &Record) -> Option<String> {
        let ending = alike.last()?;
        let stages: Vec<&str> = alike.iter().map(|ending| ending.stage.as_str()).collect();
        let (headline, before) = self.headline(ending, &stages.join(", "));
        let mut lines = vec![bold(&wrap(&headline, self.width, ""), self.colour)];
        if ending.at != 0 {
            lines.push(format!("  {}, {}", moment(ending.at), sentences::score(ending.score, self.language)));
        }
        for why in before {
            lines.push(wrap(&said::why(why, self.language), self.width, "  "));
        }
        if ending.fate == Fate::Failed
            && let Some(file) = &record.dead_letters
        {
            lines.push(wrap(&sentences::dead_letter(file, self.language), self.width, "  "));
        }
        Some(lines.join("\n"))
    }

    /// What became of it, and what the stages said before that.
    fn headline<'a>(&self, ending: &'a Ending, stages: &str) -> (String, &'a [Why]) {
        let last = ending.whys.split_last().filter(|_| ending.fate != Fate::Kept);
        let (said, before) = match last {
            Some((last, before)) => (said::why(last, self.language), before),
            None => (said::plain(stages), &ending.whys[..]),
        };
        (sentences::ended(ending.fate, &said, self.language), before)
    }

    /// A message that was dropped, in two lines.
    fn hidden(&self, account: &Account) -> String {
        let message = &account.message;
        let parts = [&message.id, &message.author];
        let parts: Vec<String> =
            parts.iter().filter(|part| !part.is_empty()).map(|part| said::plain(part)).collect();
        let head = format!("  {}", parts.join("  "));
        let room = self.width.saturating_sub(columns(&head) + 2).max(20);
        let mut lines = vec![format!("{head}  {}", said::gist(message, room))];
        for ending in &account.endings {
            let (headline, _) = self.headline(ending, &ending.stage);
            lines.push(dim(&wrap(&headline, self.width, "      "), self.colour));
        }
        lines.join("\n")
    }
}
