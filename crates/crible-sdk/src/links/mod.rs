//! Web addresses: the sites that they are on, one form for all the ways to write one of them, and where they
//! stand in a text.

mod domains;
mod escapes;
mod find;
mod link;
mod query;
mod variants;

pub use domains::{Domains, domain};
pub use find::{addresses, breaks_off_in, find};
pub use link::{Link, is_home_page, names_page};
