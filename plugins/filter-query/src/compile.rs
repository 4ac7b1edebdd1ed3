//! Turns queries into a [`Program`].

use crate::dictionary::{Dictionary, Entries, Use};
use crate::document::Needs;
use crate::pattern;
use crate::program::{Hit, Node, Pattern, Program, Rule, Run, Shape, Zone};
use crate::query::{Field, Query, Words};
use crate::trail::Trail;
use crible_sdk::words::{Folding, WordScan};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Collects rules, then makes a program of them.
pub(crate) struct Compiler {
    scan: WordScan,
    words: [Entries; Zone::COUNT],
    prefixes: [Entries; Zone::COUNT],
    placed: BTreeMap<(Zone, u8, Element), u32>,
    hits: Vec<Hit>,
    /// For each hit the length of the shortest word that can cause it: how rare it is likely to be.
    shortest: Vec<usize>,
    patterns: Vec<Pattern>,
    terms: Vec<String>,
    rules: Vec<Rule>,
    always: Vec<u32>,
    needs: Needs,
}

/// A word of a term.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Element {
    bytes: Vec<u8>,
    prefix: bool,
    lead: u8,
    trail: Trail,
}

impl Compiler {
    pub(crate) fn new(folding: Folding) -> Compiler {
        Compiler {
            scan: WordScan::new(folding),
            words: Default::default(),
            prefixes: Default::default(),
            placed: BTreeMap::new(),
            hits: Vec::new(),
            shortest: Vec::new(),
            patterns: Vec::new(),
            terms: Vec::new(),
            rules: Vec::new(),
            always: Vec::new(),
            needs: Needs::default(),
        }
    }

    /// Adds a rule.
    ///
    /// # Errors
    /// A regular expression that cannot be used; a query that was parsed has none.
    pub(crate) fn add(&mut self, query: &Query, weight: f64, reason: String) -> Result<(), String> {
        let node = self.node(query)?;
        let rule = self.rules.len() as u32;
        match self.anchors(&node) {
            Some(anchors) => anchors.iter().for_each(|hit| self.hit(*hit).rules.push(rule)),
            None => self.always.push(rule),
        }
        self.rules.push(Rule { node, weight, reason });
        Ok(())
    }

    pub(crate) fn finish(self) -> (Program, Needs) {
        let accents = self.scan.folding().accents;
        let mut pairs = self.words.iter().zip(&self.prefixes);
        let zones = std::array::from_fn(|_| {
            pairs.next().map_or_else(Dictionary::default, |(words, prefixes)| {
                Dictionary::build(words, prefixes, accents)
            })
        });
        let Compiler { hits, patterns, terms, rules, always, needs, .. } = self;
        (Program { zones, hits, patterns, terms, rules, always }, needs)
    }

    fn node(&mut self, query: &Query) -> Result<Node, String> {
        Ok(match query {
            Query::Words { .. } | Query::Near { .. } => self.any_of(&[query]),
            Query::Regex { field, pattern, ignore_case } => {
                self.needs.add_field(*field);
                Node::Regex { regex: Box::new(pattern::compile(pattern, *ignore_case)?), field: *field }
            }
            Query::Count { counter, least, most } => {
                self.needs.add_counter(*counter);
                Node::Count { counter: *counter, least: *least, most: *most }
            }
            Query::Not(inner) => Node::Not(Box::new(self.node(inner)?)),
            Query::Or(parts) => {
                let (terms, others): (Vec<&Query>, Vec<&Query>) =
                    parts.iter().partition(|part| is_term(part));
                let mut nodes = Vec::new();
                if !terms.is_empty() {
                    nodes.push(self.any_of(&terms));
                }
                for other in others {
                    nodes.push(self.node(other)?);
                }
                nodes.sort_by_key(cost);
                Node::Any(nodes)
            }
            Query::And(parts) => {
                let mut nodes = Vec::new();
                let mut excluded = Vec::new();
                for part in parts {
                    match part {
                        Query::Not(inner) if is_term(inner) => excluded.push(inner.as_ref()),
                        _ => nodes.push(self.node(part)?),
                    }
                }
                if !excluded.is_empty() {
                    nodes.push(Node::Not(Box::new(self.any_of(&excluded))));
                }
                nodes.sort_by_key(cost);
                Node::All(nodes)
            }
        })
    }

    /// One hit for all of these words, phrases and NEARs.
    fn any_of(&mut self, terms: &[&Query]) -> Node {
        let hit = self.new_hit();
        for term in terms {
            match term {
                Query::Words { field, words } => self.add_words(hit, *field, words),
                Query::Near { field, left, right, distance } => {
                    self.needs.add_field(*field);
                    let left: Vec<Run> = left.iter().filter_map(|words| self.run(*field, words)).collect();
                    let right: Vec<Run> = right.iter().filter_map(|words| self.run(*field, words)).collect();
                    let fewer = if left.len() <= right.len() { &left } else { &right };
                    let anchors: Vec<u32> = fewer.iter().map(|run| self.rarest(run)).collect();
                    let shape = Shape::Near { left, right, distance: *distance };
                    self.add_pattern(hit, shape, &anchors, term.to_string());
                }
                _ => {}
            }
        }
        Node::Hit(hit)
    }

    fn add_words(&mut self, hit: u32, field: Field, words: &Words) {
        self.needs.add_field(field);
        let mut elements = self.elements(field, words);
        match (elements.pop(), elements.is_empty()) {
            (Some(only), true) => {
                let term = self.new_term(words.typed.clone());
                self.listen(hit, term, field, only);
            }
            (Some(last), false) => {
                elements.push(last);
                let run = self.place(field, elements);
                let anchors = [self.rarest(&run)];
                self.add_pattern(hit, Shape::Phrase(run), &anchors, words.typed.clone());
            }
            (None, _) => {}
        }
    }

    fn add_pattern(&mut self, hit: u32, shape: Shape, anchors: &[u32], typed: String) {
        let term = self.new_term(typed);
        let pattern = self.patterns.len() as u32;
        for anchor in anchors {
            self.hit(*anchor).patterns.push(pattern);
            self.note_length(hit, self.length(*anchor));
        }
        self.patterns.push(Pattern { shape, hit, term });
    }

    /// The hits of a side of NEAR.
    fn run(&mut self, field: Field, words: &Words) -> Option<Run> {
        let elements = self.elements(field, words);
        (!elements.is_empty()).then(|| self.place(field, elements))
    }

    /// Hits that remember where they were, one for each word.
    fn place(&mut self, field: Field, elements: Vec<Element>) -> Run {
        let (zone, columns) = Zone::of(field);
        let mut run = Vec::with_capacity(elements.len());
        for element in elements {
            let key = (zone, columns, element.clone());
            let hit = match self.placed.get(&key) {
                Some(hit) => *hit,
                None => {
                    let hit = self.new_hit();
                    self.hit(hit).placed = true;
                    self.listen(hit, 0, field, element);
                    self.placed.insert(key, hit);
                    hit
                }
            };
            run.push(hit);
        }
        run.into()
    }

    fn listen(&mut self, hit: u32, term: u32, field: Field, element: Element) {
        self.note_length(hit, element.bytes.len());
        let (zone, columns) = Zone::of(field);
        let placed = self.hit(hit).placed;
        let entries = if element.prefix { &mut self.prefixes } else { &mut self.words };
        let Element { bytes, lead, trail, .. } = element;
        entries[zone as usize].entry(bytes).or_default().push(Use {
            placed,
            hit,
            term,
            columns,
            lead,
            trail,
        });
    }

    /// The words of a term, folded like those of a message.
    fn elements(&mut self, field: Field, words: &Words) -> Vec<Element> {
        if matches!(field, Field::Tag | Field::Lang) {
            return self.whole(field, &words.typed).into_iter().collect();
        }
        let signs_count = matches!(field, Field::Body | Field::Title | Field::Text);
        let mut elements: Vec<Element> = Vec::new();
        let mut parts = words.typed.split('*').peekable();
        while let Some(part) = parts.next() {
            self.scan.read(part);
            let known = elements.len();
            elements.extend(self.scan.words().map(|word| Element {
                bytes: self.scan.bytes(word).to_vec(),
                prefix: false,
                lead: if signs_count { self.scan.sign_before(word) } else { 0 },
                trail: Trail::asked(self.scan.signs_behind(word)),
            }));
            if let Some(last) = elements.get_mut(known..).and_then(<[Element]>::last_mut) {
                last.prefix = parts.peek().is_some();
            }
        }
        elements
    }

    /// A tag or a language, which is compared as a whole.
    fn whole(&mut self, field: Field, typed: &str) -> Option<Element> {
        let (typed, prefix) = match typed.strip_suffix('*') {
            Some(beginning) => (beginning, true),
            None => (typed, false),
        };
        let whole = self.scan.read_whole(&plain_value(field, typed));
        let bytes = self.scan.bytes(whole).to_vec();
        (!bytes.is_empty()).then_some(Element { bytes, prefix, lead: 0, trail: Trail::None })
    }

    /// Hits without one of which the condition cannot hold; none if it can hold without any.
    fn anchors(&self, node: &Node) -> Option<Vec<u32>> {
        match node {
            Node::Hit(hit) => Some(vec![*hit]),
            Node::Count { .. } | Node::Regex { .. } | Node::Not(_) => None,
            Node::Any(nodes) => {
                let each: Option<Vec<Vec<u32>>> = nodes.iter().map(|node| self.anchors(node)).collect();
                each.map(|hits| hits.concat())
            }
            Node::All(nodes) => {
                let candidates = nodes.iter().filter_map(|node| self.anchors(node));
                candidates.max_by_key(|hits| hits.iter().map(|hit| self.length(*hit)).min())
            }
        }
    }

    fn rarest(&self, run: &[u32]) -> u32 {
        run.iter().copied().max_by_key(|hit| self.length(*hit)).unwrap_or_default()
    }

    fn new_hit(&mut self) -> u32 {
        self.hits.push(Hit::default());
        self.shortest.push(usize::MAX);
        self.hits.len() as u32 - 1
    }

    fn hit(&mut self, hit: u32) -> &mut Hit {
        &mut self.hits[hit as usize]
    }

    fn length(&self, hit: u32) -> usize {
        self.shortest[hit as usize]
    }

    fn note_length(&mut self, hit: u32, length: usize) {
        let shortest = &mut self.shortest[hit as usize];
        *shortest = length.min(*shortest);
    }

    fn new_term(&mut self, typed: String) -> u32 {
        self.terms.push(typed);
        self.terms.len() as u32 - 1
    }
}

/// What tags and languages are compared without: the `#`, and which dash was used.
pub(crate) fn plain_value(field: Field, value: &str) -> Cow<'_, str> {
    match field {
        Field::Lang if value.contains('_') => Cow::Owned(value.trim().replace('_', "-")),
        Field::Lang => Cow::Borrowed(value.trim()),
        _ => Cow::Borrowed(value.trim().trim_start_matches('#')),
    }
}

fn is_term(query: &Query) -> bool {
    matches!(query, Query::Words { .. } | Query::Near { .. })
}

/// Cheap questions first: a regular expression is only asked when all else agrees.
fn cost(node: &Node) -> u8 {
    match node {
        Node::Hit(_) => 0,
        Node::Count { .. } => 1,
        Node::Not(inner) => cost(inner),
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().map(cost).max().unwrap_or(0).max(2),
        Node::Regex { .. } => 3,
    }
}
