//! What became of messages, as lines of JSON that the source `jsonl` reads again.

use std::io::Write;

use crible_core::{Batch, ListField, Live, NumberField, TextField};

use crate::Fate;
use crate::trail::Said;

/// So many characters of a message that was kept are remembered, for a reader to recognise it by.
const GIST: usize = 160;

/// How the way of some messages ended.
pub(crate) struct Ending<'a> {
    pub(crate) fate: Fate,
    /// The stage where it ended: for those that were kept the sink.
    pub(crate) stage: &'a str,
    pub(crate) live: &'a Live,
    /// What the stage said of each of them at the last; empty where it said nothing.
    pub(crate) last: &'a [Said<'a>],
}

/// Append a line for each of the messages; `stream` tells their `seq` from that of other runs, `at` is the
/// wall clock in ms since 1970. A message that was kept lies where it was delivered: its line is short.
pub(crate) fn push_lines(out: &mut Vec<u8>, ending: &Ending<'_>, stream: u64, at: i64) {
    let Ending { fate, stage, live, last } = ending;
    let (batch, whys, scores) = (live.batch(), live.whys(), live.scores());
    for (place, row) in live.rows().enumerate() {
        let said = last.get(place);
        out.push(b'{');
        match fate {
            Fate::Kept => push_gist(out, batch, row),
            _ => push_message(out, batch, row),
        }
        push_text(out, "is", word(*fate));
        push_text(out, "stage", stage);
        let score = scores[place] + said.map_or(0.0, |said| said.score);
        if score != 0.0 {
            push_score(out, score);
        }
        push_whys(out, whys.get(place), stage, said);
        push_number(out, "seq", batch.seqs()[row] as i64);
        push_number(out, "stream", stream as i64);
        push_number(out, "at", at);
        out.extend_from_slice(b"}\n");
    }
}

/// The word for a fate in a line.
fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::Kept => "kept",
        Fate::Dropped => "dropped",
        Fate::Held => "held",
        Fate::Failed => "failed",
    }
}

/// What a reader recognises a message by.
fn push_gist(out: &mut Vec<u8>, batch: &Batch, row: usize) {
    for field in [TextField::Id, TextField::Author] {
        push_text(out, field.name(), batch.text_at(field, row));
    }
    let is_there = |field: &TextField| !batch.text_at(*field, row).trim().is_empty();
    let Some(field) = [TextField::Text, TextField::Title].into_iter().find(is_there) else { return };
    let text = batch.text_at(field, row);
    match text.char_indices().nth(GIST) {
        Some((end, _)) => push_text(out, field.name(), &format!("{}…", &text[..end])),
        None => push_text(out, field.name(), text),
    }
}

/// All that a message has.
fn push_message(out: &mut Vec<u8>, batch: &Batch, row: usize) {
    for &field in TextField::ALL {
        push_text(out, field.name(), batch.text_at(field, row));
    }
    for &field in NumberField::ALL {
        push_number(out, field.name(), batch.number_at(field, row));
    }
    for &field in ListField::ALL {
        push_list(out, field.name(), batch.list(field).into_iter().flat_map(|list| list.get(row)));
    }
    let mut open = b'{';
    for (name, column) in batch.attrs() {
        let value = column.get(row);
        if !value.is_empty() {
            if open == b'{' {
                push_name(out, "attrs");
            }
            out.push(open);
            push_json(out, name);
            out.push(b':');
            push_json(out, value);
            open = b',';
        }
    }
    if open == b',' {
        out.push(b'}');
    }
}

/// What the stages said: a JSON array, with what the last one said behind it.
fn push_whys(out: &mut Vec<u8>, before: &str, stage: &str, said: Option<&Said<'_>>) {
    let Some(said) = said else {
        if before != "[]" {
            push_name(out, "why");
            out.extend_from_slice(before.as_bytes());
        }
        return;
    };
    push_name(out, "why");
    out.extend_from_slice(before.strip_suffix(']').unwrap_or("[").as_bytes());
    if before != "[]" {
        out.push(b',');
    }
    out.push(b'{');
    push_text(out, "stage", stage);
    push_score(out, said.score);
    push_text(out, "reason", said.reason);
    push_text(out, "about", said.about);
    push_list(out, "labels", said.labels.iter().copied());
    out.extend_from_slice(b"}]");
}

/// A member with a text; nothing where the text is empty.
fn push_text(out: &mut Vec<u8>, name: &str, text: &str) {
    if !text.is_empty() {
        push_name(out, name);
        push_json(out, text);
    }
}

/// A member with a list of texts; nothing where there are none.
fn push_list<'a>(out: &mut Vec<u8>, name: &str, items: impl Iterator<Item = &'a str>) {
    let mut open = b'[';
    for item in items {
        if open == b'[' {
            push_name(out, name);
        }
        out.push(open);
        push_json(out, item);
        open = b',';
    }
    if open == b',' {
        out.push(b']');
    }
}

/// A member with a number; nothing where that is 0.
fn push_number(out: &mut Vec<u8>, name: &str, number: i64) {
    if number != 0 {
        push_name(out, name);
        // Writing to memory does not fail.
        let _ = write!(out, "{number}");
    }
}

/// A score; infinity, which cannot be written, becomes `null`.
fn push_score(out: &mut Vec<u8>, score: f32) {
    push_name(out, "score");
    // Writing to memory does not fail.
    let _ = serde_json::to_writer(out, &score);
}

/// The name of the next member. Within a line nothing but a beginning ends in a brace.
fn push_name(out: &mut Vec<u8>, name: &str) {
    if !out.ends_with(b"{") {
        out.push(b',');
    }
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

/// Append a text as a JSON string. Nearly all are without anything to escape, and looking for that takes no
/// time where no byte ends the search.
fn push_json(out: &mut Vec<u8>, text: &str) {
    let escaped = |byte: u8| (byte < b' ') | (byte == b'"') | (byte == b'\\');
    if text.bytes().fold(false, |any, byte| any | escaped(byte)) {
        // Writing to memory does not fail.
        let _ = serde_json::to_writer(out, text);
    } else {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use crible_core::{Message, Why};
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn line(fate: Fate, message: &Message, last: &[Said<'_>]) -> Value {
        let live = Live::new(Batch::from_messages([message]));
        let mut out = Vec::new();
        push_lines(&mut out, &Ending { fate, stage: "flood", live: &live, last }, 7, 99);
        assert_eq!(out.iter().filter(|&&byte| byte == b'\n').count(), 1);
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn what_was_kept_is_told_in_short() {
        let message = Message {
            id: "m".into(),
            text: "é".repeat(500),
            url: "https://a.example".into(),
            ..Message::default()
        };
        let line = line(Fate::Kept, &message, &[]);
        assert_eq!(
            (&line["is"], &line["stage"], &line["stream"]),
            (&"kept".into(), &"flood".into(), &7.into())
        );
        assert_eq!(line["text"].as_str().unwrap().chars().count(), GIST + 1);
        assert_eq!((line.get("url"), line.get("why")), (None, None));
    }

    proptest! {
        /// Whatever a message says, its line says it too and what was said of it, and begins with its id.
        #[test]
        fn what_was_dropped_is_there_whole(texts in prop::array::uniform6("\\PC*|[\"\\\\{}\\n\u{0}]*"), likes in any::<i64>(), score in -9f32..9.0) {
            let [id, text, reason, about, item, value] = texts;
            let attrs = if value.is_empty() { vec![] } else { vec![(item.clone(), value)] };
            let message = Message {
                id: id.clone(), text, likes, tags: vec![item], attrs: attrs.into_iter().collect(), ..Message::default()
            };
            let said = Said { score, reason: &reason, about: &about, labels: vec![] };
            let mut line = line(Fate::Dropped, &message, &[said]);
            let object = line.as_object_mut().unwrap();
            prop_assert_eq!(id.is_empty(), object.get("id").is_none());
            let why = Why { stage: "flood".into(), score, reason, about, labels: vec![] };
            let whys: Vec<Why> = serde_json::from_value(object["why"].clone()).unwrap();
            prop_assert_eq!(whys, vec![why]);
            for own in ["is", "stage", "score", "why", "seq", "stream", "at"] {
                object.remove(own);
            }
            let back: Message = serde_json::from_value(line).unwrap();
            prop_assert_eq!(back, message);
        }
    }
}
