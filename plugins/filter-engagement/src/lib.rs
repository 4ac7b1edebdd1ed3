//! Scores messages by their attention against what is usual for their author and age. See `plugin.json`.

mod authors;
mod binary;
mod normal;
mod settings;
mod snapshot;
mod stream;

use crible_sdk::{
    ConfigError, Filter, FilterPlugin, NumberField, Plugin, Rows, StageError, TextField, Verdicts,
};
use xxhash_rust::xxh3::xxh3_64;

use authors::{Authors, Recent};
use binary::log2;
use normal::Attention;
use settings::Settings;
use stream::Stream;

/// What is usual for accounts of an author's size counts as so many messages of the author. On link titles
/// anything from 1 to 5 foretells the attention of the next message equally well; the least is soonest forgotten.
const OF_SIZE: f32 = 1.0;
/// From so many messages before on, an author is judged by their own normal.
const KNOWN_AUTHOR: f32 = 3.0;
/// Until the stream has so many messages, other authors are not judged.
const KNOWN_STREAM: f32 = 30.0;
/// From so many times the usual on, or so small a part of it, the reason is given.
const REMARKABLE: f64 = 2.0;

const MORE: &str = "gets more attention than its author's messages usually do";
const LESS: &str = "gets less attention than its author's messages usually do";
const MORE_THAN_SIZE: &str = "gets more attention than is usual for an account of its size";
const LESS_THAN_SIZE: &str = "gets less attention than is usual for an account of its size";

/// Scores messages by how much more attention they get than is usual.
pub struct Engagement {
    settings: Settings,
    stream: Stream,
    authors: Authors,
    about: String,
}

impl Plugin for Engagement {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for Engagement {
    fn configure(config: &str, state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let settings = Settings::read(config)?;
        let (stream, authors) = match state {
            Some(state) => snapshot::read(state, settings.most)?,
            None => (Stream::new(), Authors::new(settings.most)),
        };
        Ok(Self { settings, stream, authors, about: String::new() })
    }
}

impl Filter for Engagement {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        let ids = rows.texts(TextField::Id);
        let authors = rows.texts(TextField::Author);
        let reposts_of = rows.texts(TextField::RepostOf);
        let followers = rows.numbers(NumberField::Followers);
        for (row, &time) in rows.times().iter().enumerate() {
            // The counts of a repost are those of the original, or of nothing that its author wrote.
            if !reposts_of.get(row).is_empty() {
                continue;
            }
            let attention = self.attention(rows, row, time);
            let size = stream::size(followers[row]);
            let id = xxh3_64(ids.get(row).as_bytes()) as u32 * u32::from(!ids.get(row).is_empty());
            self.judge_message(xxh3_64(authors.get(row).as_bytes()), id, size, attention, row, out);
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(snapshot::write(&self.stream, &self.authors))
    }
}

/// What is usual for a message.
struct Usual {
    points: f64,
    /// Whether that is known of the author, not only of accounts of that size.
    of_author: bool,
}

impl Engagement {
    fn attention(&self, rows: &Rows<'_>, row: usize, time: i64) -> Attention {
        let Settings { points, half, .. } = &self.settings;
        let count = |field: &[i64]| field[row].max(0) as f64;
        let points = points.likes * count(rows.numbers(NumberField::Likes))
            + points.reposts * count(rows.numbers(NumberField::Reposts))
            + points.replies * count(rows.numbers(NumberField::Replies));
        let created = rows.numbers(NumberField::CreatedAt)[row];
        // Of a message without a date all attention is expected.
        let share = if created == 0 || *half == 0.0 {
            1.0
        } else {
            normal::share(time.saturating_sub(created) as f64, *half)
        };
        Attention::new(points, share)
    }

    /// Judge a message by those before it, and learn from it.
    fn judge_message(
        &mut self,
        author: u64,
        id: u32,
        size: usize,
        attention: Attention,
        row: usize,
        out: &mut Verdicts,
    ) {
        let author = self.authors.hear(author);
        let known = author.find(id);
        let own = author.normal_without(known);
        let sample = attention.sample();
        let was_counted = author.counted;
        author.counted |= attention.points > 0.0;
        let counted = author.counted;
        let before = match known {
            Some(at) => Some(std::mem::replace(&mut author.recent[at].sample, sample)),
            None => {
                author.add(Recent { id, sample });
                None
            }
        };
        // Where nothing is ever counted, nothing is said, and nothing learned.
        if !counted {
            return;
        }
        let of_author = own.messages >= KNOWN_AUTHOR;
        if of_author || self.stream.all.messages >= KNOWN_STREAM {
            let normal = own.with(self.stream.normal(size, OF_SIZE));
            if let Some(level) = normal.level() {
                let usual = Usual { points: attention.usual(level), of_author };
                self.say(attention, &usual, row, out);
            }
        }
        match before {
            Some(before) if was_counted => self.stream.renew(size, before, sample),
            _ => self.stream.add(size, sample),
        }
    }

    fn say(&mut self, attention: Attention, usual: &Usual, row: usize, out: &mut Verdicts) {
        let Settings { weight, doublings, drop_below, .. } = self.settings;
        let ratio = attention.ratio(usual.points);
        let score = weight * log2(ratio).clamp(-doublings, doublings);
        let score = ((score * 1000.0).round() / 1000.0) as f32;
        if score != 0.0 {
            out.add_score(row, score);
        }
        let reason = match (ratio > 1.0, usual.of_author) {
            (true, true) => MORE,
            (true, false) => MORE_THAN_SIZE,
            (false, true) => LESS,
            (false, false) => LESS_THAN_SIZE,
        };
        if ratio < drop_below {
            out.drop(row, reason);
        } else if (1.0 / REMARKABLE..REMARKABLE).contains(&ratio) {
            return;
        }
        out.reason(row, reason);
        self.write_about(attention.points, usual.points);
        out.about(row, &self.about);
    }

    /// The figures: "×8: 40 likes and reposts, 5 are usual at its age".
    fn write_about(&mut self, points: f64, usual: f64) {
        self.about.clear();
        // What would be shown as 0 is no divisor.
        if usual >= 0.05 {
            self.about.push('×');
            write_figure(points / usual, &mut self.about);
            self.about.push_str(": ");
        }
        write_figure(points, &mut self.about);
        self.about.push(' ');
        self.about.push_str(&self.settings.points.noun);
        self.about.push_str(", ");
        write_figure(usual, &mut self.about);
        self.about.push_str(if self.settings.half > 0.0 { " are usual at its age" } else { " are usual" });
    }
}

/// A number of at least 0: from 10 on as a whole one, below with its tenths.
fn write_figure(number: f64, out: &mut String) {
    // Half of all messages have figures to tell, and `write!` would cost them as much as all the rest.
    let mut digits = itoa::Buffer::new();
    let tenths = (number * 10.0 + 0.5) as u64;
    if tenths >= 100 {
        return out.push_str(digits.format((number + 0.5) as u64));
    }
    out.push_str(digits.format(tenths / 10));
    if !tenths.is_multiple_of(10) {
        out.push('.');
        out.push_str(digits.format(tenths % 10));
    }
}

crible_sdk::export!(filter: Engagement);
