//! Rows of figures in columns that line up.

use crate::output::dim;
use crate::wrap::{columns, left, right};

/// Stands where there is nothing to count.
pub(crate) const NOTHING: &str = "–";

/// Lines of a table whose first row is its head: the first column to the left, figures to the right.
pub(crate) fn lines(rows: &[Vec<String>], colour: bool) -> Vec<String> {
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| columns(cell)).max();
    let widths: Vec<usize> =
        (0..rows.first().map_or(0, Vec::len)).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| match column {
            0 => left(cell, width),
            _ => right(cell, width),
        });
        cells.collect::<Vec<_>>().join("   ").trim_end().to_owned()
    };
    let lines = rows.iter().map(line).enumerate();
    lines.map(|(at, line)| if at == 0 { dim(&line, colour) } else { line }).collect()
}
