//! What is known of the message being judged: which words were found, and where.

use crate::compile::plain_value;
use crate::dictionary::{Dictionary, Use};
use crate::document::Document;
use crate::parse::FARTHEST;
use crate::program::{Node, Program, Run, Shape, Zone};
use crate::query::Field;
use crate::trail::Trail;
use crible_sdk::words::{Folding, Word, WordScan};

/// The working memory of judging: buffers that keep their size from message to message.
#[derive(Debug)]
pub struct Memory {
    scan: WordScan,
    found: Found,
    spans: Spans,
    sifted: Vec<u32>,
    /// The rules that may match, ascending.
    pub(crate) candidates: Vec<u32>,
    /// The rules that did.
    pub(crate) matched: Vec<u32>,
}

/// Hits and rules carry the number of the message that they were last met in: nothing is cleared
/// between two messages.
#[derive(Debug)]
struct Found {
    message: u32,
    hits: Vec<Seen>,
    places: Vec<Vec<u32>>,
    met: Vec<u32>,
    rules: Vec<u32>,
    /// How many hits were met that need no place, and how many there are: conditions ask for no others.
    answered: usize,
    asked: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    message: u32,
    term: u32,
}

/// The occurrences of the two sides of a NEAR.
#[derive(Debug, Default)]
struct Spans {
    left: Vec<(u32, u32)>,
    right_starts: Vec<u32>,
    right_ends: Vec<u32>,
}

impl Memory {
    pub(crate) fn new(folding: Folding, program: &Program) -> Memory {
        let (hits, rules) = (program.hits.len(), program.rules.len());
        Memory {
            scan: WordScan::new(folding),
            found: Found {
                message: 0,
                hits: vec![Seen::default(); hits],
                places: vec![Vec::new(); hits],
                met: Vec::new(),
                rules: vec![0; rules],
                answered: 0,
                asked: program.hits.iter().filter(|hit| !hit.placed).count(),
            },
            spans: Spans::default(),
            sifted: Vec::new(),
            candidates: Vec::new(),
            matched: Vec::new(),
        }
    }

    /// The term that caused a hit in this message.
    pub(crate) fn term_of(&self, hit: u32) -> Option<u32> {
        let seen = self.found.hits.get(hit as usize)?;
        (seen.message == self.found.message).then_some(seen.term)
    }

    /// Looks for the words of all rules, then for the phrases whose words were found, and lists
    /// the rules that may match. Each step is a function of its own: in one large function a component
    /// keeps hardly anything in registers.
    pub(crate) fn find(&mut self, program: &Program, document: &Document<'_>) {
        self.found.next_message();
        self.read_texts(program, Zone::Body, [document.title, document.text].into_iter());
        self.read_texts(program, Zone::Author, document.values(Field::Author));
        self.read_texts(program, Zone::Channel, document.values(Field::Channel));
        self.read_texts(program, Zone::Link, document.values(Field::Link));
        self.read_values(program, Zone::Tag, Field::Tag, document);
        self.read_values(program, Zone::Lang, Field::Lang, document);
        self.find_patterns(program);
        self.list_candidates(program);
    }

    /// Lists the rules that may match.
    #[inline(never)]
    fn list_candidates(&mut self, program: &Program) {
        self.candidates.clear();
        self.candidates.extend_from_slice(&program.always);
        for hit in self.found.met.iter().filter_map(|hit| program.hits.get(*hit as usize)) {
            for rule in &hit.rules {
                if let Some(last) = self.found.rules.get_mut(*rule as usize)
                    && *last != self.found.message
                {
                    *last = self.found.message;
                    self.candidates.push(*rule);
                }
            }
        }
        self.candidates.sort_unstable();
    }

    fn read_texts<'t>(&mut self, program: &Program, zone: Zone, texts: impl Iterator<Item = &'t str>) {
        let dictionary = &program.zones[zone as usize];
        if dictionary.is_empty() {
            return;
        }
        let Memory { scan, found, sifted, .. } = self;
        let mut base = 0;
        for (index, text) in texts.enumerate() {
            if found.all() {
                return;
            }
            if text.is_empty() {
                continue;
            }
            // Only the two columns of the body are told apart.
            let column = if zone == Zone::Body { 1 << index } else { 1 };
            scan.read(text);
            found.look_up(dictionary, scan, dictionary.sift(scan, sifted), column, base);
            base += scan.len() as u32 + FARTHEST + 1;
        }
    }

    /// Tags and languages are looked up as wholes; `fr-CA` is `fr` too.
    fn read_values(&mut self, program: &Program, zone: Zone, field: Field, document: &Document<'_>) {
        let dictionary = &program.zones[zone as usize];
        if dictionary.is_empty() {
            return;
        }
        let Memory { scan, found, .. } = self;
        for value in document.values(field) {
            let whole = scan.read_whole(&plain_value(field, value));
            let dashes = scan.bytes(whole).iter().enumerate().filter(|(_, byte)| **byte == b'-');
            let parts = dashes.map(|(at, _)| whole.start + at).filter(|_| field == Field::Lang);
            for end in parts.chain([whole.end]).filter(|end| *end > whole.start) {
                dictionary.look_up(scan, Word { start: whole.start, end }, &mut |used: &Use| {
                    found.note(used.hit, used.term, used.placed.then_some(0));
                });
            }
        }
    }

    #[inline(never)]
    fn find_patterns(&mut self, program: &Program) {
        let Memory { found, spans, .. } = self;
        let words = found.met.len();
        for at in 0..words {
            let Some(hit) = found.met.get(at).and_then(|hit| program.hits.get(*hit as usize)) else { break };
            for pattern in hit.patterns.iter().filter_map(|pattern| program.patterns.get(*pattern as usize)) {
                if !found.has(pattern.hit) && found.fits(&pattern.shape, spans) {
                    found.note(pattern.hit, pattern.term, None);
                }
            }
        }
    }

    /// Whether a condition holds.
    pub(crate) fn holds(&self, node: &Node, document: &Document<'_>) -> bool {
        match node {
            Node::Hit(hit) => self.found.has(*hit),
            Node::Count { counter, least, most } => (*least..=*most).contains(&document.counter(*counter)),
            Node::Regex { regex, field } => document.values(*field).any(|value| regex.is_match(value)),
            Node::All(nodes) => nodes.iter().all(|node| self.holds(node, document)),
            Node::Any(nodes) => nodes.iter().any(|node| self.holds(node, document)),
            Node::Not(inner) => !self.holds(inner, document),
        }
    }
}

/// A sign that was typed with the word must stand at it.
#[inline]
fn signs_fit(scan: &WordScan, word: Word, used: &Use) -> bool {
    (used.lead == 0 || scan.sign_before(word) == used.lead)
        && (used.trail == Trail::None || Trail::of(scan.signs_behind(word)) == used.trail)
}

impl Found {
    fn next_message(&mut self) {
        self.met.clear();
        self.answered = 0;
        self.message = self.message.wrapping_add(1);
        if self.message == 0 {
            self.hits.fill(Seen::default());
            self.rules.fill(0);
            self.message = 1;
        }
    }

    /// Looks up words of a text by their index; `column` is that of the text, `base` counts the words before it.
    #[inline(never)]
    fn look_up(&mut self, dictionary: &Dictionary, scan: &WordScan, words: &[u32], column: u8, base: u32) {
        for &index in words {
            if self.all() {
                return;
            }
            let word = scan.word(index as usize);
            dictionary.look_up(scan, word, &mut |used: &Use| {
                if used.columns & column != 0 && signs_fit(scan, word, used) {
                    self.note(used.hit, used.term, used.placed.then_some(base + index));
                }
            });
        }
    }

    /// Whether nothing more can be found out.
    #[inline]
    fn all(&self) -> bool {
        self.answered == self.asked
    }

    #[inline]
    fn has(&self, hit: u32) -> bool {
        self.hits.get(hit as usize).is_some_and(|seen| seen.message == self.message)
    }

    /// Notes a hit, and its place where that matters.
    #[inline]
    fn note(&mut self, hit: u32, term: u32, place: Option<u32>) {
        let Some(seen) = self.hits.get_mut(hit as usize) else { return };
        let is_new = seen.message != self.message;
        if is_new {
            *seen = Seen { message: self.message, term };
            self.met.push(hit);
            self.answered += usize::from(place.is_none());
        }
        if let Some(place) = place
            && let Some(places) = self.places.get_mut(hit as usize)
        {
            if is_new {
                places.clear();
            }
            places.push(place);
        }
    }

    /// Where a hit was met, ascending.
    fn places(&self, hit: u32) -> &[u32] {
        if self.has(hit) { self.places.get(hit as usize).map_or(&[], Vec::as_slice) } else { &[] }
    }

    fn fits(&self, shape: &Shape, spans: &mut Spans) -> bool {
        match shape {
            Shape::Phrase(run) => self.occurrences(run).next().is_some(),
            Shape::Near { left, right, distance } => {
                spans.left.clear();
                spans.right_starts.clear();
                spans.right_ends.clear();
                spans.left.extend(left.iter().flat_map(|run| self.occurrences(run)));
                for (start, end) in right.iter().flat_map(|run| self.occurrences(run)) {
                    spans.right_starts.push(start);
                    spans.right_ends.push(end);
                }
                spans.right_starts.sort_unstable();
                spans.right_ends.sort_unstable();
                spans.are_near(*distance)
            }
        }
    }

    /// The first and last places of each occurrence of words side by side.
    fn occurrences<'f>(&'f self, run: &'f Run) -> impl Iterator<Item = (u32, u32)> + 'f {
        let rarest = run.iter().enumerate().min_by_key(|(_, hit)| self.places(**hit).len());
        let (offset, hit) = rarest.map_or((0, u32::MAX), |(at, hit)| (at as u32, *hit));
        let starts = self.places(hit).iter().filter_map(move |place| place.checked_sub(offset));
        let whole = move |start: &u32| {
            (*start..).zip(run).all(|(place, hit)| self.places(*hit).binary_search(&place).is_ok())
        };
        starts.filter(whole).map(move |start| (start, start + run.len() as u32 - 1))
    }
}

impl Spans {
    /// Whether one of the right begins or ends within the distance of one of the left.
    fn are_near(&self, distance: u32) -> bool {
        let within = |places: &[u32], least: u32, most: u32| {
            places.get(places.partition_point(|place| *place < least)).is_some_and(|place| *place <= most)
        };
        self.left.iter().any(|&(start, end)| {
            within(&self.right_starts, end + 1, end + distance)
                || start > 0 && within(&self.right_ends, start.saturating_sub(distance), start - 1)
        })
    }
}
