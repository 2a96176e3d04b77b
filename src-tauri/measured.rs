//! What the window tells a benchmark: lines on standard output, `NAME NS [JSON]`, and only when `SMARTLINKS_BENCH` is set.
//!
//! NS is CLOCK_MONOTONIC in nanoseconds, which a driver on the same computer can read too. The page measures by its own clock
//! and says how long ago something was, so that the way here costs nothing. What is played is in `ui/src/bench`.

use serde_json::Value;
use tauri::Runtime;
use tauri::plugin::{Builder, TauriPlugin};

/// Tells the page what to play: `start` says when the first script ran and when something was painted, `tour` goes on to
/// switch tabs, type and scroll.
pub fn plugin<R: Runtime>(play: &str) -> TauriPlugin<R> {
    let play = Value::String(play.to_owned());
    Builder::new("smartlinks-bench")
        .js_init_script(format!("window.__SMARTLINKS_BENCH__ = {play};"))
        .build()
}

/// One line for the benchmark.
pub fn say(name: &str, ago_ms: f64, facts: Option<&Value>) {
    let at = now().saturating_sub(nanoseconds(ago_ms));
    match facts {
        Some(facts) => println!("{name} {at} {facts}"),
        None => println!("{name} {at}"),
    }
}

fn nanoseconds(ms: f64) -> u64 {
    (ms.max(0.0) * 1e6) as u64
}

#[cfg(unix)]
fn now() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    let (seconds, rest) = (time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs());
    seconds * 1_000_000_000 + rest
}

/// The benchmark runs on Linux; elsewhere the lines are in order, and that is all.
#[cfg(not(unix))]
fn now() -> u64 {
    0
}
