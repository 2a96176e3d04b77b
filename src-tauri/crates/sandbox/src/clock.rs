//! The time the simulated suppliers live in: the caller's clock plus an offset that [`Control::advance`](crate::Control::advance)
//! moves, so that a test reaches the day a token dies without waiting for it. Nothing else in this crate asks what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// Where the sandbox takes the time from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The operating system's clock: what a sandbox runs on unless it is given another.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place of this crate where real time comes in"
)]
pub fn system() -> Clock {
    Arc::new(Timestamp::now)
}

/// The caller's clock, moved forward by what was asked for.
pub(crate) struct SandboxClock {
    source: Clock,
    started: Instant,
    /// Whether [`SandboxClock::elapsed_ms`] follows `source` too.
    only: bool,
    ahead_ms: AtomicI64,
}

impl SandboxClock {
    pub(crate) fn new(source: Clock, only: bool) -> Self {
        Self {
            source,
            only,
            started: Instant::now(),
            ahead_ms: AtomicI64::new(0),
        }
    }

    pub(crate) fn advance(&self, by: Duration) {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX / 4);
        self.ahead_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// Milliseconds since 1970, which is what tokens and windows are counted in.
    pub(crate) fn now_ms(&self) -> i64 {
        (self.source)()
            .as_millisecond()
            .saturating_add(self.ahead_ms.load(Ordering::SeqCst))
    }

    pub(crate) fn now(&self) -> Timestamp {
        at(self.now_ms())
    }

    /// Milliseconds that really passed since the start, plus what was skipped. The requests-per-second windows use this one:
    /// a client paces itself by real time even where a test holds the calendar still.
    pub(crate) fn elapsed_ms(&self) -> i64 {
        if self.only {
            return self.now_ms();
        }
        let real = i64::try_from(self.started.elapsed().as_millis()).unwrap_or(i64::MAX / 4);
        real.saturating_add(self.ahead_ms.load(Ordering::SeqCst))
    }
}

/// A point in time from milliseconds; what lies outside the calendar becomes its nearest end.
pub(crate) fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(if ms < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

/// `2026-03-01T10:20:30+08:00`: the form of CJ's token dates (observed live), always Chinese time.
pub(crate) fn chinese_time(ms: i64) -> String {
    Offset::constant(8)
        .to_datetime(at(ms))
        .strftime("%Y-%m-%dT%H:%M:%S+08:00")
        .to_string()
}

/// `2026-09-15 07:00:00`: the form of the order dates of both suppliers, in UTC.
pub(crate) fn plain_utc(ms: i64) -> String {
    Offset::UTC
        .to_datetime(at(ms))
        .strftime("%Y-%m-%d %H:%M:%S")
        .to_string()
}

/// Reads `yyyy-MM-dd HH:mm:ss` as UTC milliseconds; anything else is none.
pub(crate) fn parse_plain(text: &str) -> Option<i64> {
    let civil: jiff::civil::DateTime = text.trim().parse().ok()?;
    Some(Offset::UTC.to_timestamp(civil).ok()?.as_millisecond())
}

/// The first instant of the month `ms` lies in, in UTC.
pub(crate) fn month_start(ms: i64) -> i64 {
    let day = Offset::UTC.to_datetime(at(ms)).date().first_of_month();
    Offset::UTC
        .to_timestamp(day.to_datetime(jiff::civil::Time::midnight()))
        .map_or(ms, Timestamp::as_millisecond)
}

/// A duration in whole milliseconds, never negative.
pub(crate) fn millis(of: Duration) -> i64 {
    SignedDuration::try_from(of)
        .ok()
        .and_then(|d| i64::try_from(d.as_millis()).ok())
        .unwrap_or(i64::MAX / 4)
}
