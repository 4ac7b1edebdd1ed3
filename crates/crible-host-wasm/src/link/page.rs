//! `messages.page`: a source's answers, a setter a column.

use crible_core::{ListColumn, ListField, Malformed, Next, NumberField, TextField};
use crible_wit::host::{TakenLists, TakenTexts};
use wasmtime::Result;
use wasmtime::component::{LinkerInstance, Resource, ResourceType};

use super::answers::{Cx, no_column, size_of_texts, text_column};
use crate::fault::Breach;
use crate::guest::{Guest, PageHandle};

type Out = Resource<PageHandle>;

pub(super) fn add(messages: &mut LinkerInstance<'_, Guest>) -> Result<()> {
    messages.resource("page", ResourceType::host::<PageHandle>(), |_, _| Ok(()))?;
    messages.func_wrap("[method]page.texts", texts)?;
    messages.func_wrap("[method]page.numbers", numbers)?;
    messages.func_wrap("[method]page.lists", lists)?;
    messages.func_wrap("[method]page.attr", attr)?;
    messages.func_wrap("[method]page.malformed", malformed)?;
    messages.func_wrap("[method]page.cursor", |mut store: Cx<'_>, (_, of): (Out, Vec<u8>)| {
        let guest = store.data_mut();
        guest.answer.spend(of.len())?;
        guest.sheet.cursor = Some(of);
        Ok(())
    })?;
    messages.func_wrap("[method]page.idle", |mut store: Cx<'_>, (_, ms): (Out, u32)| {
        store.data_mut().sheet.next = Next::Idle(ms);
        Ok(())
    })?;
    messages.func_wrap("[method]page.end", |mut store: Cx<'_>, (_,): (Out,)| {
        store.data_mut().sheet.next = Next::End;
        Ok(())
    })
}

fn texts(mut store: Cx<'_>, (_, field, column): (Out, String, TakenTexts)) -> Result<()> {
    let guest = store.data_mut();
    let known = TextField::by_name(&field).ok_or_else(|| no_field(&field, "text"))?;
    let column = text_column(&mut guest.answer, &field, column)?;
    guest.sheet.texts.push((known, column));
    Ok(())
}

fn numbers(mut store: Cx<'_>, (_, field, column): (Out, String, Vec<i64>)) -> Result<()> {
    let guest = store.data_mut();
    guest.answer.spend(8 * column.len())?;
    // The contract calls it `created`, as its getter; the core's name is taken too.
    let name = if field == "created" { NumberField::CreatedAt.name() } else { &field };
    let known = NumberField::by_name(name).ok_or_else(|| no_field(&field, "number"))?;
    guest.sheet.numbers.push((known, column));
    Ok(())
}

fn lists(mut store: Cx<'_>, (_, field, column): (Out, String, TakenLists)) -> Result<()> {
    let guest = store.data_mut();
    let known = ListField::by_name(&field).ok_or_else(|| no_field(&field, "list"))?;
    let TakenLists { bytes, ends, rows } = column;
    guest.answer.spend(4 * rows.len())?;
    let items = text_column(&mut guest.answer, &field, TakenTexts { bytes, ends })?;
    let column = ListColumn::new(items, rows).map_err(|error| no_column(&field, &error))?;
    guest.sheet.lists.push((known, column));
    Ok(())
}

fn attr(mut store: Cx<'_>, (_, name, column): (Out, String, TakenTexts)) -> Result<()> {
    let guest = store.data_mut();
    guest.answer.spend(name.len())?;
    let column = text_column(&mut guest.answer, &name, column)?;
    guest.sheet.attrs.push((name, column));
    Ok(())
}

type NotMessages = (Out, Vec<String>, Vec<String>, Vec<String>);

fn malformed(mut store: Cx<'_>, (_, places, raws, whys): NotMessages) -> Result<()> {
    let guest = store.data_mut();
    guest.answer.spend(size_of_texts(&places) + size_of_texts(&raws) + size_of_texts(&whys))?;
    if places.len() != raws.len() || places.len() != whys.len() {
        let what = "it answered with malformed messages whose places, texts and reasons differ in number";
        return Err(Breach::Contract(what.into()).into());
    }
    let all = places.into_iter().zip(raws).zip(whys);
    guest.sheet.malformed.extend(all.map(|((place, raw), why)| Malformed { place, raw, why }));
    Ok(())
}

fn no_field(field: &str, kind: &str) -> wasmtime::Error {
    let what =
        format!("it set `{field}`, which is no {kind} field of a message; free attributes have `attr`");
    Breach::Contract(what).into()
}
