//! The smallest Tauri window with a React page: what a start and the memory of SmartLinks are measured beside.
//!
//! An example of the desktop package, so that it has the very same Tauri, built the very same way. It does nothing but say when
//! its page was painted. Never shipped: `cargo xtask bench window` builds it.

/// `NAME NS`, as the window of SmartLinks says it; `ago` is in milliseconds.
#[tauri::command]
fn bench_line(name: &str, ago: f64) {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    let now = time.tv_sec as f64 * 1e9 + time.tv_nsec as f64;
    println!("{name} {:.0}", now - ago * 1e6);
}

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![bench_line])
        .run(tauri::generate_context!(
            "src-tauri/crates/bench/smallest/tauri.conf.json"
        ))
}
