//! The host's batch as the core's [`Pull`].

use std::sync::Arc;

use crible_core::{ListColumn, ListField, NumberField, Numbers, Pull, TextColumn, TextField};

use super::messages;

// The host's columns are trusted: they were checked when they came from a source.
fn texts(column: messages::TextColumn) -> TextColumn {
    TextColumn::trusted(column.bytes, column.ends)
}

fn lists(column: messages::ListColumn) -> ListColumn {
    ListColumn::trusted(TextColumn::trusted(column.bytes, column.ends), column.rows)
}

/// The batch that the host lends for one call.
pub(super) struct Lent<'a>(pub(super) &'a messages::Batch);

impl Pull for Lent<'_> {
    fn len(&self) -> usize {
        self.0.len() as usize
    }

    fn seqs(&self) -> Arc<Vec<u64>> {
        Arc::new(self.0.seqs())
    }

    fn times(&self) -> Numbers {
        Arc::new(self.0.times())
    }

    fn text(&self, field: TextField) -> TextColumn {
        texts(match field {
            TextField::Id => self.0.ids(),
            TextField::Channel => self.0.channels(),
            TextField::Author => self.0.authors(),
            TextField::AuthorName => self.0.author_names(),
            TextField::Title => self.0.titles(),
            TextField::Text => self.0.texts(),
            TextField::Lang => self.0.langs(),
            TextField::Url => self.0.urls(),
            TextField::ReplyTo => self.0.reply_tos(),
            TextField::RepostOf => self.0.repost_ofs(),
        })
    }

    fn number(&self, field: NumberField) -> Numbers {
        Arc::new(match field {
            NumberField::CreatedAt => self.0.created(),
            NumberField::Followers => self.0.followers(),
            NumberField::Likes => self.0.likes(),
            NumberField::Reposts => self.0.reposts(),
            NumberField::Replies => self.0.replies(),
        })
    }

    fn list(&self, field: ListField) -> ListColumn {
        lists(match field {
            ListField::Links => self.0.links(),
            ListField::Tags => self.0.tags(),
        })
    }

    fn attr_names(&self) -> Vec<String> {
        self.0.attr_names()
    }

    fn attr(&self, name: &str) -> TextColumn {
        texts(self.0.attr(name))
    }

    fn scores(&self) -> Arc<Vec<f32>> {
        Arc::new(self.0.scores())
    }

    fn labels(&self) -> ListColumn {
        lists(self.0.labels())
    }

    fn whys(&self) -> TextColumn {
        texts(self.0.whys())
    }
}
