//! One running guest.

use std::sync::Arc;

use crible_core::{StageError, Streams};
use wasmtime::component::{ComponentNamedList, InstancePre, Lift, Lower, TypedFunc};
use wasmtime::{Store, StoreContextMut, UpdateDeadline};

use crate::fault::{Breach, fault, with_mend};
use crate::guest::Guest;
use crate::host::WasmHost;
use crate::limits::Limits;
use crate::log::Log;
use crate::ticker::ticks;

/// One running guest. After a fault it is never entered again.
pub(crate) struct Instance {
    store: Store<Guest>,
    instance: wasmtime::component::Instance,
    limits: Limits,
    gone: Option<StageError>,
    // While an instance lives, the clock that interrupts it must tick.
    _host: WasmHost,
}

impl Instance {
    /// Start a guest.
    ///
    /// # Errors
    /// A fault where it cannot even start.
    pub(crate) fn start(
        host: &WasmHost,
        code: &InstancePre<Guest>,
        limits: &Limits,
        log: Log,
        streams: Option<Arc<dyn Streams>>,
    ) -> Result<Self, StageError> {
        let limits = limits.clone();
        let mut store = Store::new(code.engine(), Guest::new(&limits, log, streams));
        store.limiter(|guest| &mut guest.memory);
        // One string may be named many times in an answer: no call hands over more than fits into the
        // guest's memory.
        store.set_hostcall_fuel(usize::try_from(limits.memory).unwrap_or(usize::MAX));
        if limits.interrupt {
            store.epoch_deadline_callback(overtime);
            store.set_epoch_deadline(ticks(limits.time));
        }
        match code.instantiate(&mut store) {
            Ok(instance) => Ok(Self { store, instance, limits, gone: None, _host: host.clone() }),
            Err(error) => Err(fault(&error, store.data(), &limits)),
        }
    }

    /// What the host keeps for it.
    pub(crate) fn guest(&mut self) -> &mut Guest {
        self.store.data_mut()
    }

    /// An export.
    ///
    /// # Errors
    /// A fault where there is none of this type; loading has checked that there is.
    pub(crate) fn export<P, R>(&mut self, name: &str) -> Result<TypedFunc<P, R>, StageError>
    where
        P: ComponentNamedList + Lower,
        R: ComponentNamedList + Lift,
    {
        self.instance
            .get_typed_func(&mut self.store, name)
            .map_err(|error| StageError::fault(format!("its `{name}` cannot be called: {error:#}")))
    }

    /// Call an export.
    ///
    /// # Errors
    /// A fault, this one's or that of an earlier call.
    pub(crate) fn call<P, R>(&mut self, func: TypedFunc<P, (R,)>, params: P) -> Result<R, StageError>
    where
        P: ComponentNamedList + Lower,
        (R,): ComponentNamedList + Lift,
    {
        if let Some(gone) = &self.gone {
            return Err(gone.clone());
        }
        self.store.data_mut().begin();
        if self.limits.interrupt {
            self.store.set_epoch_deadline(ticks(self.limits.time));
        }
        match func.call(&mut self.store, params) {
            Ok((answer,)) => Ok(answer),
            Err(error) => {
                let fault = fault(&error, self.store.data(), &self.limits);
                Err(self.give_up(fault))
            }
        }
    }

    /// Call an export that may answer with an error of the guest's own.
    ///
    /// # Errors
    /// That error, or a fault.
    pub(crate) fn work<P, R>(
        &mut self,
        func: TypedFunc<P, (Result<R, String>,)>,
        params: P,
    ) -> Result<R, StageError>
    where
        P: ComponentNamedList + Lower,
        R: 'static,
        (Result<R, String>,): ComponentNamedList + Lift,
    {
        self.call(func, params)?.map_err(|error| StageError::from_json(&error))
    }

    /// Hold what a guest answered against the contract; one that broke it is gone.
    ///
    /// # Errors
    /// The fault.
    pub(crate) fn hold_to<T>(&mut self, checked: Result<T, StageError>) -> Result<T, StageError> {
        checked.map_err(|fault| self.give_up(with_mend(fault)))
    }

    fn give_up(&mut self, fault: StageError) -> StageError {
        self.gone = Some(fault.clone());
        fault
    }
}

/// The deadline has come; it moves by the time that the host itself took.
fn overtime(store: StoreContextMut<'_, Guest>) -> wasmtime::Result<UpdateDeadline> {
    match store.data().watch.left() {
        Some(left) => Ok(UpdateDeadline::Continue(ticks(left))),
        None => Err(Breach::Time.into()),
    }
}
