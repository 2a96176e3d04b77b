//! Medians, spreads, and what is said of the machine. Not for money: these are times and rates.

use std::time::Duration;

/// The middle of some figures; zero of none.
pub fn median(figures: &[f64]) -> f64 {
    share(figures, 0.5)
}

/// The figure that `part` of them do not exceed: 0.95 for p95.
pub fn share(figures: &[f64], part: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a short list"
    )]
    let place = (last as f64 * part).round() as usize;
    sorted.get(place).copied().unwrap_or(0.0)
}

/// Least and most.
pub fn spread(figures: &[f64]) -> (f64, f64) {
    (share(figures, 0.0), share(figures, 1.0))
}

/// The ratio of each pair: the middle, and how far they lie apart.
pub fn ratio(ours: &[f64], theirs: &[f64]) -> (f64, String) {
    let ratios: Vec<f64> = ours.iter().zip(theirs).map(|(a, b)| a / b).collect();
    let (least, most) = spread(&ratios);
    let middle = median(&ratios);
    (middle, format!("{middle:.2} ({least:.2}–{most:.2})"))
}

/// `61,652 rows/s`.
pub fn rate(rows_a_second: f64) -> String {
    format!("{} rows/s", grouped(rows_a_second))
}

/// A whole number with commas.
pub fn grouped(figure: f64) -> String {
    let digits = format!("{figure:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Rows a second.
#[expect(clippy::cast_precision_loss, reason = "far below 2^52 rows")]
pub fn a_second(rows: u64, took: Duration) -> f64 {
    rows as f64 / took.as_secs_f64().max(1e-9)
}

/// The most memory this process ever had in use, in KiB; `None` where the system does not tell (Linux does).
pub fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}

/// Seconds the processors spent in this process so far; `None` where the system does not tell (Linux does).
pub fn cpu() -> Option<f64> {
    // Hundredths of a second, in user and in system mode; what stands before is the name, in brackets.
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<f64>().ok();
    Some((next()? + next()?) / 100.0)
}

/// KiB as MiB.
#[expect(clippy::cast_precision_loss, reason = "memory is far below 2^52 KiB")]
pub fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}

/// Cores and what else is running: the reader should know how noisy it was.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<&str> = load.split(' ').take(3).collect();
    if load.len() == 3 {
        format!("machine: {cores} cores, load average {}", load.join(" "))
    } else {
        format!("machine: {cores} cores")
    }
}
