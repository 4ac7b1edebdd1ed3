//! Lines with gaps: `at the gym {time}` or `{yes|no}`.

use super::{TimelineError, data::Lists};
use crate::prng::Prng;

/// Fills the gaps of `line`, those inside of a gap too.
pub(super) fn fill(line: &str, lists: &Lists, prng: &mut Prng) -> Result<String, TimelineError> {
    let mut out = String::new();
    let mut rest = line;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let inside = &rest[open + 1..];
        let close = closing_brace(inside)
            .ok_or_else(|| TimelineError::new(format!("the line \"{line}\""), "a `{` has no `}`"))?;
        let gap = &inside[..close];
        let alternatives = alternatives(gap);
        let chosen = if alternatives.len() > 1 {
            *prng.pick(&alternatives)
        } else {
            let list = lists.get(gap).filter(|list| !list.is_empty()).ok_or_else(|| {
                TimelineError::new(format!("the line \"{line}\""), format!("no list `{gap}`"))
            })?;
            prng.pick_str(list)
        };
        out += &fill(chosen, lists, prng)?;
        rest = &inside[close + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.find(|letter| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth < 0
    })
}

/// Splits at each `|` that is not within braces.
fn alternatives(gap: &str) -> Vec<&str> {
    let mut depth = 0;
    gap.split(|letter| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        letter == '|' && depth == 0
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill_with(line: &str, seed: u64) -> Result<String, TimelineError> {
        let lists = Lists::from([("plat".to_owned(), vec!["crêpes".to_owned()])]);
        fill(line, &lists, &mut Prng::new(seed))
    }

    #[test]
    fn gaps_are_filled_inside_of_gaps_too() {
        assert_eq!(fill_with("ce soir : {plat}", 1).ok().as_deref(), Some("ce soir : crêpes"));
        let all: std::collections::BTreeSet<String> =
            (0..50).filter_map(|seed| fill_with("{rien|des {plat} !}", seed).ok()).collect();
        assert_eq!(all.into_iter().collect::<Vec<_>>(), ["des crêpes !", "rien"]);
    }

    #[test]
    fn a_wrong_line_is_named() {
        let message = |line| fill_with(line, 1).expect_err("it is wrong").to_string();
        assert_eq!(message("{plats}"), "the line \"{plats}\": no list `plats`");
        assert_eq!(message("a {plat"), "the line \"a {plat\": a `{` has no `}`");
    }
}
