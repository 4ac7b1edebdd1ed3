//! What is said of labels that do not serve, in the two languages side by side.

use std::collections::BTreeMap;
use std::path::Path;

use crate::args::Labels;
use crate::figures::count;
use crate::language::Language;
use crate::said::plain;
use crate::sentences::counted;

/// Labels that are named one by one.
const NAMED: usize = 8;

/// That no message has the label, and what to write instead.
pub(super) fn no_labels(
    file: &Path,
    labels: &Labels,
    empty: bool,
    seen: &[&str],
    language: Language,
) -> (String, String) {
    let (file, label) = (file.display(), &labels.label);
    if empty {
        return (
            language.pick(format!("{file} holds no messages"), format!("{file} ne contient aucun message")),
            language.pick(
                "write one JSON object a line, such as {\"text\": \"…\", \"label\": \"keep\"}".to_owned(),
                "écrivez un objet JSON par ligne, comme {\"text\": \"…\", \"label\": \"keep\"}".to_owned(),
            ),
        );
    }
    let seen: Vec<String> = seen.iter().map(|name| format!("`{}`", plain(name))).collect();
    let deeper = label.trim_start_matches('/').split_once(['/', '.']);
    let hint = match seen.is_empty() {
        _ if let Some((outer, inner)) = deeper => {
            let (name, pointer) = (
                label.rsplit(['/', '.']).next().unwrap_or_default(),
                format!("/{outer}/{}", inner.replace('.', "/")),
            );
            language.pick(
                format!(
                    "what lies deeper in a line is named in the source: attrs = {{ {name} = \"{pointer}\" }}, \
                     and --label {name}"
                ),
                format!(
                    "ce qui se trouve plus loin dans une ligne se nomme dans la source : \
                     attrs = {{ {name} = \"{pointer}\" }}, puis --label {name}"
                ),
            )
        }
        true => language.pick(
            "give each line one, such as \"label\": \"keep\"".to_owned(),
            "donnez-en un à chaque ligne, comme \"label\": \"keep\"".to_owned(),
        ),
        false => {
            let seen = seen.join(", ");
            language.pick(format!("its attributes are {seen}"), format!("ses attributs sont {seen}"))
        }
    };
    let message = language.pick(
        format!("no message of {file} has a `{label}`"),
        format!("aucun message de {file} n’a de `{label}`"),
    );
    (message, hint)
}

/// That no label says keep, and which there are.
pub(super) fn no_positives(
    file: &Path,
    labels: &Labels,
    found: &BTreeMap<String, u64>,
    language: Language,
) -> (String, String) {
    let (file, label) = (file.display(), &labels.label);
    let values = labels.positive.join(language.pick("` or `", "` ou `"));
    let mut seen: Vec<(&String, &u64)> = found.iter().collect();
    seen.sort_by_key(|(_, number)| std::cmp::Reverse(**number));
    let others = seen.len().saturating_sub(NAMED) as u64;
    let named = seen.iter().take(NAMED);
    let mut named: Vec<String> =
        named.map(|(value, number)| format!("`{}` {}", plain(value), count(**number, language))).collect();
    if others > 0 {
        named.push(counted(others, ["other", "others"], ["autre", "autres"], language));
    }
    let named = named.join(", ");
    (
        language.pick(
            format!("in {file} no `{label}` is `{values}`"),
            format!("dans {file} aucun `{label}` n’est `{values}`"),
        ),
        language.pick(format!("it holds {named}"), format!("il y a {named}")),
    )
}
