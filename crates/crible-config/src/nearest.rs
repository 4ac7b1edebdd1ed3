//! The nearest right name to a wrong one, and lists of names in prose.

/// The candidate that `wrong` was probably meant to be, if one is near enough.
pub(crate) fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = wrong.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| *candidate != wrong)
        .map(|candidate| {
            let likeness = strsim::jaro_winkler(&folded, candidate);
            let edits = strsim::damerau_levenshtein(&folded, candidate);
            (candidate, likeness, edits)
        })
        // Either measure alone suggests nonsense: `a` for `at`, or `channel` for `change_all`.
        .filter(|(candidate, likeness, edits)| {
            let length = candidate.chars().count();
            *edits <= (length / 3).max(1) && *likeness > 0.5 || *likeness > 0.9
        })
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(candidate, ..)| candidate)
}

/// `` `a`, `b` and `c` `` with the given last conjunction.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>, conjunction: &str) -> String {
    in_prose(names.into_iter().map(|name| format!("`{name}`")).collect(), conjunction)
}

/// `a, b or c`, of phrases that are ready to stand as they are.
pub(crate) fn in_prose(mut phrases: Vec<String>, conjunction: &str) -> String {
    match (phrases.pop(), phrases.is_empty()) {
        (None, _) => String::new(),
        (Some(only), true) => only,
        (Some(last), false) => format!("{} {conjunction} {last}", phrases.join(", ")),
    }
}

/// The mend of a wrong name: the nearest right one, if there is one, and then `otherwise`, which
/// begins with a small letter.
pub(crate) fn did_you_mean<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> String {
    let Some(near) = nearest(wrong, candidates) else { return otherwise.to_owned() };
    let mut letters = otherwise.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("did you mean `{near}`? {first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_is_recognised_and_a_stranger_is_not() {
        let names = ["most", "per", "window"];
        assert_eq!(nearest("wndow", names), Some("window"));
        assert_eq!(nearest("Window", names), Some("window"));
        assert_eq!(nearest("pre", names), Some("per"));
        assert_eq!(nearest("colour", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn lists_read_as_prose() {
        assert_eq!(listed([], "and"), "");
        assert_eq!(listed(["a"], "and"), "`a`");
        assert_eq!(listed(["a", "b", "c"], "or"), "`a`, `b` or `c`");
    }
}
