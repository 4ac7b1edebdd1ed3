//! `messages.verdicts`: a filter's answers, a setter a column.

use crible_core::{Index, Notes, TextField, Verdicts};
use crible_wit::host::TakenTexts;
use wasmtime::Result;
use wasmtime::component::{LinkerInstance, Resource, ResourceType};

use super::answers::{Cx, IndexOf, index, text_column};
use crate::fault::Breach;
use crate::guest::{Allowance, Guest, VerdictsHandle};

type Out = Resource<VerdictsHandle>;

pub(super) fn add(messages: &mut LinkerInstance<'_, Guest>) -> Result<()> {
    messages.resource("verdicts", ResourceType::host::<VerdictsHandle>(), |_, _| Ok(()))?;
    messages.func_wrap("[method]verdicts.outcomes", |mut store: Cx<'_>, (_, of): (Out, Vec<u8>)| {
        let guest = store.data_mut();
        guest.answer.spend(of.len())?;
        guest.verdicts.verdicts = of;
        Ok(())
    })?;
    messages.func_wrap("[method]verdicts.scores", |mut store: Cx<'_>, (_, of): (Out, Vec<f32>)| {
        let guest = store.data_mut();
        guest.answer.spend(4 * of.len())?;
        guest.verdicts.scores = of;
        Ok(())
    })?;
    index_setter(messages, "reasons", |verdicts| &mut verdicts.reasons)?;
    abouts_setter(messages, "abouts", |verdicts| &mut verdicts.abouts)?;
    index_setter(messages, "release-reasons", |verdicts| &mut verdicts.release.reasons)?;
    abouts_setter(messages, "release-abouts", |verdicts| &mut verdicts.release.abouts)?;
    messages.func_wrap("[method]verdicts.labels", labels)?;
    messages.func_wrap("[method]verdicts.set", set)?;
    messages.func_wrap("[method]verdicts.release", release)
}

fn index_setter(
    messages: &mut LinkerInstance<'_, Guest>,
    name: &str,
    column: fn(&mut Verdicts) -> &mut Index,
) -> Result<()> {
    let name = format!("[method]verdicts.{name}");
    messages.func_wrap(&name, move |mut store: Cx<'_>, (_, table, of): IndexOf<VerdictsHandle>| {
        let guest = store.data_mut();
        *column(&mut guest.verdicts) = index(&mut guest.answer, table, of)?;
        Ok(())
    })
}

type Abouts = (Out, TakenTexts, Vec<u16>);

fn abouts_setter(
    messages: &mut LinkerInstance<'_, Guest>,
    name: &str,
    column: fn(&mut Verdicts) -> &mut Index,
) -> Result<()> {
    let name = format!("[method]verdicts.{name}");
    messages.func_wrap(&name, move |mut store: Cx<'_>, (_, table, of): Abouts| {
        let guest = store.data_mut();
        guest.answer.spend(2 * of.len())?;
        let table = text_column(&mut guest.answer, "abouts", table)?.into();
        *column(&mut guest.verdicts) = Index { table, of };
        Ok(())
    })
}

type Labels = (Out, TakenTexts, Vec<u32>, Vec<u16>);

fn labels(mut store: Cx<'_>, (_, table, rows, of): Labels) -> Result<()> {
    let guest = store.data_mut();
    guest.verdicts.labels = notes(&mut guest.answer, "labels", table, rows, of)?;
    Ok(())
}

type Set = (Out, String, TakenTexts, Vec<u32>, Vec<u16>);

fn set(mut store: Cx<'_>, (_, name, table, rows, of): Set) -> Result<()> {
    let guest = store.data_mut();
    let Some(field) = TextField::by_name(&name) else {
        let what = format!("it set `{name}`, which is no text field of a message");
        return Err(Breach::Contract(what).into());
    };
    let values = notes(&mut guest.answer, field.name(), table, rows, of)?;
    let sets = &mut guest.verdicts.sets;
    sets.retain(|(of, _)| *of != field);
    sets.push((field, values));
    Ok(())
}

fn notes(
    answer: &mut Allowance,
    what: &str,
    table: TakenTexts,
    rows: Vec<u32>,
    of: Vec<u16>,
) -> Result<Notes> {
    answer.spend(4 * rows.len() + 2 * of.len())?;
    let table = text_column(answer, what, table)?.into();
    Ok(Notes { rows, of: Index { table, of } })
}

fn release(mut store: Cx<'_>, (_, seqs, of, scores): (Out, Vec<u64>, Vec<u8>, Vec<f32>)) -> Result<()> {
    let guest = store.data_mut();
    guest.answer.spend(8 * seqs.len() + of.len() + 4 * scores.len())?;
    let release = &mut guest.verdicts.release;
    (release.seqs, release.verdicts, release.scores) = (seqs, of, scores);
    Ok(())
}
