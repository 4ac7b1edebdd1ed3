//! Which place in a line's object holds which field.

use crible_sdk::{ConfigError, ListField, NumberField, TextField};

/// A field of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Text(TextField),
    Number(NumberField),
    List(ListField),
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

/// The members of an object that mean something, by the length of their names: of few lengths there is
/// more than one.
#[derive(Debug, Default)]
struct Members {
    by_length: Vec<Vec<(String, Place)>>,
}

impl Place {
    /// The place of a member, or of a list's item by its number.
    #[inline]
    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        let same_length = self.members.by_length.get(name.len())?;
        same_length.iter().find(|(known, _)| known == name).map(|(_, place)| place)
    }

    /// Whether anything within means something.
    pub(crate) fn has_members(&self) -> bool {
        !self.members.by_length.is_empty()
    }

    fn member_mut(&mut self, name: String) -> &mut Self {
        let by_length = &mut self.members.by_length;
        if by_length.len() <= name.len() {
            by_length.resize_with(name.len() + 1, Vec::new);
        }
        let same_length = &mut by_length[name.len()];
        let at = same_length.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            same_length.push((name, Self::default()));
            same_length.len() - 1
        });
        &mut same_length[at].1
    }

    fn add(&mut self, pointer: &str, slot: Slot) {
        let mut place = self;
        for name in pointer.split('/').skip(1) {
            place = place.member_mut(name.replace("~1", "/").replace("~0", "~"));
        }
        place.slots.push(slot);
    }
}

/// The places of all fields: those that were chosen, and for the others their own names.
pub(crate) fn places(chosen: &[(String, String)]) -> Result<Place, ConfigError> {
    let mut root = Place::default();
    let mut mapped = Vec::new();
    for (name, pointer) in chosen {
        let refused = |why: String| ConfigError::new(why).at(format!("/fields/{name}"));
        let slot = Slot::by_name(name).ok_or_else(|| {
            let names: Vec<&str> = Slot::all().map(|(_, name)| name).collect();
            refused(format!("messages have no field `{name}`"))
                .hint(format!("there are {}", names.join(", ")))
        })?;
        if !pointer.starts_with('/') {
            return Err(refused(format!("`{pointer}` is no JSON pointer: it begins with a `/`"))
                .hint(format!("write \"/{pointer}\"")));
        }
        root.add(pointer, slot);
        mapped.push(slot);
    }
    for (slot, name) in Slot::all().filter(|(slot, _)| !mapped.contains(slot)) {
        root.add(&format!("/{name}"), slot);
    }
    Ok(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(name: &str, pointer: &str) -> Result<Place, ConfigError> {
        places(&[(name.to_owned(), pointer.to_owned())])
    }

    #[test]
    fn a_chosen_place_replaces_the_fields_own_name() {
        let root = chosen("text", "/post/a~1b/0").unwrap();
        let text = root.member("post").and_then(|place| place.member("a/b")?.member("0"));
        assert_eq!(text.map(|place| place.slots.as_slice()), Some([Slot::Text(TextField::Text)].as_slice()));
        assert!(root.member("text").is_none());
        assert!(root.member("id").is_some_and(|place| !place.has_members()));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let refused = chosen("texte", "/a").unwrap_err();
        assert_eq!(
            (refused.message.as_str(), refused.pointer.as_str()),
            ("messages have no field `texte`", "/fields/texte")
        );
        assert_eq!(chosen("text", "content").unwrap_err().hint.as_deref(), Some("write \"/content\""));
    }
}
