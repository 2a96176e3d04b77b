//! CJ's two limits per account: requests per second, and points per day (since the summer of 2026).

use std::collections::VecDeque;

use serde::Serialize;

use crate::options::Counting;

/// The requests let through in the second that counts.
#[derive(Default)]
pub(crate) struct Window {
    counting: Counting,
    passed: VecDeque<i64>,
}

impl Window {
    pub(crate) fn new(counting: Counting) -> Self {
        Self {
            counting,
            passed: VecDeque::new(),
        }
    }

    /// Whether one more may pass at `now_ms`; if so, counts it. Refused ones do not count.
    pub(crate) fn pass(&mut self, now_ms: i64, qps: u32) -> bool {
        let counts = |t: i64| match self.counting {
            Counting::LastSecond => now_ms - t < 1_000,
            Counting::FullSecond => now_ms.div_euclid(1_000) == t.div_euclid(1_000),
        };
        while self.passed.front().is_some_and(|t| !counts(*t)) {
            self.passed.pop_front();
        }
        if self.passed.len() >= qps as usize {
            return false;
        }
        self.passed.push_back(now_ms);
        true
    }
}

/// `pointsInfo` as CJ writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PointsInfo {
    pub(crate) used_today: u64,
    pub(crate) remaining: u64,
    pub(crate) total: u64,
}

const MINUTES_A_DAY: u64 = 1_440;

/// A day's points: full at 00:00 UTC, refilled by a 1,440th of the total each minute in between (documented, and measured by users).
pub(crate) struct Points {
    total: u64,
    /// What is left, in 1,440ths of a point, so that the refill of a minute is a whole number.
    left: u64,
    used_today: u64,
    minute: Option<i64>,
}

impl Points {
    pub(crate) fn new(total: u64) -> Self {
        Self {
            total,
            left: total * MINUTES_A_DAY,
            used_today: 0,
            minute: None,
        }
    }

    fn settle(&mut self, now_ms: i64) {
        let minute = now_ms.div_euclid(60_000);
        let last = self.minute.replace(minute).unwrap_or(minute);
        let day = |minute: i64| minute.div_euclid(MINUTES_A_DAY as i64);
        let full = self.total * MINUTES_A_DAY;
        if day(minute) != day(last) {
            self.left = full;
            self.used_today = 0;
        } else {
            let passed = u64::try_from(minute - last).unwrap_or(0);
            self.left = full.min(self.left + passed * self.total);
        }
    }

    pub(crate) fn info(&mut self, now_ms: i64) -> PointsInfo {
        self.settle(now_ms);
        PointsInfo {
            used_today: self.used_today,
            remaining: self.left / MINUTES_A_DAY,
            total: self.total,
        }
    }

    /// Takes `cost` points, or none at all when they do not suffice.
    pub(crate) fn take(&mut self, cost: u64, now_ms: i64) -> Result<PointsInfo, PointsInfo> {
        let before = self.info(now_ms);
        if before.remaining < cost {
            return Err(before);
        }
        self.left -= cost * MINUTES_A_DAY;
        self.used_today += cost;
        Ok(self.info(now_ms))
    }

    /// Takes up to `n` points, as another program of the same account would have.
    pub(crate) fn spend(&mut self, n: u64, now_ms: i64) {
        let before = self.info(now_ms);
        let spent = n.min(before.remaining);
        self.left -= spent * MINUTES_A_DAY;
        self.used_today += spent;
    }
}

#[cfg(test)]
mod tests {
    use super::{Points, Window};
    use crate::options::Counting;

    #[test]
    fn a_full_second_forgets_what_was_before_it() {
        let mut window = Window::new(Counting::FullSecond);
        assert!(window.pass(1_990, 1));
        assert!(window.pass(2_000, 1), "another second");
        assert!(!window.pass(2_999, 1));
    }

    #[test]
    fn the_window_lets_through_what_it_says_and_no_more() {
        let mut window = Window::default();
        assert!((0..4).all(|i| window.pass(i * 10, 4)));
        assert!(!window.pass(999, 4), "a fifth in the same second");
        assert!(window.pass(1_000, 4), "the first one left the window");
        assert!(!window.pass(1_001, 4));
    }

    #[test]
    fn points_trickle_by_the_minute_and_are_full_at_midnight_utc() {
        let noon = 43_200_000;
        let mut points = Points::new(1_440);
        points.spend(2_000, noon);
        assert_eq!(points.info(noon).remaining, 0);
        assert_eq!(points.info(noon).used_today, 1_440);
        let refused = points.take(10, noon + 9 * 60_000);
        assert_eq!(refused.map_err(|info| info.remaining), Err(9));
        assert!(points.take(10, noon + 10 * 60_000).is_ok());
        let midnight = points.info(86_400_000);
        assert_eq!((midnight.remaining, midnight.used_today), (1_440, 0));
    }
}
