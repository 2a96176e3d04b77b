//! Files for shops, read back by a parser of their own and checked against what the platforms' documents ask for.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may end at once"
)]

mod catalogue;
mod ending;
mod parser;
mod selecting;
mod shopify;
mod woocommerce;
