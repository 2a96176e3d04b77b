//! The simulated suppliers seen from outside, by plain HTTP: what the client crates rely on when they are tested against them.

mod aliexpress;
mod aliexpress_business;
mod catalog;
mod cj;
mod cj_limits;
mod cj_orders;
mod faults;
mod support;
