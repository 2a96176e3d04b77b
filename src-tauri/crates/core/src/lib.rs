//! SmartLinks without a face: accounts, authorization, the vault, the catalogue, syncs and orders.
//!
//! A host (the window, the terminal, a test) opens a [`Shop`] with its [`ports`] and calls the use cases below. Nothing
//! here knows Tauri, reads the clock or the environment by itself, or prints. What a host shows is in [`views`], what can
//! go wrong in [`error`], and the sentences about it in [`words`].

pub mod accounts;
pub mod alerts;
pub mod authorization;
pub mod bindings;
pub mod catalog;
pub mod error;
pub mod export;
pub mod freight;
pub mod orders;
pub mod outbox;
pub mod ports;
pub mod pricing;
pub mod schedule;
mod shop;
mod store;
mod supplier;
pub mod support;
pub mod sync;
pub mod targets;
mod tokens;
pub mod vault;
pub mod views;
pub mod words;

pub use error::{Code, Error, Result};
pub use shop::{Config, Shop};
pub use tokens::{keep_fresh, refresh};
