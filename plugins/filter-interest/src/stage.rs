//! The stage: scores, labels and reasons.

use crible_sdk::{
    ConfigError, Filter, FilterPlugin, ListField, Plugin, Rows, StageError, TextField, Verdicts,
};

use crate::interest::Wish;
use crate::ranker::{Closeness, Ranker};
use crate::recipe::Recipe;
use crate::settings::Settings;

/// Below this relevance nothing is said of a message: a common word was met.
const WORTH_SAYING: f32 = 0.1;
/// So many of the words that were met are shown.
const SHOWN: usize = 3;
/// A longer word is not shown, in bytes.
const LONGEST_SHOWN: usize = 60;

const CLOSE: &str = "close to an interest of yours";
const TOUCHES: &str = "touches an interest of yours";
const FAR: &str = "not close enough to an interest of yours";

/// Adds to each message's score as much as it is close to what the reader cares for.
pub struct InterestFilter {
    ranker: Ranker,
    interests: Vec<Named>,
    label_from: f32,
    drop_below: f32,
    met: Vec<(usize, usize)>,
    about: String,
}

/// How an interest shows.
struct Named {
    name: String,
    /// `theme:NAME`; empty where it has no name.
    label: String,
    weight: f32,
}

impl Plugin for InterestFilter {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for InterestFilter {
    fn configure(config: &str, state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let Settings { interests, listed, label_from, drop_below, half_life } = Settings::read(config)?;
        let wishes: Vec<Wish<'_>> = interests
            .iter()
            .map(|of| Wish { about: &of.about, liked: &of.liked, unlike: &of.unlike })
            .collect();
        let mut ranker = Ranker::new(&wishes, half_life, Recipe::default());
        if let Some(number) = ranker.empty().next() {
            let error = ConfigError::new("there is nothing in this interest that could be looked for");
            let at = if listed { format!("/interests/{number}") } else { "/about".into() };
            return Err(error.at(at).hint("Name what it is about: things, places, people."));
        }
        if let Some(state) = state {
            ranker.resume(state)?;
        }
        let named = |of: crate::settings::Interest| {
            let label = if of.name.is_empty() { String::new() } else { format!("theme:{}", of.name) };
            Named { name: of.name, label, weight: of.weight as f32 }
        };
        let interests = interests.into_iter().map(named).collect();
        Ok(Self { ranker, interests, label_from, drop_below, met: Vec::new(), about: String::new() })
    }
}

impl Filter for InterestFilter {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        let (titles, texts) = (rows.texts(TextField::Title), rows.texts(TextField::Text));
        let tags = rows.lists(ListField::Tags);
        for (row, &time) in rows.times().iter().enumerate() {
            let read = [titles.get(row), texts.get(row)];
            let close = self.ranker.judge(read.into_iter().chain(tags.get(row)), time);
            let mut best = Closeness { interest: 0, relevance: 0.0 };
            let (mut score, mut closest) = (0.0, 0.0_f32);
            for of in close {
                let Named { label, weight, .. } = &self.interests[of.interest];
                if of.relevance >= self.label_from && !label.is_empty() {
                    out.label(row, label);
                }
                closest = closest.max(of.relevance);
                let weighted = weight * of.relevance;
                if (weighted, of.relevance) > (score, best.relevance) {
                    (score, best) = (weighted, *of);
                }
            }
            if closest < self.drop_below {
                out.drop(row, FAR);
                continue;
            }
            if score > 0.0 {
                out.add_score(row, score);
            }
            if best.relevance >= WORTH_SAYING {
                out.reason(row, if best.relevance >= self.label_from { CLOSE } else { TOUCHES });
                self.say_what_was_met(best.interest, read);
                out.about(row, &self.about);
            }
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Vec<u8>, StageError> {
        Ok(self.ranker.snapshot())
    }
}

impl InterestFilter {
    /// `tram: grève, ligne`: the name of the interest and the words that met, in the order of their weight.
    fn say_what_was_met(&mut self, interest: usize, [title, text]: [&str; 2]) {
        self.ranker.met(interest, &mut self.met);
        self.about.clear();
        self.about.push_str(&self.interests[interest].name);
        let mut parting = if self.about.is_empty() { "" } else { ": " };
        let mut shown: [&str; SHOWN] = [""; SHOWN];
        let mut count = 0;
        for &(start, end) in &self.met {
            let in_text = || text.get(start.checked_sub(title.len())?..end.checked_sub(title.len())?);
            // What stands in the list of tags is not shown.
            let Some(word) = title.get(start..end).or_else(in_text) else { continue };
            let again = shown[..count].iter().any(|of| of.eq_ignore_ascii_case(word));
            if word.len() > LONGEST_SHOWN || again {
                continue;
            }
            self.about.push_str(parting);
            self.about.push_str(word);
            parting = ", ";
            shown[count] = word;
            count += 1;
            if count == SHOWN {
                break;
            }
        }
    }
}
