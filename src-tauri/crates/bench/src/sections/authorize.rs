//! From the redirect to the account: what an owner waits for after saying yes, without the network's part.

use crate::child::{Suppliers, ask};
use crate::numbers::{median, share};
use crate::table::{Line, Target};
use crate::{Outcome, Plan};

/// Milliseconds.
const MOST: f64 = 100.0;

pub fn run(_: &Plan) -> Outcome<Vec<Line>> {
    let suppliers = Suppliers::start(100, 0)?;
    let took: Vec<f64> = ask("authorize", &[&suppliers.aliexpress])?;
    let (middle, high) = (median(&took), share(&took, 0.95));
    Ok(vec![Line {
        section: "authorize",
        what: format!("redirect received to account shown, {} times", took.len()),
        ours: format!("p50 {middle:.1} ms"),
        beside: String::new(),
        figure: format!("p95 {high:.1} ms"),
        target: Target::most(high, MOST, " ms"),
    }])
}
