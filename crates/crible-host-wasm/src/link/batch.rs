//! `messages.batch`: the rows that are lent to a guest, a getter a column.

use std::sync::Arc;

use crible_core::{ListColumn, ListField, Live, NumberField, TextColumn, TextField};
use crible_wit::host::{LentLists, LentTexts};
use wasmtime::Result;
use wasmtime::component::{ComponentNamedList, ComponentType};
use wasmtime::component::{LinkerInstance, Lower, Resource, ResourceType};

use super::answers::Cx;
use crate::fault::Breach;
use crate::guest::{BatchHandle, Guest};

const TEXTS: [(&str, TextField); TextField::COUNT] = [
    ("ids", TextField::Id),
    ("channels", TextField::Channel),
    ("authors", TextField::Author),
    ("author-names", TextField::AuthorName),
    ("titles", TextField::Title),
    ("texts", TextField::Text),
    ("langs", TextField::Lang),
    ("urls", TextField::Url),
    ("reply-tos", TextField::ReplyTo),
    ("repost-ofs", TextField::RepostOf),
];

const NUMBERS: [(&str, NumberField); NumberField::COUNT] = [
    ("created", NumberField::CreatedAt),
    ("followers", NumberField::Followers),
    ("likes", NumberField::Likes),
    ("reposts", NumberField::Reposts),
    ("replies", NumberField::Replies),
];

const LISTS: [(&str, ListField); ListField::COUNT] = [("links", ListField::Links), ("tags", ListField::Tags)];

type Batch = Resource<BatchHandle>;

pub(super) fn add(messages: &mut LinkerInstance<'_, Guest>) -> Result<()> {
    messages.resource("batch", ResourceType::host::<BatchHandle>(), |_, _| Ok(()))?;
    getter(messages, "len", |live| live.len() as u32)?;
    getter(messages, "seqs", Live::seqs)?;
    getter(messages, "times", Live::times)?;
    for (name, field) in TEXTS {
        getter(messages, name, move |live| match live.batch().text(field) {
            Some(_) => lent_texts(&live.text(field)),
            None => LentTexts::default(),
        })?;
    }
    for (name, field) in NUMBERS {
        getter(messages, name, move |live| match live.batch().number(field) {
            Some(_) => live.number(field),
            None => Arc::default(),
        })?;
    }
    for (name, field) in LISTS {
        getter(messages, name, move |live| match live.batch().list(field) {
            Some(_) => lent_lists(&live.list(field)),
            None => LentLists::default(),
        })?;
    }
    getter(messages, "attr-names", Live::attr_names)?;
    getter(messages, "scores", Live::scores)?;
    getter(messages, "labels", |live| lent_lists(&live.labels()))?;
    getter(messages, "whys", |live| lent_texts(&live.whys()))?;
    messages.func_wrap("[method]batch.attr", |store: Cx<'_>, (_, name): (Batch, String)| {
        Ok((lent_texts(&lent(&store)?.attr(&name)),))
    })?;
    messages.func_wrap("[method]batch.strings", |store: Cx<'_>, (_, name): (Batch, String)| {
        Ok((strings(lent(&store)?, &name),))
    })
}

/// A getter of what depends on the rows alone.
fn getter<R>(
    messages: &mut LinkerInstance<'_, Guest>,
    name: &str,
    get: impl Fn(&Live) -> R + Send + Sync + 'static,
) -> Result<()>
where
    R: ComponentType + Lower + 'static,
    (R,): ComponentNamedList,
{
    messages.func_wrap(&format!("[method]batch.{name}"), move |store: Cx<'_>, (_,): (Batch,)| {
        Ok((get(lent(&store)?),))
    })
}

/// The rows of this call.
fn lent<'a>(store: &'a Cx<'_>) -> Result<&'a Live> {
    let lent = store.data().lent.as_ref();
    lent.ok_or_else(|| Breach::Contract("it used a batch outside of the call that lent it".into()).into())
}

// A column that no row has crosses without its rows.

fn lent_texts(column: &TextColumn) -> LentTexts {
    let ends = if column.is_blank() { Arc::default() } else { Arc::clone(column.ends()) };
    LentTexts { bytes: Arc::clone(column.bytes()), ends }
}

fn lent_lists(column: &ListColumn) -> LentLists {
    let items = column.items();
    let rows = if items.is_empty() { Arc::default() } else { Arc::clone(column.rows()) };
    LentLists { bytes: Arc::clone(items.bytes()), ends: Arc::clone(items.ends()), rows }
}

fn strings(live: &Live, name: &str) -> Vec<String> {
    let column = TextField::by_name(name).map_or_else(|| live.attr(name), |field| live.text(field));
    column.iter().map(str::to_owned).collect()
}
