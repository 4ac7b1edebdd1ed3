//! The guest's side of [`export!`](crate::export): from the contract's columns to the core's types.

mod answers;
mod streams;

use std::sync::{Arc, Mutex, PoisonError};

use crible_core::{
    ConfigError, Deliveries, FilterPlugin, Lent, Occasion, Page, Rows, SinkPlugin, SourcePlugin, StageError,
    Verdicts,
};
pub use crible_wit::guest::imports::messages;
pub use crible_wit::guest::{filter, sink, source};

/// Where a component keeps its one stage.
pub struct Slot<P>(Mutex<Option<P>>);

impl<P> Slot<P> {
    /// A slot before `configure`.
    pub const fn new() -> Self {
        Self(Mutex::new(None))
    }

    fn with<T>(&self, work: impl FnOnce(&mut P) -> Result<T, StageError>) -> Result<T, String> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let stage = slot.as_mut().ok_or_else(|| "the stage was used before it was configured".to_owned())?;
        work(stage).map_err(|error| error.to_json())
    }

    fn fill(&self, made: Result<P, ConfigError>) -> Result<(), String> {
        let stage = made.map_err(|error| error.to_json())?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(stage);
        Ok(())
    }
}

/// The plugin's spec with its crate's version.
pub fn describe(spec: &str, version: &str) -> String {
    // Put in as text: reading the JSON would put a whole reader into each guest.
    match spec.split_once('{') {
        Some((_, rest)) => format!("{{\"version\":\"{version}\",{rest}"),
        None => spec.to_owned(),
    }
}

/// Have a panic tell the host what it says before the instance is gone.
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| crate::log::error(&panic.to_string())));
}

pub fn configure_source<P: SourcePlugin>(
    slot: &Slot<P>,
    config: &str,
    cursor: Option<Vec<u8>>,
) -> Result<(), String> {
    report_panics();
    slot.fill(P::configure(config, cursor.as_deref(), Arc::new(streams::HostStreams)))
}

pub fn configure_filter<P: FilterPlugin>(
    slot: &Slot<P>,
    config: &str,
    state: Option<Vec<u8>>,
) -> Result<(), String> {
    report_panics();
    slot.fill(P::configure(config, state.as_deref()))
}

pub fn configure_sink<P: SinkPlugin>(
    slot: &Slot<P>,
    config: &str,
    state: Option<Vec<u8>>,
) -> Result<(), String> {
    report_panics();
    slot.fill(P::configure(config, state.as_deref(), Arc::new(streams::HostStreams)))
}

pub fn read<P: SourcePlugin>(slot: &Slot<P>, max: u32, out: &messages::Page) -> Result<(), String> {
    let mut page = Page::default();
    slot.with(|source| source.read(max as usize, &mut page))?;
    answers::send_page(page, out);
    Ok(())
}

pub fn commit<P: SourcePlugin>(slot: &Slot<P>, cursor: &[u8]) -> Result<(), String> {
    slot.with(|source| source.commit(cursor))
}

pub fn judge<P: FilterPlugin>(
    slot: &Slot<P>,
    batch: &messages::Batch,
    out: &messages::Verdicts,
) -> Result<(), String> {
    let rows = Rows::new(Lent::new(batch));
    let mut verdicts = Verdicts::default();
    verdicts.start(rows.len());
    slot.with(|filter| filter.judge(&rows, &mut verdicts))?;
    answers::send_verdicts(verdicts, out);
    Ok(())
}

pub fn release<P: FilterPlugin>(
    slot: &Slot<P>,
    why: &str,
    now: i64,
    out: &messages::Verdicts,
) -> Result<(), String> {
    let occasion = if why == Occasion::End.name() { Occasion::End } else { Occasion::Tick };
    let mut verdicts = Verdicts::default();
    slot.with(|filter| filter.release(occasion, now, &mut verdicts))?;
    answers::send_verdicts(verdicts, out);
    Ok(())
}

pub fn snapshot<P: FilterPlugin>(slot: &Slot<P>) -> Result<Vec<u8>, String> {
    slot.with(P::snapshot)
}

pub fn write<P: SinkPlugin>(
    slot: &Slot<P>,
    batch: &messages::Batch,
    out: &messages::Deliveries,
) -> Result<(), String> {
    let rows = Rows::new(Lent::new(batch));
    let mut deliveries = Deliveries::default();
    deliveries.start(rows.len());
    slot.with(|sink| sink.write(&rows, &mut deliveries))?;
    answers::send_deliveries(deliveries, out);
    Ok(())
}

pub fn flush<P: SinkPlugin>(slot: &Slot<P>) -> Result<Vec<u8>, String> {
    slot.with(P::flush)
}

pub fn finish<P: SinkPlugin>(slot: &Slot<P>) -> Result<(), String> {
    slot.with(P::finish)
}

/// The component's exports for one plugin.
#[doc(hidden)]
#[macro_export]
macro_rules! export_guest {
    ($kind:ident : $plugin:ty) => {
        #[allow(unsafe_code)]
        const _: () = {
            use $crate::guest as glue;
            struct Component;
            static STAGE: glue::Slot<$plugin> = glue::Slot::new();
            $crate::export_guest_of!($kind, $plugin, Component, STAGE);
        };
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! export_guest_of {
    (source, $plugin:ty, $component:ident, $stage:ident) => {
        impl glue::source::Guest for $component {
            fn describe() -> String {
                glue::describe(<$plugin as $crate::Plugin>::SPEC, env!("CARGO_PKG_VERSION"))
            }
            fn configure(config: String, cursor: Option<Vec<u8>>) -> Result<(), String> {
                glue::configure_source(&$stage, &config, cursor)
            }
            fn read(max: u32, out: &glue::messages::Page) -> Result<(), String> {
                glue::read(&$stage, max, out)
            }
            fn commit(cursor: Vec<u8>) -> Result<(), String> {
                glue::commit(&$stage, &cursor)
            }
        }
        glue::source::export_source!($component with_types_in glue::source);
    };
    (filter, $plugin:ty, $component:ident, $stage:ident) => {
        impl glue::filter::Guest for $component {
            fn describe() -> String {
                glue::describe(<$plugin as $crate::Plugin>::SPEC, env!("CARGO_PKG_VERSION"))
            }
            fn configure(config: String, state: Option<Vec<u8>>) -> Result<(), String> {
                glue::configure_filter(&$stage, &config, state)
            }
            fn judge(batch: &glue::messages::Batch, out: &glue::messages::Verdicts) -> Result<(), String> {
                glue::judge(&$stage, batch, out)
            }
            fn release(why: String, now: i64, out: &glue::messages::Verdicts) -> Result<(), String> {
                glue::release(&$stage, &why, now, out)
            }
            fn snapshot() -> Result<Vec<u8>, String> {
                glue::snapshot(&$stage)
            }
        }
        glue::filter::export_filter!($component with_types_in glue::filter);
    };
    (sink, $plugin:ty, $component:ident, $stage:ident) => {
        impl glue::sink::Guest for $component {
            fn describe() -> String {
                glue::describe(<$plugin as $crate::Plugin>::SPEC, env!("CARGO_PKG_VERSION"))
            }
            fn configure(config: String, state: Option<Vec<u8>>) -> Result<(), String> {
                glue::configure_sink(&$stage, &config, state)
            }
            fn write(batch: &glue::messages::Batch, out: &glue::messages::Deliveries) -> Result<(), String> {
                glue::write(&$stage, batch, out)
            }
            fn flush() -> Result<Vec<u8>, String> {
                glue::flush(&$stage)
            }
            fn finish() -> Result<(), String> {
                glue::finish(&$stage)
            }
        }
        glue::sink::export_sink!($component with_types_in glue::sink);
    };
}
