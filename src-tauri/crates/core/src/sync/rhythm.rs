//! How far apart an account's calls start: pure, so that it can be played against every clock a supplier may count on.
//!
//! A supplier that allows `q` calls a second counts them where they arrive, by a clock of its own: over the last second, or
//! by the full second. Calls that start a second and a little slack after the `q`th before them satisfy both. How much
//! slack the line and that clock need is not known: it is learned from refusals and then probed downwards, carefully.

/// The slack to begin with, in microseconds a second: three per cent.
const START: i64 = 30_000;
/// The least slack: timers are not more exact.
const LEAST: i64 = 4_000;
/// What a refusal adds at least.
const STEP: i64 = 15_000;
/// The most slack: calls at a third of the allowed pace. More than that is a ban, which has a time of its own.
const MOST: i64 = 2_000_000;
/// After so many calls without a refusal the wall is believed to stand lower.
const CALM: i64 = 200;
/// A second, in microseconds.
const SECOND: i64 = 1_000_000;
/// So many calls a second need no spacing: only a simulated supplier allows them.
pub(crate) const UNLIMITED: f64 = 1_000.0;

/// The rhythm of one account, as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rhythm {
    /// Microseconds between the starts of two calls.
    pub spacing_us: i64,
    /// The slack at which the supplier last refused; zero when it never did.
    pub wall_us: i64,
    /// Refusals in a row; below zero: calls without one.
    pub streak: i64,
}

impl Rhythm {
    /// The rhythm of an account that nothing is known of but its calls a second.
    pub(crate) fn new(qps: f64) -> Self {
        Self {
            spacing_us: spacing(qps, START),
            wall_us: 0,
            streak: 0,
        }
    }

    fn slack(self, qps: f64) -> i64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "microseconds of a spacing are far below 2^52"
        )]
        let second = whole(self.spacing_us as f64 * qps.max(0.01));
        (second - SECOND).clamp(LEAST, MOST)
    }

    /// After a call the supplier took.
    #[must_use]
    pub(crate) fn passed(mut self, qps: f64) -> Self {
        if qps >= UNLIMITED {
            return Self { streak: 0, ..self };
        }
        self.streak = self.streak.min(0) - 1;
        if self.streak <= -CALM {
            self.streak = 0;
            // What refused may have been a bad hour, or another program of the owner's.
            self.wall_us = self.wall_us * 4 / 5;
        }
        let rest = (self.wall_us + STEP / 2).max(LEAST);
        let rest = if self.wall_us < LEAST { LEAST } else { rest };
        let slack = self.slack(qps);
        let nearer = if slack > rest {
            (slack - ((slack - rest) / 20).max(50)).max(rest)
        } else {
            slack
        };
        self.spacing_us = spacing(qps, nearer);
        self
    }

    /// After a call the supplier refused for being too quick. Also returns for how long nobody should call.
    #[must_use]
    pub(crate) fn refused(mut self, qps: f64) -> (Self, i64) {
        if qps >= UNLIMITED {
            // Nothing to learn from a limit that is none; a breath, and on.
            return (self, 1_000);
        }
        let slack = self.slack(qps);
        self.streak = self.streak.max(0) + 1;
        self.wall_us = slack;
        self.spacing_us = spacing(qps, (slack + STEP).max(slack * 5 / 4).min(MOST));
        // A place may be free at the next beat; if it was not, it is when the whole second has passed.
        let hold = if self.streak > 1 {
            SECOND + self.slack(qps)
        } else {
            self.spacing_us
        };
        (self, hold)
    }
}

/// The spacing that a limit of `qps` calls a second asks for to begin with, in microseconds.
pub(crate) fn spacing_us(qps: f64) -> i64 {
    Rhythm::new(qps).spacing_us
}

fn spacing(qps: f64, slack: i64) -> i64 {
    if qps >= UNLIMITED {
        return 0;
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "a second and its slack are far below 2^52"
    )]
    let second = (SECOND + slack) as f64;
    whole((second / qps.max(0.01)).ceil())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a spacing is far below the range of i64"
)]
fn whole(us: f64) -> i64 {
    us.round() as i64
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// How a supplier counts, in its own microseconds.
    #[derive(Debug, Clone, Copy)]
    enum Counted {
        /// Over the window that ends now, of this length.
        Window(i64),
        /// By the full second, which begins this much after ours.
        FullSecond(i64),
    }

    struct Supplier {
        counted: Counted,
        qps: usize,
        taken: VecDeque<i64>,
    }

    impl Supplier {
        fn takes(&mut self, at: i64) -> bool {
            let since = match self.counted {
                Counted::Window(length) => at - length,
                Counted::FullSecond(phase) => at - (at - phase).rem_euclid(SECOND) - 1,
            };
            while self.taken.front().is_some_and(|taken| *taken <= since) {
                self.taken.pop_front();
            }
            let free = self.taken.len() < self.qps;
            if free {
                self.taken.push_back(at);
            }
            free
        }
    }

    /// Plays `seconds` of an account that always has a call to make; returns calls taken and refused in the steady state,
    /// which begins after a tenth of the time.
    fn play(qps: u32, counted: Counted, jitter_us: i64, seconds: i64) -> (f64, f64) {
        let mut supplier = Supplier {
            counted,
            qps: qps as usize,
            taken: VecDeque::new(),
        };
        let (q, mut rhythm) = (f64::from(qps), Rhythm::new(f64::from(qps)));
        // A line of twenty milliseconds, and now and then some more: the same ones in every run.
        let mut noise = 0x2545_F491_4F6C_DD1D_u64;
        let mut late = || {
            noise ^= noise << 13;
            noise ^= noise >> 7;
            noise ^= noise << 17;
            20_000 + i64::try_from(noise % u64::try_from(jitter_us + 1).unwrap_or(1)).unwrap_or(0)
        };
        let (mut now, mut next, mut taken, mut refused) = (0, 0, 0_u32, 0_u32);
        let from = seconds * SECOND / 10;
        while now < seconds * SECOND {
            let start = next.max(now);
            next = start + rhythm.spacing_us;
            let arrival = start + late();
            let steady = arrival >= from;
            now = arrival + 20_000;
            if supplier.takes(arrival) {
                rhythm = rhythm.passed(q);
                taken += u32::from(steady);
            } else {
                let (learned, hold) = rhythm.refused(q);
                rhythm = learned;
                next = next.max(now + hold);
                refused += u32::from(steady);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a test's few thousand seconds")]
        let allowed = q * ((now - from) as f64 / 1e6);
        let calls = f64::from(taken + refused);
        (f64::from(taken) / allowed, f64::from(refused) / calls)
    }

    #[test]
    fn at_least_95_per_cent_of_the_allowed_calls_are_used_and_next_to_none_is_refused() {
        for qps in [1, 2, 4, 6] {
            for counted in [
                Counted::Window(SECOND),
                Counted::FullSecond(0),
                Counted::FullSecond(370_000),
                Counted::FullSecond(999_999),
            ] {
                for jitter_us in [0, 2_000, 10_000, 30_000] {
                    let (used, refused) = play(qps, counted, jitter_us, 6_000);
                    let case =
                        format!("{qps} a second, {counted:?}, {jitter_us} µs: {used} {refused}");
                    assert!(used >= 0.95, "{case}");
                    assert!(refused <= 0.01, "{case}");
                }
            }
        }
    }

    #[test]
    fn a_supplier_whose_second_is_longer_than_ours_is_learned() {
        for qps in [1, 2, 4, 6] {
            for length in [1_050_000, 1_100_000, 1_200_000] {
                let (used, refused) = play(qps, Counted::Window(length), 2_000, 6_000);
                #[expect(clippy::cast_precision_loss, reason = "a second or so")]
                let of_its_own = used * length as f64 / 1e6;
                let case = format!("{qps} in {length} µs: {of_its_own} {refused}");
                assert!(of_its_own >= 0.95, "{case}");
                assert!(refused <= 0.01, "{case}");
            }
        }
    }

    #[test]
    fn after_a_bad_hour_the_full_pace_comes_back() {
        let mut rhythm = Rhythm::new(4.0);
        for _ in 0..40 {
            rhythm = rhythm.refused(4.0).0;
        }
        assert_eq!(rhythm.spacing_us, 750_000, "never slower than a third");
        let mut calls = 0;
        while rhythm.spacing_us > 255_000 {
            rhythm = rhythm.passed(4.0);
            calls += 1;
            assert!(calls < 5_000, "{rhythm:?}");
        }
    }

    #[test]
    fn six_calls_a_second_begin_with_three_per_cent_of_slack() {
        assert_eq!(spacing_us(6.0), 171_667);
        assert_eq!(spacing_us(1.0), 1_030_000);
        assert_eq!(spacing_us(100_000.0), 0);
        let free = Rhythm::new(1_000_000.0);
        assert_eq!(free.refused(1_000_000.0).0.spacing_us, 0);
    }
}
