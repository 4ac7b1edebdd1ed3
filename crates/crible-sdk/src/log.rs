//! A log that reaches the host's own, under the stage's name.

/// Something is wrong.
pub fn error(message: &str) {
    write(1, message);
}

/// Something may be wrong.
pub fn warn(message: &str) {
    write(2, message);
}

/// Something worth knowing.
pub fn info(message: &str) {
    write(3, message);
}

/// Something for whoever looks for a mistake.
pub fn debug(message: &str) {
    write(4, message);
}

#[cfg(target_family = "wasm")]
fn write(level: u8, message: &str) {
    crible_wit::guest::imports::logging::log(level, message);
}

#[cfg(not(target_family = "wasm"))]
fn write(level: u8, message: &str) {
    match level {
        1 => tracing::error!("{message}"),
        2 => tracing::warn!("{message}"),
        3 => tracing::info!("{message}"),
        _ => tracing::debug!("{message}"),
    }
}
