//! The two names of what a stage does: that of the config and that of the core.

use crible_core::Kind;

pub(crate) fn core_kind(kind: crible_config::Kind) -> Kind {
    match kind {
        crible_config::Kind::Source => Kind::Source,
        crible_config::Kind::Filter => Kind::Filter,
        crible_config::Kind::Sink => Kind::Sink,
    }
}

pub(crate) fn config_kind(kind: Kind) -> crible_config::Kind {
    match kind {
        Kind::Source => crible_config::Kind::Source,
        Kind::Filter => crible_config::Kind::Filter,
        Kind::Sink => crible_config::Kind::Sink,
    }
}
