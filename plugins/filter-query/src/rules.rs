//! The rules of a stage, and what they say of a message.

use crate::compile::Compiler;
use crate::config::{BecauseRule, Config, Rule, RuleList};
use crate::document::{Document, Needs};
use crate::memory::Memory;
use crate::parse::parse;
use crate::parse_error::ParseError;
use crate::program::{Node, Program};
use crible_sdk::words::Folding;
use std::fmt::{self, Display, Formatter};

/// How many characters of a query are shown as a reason.
const SHOWN: usize = 48;
/// How many of the words that were found are named.
const NAMED: usize = 3;

/// The compiled rules of a stage: those that drop, those that keep, those that score.
#[derive(Debug)]
pub struct Rules {
    program: Program,
    needs: Needs,
    folding: Folding,
    drops: u32,
    keeps: u32,
    /// The label of each rule that has a theme; empty where none has.
    themes: Vec<Option<String>>,
    unkept: String,
}

/// A rule that cannot be used.
#[derive(Debug, Clone, PartialEq)]
pub struct CompileError {
    /// Where in the config, as a JSON pointer: `/score/3/query`.
    pub pointer: String,
    /// What is wrong there; its offset counts from the start of the value.
    pub error: ParseError,
}

impl Display for CompileError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.error)
    }
}

impl std::error::Error for CompileError {}

/// What the rules say of one message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement<'m> {
    /// Whether it goes on.
    pub kept: bool,
    /// What is added to its score.
    pub score: f64,
    /// The rules that decided or scored, in the order of the config; see [`Rules::reason`].
    pub because: &'m [u32],
}

impl Rules {
    /// Compiles the rules of a stage.
    ///
    /// # Errors
    /// The first query that cannot be read, or a weight that is no number.
    pub fn compile(config: &Config) -> Result<Rules, CompileError> {
        let folding = Folding { case: config.case, accents: config.accents };
        let themes = themes(config)?;
        let mut compiler = Compiler::new(folding);
        let drops = add_list(&mut compiler, "/drop", &config.drop)?;
        let keeps = add_list(&mut compiler, "/keep", &config.keep)?;
        for (index, rule) in config.score.iter().enumerate() {
            if !(rule.weight as f32).is_finite() {
                let error = ParseError::new((0, 0), "the weight is not a number", "write one such as 2.0");
                return Err(CompileError { pointer: format!("/score/{index}/weight"), error });
            }
            let pointer = format!("/score/{index}/query");
            add_rule(&mut compiler, pointer, &rule.query, rule.weight, rule.because.as_deref())?;
        }
        let (program, needs) = compiler.finish();
        let unkept = match &config.keep {
            RuleList::One(query) => format!("does not match “{}”", shortened(query)),
            RuleList::Several(_) => "matches none of the queries to keep".to_owned(),
        };
        Ok(Rules { program, needs, folding, drops, keeps: drops + keeps, themes, unkept })
    }

    /// Which parts of a message the rules read.
    pub fn needs(&self) -> Needs {
        self.needs
    }

    /// How many rules there are; [`Judgement::because`] may also name the one after the last.
    pub fn len(&self) -> usize {
        self.program.rules.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.program.rules.is_empty()
    }

    /// The working memory that judging needs: one a thread, used again for every message.
    pub fn memory(&self) -> Memory {
        Memory::new(self.folding, &self.program)
    }

    /// Judges one message. `memory` must come from these rules.
    pub fn judge<'m>(&self, memory: &'m mut Memory, document: &Document<'_>) -> Judgement<'m> {
        memory.find(&self.program, document);
        memory.matched.clear();
        let mut kept = self.keeps == self.drops;
        let mut score = 0.0;
        for at in 0..memory.candidates.len() {
            let Some(&index) = memory.candidates.get(at) else { break };
            let decides_keep = (self.drops..self.keeps).contains(&index);
            if decides_keep && kept && self.theme(index).is_none() {
                continue;
            }
            if index >= self.keeps && !kept {
                break;
            }
            let Some(rule) = self.program.rules.get(index as usize) else { break };
            if !memory.holds(&rule.node, document) {
                continue;
            }
            memory.matched.push(index);
            if index < self.drops {
                return Judgement { kept: false, score: 0.0, because: &memory.matched };
            }
            kept = true;
            score += rule.weight;
        }
        if !kept {
            memory.matched.push(self.program.rules.len() as u32);
        }
        Judgement { kept, score, because: &memory.matched }
    }

    /// Why a rule of [`Judgement::because`] was written, in a reader's words.
    pub fn reason(&self, rule: u32) -> &str {
        self.program.rules.get(rule as usize).map_or(&self.unkept, |rule| &rule.reason)
    }

    /// The label for what a rule of [`Judgement::because`] is about, where it has a theme.
    pub fn theme(&self, rule: u32) -> Option<&str> {
        self.themes.get(rule as usize)?.as_deref()
    }

    /// Whether any rule has a theme.
    pub fn has_themes(&self) -> bool {
        !self.themes.is_empty()
    }

    /// Whether a rule of [`Judgement::because`] adds to the score.
    pub fn scores(&self, rule: u32) -> bool {
        (self.keeps as usize..self.program.rules.len()).contains(&(rule as usize))
    }

    /// Writes the words that were found in the message judged last, as they stand in the queries
    /// of the rules that decided or scored; three at most.
    pub fn write_found(&self, memory: &Memory, out: &mut String) {
        let mut found: [&str; NAMED] = [""; NAMED];
        let mut count = 0;
        for rule in memory.matched.iter().filter_map(|rule| self.program.rules.get(*rule as usize)) {
            self.collect_found(memory, &rule.node, &mut found, &mut count);
        }
        for (index, term) in found.iter().take(count).enumerate() {
            out.push_str(if index == 0 { "" } else { ", " });
            out.push_str(term);
        }
    }

    fn collect_found<'r>(&'r self, memory: &Memory, node: &Node, found: &mut [&'r str], count: &mut usize) {
        match node {
            Node::Hit(hit) => {
                let term = memory.term_of(*hit).and_then(|term| self.program.terms.get(term as usize));
                let Some(term) = term.filter(|term| !found.contains(&term.as_str())) else { return };
                if let Some(free) = found.get_mut(*count) {
                    *free = term;
                    *count += 1;
                }
            }
            Node::All(nodes) | Node::Any(nodes) => {
                nodes.iter().for_each(|node| self.collect_found(memory, node, found, count));
            }
            Node::Count { .. } | Node::Regex { .. } | Node::Not(_) => {}
        }
    }
}

/// The labels of all rules, in their order; empty where none has a theme.
fn themes(config: &Config) -> Result<Vec<Option<String>>, CompileError> {
    let refuse = |pointer: String, message: &str, help: &str| CompileError {
        pointer,
        error: ParseError::new((0, 0), message, help),
    };
    let mut labels = Vec::new();
    for (option, list) in [("drop", &config.drop), ("keep", &config.keep)] {
        let rules = match list {
            RuleList::One(_) => {
                labels.push(None);
                continue;
            }
            RuleList::Several(rules) => rules,
        };
        for (index, rule) in rules.iter().enumerate() {
            let Rule::Because(BecauseRule { theme: Some(theme), .. }) = rule else {
                labels.push(None);
                continue;
            };
            let pointer = format!("/{option}/{index}/theme");
            if option == "drop" {
                return Err(refuse(pointer, "what is dropped has no theme", "leave `theme` away"));
            }
            if theme.trim().is_empty() {
                return Err(refuse(pointer, "the theme is empty", "write its name"));
            }
            labels.push(Some(format!("theme:{theme}")));
        }
    }
    for (index, rule) in config.score.iter().enumerate() {
        if rule.theme.as_ref().is_some_and(|theme| theme.trim().is_empty()) {
            return Err(refuse(format!("/score/{index}/theme"), "the theme is empty", "write its name"));
        }
        labels.push(rule.theme.as_ref().map(|theme| format!("theme:{theme}")));
    }
    Ok(if labels.iter().any(Option::is_some) { labels } else { Vec::new() })
}

/// Adds the rules of a list; answers with how many there are.
fn add_list(compiler: &mut Compiler, pointer: &str, list: &RuleList) -> Result<u32, CompileError> {
    let rules = match list {
        RuleList::One(query) => {
            add_rule(compiler, pointer.to_owned(), query, 0.0, None)?;
            return Ok(1);
        }
        RuleList::Several(rules) => rules,
    };
    for (index, rule) in rules.iter().enumerate() {
        match rule {
            Rule::Query(query) => add_rule(compiler, format!("{pointer}/{index}"), query, 0.0, None)?,
            Rule::Because(rule) => {
                let pointer = format!("{pointer}/{index}/query");
                add_rule(compiler, pointer, &rule.query, 0.0, rule.because.as_deref())?;
            }
        }
    }
    Ok(rules.len() as u32)
}

fn add_rule(
    compiler: &mut Compiler,
    pointer: String,
    query: &str,
    weight: f64,
    because: Option<&str>,
) -> Result<(), CompileError> {
    let reason = because.map_or_else(|| format!("matches “{}”", shortened(query)), str::to_owned);
    let added = parse(query).and_then(|tree| {
        compiler.add(&tree, weight, reason).map_err(|cause| ParseError::new((0, query.len()), cause, ""))
    });
    added.map_err(|error| CompileError { pointer, error })
}

/// A query on one line, cut at a space where it is long.
fn shortened(query: &str) -> String {
    let line = query.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = line.char_indices().nth(SHOWN) else { return line };
    let head = line.get(..cut).unwrap_or_default();
    let head = head.rsplit_once(' ').map_or(head, |(head, _)| head);
    format!("{head} …")
}
