//! Out of the catalogue, into the shop: what SmartLinks hands on, and how it does so safely.
//!
//! Each module is one way out. Reading the catalogue is the core's; what can go wrong are the core's errors.

pub mod bindings;
pub mod postgres;
pub mod supabase;
