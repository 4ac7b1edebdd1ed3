//! A plugin that was loaded: what it says of itself, and the stages that are made of it.

use std::fmt;
use std::sync::{Arc, OnceLock};

use crible_core::{ConfigError, Filter, Kind, Sink, Source, Spec, StageError, Streams};
use wasmtime::component::{Component, InstancePre};

use crate::exports;
use crate::fault::with_mend;
use crate::filter::WasmFilter;
use crate::guest::Guest;
use crate::host::WasmHost;
use crate::imports::{self, Inspection};
use crate::instance::Instance;
use crate::limits::StageOptions;
use crate::load_error::LoadError;
use crate::log::Logs;
use crate::sink::WasmSink;
use crate::source::WasmSource;

/// A plugin that was loaded. Cloning one shares it.
#[derive(Clone)]
pub struct Plugin(Arc<Loaded>);

struct Loaded {
    host: WasmHost,
    name: String,
    bytes: Vec<u8>,
    inspection: Inspection,
    interruptible: InstancePre<Guest>,
    trusted: OnceLock<InstancePre<Guest>>,
    logs: Logs,
}

/// Why a stage could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigureError {
    /// The plugin refuses its config.
    Config(ConfigError),
    /// The plugin cannot run.
    Stage(StageError),
}

impl fmt::Display for ConfigureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Stage(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ConfigureError {}

impl From<ConfigError> for ConfigureError {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<StageError> for ConfigureError {
    fn from(error: StageError) -> Self {
        Self::Stage(error)
    }
}

impl Plugin {
    pub(crate) fn load(host: WasmHost, name: &str, bytes: &[u8]) -> Result<Self, LoadError> {
        check_header(bytes)?;
        let (inspection, interruptible) = compile(&host, bytes, true)?;
        let (name, bytes) = (name.to_owned(), bytes.to_vec());
        let (trusted, logs) = (OnceLock::new(), Logs::default());
        Ok(Self(Arc::new(Loaded { host, name, bytes, inspection, interruptible, trusted, logs })))
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.0.inspection.kind
    }

    /// What it can do, as far as its imports tell.
    pub fn inspect(&self) -> &Inspection {
        &self.0.inspection
    }

    /// What it says of itself. It runs for that, within the default limits.
    ///
    /// # Errors
    /// A fault where it cannot run or what it says cannot be read.
    pub fn spec(&self) -> Result<Spec, StageError> {
        let stage = StageOptions::named(self.name());
        let log = self.0.logs.of(&stage);
        let mut instance = Instance::start(&self.0.host, &self.0.interruptible, &stage.limits, log, None)?;
        let describe = instance.export::<(), (String,)>("describe")?;
        let spec = instance.call(describe, ())?;
        Spec::from_json(&spec).map_err(|message| with_mend(StageError::fault(message)))
    }

    /// Make a source that resumes at a cursor.
    ///
    /// # Errors
    /// Where the plugin refuses its config, or cannot run.
    pub fn source(
        &self,
        stage: &StageOptions,
        config: &str,
        cursor: Option<&[u8]>,
        streams: Arc<dyn Streams>,
    ) -> Result<Box<dyn Source>, ConfigureError> {
        let instance = self.configured(Kind::Source, stage, config, cursor, Some(streams))?;
        Ok(Box::new(WasmSource::new(instance)?))
    }

    /// Make a filter as it was when it made a snapshot.
    ///
    /// # Errors
    /// Where the plugin refuses its config, or cannot run.
    pub fn filter(
        &self,
        stage: &StageOptions,
        config: &str,
        state: Option<&[u8]>,
    ) -> Result<Box<dyn Filter>, ConfigureError> {
        let instance = self.configured(Kind::Filter, stage, config, state, None)?;
        Ok(Box::new(WasmFilter::new(instance)?))
    }

    /// Make a sink as it was at a flush.
    ///
    /// # Errors
    /// Where the plugin refuses its config, or cannot run.
    pub fn sink(
        &self,
        stage: &StageOptions,
        config: &str,
        state: Option<&[u8]>,
        streams: Arc<dyn Streams>,
    ) -> Result<Box<dyn Sink>, ConfigureError> {
        let instance = self.configured(Kind::Sink, stage, config, state, Some(streams))?;
        Ok(Box::new(WasmSink::new(instance)?))
    }

    fn configured(
        &self,
        kind: Kind,
        stage: &StageOptions,
        config: &str,
        resume: Option<&[u8]>,
        streams: Option<Arc<dyn Streams>>,
    ) -> Result<Instance, ConfigureError> {
        if kind != self.kind() {
            let message = format!("`{}` is a {}, not a {kind}", self.name(), self.kind());
            return Err(StageError::fatal(message).into());
        }
        let code = self.code(stage.limits.interrupt)?;
        let log = self.0.logs.of(stage);
        let mut instance = Instance::start(&self.0.host, code, &stage.limits, log, streams)?;
        let configure = instance.export::<(&str, Option<&[u8]>), (Result<(), String>,)>("configure")?;
        match instance.call(configure, (config, resume))? {
            Ok(()) => Ok(instance),
            Err(error) => Err(ConfigureError::Config(ConfigError::from_json(&error))),
        }
    }

    /// Its code for the runtime that a stage is to run in.
    fn code(&self, interrupt: bool) -> Result<&InstancePre<Guest>, StageError> {
        if interrupt {
            return Ok(&self.0.interruptible);
        }
        if let Some(code) = self.0.trusted.get() {
            return Ok(code);
        }
        let (_, code) = compile(&self.0.host, &self.0.bytes, false)
            .map_err(|error| StageError::fatal(error.message()))?;
        Ok(self.0.trusted.get_or_init(|| code))
    }
}

const MAGIC: &[u8] = b"\0asm";
const CORE_MODULE: &[u8] = &[1, 0, 0, 0];

/// Tell what is no component at all before the compiler does, in its words.
fn check_header(bytes: &[u8]) -> Result<(), LoadError> {
    match bytes.strip_prefix(MAGIC) {
        None => Err(LoadError::NotWasm { starts: beginning(bytes) }),
        Some(rest) if rest.starts_with(CORE_MODULE) => Err(LoadError::CoreModule),
        Some(_) => Ok(()),
    }
}

/// What a file starts with, as text where it is one.
fn beginning(bytes: &[u8]) -> String {
    let first = &bytes[..bytes.len().min(24)];
    let text = String::from_utf8_lossy(first);
    let line = text.lines().next().unwrap_or_default().trim_end_matches('\u{fffd}');
    if first.is_empty() {
        String::new()
    } else if !line.is_empty() && !line.chars().any(char::is_control) && !line.contains('\u{fffd}') {
        format!("“{line}”")
    } else {
        let hex: Vec<String> = first.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("the bytes {}", hex.join(" "))
    }
}

fn compile(
    host: &WasmHost,
    bytes: &[u8],
    interrupt: bool,
) -> Result<(Inspection, InstancePre<Guest>), LoadError> {
    let runtime = host.runtime(interrupt)?;
    let engine = &runtime.engine;
    let component = Component::from_binary(engine, bytes)
        .map_err(|error| LoadError::Broken { why: format!("{error:#}") })?;
    let found = component.component_type();
    imports::contract(engine, &found)?;
    let kind = exports::kind(engine, &found)?;
    imports::check(engine, &found, kind)?;
    let linker = runtime.linker(kind);
    let mismatch = |error: wasmtime::Error| {
        // The context names the interface, the causes what of it does not fit.
        let causes: Vec<String> = error.chain().skip(1).map(ToString::to_string).collect();
        let name = error.to_string().split('`').nth(1).unwrap_or("an interface").to_owned();
        LoadError::Import { name, why: causes.join(": ") }
    };
    let code = linker.instantiate_pre(&component).map_err(mismatch)?;
    let substituted = linker.substituted_component_type(&component).map_err(mismatch)?;
    exports::check_types(engine, &substituted, kind)?;
    Ok((imports::inspect(engine, &found, kind, bytes.len())?, code))
}
