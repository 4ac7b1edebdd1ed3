//! What a user relies on, the laws, and whether it works for real authors.

#![allow(clippy::unwrap_used)]

mod behaviour;
mod laws;
mod real_authors;
mod stream;
