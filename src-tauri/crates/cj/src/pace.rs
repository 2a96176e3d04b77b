//! When the next call may start. One request at a time per CJ account, spaced by its calls a second.
//!
//! CJ counts over all programs and shops of an account, on a clock of its own, so the spacing has a margin and widens when CJ
//! refuses anyway. [`InProcessPace`] knows this process only; a pace that spans processes or budgets points is the caller's.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use tokio::time::{Instant, sleep_until};

use crate::error::Error;
use crate::points::{PointsInfo, points_of};

/// A call about to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// Its path below `/api2.0/v1/`, as in `product/query`.
    pub path: &'static str,
    /// What it costs.
    pub points: u32,
}

impl Call {
    /// A call with its points from the table.
    #[must_use]
    pub fn new(path: &'static str) -> Self {
        Self {
            path,
            points: points_of(path),
        }
    }
}

/// How a call ended, as far as the pace is concerned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// CJ refused it for too many calls a second.
    pub refused: bool,
    /// CJ refused it for lack of points.
    pub out_of_points: bool,
    /// The points as CJ reported them.
    pub points: Option<PointsInfo>,
    /// For how long the caller waits before the call is made again, because CJ named a time.
    pub retry_after: Option<Duration>,
}

/// The right to make one call; kept until its answer is read. Whether calls may overlap is the pace's affair.
#[must_use = "dropping the turn may let the next call start"]
pub struct Turn(#[expect(dead_code, reason = "held for its Drop")] Box<dyn Any + Send>);

impl Turn {
    /// A turn that holds `guard`: a lock, a permit, a file lock; or nothing, where calls may overlap.
    pub fn new(guard: impl Any + Send) -> Self {
        Self(Box::new(guard))
    }
}

impl std::fmt::Debug for Turn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Turn")
    }
}

/// Decides when a call starts. One per CJ account.
#[async_trait]
pub trait Pace: Send + Sync {
    /// Waits until the next call may start; the turn is kept until the answer is read.
    ///
    /// # Errors
    /// Whatever the pace refuses a call with, a spent budget for instance; the caller gets it as it is.
    async fn turn(&self, call: &Call) -> Result<Turn, Error>;

    /// Told how each call ended, while its turn is still held.
    async fn answered(&self, call: &Call, outcome: &Outcome);
}

/// The smallest step by which a refusal widens the spacing.
const STEP: Duration = Duration::from_millis(200);
/// The furthest a refusal widens it, in spacings.
const WIDEST: u32 = 4;
/// In how many calls without a refusal one step is taken back.
const EASE: u32 = 10;

/// Spaces the calls of this process, on tokio's clock.
#[derive(Debug)]
pub struct InProcessPace {
    line: Arc<tokio::sync::Mutex<()>>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// Between two starts, with the margin.
    spacing: Duration,
    /// What refusals added.
    extra: Duration,
    last_start: Option<Instant>,
    last_refusal: Option<Instant>,
}

impl InProcessPace {
    /// Calls a second as `setting/get` names them, and a margin as a share of the spacing: 1 and 0.2 start a call every 1.2
    /// seconds, which is what has been seen to work at CJ. A rate of zero or less counts as one call a second.
    #[must_use]
    pub fn new(calls_per_second: Decimal, margin: Decimal) -> Self {
        Self::with_spacing(spacing(calls_per_second, margin))
    }

    /// No spacing until a refusal; still one request at a time.
    #[must_use]
    pub fn unlimited() -> Self {
        Self::with_spacing(Duration::ZERO)
    }

    fn with_spacing(spacing: Duration) -> Self {
        let state = State {
            spacing,
            extra: Duration::ZERO,
            last_start: None,
            last_refusal: None,
        };
        Self {
            line: Arc::default(),
            state: Mutex::new(state),
        }
    }

    /// Changes the rate, once the account's own is known.
    pub fn set_rate(&self, calls_per_second: Decimal, margin: Decimal) {
        self.state().spacing = spacing(calls_per_second, margin);
    }

    /// The time between two starts as it is now, refusals counted in.
    #[must_use]
    pub fn spacing(&self) -> Duration {
        let state = self.state();
        state.spacing + state.extra
    }

    /// A panic elsewhere leaves only durations behind, all of them valid.
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn next_start(&self) -> Option<Instant> {
        let spacing = self.spacing + self.extra;
        let after_start = self.last_start.map(|start| start + spacing);
        // After a refusal the window counts from the refusal on.
        let after_refusal = self.last_refusal.map(|refusal| refusal + spacing);
        after_start.max(after_refusal)
    }
}

/// Rates and margins nobody means are brought to ones that neither stop the calls for hours nor overflow.
fn spacing(calls_per_second: Decimal, margin: Decimal) -> Duration {
    let rate = if calls_per_second > Decimal::ZERO {
        calls_per_second
    } else {
        Decimal::ONE
    };
    let rate = rate.clamp(Decimal::new(1, 3), Decimal::ONE_THOUSAND);
    let factor = Decimal::ONE + margin.clamp(Decimal::ZERO, Decimal::TEN);
    let micros = Decimal::from(1_000_000) / rate * factor;
    micros
        .to_u64()
        .map_or(Duration::from_secs(1), Duration::from_micros)
}

#[async_trait]
impl Pace for InProcessPace {
    async fn turn(&self, _call: &Call) -> Result<Turn, Error> {
        let guard = Arc::clone(&self.line).lock_owned().await;
        let next = self.state().next_start();
        if let Some(next) = next {
            sleep_until(next).await;
        }
        let mut state = self.state();
        state.last_start = Some(Instant::now());
        state.last_refusal = None;
        Ok(Turn::new(guard))
    }

    async fn answered(&self, _call: &Call, outcome: &Outcome) {
        let mut state = self.state();
        let step = STEP.max(state.spacing / 2);
        if outcome.refused {
            state.extra = (state.extra * 2).clamp(step, step * 2 * WIDEST);
            state.last_refusal = Some(Instant::now());
        } else {
            state.extra = state.extra.saturating_sub(step / EASE);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    const CALL: Call = Call {
        path: "product/query",
        points: 10,
    };

    fn one_a_second() -> InProcessPace {
        InProcessPace::new(Decimal::ONE, Decimal::new(2, 1))
    }

    async fn start_of_next(pace: &InProcessPace, refused: bool) -> Instant {
        let turn = pace.turn(&CALL).await.unwrap();
        let start = Instant::now();
        pace.answered(
            &CALL,
            &Outcome {
                refused,
                ..Outcome::default()
            },
        )
        .await;
        drop(turn);
        start
    }

    #[tokio::test(start_paused = true)]
    async fn a_free_account_is_never_asked_more_than_once_in_1200_ms() {
        let pace = one_a_second();
        let begin = Instant::now();
        for call in 0..5_u32 {
            let start = start_of_next(&pace, false).await;
            assert_eq!(start - begin, Duration::from_millis(1200) * call);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn two_tasks_share_one_line_and_never_overlap() {
        let pace = Arc::new(one_a_second());
        let first = pace.turn(&CALL).await.unwrap();
        let begin = Instant::now();
        let second = tokio::spawn({
            let pace = Arc::clone(&pace);
            async move {
                let _turn = pace.turn(&CALL).await.unwrap();
                Instant::now()
            }
        });
        tokio::time::sleep(Duration::from_secs(30)).await;
        assert!(!second.is_finished(), "the first answer is not read yet");
        drop(first);
        assert_eq!(second.await.unwrap() - begin, Duration::from_secs(30));
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_widen_the_spacing_up_to_a_limit_and_calm_brings_it_back() {
        let pace = one_a_second();
        let mut spacings = Vec::new();
        for _ in 0..6 {
            start_of_next(&pace, true).await;
            spacings.push(pace.spacing().as_millis());
        }
        assert_eq!(spacings, [1800, 2400, 3600, 6000, 6000, 6000]);
        let mut calm = 0;
        while pace.spacing() > Duration::from_millis(1200) {
            start_of_next(&pace, false).await;
            calm += 1;
        }
        assert_eq!(calm, 80);
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_refusal_the_wait_counts_from_the_refusal() {
        let pace = one_a_second();
        let turn = pace.turn(&CALL).await.unwrap();
        tokio::time::sleep(Duration::from_secs(5)).await;
        pace.answered(
            &CALL,
            &Outcome {
                refused: true,
                ..Outcome::default()
            },
        )
        .await;
        drop(turn);
        let refused_at = Instant::now();
        assert_eq!(
            start_of_next(&pace, false).await - refused_at,
            Duration::from_millis(1800)
        );
    }

    #[tokio::test(start_paused = true)]
    async fn an_unlimited_pace_waits_only_after_a_refusal() {
        let pace = InProcessPace::unlimited();
        let begin = Instant::now();
        for _ in 0..100 {
            assert_eq!(start_of_next(&pace, false).await, begin);
        }
        start_of_next(&pace, true).await;
        assert_eq!(start_of_next(&pace, false).await - begin, STEP);
    }

    #[test]
    fn odd_rates_never_stop_the_calls_nor_let_them_flood() {
        let millis = |rate, margin| spacing(rate, margin).as_millis();
        let fifth = Decimal::new(2, 1);
        assert_eq!(millis(Decimal::from(6), fifth), 200);
        assert_eq!(millis(Decimal::new(5, 1), Decimal::ZERO), 2000);
        assert_eq!(millis(Decimal::ZERO, Decimal::ZERO), 1000);
        assert_eq!(millis(Decimal::from(-1), Decimal::from(-1)), 1000);
        assert_eq!(millis(Decimal::new(1, 28), Decimal::MAX), 11_000_000);
        assert_eq!(millis(Decimal::MAX, Decimal::ZERO), 1);
    }
}
