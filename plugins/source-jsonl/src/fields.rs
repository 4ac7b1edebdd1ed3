//! Which place in a line's object holds which field.

use crible_sdk::{ConfigError, ListField, NumberField, TextField};

use crate::scan::Written;

/// A field of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Text(TextField),
    Number(NumberField),
    List(ListField),
    /// An attribute, by its place among those that were chosen.
    Attr(usize),
}

impl Slot {
    fn by_name(name: &str) -> Option<Self> {
        let text = TextField::by_name(name).map(Self::Text);
        let number = || NumberField::by_name(name).map(Self::Number);
        text.or_else(number).or_else(|| ListField::by_name(name).map(Self::List))
    }

    fn all() -> impl Iterator<Item = (Self, &'static str)> {
        let texts = TextField::ALL.iter().map(|&field| (Self::Text(field), field.name()));
        let numbers = NumberField::ALL.iter().map(|&field| (Self::Number(field), field.name()));
        let lists = ListField::ALL.iter().map(|&field| (Self::List(field), field.name()));
        texts.chain(numbers).chain(lists)
    }
}

/// A place in an object: what it is read into, and what lies within.
#[derive(Debug, Default)]
pub(crate) struct Place {
    pub(crate) slots: Vec<Slot>,
    members: Members,
}

/// The members of an object that mean something.
#[derive(Debug, Default)]
struct Members {
    all: Vec<Member>,
    /// Their numbers by the length of their names: of few lengths there is more than one.
    by_length: Vec<Vec<usize>>,
}

/// A member of an object that means something.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) place: Place,
    /// Its name as most programs write it.
    pub(crate) written: Written,
    name: String,
    digest: (u64, u64),
}

/// Of at most so many bytes, two names of one length are the same where their digests are.
const DIGESTED: usize = 16;

/// The first and the last bytes of a name: they are compared at once, and not one by one.
#[inline]
fn digest(name: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
        (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
    } else {
        (name.iter().fold(0, |digest, &byte| digest << 8 | u64::from(byte)), 0)
    }
}

impl Place {
    /// The place of a member, or of a list's item by its number.
    #[inline]
    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        Some(&self.numbered(self.number_of(name)?)?.place)
    }

    /// The number of a member.
    #[inline]
    pub(crate) fn number_of(&self, name: &str) -> Option<usize> {
        let same_length = self.members.by_length.get(name.len())?;
        let digest = digest(name.as_bytes());
        let is_it = |&number: &usize| {
            let known = &self.members.all[number];
            known.digest == digest && (name.len() <= DIGESTED || known.name == name)
        };
        same_length.iter().copied().find(|number| is_it(number))
    }

    /// The member of a number.
    #[inline]
    pub(crate) fn numbered(&self, number: usize) -> Option<&Member> {
        self.members.all.get(number)
    }

    /// How many members mean something.
    pub(crate) fn members(&self) -> usize {
        self.members.all.len()
    }

    /// Whether anything within means something.
    pub(crate) fn has_members(&self) -> bool {
        !self.members.all.is_empty()
    }

    fn member_mut(&mut self, name: String) -> &mut Self {
        let Members { all, by_length } = &mut self.members;
        let number = all.iter().position(|known| known.name == name).unwrap_or_else(|| {
            if by_length.len() <= name.len() {
                by_length.resize_with(name.len() + 1, Vec::new);
            }
            by_length[name.len()].push(all.len());
            let (written, digest) = (Written::of(&name), digest(name.as_bytes()));
            all.push(Member { place: Self::default(), written, name, digest });
            all.len() - 1
        });
        &mut all[number].place
    }

    fn add(&mut self, pointer: &str, slot: Slot) {
        let mut place = self;
        for name in pointer.split('/').skip(1) {
            place = place.member_mut(name.replace("~1", "/").replace("~0", "~"));
        }
        place.slots.push(slot);
    }
}

/// The places of all fields: those that were chosen, and for the others their own names; and of the attributes
/// that were chosen, by name and pointer.
pub(crate) fn places(chosen: &[(String, String)], attrs: &[(String, String)]) -> Result<Place, ConfigError> {
    let mut root = Place::default();
    let mut mapped = Vec::new();
    for (name, pointer) in chosen {
        let at = format!("/fields/{name}");
        let slot = Slot::by_name(name).ok_or_else(|| {
            let names: Vec<&str> = Slot::all().map(|(_, name)| name).collect();
            ConfigError::new(format!("messages have no field `{name}`"))
                .at(&at)
                .hint(format!("there are {}; others are found with `attrs`", names.join(", ")))
        })?;
        check_pointer(pointer, &at)?;
        root.add(pointer, slot);
        mapped.push(slot);
    }
    for (place, (name, pointer)) in attrs.iter().enumerate() {
        let at = format!("/attrs/{name}");
        if Slot::by_name(name).is_some() {
            return Err(ConfigError::new(format!("`{name}` is a field of each message, not an attribute"))
                .at(at)
                .hint(format!("write it in `fields`: {name} = \"{pointer}\"")));
        }
        check_pointer(pointer, &at)?;
        root.add(pointer, Slot::Attr(place));
    }
    for (slot, name) in Slot::all().filter(|(slot, _)| !mapped.contains(slot)) {
        root.add(&format!("/{name}"), slot);
    }
    Ok(root)
}

fn check_pointer(pointer: &str, at: &str) -> Result<(), ConfigError> {
    if pointer.starts_with('/') {
        return Ok(());
    }
    Err(ConfigError::new(format!("`{pointer}` is no JSON pointer: it begins with a `/`"))
        .at(at)
        .hint(format!("write \"/{pointer}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chosen(name: &str, pointer: &str) -> Result<Place, ConfigError> {
        places(&[(name.to_owned(), pointer.to_owned())], &[])
    }

    #[test]
    fn a_chosen_place_replaces_the_fields_own_name() {
        let root = chosen("text", "/post/a~1b/0").unwrap();
        let text = root.member("post").and_then(|place| place.member("a/b")?.member("0"));
        assert_eq!(text.map(|place| place.slots.as_slice()), Some([Slot::Text(TextField::Text)].as_slice()));
        assert!(root.member("text").is_none());
        assert!(root.member("id").is_some_and(|place| !place.has_members()));
    }

    proptest! {
        #[test]
        fn a_name_is_found_and_no_other(name in "[ab]{0,3}|[ab]{7,9}|[ab]{15,18}", other in "[ab]{0,3}|[ab]{7,9}|[ab]{15,18}") {
            let root = chosen("text", &format!("/{name}")).unwrap();
            prop_assert!(root.member(&name).is_some());
            prop_assert_eq!(root.member(&other).is_some(), name == other);
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let refused = chosen("texte", "/a").unwrap_err();
        assert_eq!(
            (refused.message.as_str(), refused.pointer.as_str()),
            ("messages have no field `texte`", "/fields/texte")
        );
        assert_eq!(chosen("text", "content").unwrap_err().hint.as_deref(), Some("write \"/content\""));
        let attr = |name: &str, pointer: &str| places(&[], &[(name.to_owned(), pointer.to_owned())]);
        assert_eq!(attr("class", "info").unwrap_err().pointer, "/attrs/class");
        assert_eq!(
            attr("text", "/content").unwrap_err().hint.as_deref(),
            Some("write it in `fields`: text = \"/content\"")
        );
    }
}
