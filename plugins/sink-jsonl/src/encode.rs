//! Rows as lines of JSON.

use std::fmt::Write;

use crible_sdk::{ListColumn, ListField, NumberField, Rows, TextColumn, TextField};

use crate::instant::push_instant;
use crible_sdk::json::push_json;

/// What counts are written behind the lists.
const COUNTS: [NumberField; 4] =
    [NumberField::Followers, NumberField::Likes, NumberField::Reposts, NumberField::Replies];

/// The columns of a batch, each asked for once.
pub(crate) struct Encoder<'a> {
    texts: Vec<(&'static str, &'a TextColumn)>,
    created: &'a [i64],
    lists: Vec<(&'static str, &'a ListColumn)>,
    counts: Vec<(&'static str, &'a [i64])>,
    /// Names as JSON.
    attrs: Vec<(String, TextColumn)>,
    scores: &'a [f32],
    whys: &'a TextColumn,
}

impl<'a> Encoder<'a> {
    pub(crate) fn new(rows: &'a Rows<'_>) -> Self {
        let texts = TextField::ALL.iter().map(|&field| (field.name(), rows.texts(field)));
        let lists = ListField::ALL.iter().map(|&field| (field.name(), rows.lists(field)));
        let counts = COUNTS.iter().map(|&field| (field.name(), rows.numbers(field)));
        let attrs = rows.attr_names().into_iter().map(|name| {
            let mut json = String::new();
            push_json(&mut json, &name);
            (json, rows.attr(&name))
        });
        Self {
            texts: texts.filter(|(_, column)| !column.is_blank()).collect(),
            created: rows.numbers(NumberField::CreatedAt),
            lists: lists.filter(|(_, column)| !column.items().is_empty()).collect(),
            counts: counts.filter(|(_, column)| column.iter().any(|&count| count != 0)).collect(),
            attrs: attrs.filter(|(_, column)| !column.is_blank()).collect(),
            scores: rows.scores(),
            whys: rows.whys(),
        }
    }

    /// Append a row's line: what it has, in the order of the fields. Writing to a string does not fail.
    pub(crate) fn push_line(&self, row: usize, out: &mut String) {
        out.push('{');
        for (name, column) in &self.texts {
            let text = column.get(row);
            if !text.is_empty() {
                push_name(out, name);
                push_json(out, text);
            }
        }
        if self.created[row] != 0 {
            push_name(out, NumberField::CreatedAt.name());
            out.push('"');
            push_instant(out, self.created[row]);
            out.push('"');
        }
        for (name, column) in &self.lists {
            let mut open = '[';
            for text in column.get(row) {
                if open == '[' {
                    push_name(out, name);
                }
                out.push(open);
                push_json(out, text);
                open = ',';
            }
            if open == ',' {
                out.push(']');
            }
        }
        for (name, column) in self.counts.iter().filter(|(_, column)| column[row] != 0) {
            push_name(out, name);
            let _ = write!(out, "{}", column[row]);
        }
        self.push_attrs(row, out);
        // Infinity and what is no number cannot be written.
        let score = self.scores[row];
        if score != 0.0 && score.is_finite() {
            push_name(out, "score");
            let _ = write!(out, "{score}");
        }
        let whys = self.whys.get(row);
        if whys.len() > "[]".len() {
            push_name(out, "why");
            out.push_str(whys);
        }
        out.push_str("}\n");
    }

    fn push_attrs(&self, row: usize, out: &mut String) {
        let mut open = '{';
        for (name, column) in &self.attrs {
            let value = column.get(row);
            if !value.is_empty() {
                if open == '{' {
                    push_name(out, "attrs");
                }
                out.push(open);
                out.push_str(name);
                out.push(':');
                push_json(out, value);
                open = ',';
            }
        }
        if open == ',' {
            out.push('}');
        }
    }
}

/// The name of the next member. Within a line nothing but its beginning ends in a brace.
fn push_name(out: &mut String, name: &str) {
    out.push_str(if out.ends_with('{') { "\"" } else { ",\"" });
    out.push_str(name);
    out.push_str("\":");
}
