//! Reads the tables `[[test]]`: which message each expectation is about, and when each was written.

use std::collections::HashMap;

use crible_core::{Kind, Message};
use serde_json::Value;

use crate::document::{Node, NodeKind};
use crate::drafts::Draft;
use crate::nearest::{did_you_mean, listed};
use crate::problem::{Problem, Severity, Span};
use crate::test_plan::{Expectation, ExpectedFate, TestPlan};
use crate::units;

/// When a first message was written that does not say it: the beginning of 2026, in ms.
const FIRST: i64 = 1_767_225_600_000;
/// How much later the next one was written, in ms.
const STEP: i64 = 1000;

/// Reads all tests. What their schema refuses has its problem already; such a test is left out.
pub(crate) fn read_tests(document: &Node, drafts: &[Draft], problems: &mut Vec<Problem>) -> Vec<TestPlan> {
    let tables = document.get("test").map(Node::items).unwrap_or_default();
    let filters: Vec<&str> =
        drafts.iter().filter(|draft| draft.kind == Kind::Filter).filter_map(|of| of.id.as_deref()).collect();
    let mut tests: Vec<TestPlan> = Vec::new();
    for table in tables {
        if let Some(name) = table.get("name")
            && tests.iter().any(|test| name.as_text() == Some(test.name.as_str()))
        {
            let message = "another test has this name already";
            let problem = Problem::new("duplicate-name", name.span.clone(), message, "the second time");
            problems.push(problem.with_help("give each test a name of its own: it is what a failure names"));
        }
        let test = Reader { table, filters: &filters, problems }.test();
        if test.is_none() && problems.iter().all(|problem| problem.severity != Severity::Error) {
            // To a schema 5.0 is a whole number.
            let message = "this test cannot be read";
            let label = "one of its messages has a value that none can have";
            let problem = Problem::new("bad-test", table.span.clone(), message, label);
            problems.push(problem.with_help("write whole numbers without a decimal point"));
        }
        tests.extend(test);
    }
    tests
}

struct Reader<'a> {
    table: &'a Node,
    /// The ids of the filters.
    filters: &'a [&'a str],
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn test(&mut self) -> Option<TestPlan> {
        if !self.table.is_resolved() {
            return None;
        }
        let name = self.table.text("name")?.to_owned();
        let messages = self.messages()?;
        let places = self.places(&messages);
        let expected = self.expected(&messages, &places);
        let order = self.table.get("order").map(|order| self.order(order, &places));
        Some(TestPlan { name, messages, expected, order, span: self.table.span.clone() })
    }

    fn messages(&mut self) -> Option<Vec<Message>> {
        let mut messages = Vec::new();
        let mut last = None;
        for (at, node) in self.table.get("messages")?.items().iter().enumerate() {
            let created_at = self.created_at(node, last)?;
            let mut json = node.to_json();
            let fields = json.as_object_mut()?;
            fields.remove("after");
            fields.insert("created_at".to_owned(), created_at.into());
            fields.entry("id").or_insert_with(|| (at + 1).to_string().into());
            messages.push(serde_json::from_value(json).ok()?);
            last = Some(created_at);
        }
        Some(messages)
    }

    /// When a message was written, in ms; absent where the value is none that the schema takes.
    fn created_at(&mut self, node: &Node, last: Option<i64>) -> Option<i64> {
        let written = node.get("created_at");
        if let (Some(_), Some(after)) = (written, node.entry("after")) {
            let message = "`created_at` and `after` both say when this message was written";
            let problem = Problem::new("said-twice", after.key_span.clone(), message, "which of them?");
            self.problems.push(problem.with_help("leave one of them out"));
        }
        match written.map(|written| (&written.kind, &written.span)) {
            Some((NodeKind::Plain(Value::Number(ms)), _)) => ms.as_i64(),
            Some((NodeKind::Text(text), span)) => {
                let read = crible_core::instant(&text.value);
                if read.is_none() {
                    let message = "`created_at` must be a date";
                    let problem = Problem::new("bad-date", span.clone(), message, "not a date");
                    let help = "write it as 2026-03-14T09:12:00+01:00 (without an offset it is UTC), or as ms \
                                since 1970";
                    self.problems.push(problem.with_help(help));
                }
                // The rest of the test may have mistakes of its own.
                Some(read.or(last).unwrap_or(FIRST))
            }
            Some(_) => None,
            None => {
                let step = match node.text("after") {
                    Some(after) => {
                        i64::try_from(units::duration(after).ok()?.as_millis()).unwrap_or(i64::MAX)
                    }
                    None if last.is_none() => 0,
                    None => STEP,
                };
                Some(last.unwrap_or(FIRST).saturating_add(step))
            }
        }
    }

    /// The messages by their ids, each of which must be there once.
    fn places(&mut self, messages: &[Message]) -> HashMap<String, usize> {
        let mut places = HashMap::new();
        for (at, message) in messages.iter().enumerate() {
            if places.insert(message.id.clone(), at).is_some() {
                let node = self.table.get("messages").map(Node::items).and_then(|items| items.get(at));
                let span = node.map(|node| node.get("id").unwrap_or(node).span.clone()).unwrap_or_default();
                let message = format!("the id `{}` is taken", message.id);
                let problem = Problem::new("duplicate-id", span, message, "another message has it already");
                self.problems.push(problem.with_help("ids are unique among the messages of a test"));
            }
        }
        places
    }

    fn expected(&mut self, messages: &[Message], places: &HashMap<String, usize>) -> Vec<Expectation> {
        let items = self.table.get("expect").map(Node::items).unwrap_or_default();
        let by_id = items.iter().any(|item| item.get("id").is_some());
        if !by_id && items.len() != messages.len() {
            self.uneven(items.len(), messages.len());
        }
        let mut named: Vec<usize> = Vec::new();
        let mut expected = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let place = if by_id { self.named_by(item, places) } else { Some(at) };
            let Some(place) = place else { continue };
            if named.contains(&place) {
                let span = item.get("id").map_or(item.span.clone(), |id| id.span.clone());
                let message = format!("`expect` names the message `{}` twice", messages[place].id);
                self.problems.push(Problem::new("repeated-value", span, message, "the second time"));
            }
            named.push(place);
            expected.extend(self.expectation(item, place));
        }
        expected
    }

    fn uneven(&mut self, entries: usize, messages: usize) {
        let of_entries = if entries == 1 { "entry" } else { "entries" };
        let of_messages = if messages == 1 { "message" } else { "messages" };
        let message = format!("`expect` has {entries} {of_entries} for {messages} {of_messages}");
        let span = self.table.entry("expect").map(|entry| entry.key_span.clone()).unwrap_or_default();
        let problem = Problem::new("uneven-test", span, message, "one for each message, in their order");
        self.problems.push(problem.with_help("or name those that matter: `{ id = \"…\", is = \"kept\" }`"));
    }

    /// The message that an entry of `expect` names, where entries name theirs.
    fn named_by(&mut self, item: &Node, places: &HashMap<String, usize>) -> Option<usize> {
        if let Some(id) = item.get("id") {
            return self.place_of(id.as_text()?, &id.span, places);
        }
        let message = "this entry of `expect` does not say which message it is about";
        let problem = Problem::new("missing-option", item.span.clone(), message, "which message?");
        let help = "add its `id`, as other entries have one: `{ id = \"…\", is = \"kept\" }`";
        self.problems.push(problem.with_help(help));
        None
    }

    fn expectation(&mut self, item: &Node, message: usize) -> Option<Expectation> {
        let fate = ExpectedFate::of(item.as_text().or_else(|| item.text("is"))?)?;
        if let Some(stage) = item.get("stage")
            && let Some(name) = stage.as_text()
            && !self.filters.contains(&name)
        {
            let filters = match self.filters {
                [] => "there are no filters here".to_owned(),
                names => format!("the filters are {}", listed(names.iter().copied(), "and")),
            };
            let message = format!("there is no filter `{name}`");
            let problem = Problem::new("unknown-stage", stage.span.clone(), message, "no such filter");
            self.problems.push(problem.with_help(did_you_mean(name, self.filters.iter().copied(), &filters)));
        }
        let text = |key: &str| item.text(key).map(str::to_owned);
        let labels = item.get("labels").map(Node::items).unwrap_or_default();
        Some(Expectation {
            message,
            fate,
            stage: text("stage"),
            reason: text("reason"),
            about: text("about"),
            score: item.get("score").and_then(|score| score.to_json().as_f64()),
            labels: labels.iter().filter_map(Node::as_text).map(str::to_owned).collect(),
        })
    }

    fn order(&mut self, list: &Node, places: &HashMap<String, usize>) -> Vec<usize> {
        let ids = list.items().iter().filter_map(|item| Some((item.as_text()?, &item.span)));
        ids.filter_map(|(id, span)| self.place_of(id, span, places)).collect()
    }

    /// The message with this id.
    fn place_of(&mut self, id: &str, span: &Span, places: &HashMap<String, usize>) -> Option<usize> {
        if let Some(place) = places.get(id) {
            return Some(*place);
        }
        let mut ids: Vec<&str> = places.keys().map(String::as_str).collect();
        ids.sort_unstable_by_key(|id| places[*id]);
        let help =
            did_you_mean(id, ids.clone(), &format!("the ids of its messages are {}", listed(ids, "and")));
        let message = format!("this test has no message `{id}`");
        let problem = Problem::new("unknown-message", span.clone(), message, "no such message");
        self.problems.push(problem.with_help(help));
        None
    }
}
