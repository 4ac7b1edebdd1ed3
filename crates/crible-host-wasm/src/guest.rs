//! What the host keeps for one guest: what it lends, what it is answered, and what the guest may use.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crible_core::{Deliveries, Input, Live, Output, Streams, Verdicts};
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{Deterministic, HostMonotonicClock, HostWallClock};
use wasmtime_wasi::{WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView};

use crate::fault::Breach;
use crate::limits::Limits;
use crate::log::Log;
use crate::memory::Memory;
use crate::output;
use crate::sheet::Sheet;

/// How many files a guest may have open, and other things of the host.
const HANDLES: usize = 1024;

/// What the host keeps for one guest.
///
/// There is one batch and one answer a call, so that their handles need no table: a handle of the right
/// type can only be that of the call.
pub(crate) struct Guest {
    /// The rows that the guest judges or delivers, during the call.
    pub(crate) lent: Option<Live>,
    pub(crate) verdicts: Verdicts,
    pub(crate) deliveries: Deliveries,
    pub(crate) sheet: Sheet,
    pub(crate) answer: Allowance,
    pub(crate) log: Log,
    pub(crate) memory: Memory,
    pub(crate) watch: Watch,
    pub(crate) streams: Option<Arc<dyn Streams>>,
    pub(crate) table: ResourceTable,
    wasi: WasiCtx,
}

/// The handle of the lent rows.
pub(crate) struct BatchHandle;
/// The handle of a filter's answers.
pub(crate) struct VerdictsHandle;
/// The handle of a sink's answers.
pub(crate) struct DeliveriesHandle;
/// The handle of a source's answers.
pub(crate) struct PageHandle;
/// Something to read, in the table.
pub(crate) struct InputHandle(pub(crate) Box<dyn Input>);
/// Something to write, in the table.
pub(crate) struct OutputHandle(pub(crate) Box<dyn Output>);

impl Guest {
    pub(crate) fn new(limits: &Limits, log: Log, streams: Option<Arc<dyn Streams>>) -> Self {
        let mut table = ResourceTable::new();
        table.set_max_capacity(HANDLES);
        Self {
            lent: None,
            verdicts: Verdicts::default(),
            deliveries: Deliveries::default(),
            sheet: Sheet::default(),
            answer: Allowance { limit: limits.answer, used: 0 },
            memory: Memory::new(limits.memory),
            watch: Watch { limit: limits.time, started: Instant::now(), hosted: Duration::ZERO },
            streams,
            table,
            wasi: nothing_granted(&log),
            log,
        }
    }

    /// Another call begins.
    pub(crate) fn begin(&mut self) {
        self.answer.used = 0;
        self.memory.refused = false;
        self.watch.started = Instant::now();
        self.watch.hosted = Duration::ZERO;
        self.log.begin();
    }
}

impl WasiView for Guest {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

/// How many bytes a guest may still answer with in this call.
pub(crate) struct Allowance {
    limit: u64,
    used: u64,
}

impl Allowance {
    pub(crate) fn spend(&mut self, bytes: usize) -> Result<(), Breach> {
        self.used = self.used.saturating_add(bytes as u64);
        if self.used > self.limit { Err(Breach::Answer) } else { Ok(()) }
    }
}

/// How long a call has taken.
pub(crate) struct Watch {
    limit: Duration,
    started: Instant,
    hosted: Duration,
}

impl Watch {
    /// What is left of the time of this call; none where it is over.
    pub(crate) fn left(&self) -> Option<Duration> {
        let left = (self.limit + self.hosted).saturating_sub(self.started.elapsed());
        (!left.is_zero()).then_some(left)
    }

    /// Time that the host took, such as waiting for a pipe: it is not the guest's.
    pub(crate) fn excuse(&mut self, time: Duration) {
        self.hosted += time;
    }
}

/// WASI for guests that cannot start without it: no files, no network, no environment, and neither a
/// clock nor chance, since the same messages must give the same verdicts.
fn nothing_granted(log: &Log) -> WasiCtx {
    WasiCtxBuilder::new()
        .stdout(output::Output::standard(log.clone()))
        .stderr(output::Output::error(log.clone()))
        .secure_random(Deterministic::new(CHANCE.to_vec()))
        .insecure_random(Deterministic::new(CHANCE.to_vec()))
        .insecure_random_seed(0)
        .wall_clock(StoppedClock)
        .monotonic_clock(StoppedClock)
        .allow_tcp(false)
        .allow_udp(false)
        .allow_ip_name_lookup(false)
        .build()
}

const CHANCE: [u8; 16] = *b"no chance at all";

struct StoppedClock;

impl HostWallClock for StoppedClock {
    fn resolution(&self) -> Duration {
        Duration::from_millis(1)
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

impl HostMonotonicClock for StoppedClock {
    fn resolution(&self) -> u64 {
        1_000_000
    }

    fn now(&self) -> u64 {
        0
    }
}
