//! The catalogue in a Postgres database: a schema of our own, filled by what changed, for a shop to read.
//!
//! Postgres, Supabase, Neon, Citus and CockroachDB speak the same protocol, so the SQL here stays plain where that is cheap.
//! Where a publish stands is kept in the database itself, in the same transaction as the rows it stands for: a publish that is
//! cut anywhere goes on at the next start, and one that is repeated changes nothing. Not here: what a shop does with it.

mod address;
mod batch;
mod connection;
mod error;
mod lease;
mod publish;
mod rows;
mod schema;
mod target;

pub use address::{Address, Given, Tls};
pub use publish::{Options, publish, publish_until};
pub use schema::LATEST;
pub use smartlinks_core::views::{Published, PublishedAccount};
pub use target::{Check, connect, forget, remembered, test};

/// Run once by the owner of the database: a role that can fill the schema `smartlinks` and nothing else.
#[must_use]
pub fn role_script() -> &'static str {
    include_str!("sql/role.sql")
}

/// An example of row-level security for Supabase, where the schema's views shall be readable from a browser.
#[must_use]
pub fn row_level_security_example() -> &'static str {
    include_str!("sql/row_level_security.sql")
}
