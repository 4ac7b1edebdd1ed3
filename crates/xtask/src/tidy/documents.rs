//! What the documents must say, and where they lead.

use std::collections::BTreeSet;

use super::Rule;
use super::files::{File, Files};
use super::house::House;

const DEPENDENCIES: &str = "docs/dependencies.md";
const INDEX: &str = "docs/README.md";

pub(super) fn rules(house: &House, files: &Files) -> Vec<Rule> {
    let documents = files.iter().filter(|file| file.path.ends_with(".md"));
    vec![
        Rule::new(
            format!("no dependency is without its reason in {DEPENDENCIES}"),
            unexplained(house, files),
        ),
        Rule::new(
            "no link between documents leads nowhere",
            documents.flat_map(|of| dead(of, files)).collect(),
        ),
        Rule::new(format!("no page of docs/ is missing in {INDEX}"), unlisted(files)),
    ]
}

/// Dependencies without a line, and lines without a dependency.
fn unexplained(house: &House, files: &Files) -> Vec<String> {
    let Some(text) = files.get(DEPENDENCIES).and_then(File::text) else {
        return vec![format!("there is no {DEPENDENCIES}")];
    };
    let explained: BTreeSet<String> = text.lines().filter_map(first_cell).map(str::to_owned).collect();
    let missing = house.chosen.difference(&explained).map(|name| format!("{name} has no line"));
    let gone = explained.difference(&house.chosen);
    missing.chain(gone.map(|name| format!("{name} has a line but is no dependency"))).collect()
}

/// The name in the first cell of a table's line, where it is written as code.
fn first_cell(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix("| `")?.split_once("` |")?;
    Some(name)
}

fn unlisted(files: &Files) -> Vec<String> {
    let Some(index) = files.get(INDEX) else { return vec![format!("there is no {INDEX}")] };
    let linked: BTreeSet<String> =
        links(index).into_iter().map(|(_, target)| resolved(&index.path, target)).collect();
    let pages = files.iter().filter(|file| file.path.starts_with("docs/") && file.path.ends_with(".md"));
    let unlisted = pages.filter(|page| page.path != INDEX && !linked.contains(&page.path));
    unlisted.map(|page| page.path.clone()).collect()
}

fn dead(document: &File, files: &Files) -> Vec<String> {
    let dead = links(document).into_iter().filter(|(_, to)| !files.has(&resolved(&document.path, to)));
    dead.map(|(line, target)| format!("{}:{line}: {target}", document.path)).collect()
}

/// The links of a document to other files, with their lines; those in blocks of code are none.
fn links(document: &File) -> Vec<(usize, &str)> {
    let mut links = Vec::new();
    let mut in_code = false;
    for (at, line) in document.text().unwrap_or_default().lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for (start, _) in line.match_indices("](") {
            let target = line[start + 2..].split([')', ' ', '#']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains(':') {
                links.push((at + 1, target));
            }
        }
    }
    links
}

/// A link's target from the repository's root.
fn resolved(from: &str, target: &str) -> String {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                folders.pop();
            }
            part => folders.push(part),
        }
    }
    folders.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(chosen: &[&str]) -> House {
        House { chosen: chosen.iter().map(|name| (*name).to_owned()).collect(), ..House::default() }
    }

    #[test]
    fn every_dependency_has_a_line_and_every_line_a_dependency() {
        let files = Files::from([(DEPENDENCIES, "| `a` | why |\n| `c` | why |\n`b` in a sentence | x |")]);
        let broken = unexplained(&house(&["a", "b"]), &files);
        assert_eq!(broken, ["b has no line", "c has a line but is no dependency"]);
        assert!(unexplained(&house(&["a", "c"]), &files).is_empty());
        assert_eq!(unexplained(&house(&[]), &Files::default()).len(), 1);
    }

    #[test]
    fn links_lead_somewhere() {
        let text = "[a](a.md#top) [up](../README.md) [folder](../crates/) [out](https://example.org)\n\
            [same page](#top)\n```\n[not](a-link.md)\n```\n[é](gone.md \"title\")";
        let files =
            Files::from([("docs/b.md", text), ("docs/a.md", ""), ("README.md", ""), ("crates/x", "")]);
        let broken: Vec<String> = files.iter().flat_map(|file| dead(file, &files)).collect();
        assert_eq!(broken, ["docs/b.md:6: gone.md"]);
    }

    #[test]
    fn a_page_is_listed() {
        let files = Files::from([(INDEX, "[a](./a.md)"), ("docs/a.md", ""), ("docs/b.md", "")]);
        assert_eq!(unlisted(&files), ["docs/b.md"]);
    }
}
