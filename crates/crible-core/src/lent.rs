//! What rows are read from: in a program the live rows themselves, in a guest the batch that the host lends.
//!
//! It is one concrete type on each target, and the getter of a column is picked before it is called. So a
//! field that is a constant in a guest's source leaves one getter in its component, and what a component
//! imports is what it can read. Behind a trait object every getter would stay.

#[cfg(target_family = "wasm")]
pub use guest::Lent;
#[cfg(target_family = "wasm")]
pub(crate) use guest::{list, live, number, text};
#[cfg(not(target_family = "wasm"))]
pub(crate) use program::{Lent, list, live, number, text};

#[cfg(not(target_family = "wasm"))]
mod program {
    use crate::{ListColumn, ListField, Live, NumberField, Numbers, TextColumn, TextField};

    pub(crate) type Lent<'a> = &'a Live;

    pub(crate) fn live(lent: Lent<'_>) -> Option<&Live> {
        Some(lent)
    }

    pub(crate) fn text(field: TextField) -> impl Fn(Lent<'_>) -> TextColumn {
        move |live| live.text(field)
    }

    pub(crate) fn number(field: NumberField) -> impl Fn(Lent<'_>) -> Numbers {
        move |live| live.number(field)
    }

    pub(crate) fn list(field: ListField) -> impl Fn(Lent<'_>) -> ListColumn {
        move |live| live.list(field)
    }
}

#[cfg(target_family = "wasm")]
mod guest {
    use std::sync::Arc;

    use crible_wit::guest::imports::messages::{self, Batch};

    use crate::{ListColumn, ListField, Live, NumberField, Numbers, TextColumn, TextField};

    /// The batch that the host lends for one call.
    #[derive(Clone, Copy)]
    pub struct Lent<'a>(pub &'a Batch);

    // The host's columns are trusted: they were checked when they came from a source.
    fn texts(column: messages::TextColumn) -> TextColumn {
        TextColumn::trusted(column.bytes, column.ends)
    }

    fn lists(column: messages::ListColumn) -> ListColumn {
        ListColumn::trusted(TextColumn::trusted(column.bytes, column.ends), column.rows)
    }

    impl Lent<'_> {
        pub(crate) fn len(self) -> usize {
            self.0.len() as usize
        }

        pub(crate) fn seqs(self) -> Arc<Vec<u64>> {
            Arc::new(self.0.seqs())
        }

        pub(crate) fn times(self) -> Numbers {
            Arc::new(self.0.times())
        }

        pub(crate) fn attr_names(self) -> Vec<String> {
            self.0.attr_names()
        }

        pub(crate) fn attr(self, name: &str) -> TextColumn {
            texts(self.0.attr(name))
        }

        pub(crate) fn scores(self) -> Arc<Vec<f32>> {
            Arc::new(self.0.scores())
        }

        pub(crate) fn labels(self) -> ListColumn {
            lists(self.0.labels())
        }

        pub(crate) fn whys(self) -> TextColumn {
            texts(self.0.whys())
        }
    }

    pub(crate) fn live(_lent: Lent<'_>) -> Option<&Live> {
        None
    }

    // These are inlined up to where the field is a constant, which leaves the pointer to one getter.

    #[inline(always)]
    pub(crate) fn text(field: TextField) -> impl Fn(Lent<'_>) -> TextColumn {
        let get: fn(&Batch) -> messages::TextColumn = match field {
            TextField::Id => Batch::ids,
            TextField::Channel => Batch::channels,
            TextField::Author => Batch::authors,
            TextField::AuthorName => Batch::author_names,
            TextField::Title => Batch::titles,
            TextField::Text => Batch::texts,
            TextField::Lang => Batch::langs,
            TextField::Url => Batch::urls,
            TextField::ReplyTo => Batch::reply_tos,
            TextField::RepostOf => Batch::repost_ofs,
        };
        move |lent| texts(get(lent.0))
    }

    #[inline(always)]
    pub(crate) fn number(field: NumberField) -> impl Fn(Lent<'_>) -> Numbers {
        let get: fn(&Batch) -> Vec<i64> = match field {
            NumberField::CreatedAt => Batch::created,
            NumberField::Followers => Batch::followers,
            NumberField::Likes => Batch::likes,
            NumberField::Reposts => Batch::reposts,
            NumberField::Replies => Batch::replies,
        };
        move |lent| Arc::new(get(lent.0))
    }

    #[inline(always)]
    pub(crate) fn list(field: ListField) -> impl Fn(Lent<'_>) -> ListColumn {
        let get: fn(&Batch) -> messages::ListColumn = match field {
            ListField::Links => Batch::links,
            ListField::Tags => Batch::tags,
        };
        move |lent| lists(get(lent.0))
    }
}
