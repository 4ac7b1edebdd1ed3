//! Between two runs: what a filter remembers is changed, by a reader's feedback or by starting it afresh.

use crible_core::StageError;

use crate::checkpoint::Store;
use crate::pipeline::Settings;
use crate::shared::RunError;
use crate::time::Timekeeper;

/// Change what the state of a pipeline remembers of a filter. `change` is given its snapshot, where there is
/// one, and the pipeline's clock in ms; it answers with the new one, none to start the filter afresh.
///
/// # Errors
/// Where there is no state, a run is using it, it cannot be read or written, or `change` fails.
pub fn amend(
    settings: &Settings,
    stage: &str,
    change: impl FnOnce(Option<&[u8]>, i64) -> Result<Option<Vec<u8>>, StageError>,
) -> Result<(), RunError> {
    let Some(folder) = &settings.state else {
        let error = RunError::whole("this pipeline remembers nothing from run to run");
        let hint = "add `state = \"state\"` to [pipeline], so that what it is taught lasts";
        return Err(RunError { hint: Some(hint.to_owned()), ..error });
    };
    let store = Store::open(folder)?;
    let remembered = store.load()?;
    let last = remembered.position.map_or(0, |position| position.now);
    let now = Timekeeper::new(settings.clock, last, None).now();
    let snapshot = remembered.filters.get(stage).map(Vec::as_slice);
    let changed = change(snapshot, now).map_err(|error| RunError::stage(stage, error))?;
    Ok(store.amend(stage, changed.as_deref())?)
}
