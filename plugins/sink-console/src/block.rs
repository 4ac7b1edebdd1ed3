//! A message as the lines that are printed.

use crible_sdk::{MessageRef, NumberField, TextField, Why};

use crate::clean::{apart, clean, clean_lines, short};
use crate::clock::minute;
use crate::fold::fold;
use crate::reasons::reasons;

/// A text that is longer is cut, and says by how much.
const MOST_LINES: usize = 24;

const INDENT: &str = "  ";

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const CYAN: &str = "\x1b[36m";
const PLAIN: &str = "\x1b[0m";

/// How messages are to look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// In columns.
    pub(crate) width: usize,
    pub(crate) has_colour: bool,
    pub(crate) has_reasons: bool,
}

impl Look {
    /// Append a message: a line that says when, who and where, then what, why, and the address.
    pub(crate) fn push_block(self, message: MessageRef<'_>, whys: &str, out: &mut String) {
        self.push_header(message, out);
        let within = self.width.saturating_sub(INDENT.len()).max(8);
        let title = clean(message.text_of(TextField::Title));
        self.push_lines(BOLD, &fold(&title, within), out);
        let text = message.text();
        let lines: Vec<String> = clean_lines(text).flat_map(|line| fold(&line, within)).collect();
        // Feeds often repeat the title as the text.
        let lines = if clean(text) == title { &[] } else { lines.as_slice() };
        self.push_lines("", lines, out);
        if self.has_reasons {
            // The host writes them; where they cannot be read, the message is worth more than they are.
            let reasons = reasons(&Why::all(whys).unwrap_or_default(), message.score());
            self.push_lines(DIM, &fold(&reasons, within), out);
        }
        let url = clean(message.text_of(TextField::Url));
        if !url.is_empty() {
            // Never folded: a terminal opens it by a click.
            self.push_line(CYAN, &url, out);
        }
        out.push('\n');
    }

    fn push_header(self, message: MessageRef<'_>, out: &mut String) {
        // A name is no place for a text.
        let name_of = |field| short(clean(message.text_of(field)), self.width / 2);
        let (author, name) = (name_of(TextField::Author), name_of(TextField::AuthorName));
        let channel = name_of(TextField::Channel);
        let when = minute(message.number(NumberField::CreatedAt));
        let who = match (name.as_str(), author.as_str()) {
            ("", "") => String::new(),
            ("", author) => self.styled(BOLD, &apart(author)),
            (name, "") => self.styled(BOLD, &apart(name)),
            (name, author) if name == author => self.styled(BOLD, &apart(name)),
            (name, author) => format!("{} ({})", self.styled(BOLD, &apart(name)), apart(author)),
        };
        let place = if channel.is_empty() {
            None
        } else {
            Some(self.styled(DIM, &format!("· {}", apart(&channel))))
        };
        let when = when.map(|when| self.styled(DIM, &when));
        let parts: Vec<String> =
            [when, Some(who), place].into_iter().flatten().filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            out.push_str(&parts.join("  "));
            out.push('\n');
        }
    }

    fn push_lines(self, style: &str, lines: &[String], out: &mut String) {
        let shown = if lines.len() > MOST_LINES + 1 { MOST_LINES } else { lines.len() };
        lines[..shown].iter().for_each(|line| self.push_line(style, line, out));
        if shown < lines.len() {
            self.push_line(DIM, &format!("… {} more lines", lines.len() - shown), out);
        }
    }

    fn push_line(self, style: &str, line: &str, out: &mut String) {
        out.push_str(INDENT);
        out.push_str(&self.styled(style, line));
        out.push('\n');
    }

    fn styled(self, style: &str, text: &str) -> String {
        if self.has_colour && !style.is_empty() { format!("{style}{text}{PLAIN}") } else { text.to_owned() }
    }
}
