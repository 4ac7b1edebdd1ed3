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
    use std::sync::{Arc, Mutex, PoisonError};

    use crible_wit::guest::imports::messages::{self, Batch};

    use crate::{ListColumn, ListField, Live, NumberField, Numbers, TextColumn, TextField};

    /// The batch that the host lends for one call.
    #[derive(Clone, Copy)]
    pub struct Lent<'a> {
        batch: &'a Batch,
        len: usize,
    }

    impl<'a> Lent<'a> {
        /// What the host lends.
        pub fn new(batch: &'a Batch) -> Self {
            Self { batch, len: batch.len() as usize }
        }

        pub(crate) fn len(self) -> usize {
            self.len
        }

        pub(crate) fn seqs(self) -> Arc<Vec<u64>> {
            Arc::new(self.batch.seqs())
        }

        pub(crate) fn times(self) -> Numbers {
            Arc::new(self.batch.times())
        }

        pub(crate) fn attr_names(self) -> Vec<String> {
            self.batch.attr_names()
        }

        pub(crate) fn attr(self, name: &str) -> TextColumn {
            self.texts(self.batch.attr(name))
        }

        pub(crate) fn scores(self) -> Arc<Vec<f32>> {
            Arc::new(self.batch.scores())
        }

        pub(crate) fn labels(self) -> ListColumn {
            self.lists(self.batch.labels())
        }

        pub(crate) fn whys(self) -> TextColumn {
            self.texts(self.batch.whys())
        }

        // The host's columns are trusted: they were checked when they came from a source. One that no row has
        // crosses without its rows.

        fn texts(self, column: messages::TextColumn) -> TextColumn {
            match column.ends.as_slice() {
                [] => blank(self.len),
                _ => TextColumn::trusted(column.bytes, column.ends),
            }
        }

        fn numbers(self, column: Vec<i64>) -> Numbers {
            Arc::new(if column.is_empty() { vec![0; self.len] } else { column })
        }

        fn lists(self, column: messages::ListColumn) -> ListColumn {
            match column.rows.as_slice() {
                [] => ListColumn::empty(self.len),
                _ => ListColumn::trusted(TextColumn::trusted(column.bytes, column.ends), column.rows),
            }
        }
    }

    /// A column of empty texts; those of batches of one length share theirs.
    fn blank(rows: usize) -> TextColumn {
        static BLANK: Mutex<Option<TextColumn>> = Mutex::new(None);
        let mut blank = BLANK.lock().unwrap_or_else(PoisonError::into_inner);
        match &*blank {
            Some(known) if known.len() == rows => known.clone(),
            _ => blank.insert(TextColumn::empty(rows)).clone(),
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
        move |lent| lent.texts(get(lent.batch))
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
        move |lent| lent.numbers(get(lent.batch))
    }

    #[inline(always)]
    pub(crate) fn list(field: ListField) -> impl Fn(Lent<'_>) -> ListColumn {
        let get: fn(&Batch) -> messages::ListColumn = match field {
            ListField::Links => Batch::links,
            ListField::Tags => Batch::tags,
        };
        move |lent| lent.lists(get(lent.batch))
    }
}
