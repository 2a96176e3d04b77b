//! Out of the catalogue, on to the shop.
//!
//! Everything here reads what `core` keeps and hands it on; nothing here changes the catalogue or speaks to a supplier.
//! What can go wrong has the core's codes and sentences.

pub mod bindings;
pub mod csv;
pub mod postgres;
pub mod supabase;

pub use smartlinks_core::{Code, Error, Result};
