//! The records of the contract as a host lowers and lifts them.
//!
//! They are written out rather than generated: a column that is behind an `Arc` is lowered from where it
//! lies, where the owned `String` of generated bindings would be one copy more for each guest.

use std::sync::Arc;

use wasmtime::component::{ComponentType, Lift, Lower};

/// `text-column`, lent to a guest.
#[derive(Clone, Debug, Default, ComponentType, Lower)]
#[component(record)]
pub struct LentTexts {
    /// All rows' texts.
    pub bytes: Arc<String>,
    /// Where each row's text ends.
    pub ends: Arc<Vec<u32>>,
}

/// `list-column`, lent to a guest.
#[derive(Clone, Debug, Default, ComponentType, Lower)]
#[component(record)]
pub struct LentLists {
    /// All items' texts.
    pub bytes: Arc<String>,
    /// Where each item ends.
    pub ends: Arc<Vec<u32>>,
    /// For each row, the number of items up to its last.
    pub rows: Arc<Vec<u32>>,
}

/// `text-column`, from a guest.
#[derive(Clone, Debug, ComponentType, Lift)]
#[component(record)]
pub struct TakenTexts {
    /// All rows' texts.
    pub bytes: String,
    /// Where each row's text ends.
    pub ends: Vec<u32>,
}

/// `list-column`, from a guest.
#[derive(Clone, Debug, ComponentType, Lift)]
#[component(record)]
pub struct TakenLists {
    /// All items' texts.
    pub bytes: String,
    /// Where each item ends.
    pub ends: Vec<u32>,
    /// For each row, the number of items up to its last.
    pub rows: Vec<u32>,
}
