//! What the window may ask, one file a tab. Bodies are adapters of a few lines: the use cases and rules are the core's.

pub mod authentication;
pub mod export;
pub mod orders;
pub mod overview;
pub mod products;
pub mod searches;
pub mod settings;
pub mod shop;
pub mod watching;
