//! One line into one row.

use std::collections::BTreeSet;

use crible_sdk::{BatchBuilder, ListField, NumberField, TextField};

use crate::fields::{Place, Slot};
use crate::instant::{instant, instant_of_number};
use crate::json::{Json, JsonError, Kind, Number};

/// A page has at most so many attributes of different names: each is a column of its own.
const MOST_ATTRS: usize = 256;

/// Reads lines into rows.
pub(crate) struct RowReader {
    root: Place,
    /// Which member of the root came last behind each, by number, and at the end which came first.
    followers: Vec<usize>,
    /// The names of the attributes that were chosen, and whether others are taken too.
    chosen: Vec<String>,
    with_attrs: bool,
    /// The attributes of this page.
    names: BTreeSet<String>,
    value: String,
    key: String,
    /// What could not be taken over since this was last asked for.
    pub(crate) complaints: Complaints,
}

/// What could not be taken over, for one line in the log and not one a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Complaints {
    /// A date that could not be read.
    pub(crate) date: Option<String>,
    /// An attribute too many.
    pub(crate) attr: Option<String>,
}

impl RowReader {
    pub(crate) fn new(root: Place, chosen: Vec<String>, with_attrs: bool) -> Self {
        Self {
            followers: vec![0; root.members() + 1],
            root,
            chosen,
            with_attrs,
            names: BTreeSet::new(),
            value: String::new(),
            key: String::new(),
            complaints: Complaints::default(),
        }
    }

    /// Another page begins.
    pub(crate) fn start_page(&mut self) {
        self.names.clear();
    }

    /// Set what the line has in the row that has not ended yet, and say whether it has an id. Where it
    /// is no JSON object, the row is to be abandoned.
    pub(crate) fn read(&mut self, line: &str, out: &mut BatchBuilder) -> Result<bool, JsonError> {
        let mut json = Json::new(line);
        if json.kind()? != Kind::Object {
            return Err(JsonError { why: "there should be an object, `{…}`,", at: json.place() });
        }
        let with_attrs = self.with_attrs;
        let Self { root, followers, chosen, names, value, key, complaints, .. } = self;
        let mut row = Row { out, chosen, names, value, key, complaints, with_attrs, lists: 0, has_id: false };
        row.line(&mut json, root, followers)?;
        json.end()?;
        Ok(row.has_id)
    }
}

/// A row while its line is read.
struct Row<'a> {
    out: &'a mut BatchBuilder,
    chosen: &'a [String],
    names: &'a mut BTreeSet<String>,
    /// For texts in which something is escaped.
    value: &'a mut String,
    key: &'a mut String,
    complaints: &'a mut Complaints,
    with_attrs: bool,
    /// The lists that the row has already, a bit each.
    lists: u8,
    has_id: bool,
}

impl Row<'_> {
    /// The whole object: what no field is read from becomes an attribute.
    fn line(&mut self, json: &mut Json<'_>, root: &Place, followers: &mut [usize]) -> Result<(), JsonError> {
        let mut scratch = std::mem::take(self.key);
        json.enter()?;
        let mut is_first = true;
        let mut last = root.members();
        while json.member(is_first)? {
            is_first = false;
            // Programs write the members of all their objects in one order.
            let guess = followers[last];
            if let Some(member) = root.numbered(guess)
                && json.is_named(&member.written)
            {
                last = guess;
                self.value(json, &member.place)?;
                continue;
            }
            let key = json.name(&mut scratch)?;
            let number = root.number_of(key);
            match number.and_then(|number| root.numbered(number)) {
                Some(member) => self.value(json, &member.place)?,
                None if !self.with_attrs => json.skip(self.value)?,
                None if key == "attrs" && json.kind()? == Kind::Object => self.attrs(json)?,
                None => self.attr(json, key)?,
            }
            if let Some(number) = number {
                followers[last] = number;
                last = number;
            }
        }
        *self.key = scratch;
        Ok(())
    }

    /// An object of attributes, as the `jsonl` sink writes it.
    fn attrs(&mut self, json: &mut Json<'_>) -> Result<(), JsonError> {
        let mut scratch = String::new();
        json.enter()?;
        let mut is_first = true;
        while json.member(is_first)? {
            is_first = false;
            let key = json.name(&mut scratch)?;
            self.attr(json, key)?;
        }
        Ok(())
    }

    fn attr(&mut self, json: &mut Json<'_>, name: &str) -> Result<(), JsonError> {
        let text = match json.kind()? {
            Kind::Text => json.string(self.value)?,
            Kind::Number => json.number()?.text,
            Kind::True => json.word("true")?,
            Kind::False => json.word("false")?,
            Kind::Null | Kind::Object | Kind::List => return json.skip(self.value),
        };
        if !self.names.contains(name) {
            if self.names.len() == MOST_ATTRS {
                self.complaints.attr.get_or_insert_with(|| name.to_owned());
                return Ok(());
            }
            self.names.insert(name.to_owned());
        }
        // One that was chosen is found where the config says, and nowhere else.
        if !self.chosen.iter().any(|chosen| chosen == name) {
            self.out.attr(name, text);
        }
        Ok(())
    }

    /// A value that means something, or something within it does.
    #[inline]
    fn value(&mut self, json: &mut Json<'_>, place: &Place) -> Result<(), JsonError> {
        match json.kind()? {
            Kind::Text => {
                if let Some(text) = json.plain_string() {
                    place.slots.iter().for_each(|&slot| self.text(slot, text));
                    return Ok(());
                }
                // Taken for the while, so that the fields can be set while it is borrowed.
                let mut scratch = std::mem::take(self.value);
                let text = json.string(&mut scratch)?;
                place.slots.iter().for_each(|&slot| self.text(slot, text));
                *self.value = scratch;
                Ok(())
            }
            Kind::Number => {
                let number = json.number()?;
                place.slots.iter().for_each(|&slot| self.number(slot, number));
                Ok(())
            }
            kind @ (Kind::True | Kind::False) => {
                let word = json.word(if kind == Kind::True { "true" } else { "false" })?;
                place.slots.iter().for_each(|&slot| self.text(slot, word));
                Ok(())
            }
            Kind::Null => json.word("null").map(drop),
            Kind::Object if place.has_members() => self.object(json, place),
            Kind::List if place.has_members() || !place.slots.is_empty() => self.list(json, place),
            Kind::Object | Kind::List => json.skip(self.value),
        }
    }

    fn object(&mut self, json: &mut Json<'_>, place: &Place) -> Result<(), JsonError> {
        let mut scratch = String::new();
        json.enter()?;
        let mut is_first = true;
        while json.member(is_first)? {
            is_first = false;
            match place.member(json.name(&mut scratch)?) {
                Some(place) => self.value(json, place)?,
                None => json.skip(self.value)?,
            }
        }
        Ok(())
    }

    fn list(&mut self, json: &mut Json<'_>, place: &Place) -> Result<(), JsonError> {
        let before = self.lists;
        for slot in &place.slots {
            if let Slot::List(field) = *slot {
                self.is_new(field);
            }
        }
        let lists = self.lists & !before;
        json.enter()?;
        let mut count = 0_usize;
        while json.item(count == 0)? {
            json.kind()?;
            let start = json.place();
            self.item(json, lists)?;
            if let Some(place) = place.has_members().then(|| place.member(&count.to_string())).flatten() {
                json.go_back(start);
                self.value(json, place)?;
            }
            count += 1;
        }
        Ok(())
    }

    /// An item of these lists, a bit each.
    fn item(&mut self, json: &mut Json<'_>, lists: u8) -> Result<(), JsonError> {
        let text = match json.kind()? {
            Kind::Text => json.string(self.value)?,
            Kind::Number => json.number()?.text,
            _ => return json.skip(self.value),
        };
        if !text.is_empty() {
            let lists = ListField::ALL.iter().filter(|&&field| lists & bit(field) != 0);
            lists.for_each(|&field| self.out.item(field, text));
        }
        Ok(())
    }

    /// Of two lists the first stays.
    fn is_new(&mut self, field: ListField) -> bool {
        let is_new = self.lists & bit(field) == 0;
        self.lists |= bit(field);
        is_new
    }

    #[inline]
    fn text(&mut self, slot: Slot, text: &str) {
        match slot {
            Slot::Text(field) => {
                self.has_id |= field == TextField::Id && !text.is_empty();
                self.out.text(field, text);
            }
            Slot::Number(NumberField::CreatedAt) => self.date(instant(text), text),
            Slot::Number(field) => self.out.number(field, whole(text)),
            Slot::List(field) => {
                if !text.is_empty() && self.is_new(field) {
                    self.out.item(field, text);
                }
            }
            Slot::Attr(place) => self.out.attr(&self.chosen[place], text),
        }
    }

    fn number(&mut self, slot: Slot, number: Number<'_>) {
        match (slot, number.whole) {
            (Slot::Number(NumberField::CreatedAt), _) => {
                self.date(instant_of_number(number.text), number.text);
            }
            (Slot::Number(field), Some(whole)) => self.out.number(field, whole),
            (slot, _) => self.text(slot, number.text),
        }
    }

    fn date(&mut self, instant: Option<i64>, text: &str) {
        match instant {
            Some(instant) => self.out.number(NumberField::CreatedAt, instant),
            None if text.is_empty() => {}
            // What is not understood is not thrown away either.
            None => {
                self.complaints.date.get_or_insert_with(|| text.to_owned());
                if self.with_attrs {
                    self.out.attr(NumberField::CreatedAt.name(), text);
                }
            }
        }
    }
}

fn bit(field: ListField) -> u8 {
    1 << field as u8
}

/// A count as it is written, without its fraction; 0 where it is none.
fn whole(text: &str) -> i64 {
    text.parse().unwrap_or_else(|_| match text.parse::<f64>() {
        // `inf` and `nan`, in any case, are numbers to the parser.
        Ok(number) if !text.ends_with(char::is_alphabetic) => number as i64,
        _ => 0,
    })
}
