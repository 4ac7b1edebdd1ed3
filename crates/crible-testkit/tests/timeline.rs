//! The example days that the repository carries.

use std::{collections::HashMap, env, fs, path::Path};

use crible_testkit::{
    Row,
    timeline::{jsonl, operations, timeline},
};

/// After a change to the data files: `CRIBLE_WRITE_TIMELINE=1 cargo test -p crible-testkit`.
#[test]
fn the_committed_files_are_what_the_generator_makes() {
    is_committed("timeline.jsonl", &day());
    is_committed("operations.jsonl", &operations().expect("the data files are read"));
}

fn is_committed(name: &str, rows: &[Row]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/data").join(name);
    let made = jsonl(rows).expect("rows are JSON");
    if env::var_os("CRIBLE_WRITE_TIMELINE").is_some() {
        fs::write(&path, &made).expect("the file is written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == made,
        "{} is not what the generator makes: write it anew with \
         CRIBLE_WRITE_TIMELINE=1 cargo test -p crible-testkit",
        path.display()
    );
    assert!(made.len() < 1_200_000, "{} bytes", made.len());
}

fn day() -> Vec<Row> {
    timeline().expect("the data files are read")
}

#[test]
fn it_is_one_day_in_order() {
    let rows = day();
    assert!((2_800..3_400).contains(&rows.len()), "{}", rows.len());
    assert!(rows.iter().all(|row| row.created_at.starts_with("2026-03-14T")));
    assert!(rows.is_sorted_by_key(|row| row.created_at.clone()));
    assert!(rows.iter().all(|row| !row.text.contains(['{', '}']) && !row.text.trim().is_empty()));
    assert!(rows.iter().all(|row| row.url.is_empty() || row.url.contains(".example.")));
}

#[test]
fn a_fifth_of_its_authors_writes_four_fifths() {
    let rows = day();
    let mut written: HashMap<&str, usize> = HashMap::new();
    for row in &rows {
        *written.entry(&row.author).or_default() += 1;
    }
    let mut counts: Vec<usize> = written.into_values().collect();
    counts.sort_unstable_by(|one, other| other.cmp(one));
    let share = counts[..counts.len() / 5].iter().sum::<usize>() as f64 / rows.len() as f64;
    assert!((0.77..0.83).contains(&share), "{share} by a fifth of {} authors", counts.len());
}

#[test]
fn it_is_french_and_english() {
    let rows = day();
    let english = rows.iter().filter(|row| row.lang == "en").count();
    assert!((800..2_000).contains(&english), "{english} of {}", rows.len());
    assert!(rows.iter().all(|row| ["fr", "en"].contains(&row.lang.as_str())));
}
