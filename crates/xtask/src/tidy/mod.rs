//! `cargo xtask tidy`: the house's rules, each stated as an absence.

mod code;
mod dependencies;
mod documents;
mod files;
mod house;
mod sources;
mod traces;

use std::path::Path;

use anyhow::{Result, bail};

use files::Files;
use house::House;

/// A rule and the places where it is broken.
#[derive(Debug)]
struct Rule {
    says: String,
    broken: Vec<String>,
}

impl Rule {
    fn new(says: impl Into<String>, broken: Vec<String>) -> Self {
        Self { says: says.into(), broken }
    }

    /// One line where it holds; where it does not, one more for each place.
    fn line(&self) -> String {
        let word = if self.broken.is_empty() { "ok" } else { "FAILED" };
        let places = self.broken.iter().map(|place| format!("\n        {place}"));
        format!("{word:<8}{}{}", self.says, places.collect::<String>())
    }
}

/// Check all rules and print them.
///
/// # Errors
/// Where a rule is broken, or the house cannot be read.
pub(crate) fn run(workspace: &Path) -> Result<()> {
    let house = House::read(workspace)?;
    let files = Files::tracked(workspace)?;
    let mut rules = dependencies::rules(&house);
    rules.extend(sources::rules(&files));
    rules.extend(traces::rules(&files));
    rules.extend(documents::rules(&house, &files));
    rules.iter().for_each(|rule| println!("{}", rule.line()));
    match rules.iter().filter(|rule| !rule.broken.is_empty()).count() {
        0 => Ok(()),
        1 => bail!("1 rule of {} is broken", rules.len()),
        broken => bail!("{broken} rules of {} are broken", rules.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_rule_names_its_places() {
        assert_eq!(Rule::new("no dust", vec![]).line(), "ok      no dust");
        let broken = Rule::new("no dust", vec!["under the bed".into(), "behind the door".into()]);
        assert_eq!(broken.line(), "FAILED  no dust\n        under the bed\n        behind the door");
    }
}
