//! How much of a flood goes, and what of it should not have: a busy channel, judged by hand.

use std::collections::{BTreeMap, HashSet};
use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

use super::{Bench, percent};

/// The rules with their settings, by the names of the tables in the file of judgements.
const RULES: [(&str, &str); 2] = [
    ("noise", "[[filter]]\nid = \"noise\"\nplugin = \"noise\"\nconfig.drop_above = 1.0\n"),
    (
        "cap",
        "[[filter]]\nid = \"cap\"\nplugin = \"cap\"\nconfig = { per = \"author\", most = 10, window = \"1h\" }\n",
    ),
];

/// Two hundred messages, read and judged by hand.
#[derive(Deserialize)]
struct Judged {
    /// Ids of those that say nothing to a reader.
    empty: HashSet<String>,
    /// Ids of those that do.
    worth: HashSet<String>,
}

pub(super) fn measure(bench: &Bench) -> Result<String> {
    let input = bench.unpacked("irc_ubuntu_train_30k.jsonl")?;
    let judged: BTreeMap<String, Judged> = toml::from_str(include_str!("../../data/irc-judged.toml"))?;
    let all = ids(&input)?.len();
    let mut rows = String::new();
    for (rule, filters) in RULES {
        let Judged { empty, worth } = judged.get(rule).context("a rule was not judged")?;
        let config = bench.config(rule, &input, filters)?;
        bench.crible(&["run", "--quiet", &config.to_string_lossy()])?;
        let kept = ids(&bench.folder.path().join(format!("{rule}-out.jsonl")))?;
        let is_kept = |id: &&String| kept.contains(*id);
        let (empty_kept, worth_kept) =
            (empty.iter().filter(is_kept).count(), worth.iter().filter(is_kept).count());
        let (kept_judged, lost) = (empty_kept + worth_kept, worth.len() - worth_kept);
        let dropped_judged = empty.len() + worth.len() - kept_judged;
        rows += &format!(
            "| `{rule}` | {} | {empty_kept} of {kept_judged} | {lost} of {dropped_judged} |\n",
            percent((all - kept.len()) as f64 / all as f64)
        );
    }
    Ok(format!(
        "## A flood: thirty thousand lines of a busy channel\n\n`irc_ubuntu_train_30k`: `noise` with `drop_above = 1`, \
         `cap` with ten an hour of each author. For each a hundred messages that it kept and a hundred that it dropped \
         were read: *empty* says nothing to a reader (greetings, thanks, one word, who joins), *worth* asks, answers or \
         reports something. Who joins and leaves has no author here, so `cap` lets it pass; that most of a help channel \
         is written by those who help is why a cap alone costs so much there.\n\n\
         | rule | of the flood goes | kept, and empty | dropped, and worth |\n|---|---|---|---|\n{rows}"
    ))
}

/// The ids of the messages of a file.
fn ids(file: &std::path::Path) -> Result<HashSet<String>> {
    let text = fs::read_to_string(file)?;
    let id = |line: &str| -> Result<String> {
        let line: Value = serde_json::from_str(line)?;
        Ok(line["id"].as_str().unwrap_or_default().to_owned())
    };
    text.lines().map(id).collect()
}
