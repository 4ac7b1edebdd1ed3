//! The rules as a stage of a pipeline.

use crate::{Config, Document, Memory, Rules};
use crible_sdk::{
    ConfigError, Filter, FilterPlugin, ListField, NumberField, Plugin, Rows, StageError, TextField, Verdicts,
};

/// How many reasons are told of a message; the rest are counted.
const TOLD: usize = 3;

/// The `query` filter.
#[derive(Debug)]
pub struct QueryFilter {
    rules: Rules,
    memory: Memory,
    /// For each rule the place of its reason in the answer's table, 0 where it is not there yet.
    reasons: Vec<u16>,
    line: String,
}

impl Plugin for QueryFilter {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl FilterPlugin for QueryFilter {
    fn configure(config: &str, _state: Option<&[u8]>) -> Result<Self, ConfigError> {
        let config: Config = crible_sdk::settings(config)?;
        let rules = Rules::compile(&config).map_err(|refused| {
            let error = ConfigError::new(refused.error.message).at(refused.pointer);
            let error = if refused.error.help.is_empty() { error } else { error.hint(refused.error.help) };
            error.span(refused.error.offset, refused.error.len)
        })?;
        let memory = rules.memory();
        Ok(QueryFilter { rules, memory, reasons: Vec::new(), line: String::new() })
    }
}

impl Filter for QueryFilter {
    fn judge(&mut self, rows: &Rows<'_>, out: &mut Verdicts) -> Result<(), StageError> {
        self.reasons.clear();
        self.reasons.resize(self.rules.len() + 1, 0);
        let needs = self.rules.needs();
        // Each field is written out where it is asked for: the component imports these columns and no others.
        let texts = [
            needs.title.then(|| rows.texts(TextField::Title)),
            needs.text.then(|| rows.texts(TextField::Text)),
            needs.author.then(|| rows.texts(TextField::Author)),
            needs.author.then(|| rows.texts(TextField::AuthorName)),
            needs.channel.then(|| rows.texts(TextField::Channel)),
            needs.lang.then(|| rows.texts(TextField::Lang)),
            needs.links.then(|| rows.texts(TextField::Url)),
        ];
        let numbers = [
            needs.followers.then(|| rows.numbers(NumberField::Followers)),
            needs.likes.then(|| rows.numbers(NumberField::Likes)),
            needs.reposts.then(|| rows.numbers(NumberField::Reposts)),
            needs.replies.then(|| rows.numbers(NumberField::Replies)),
        ];
        let links = needs.links.then(|| rows.lists(ListField::Links));
        let tags = needs.tags.then(|| rows.lists(ListField::Tags));
        let (mut row_links, mut row_tags): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        for row in 0..rows.len() {
            row_links.clear();
            row_links.extend(links.iter().flat_map(|links| links.get(row)));
            row_tags.clear();
            row_tags.extend(tags.iter().flat_map(|tags| tags.get(row)));
            let [title, text, author, author_name, channel, lang, url] =
                texts.map(|column| column.map_or("", |column| column.get(row)));
            let [followers, likes, reposts, replies] = numbers.map(|column| {
                let count = column.and_then(|column| column.get(row)).copied().unwrap_or_default();
                u64::try_from(count).unwrap_or_default()
            });
            let document = Document {
                title,
                text,
                author,
                author_name,
                channel,
                lang,
                url,
                links: &row_links,
                tags: &row_tags,
                followers,
                likes,
                reposts,
                replies,
            };
            self.judge_row(row, &document, out);
        }
        Ok(())
    }
}

impl QueryFilter {
    fn judge_row(&mut self, row: usize, document: &Document<'_>, out: &mut Verdicts) {
        let judgement = self.rules.judge(&mut self.memory, document);
        let scored = judgement.because.iter().filter(|rule| self.rules.scores(**rule)).count();
        // What scores says more than what merely let the message in.
        let told = if scored > 0 { scored } else { judgement.because.len() };
        let because = judgement.because.get(judgement.because.len() - told..).unwrap_or_default();
        let Some(&first) = because.first() else { return };
        let reason = if let [_] = because {
            match self.reasons.get_mut(first as usize) {
                Some(known @ 0) => {
                    *known = out.reasons.table.push(self.rules.reason(first));
                    *known
                }
                Some(known) => *known,
                None => 0,
            }
        } else {
            self.line.clear();
            for (index, rule) in because.iter().take(TOLD).enumerate() {
                self.line.push_str(if index == 0 { "" } else { "; " });
                self.line.push_str(self.rules.reason(*rule));
            }
            if because.len() > TOLD {
                self.line.push_str("; and more");
            }
            out.reasons.table.intern(&self.line)
        };
        if judgement.kept {
            if self.rules.has_themes() {
                label_themes(&self.rules, judgement.because, row, out);
            }
            if judgement.score != 0.0 {
                out.add_score(row, judgement.score.clamp(f64::from(f32::MIN), f64::from(f32::MAX)) as f32);
            }
        } else {
            out.drop(row, "");
        }
        out.reasons.set(out.rows(), row, reason);
        self.line.clear();
        self.rules.write_found(&self.memory, &mut self.line);
        if !self.line.is_empty() {
            out.about(row, &self.line);
        }
    }
}

/// Labels a row with the themes of the rules that match, each once.
fn label_themes(rules: &Rules, because: &[u32], row: usize, out: &mut Verdicts) {
    for (at, rule) in because.iter().enumerate() {
        let Some(theme) = rules.theme(*rule) else { continue };
        if !because.iter().take(at).any(|earlier| rules.theme(*earlier) == Some(theme)) {
            out.label(row, theme);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crible_sdk::{Message, testing};

    #[test]
    fn the_examples_come_out_as_they_say() {
        testing::check_examples::<QueryFilter>();
    }

    #[test]
    fn a_query_that_does_not_parse_is_underlined() {
        let config = r#"{"score": [{"query": "ok"}, {"query": "rust AND (été OR"}]}"#;
        let error = QueryFilter::configure(config, None).unwrap_err();
        assert_eq!(error.pointer, "/score/1/query");
        assert_eq!((error.offset, error.length), (Some(16), Some(2)));
        assert_eq!(error.message, "`OR` has nothing on its right");
    }

    #[test]
    fn a_reader_is_told_why() {
        let config = r#"{"keep": "rust OR wasm*", "drop": ["crypto"], "score": [
            {"query": "été", "weight": 2, "because": "about the summer"},
            {"query": "likes:>10", "because": "liked by many"}]}"#;
        let mut filter = QueryFilter::configure(config, None).unwrap();
        let message = |text: &str, likes| Message { text: text.into(), likes, ..Message::default() };
        let messages = [
            message("Rust, l'Été venu", 11),
            message("wasmtime", 0),
            message("Rust and crypto", 0),
            message("toilettes", 0),
        ];
        let judged = testing::judge(&mut filter, &messages, 4);
        let said: Vec<_> = judged.iter().map(|of| (of.verdict, of.score, &*of.reason, &*of.about)).collect();
        assert_eq!(
            said,
            [
                ("keep", 3.0, "about the summer; liked by many", "rust, été"),
                ("keep", 0.0, "matches “rust OR wasm*”", "wasm*"),
                ("drop", 0.0, "matches “crypto”", "crypto"),
                ("drop", 0.0, "does not match “rust OR wasm*”", ""),
            ]
        );
    }

    #[test]
    fn a_message_is_labelled_with_the_theme_of_each_rule_that_it_matches() {
        let config = r#"{"keep": ["news", {"query": "rust", "theme": "code"}, {"query": "wasm", "theme": "code"},
            {"query": "été", "theme": "l’été", "because": "about the summer"}],
            "score": [{"query": "likes:>10", "theme": "liked"}, {"query": "likes:>20"}]}"#;
        let mut filter = QueryFilter::configure(config, None).unwrap();
        let message = |text: &str, likes| Message { text: text.into(), likes, ..Message::default() };
        let messages = [
            message("news of Rust and wasm, l'Été venu", 0),
            message("news", 30),
            message("toilettes", 30),
            message("WASM", 0),
        ];
        let judged = testing::judge(&mut filter, &messages, 4);
        let labels: Vec<_> = judged.iter().map(|of| of.labels.join(" ")).collect();
        assert_eq!(labels, ["theme:code theme:l’été", "theme:liked", "", "theme:code"]);
        assert_eq!(judged[0].reason, "matches “news”; matches “rust”; matches “wasm”; and more");
        assert_eq!((judged[1].score, judged[2].verdict), (2.0, "drop"));
    }

    #[test]
    fn a_theme_that_cannot_be_meant_is_refused() {
        for (config, place) in [
            (r#"{"keep": ["a", {"query": "b", "theme": " "}]}"#, "/keep/1/theme"),
            (r#"{"score": [{"query": "b", "theme": ""}]}"#, "/score/0/theme"),
            (r#"{"drop": [{"query": "b", "theme": "c"}]}"#, "/drop/0/theme"),
        ] {
            assert_eq!(QueryFilter::configure(config, None).unwrap_err().pointer, place);
        }
    }
}
