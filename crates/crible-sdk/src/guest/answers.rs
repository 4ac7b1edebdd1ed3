//! Answers on their way to the host: a call for each column that says something.

use crible_core::{Batch, Deliveries, Index, Next, Notes, Page, Release, TextColumn, TextField, Verdicts};
use crible_core::{ListField, NumberField};

use super::messages;

fn texts(column: &TextColumn) -> messages::TextColumn {
    messages::TextColumn { bytes: column.bytes().to_string(), ends: column.ends().to_vec() }
}

fn send_index(index: &Index, setter: impl FnOnce(&[String], &[u16])) {
    if !index.of.is_empty() {
        let table: Vec<String> = index.table.iter().map(str::to_owned).collect();
        setter(&table, &index.of);
    }
}

fn send_texts(index: Index, setter: impl FnOnce(&messages::TextColumn, &[u16])) {
    if !index.of.is_empty() {
        setter(&taken(index.table.into_column()), &index.of);
    }
}

/// A column of which nothing else has a share: it is not copied.
fn taken(column: TextColumn) -> messages::TextColumn {
    let (bytes, ends) = column.into_parts();
    messages::TextColumn { bytes, ends }
}

pub(super) fn send_verdicts(verdicts: Verdicts, out: &messages::Verdicts) {
    if !verdicts.verdicts.is_empty() {
        out.outcomes(&verdicts.verdicts);
    }
    if !verdicts.scores.is_empty() {
        out.scores(&verdicts.scores);
    }
    send_index(&verdicts.reasons, |table, of| out.reasons(table, of));
    send_texts(verdicts.abouts, |table, of| out.abouts(table, of));
    let Notes { rows, of } = verdicts.labels;
    send_texts(of, |table, of| out.labels(table, &rows, of));
    for (field, Notes { rows, of }) in verdicts.sets {
        send_texts(of, |table, of| out.set(field.name(), table, &rows, of));
    }
    let Release { seqs, verdicts, scores, reasons, abouts } = verdicts.release;
    if !seqs.is_empty() {
        out.release(&seqs, &verdicts, &scores);
        send_index(&reasons, |table, of| out.release_reasons(table, of));
        send_texts(abouts, |table, of| out.release_abouts(table, of));
    }
}

pub(super) fn send_deliveries(deliveries: Deliveries, out: &messages::Deliveries) {
    if !deliveries.outcomes.is_empty() {
        out.outcomes(&deliveries.outcomes);
    }
    send_index(&deliveries.reasons, |table, of| out.reasons(table, of));
    deliveries.retry_after.into_iter().for_each(|ms| out.retry_after(ms));
}

pub(super) fn send_page(mut page: Page, out: &messages::Page) {
    send_columns(page.take_batch(), out);
    let Page { malformed, cursor, next, .. } = page;
    if !malformed.is_empty() {
        let column = |of: fn(&crible_core::Malformed) -> &String| malformed.iter().map(of).cloned().collect();
        let (places, raws): (Vec<String>, Vec<String>) = (column(|m| &m.place), column(|m| &m.raw));
        let whys: Vec<String> = column(|m| &m.why);
        out.malformed(&places, &raws, &whys);
    }
    cursor.iter().for_each(|cursor| out.cursor(cursor));
    match next {
        Next::More => {}
        Next::Idle(ms) => out.idle(ms),
        Next::End => out.end(),
    }
}

fn send_columns(mut batch: Batch, out: &messages::Page) {
    // A message may be without any text; the ids are always sent so that it is counted.
    if !batch.is_empty() && batch.text(TextField::Id).is_none() {
        out.texts(TextField::Id.name(), &texts(&TextColumn::empty(batch.len())));
    }
    for &field in TextField::ALL {
        if let Some(column) = batch.take_text(field) {
            out.texts(field.name(), &taken(column));
        }
    }
    for &field in NumberField::ALL {
        if let Some(column) = batch.number(field) {
            out.numbers(field.name(), column);
        }
    }
    for &field in ListField::ALL {
        if let Some(column) = batch.list(field) {
            let messages::TextColumn { bytes, ends } = texts(column.items());
            let rows = column.rows().to_vec();
            out.lists(field.name(), &messages::ListColumn { bytes, ends, rows });
        }
    }
    batch.attrs().iter().for_each(|(name, column)| out.attr(name, &texts(column)));
}
