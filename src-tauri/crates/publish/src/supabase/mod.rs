//! A shop's Supabase project: connected, given the secrets its functions need, its functions deployed and invoked.
//!
//! For shops that keep doing the sync in the cloud. The catalogue itself goes through `postgres`, because a project's database
//! is one. Not here: running the `supabase` program, which each host does in its own way.

mod api;
mod functions;
mod project;
mod secrets;

pub use functions::{
    Deployed, Deployment, EdgeFunction, Invoked, clean_line, deployment, invoke, write_sources,
};
pub use project::{Check, Function, Project, connect, forget, remembered};
pub use secrets::{Preview, SecretItem, Sent, preview, send};
