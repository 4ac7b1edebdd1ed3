//! `logging`.

use wasmtime::component::LinkerInstance;
use wasmtime::{Result, StoreContextMut};

use crate::guest::Guest;

pub(super) fn add(logging: &mut LinkerInstance<'_, Guest>) -> Result<()> {
    logging.func_wrap("log", |store: StoreContextMut<'_, Guest>, (level, message): (u8, String)| {
        store.data().log.say(level, &message);
        Ok(())
    })
}
