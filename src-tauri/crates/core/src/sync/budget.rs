//! Spending a CJ account's allowance: calls a second and points a day, shared by every process of this data folder.
//!
//! A slot is taken in the database, so that two processes never take the same one; what CJ reports about points is kept
//! there too, and a call that would exceed them is not made. When CJ refuses all the same, the spacing widens and eases
//! back by itself, because CJ counts by its own clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ::cj::{Call, Class, Outcome, Pace, PointsInfo, Turn};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::shop::Shop;
use crate::store::{When, bans, paces};
use crate::views::Points;

/// A ban or refusal up to this long is waited out; a longer one is told with its time.
pub(crate) const SHORT_BAN: SignedDuration = SignedDuration::from_secs(10);
/// What CJ allows an account whose plan is not known yet.
const SLOWEST: f64 = 1.0;
/// A little more than the limit allows, because slots are counted here and calls there.
const MARGIN: f64 = 1.03;
/// So many calls a second need no spacing: only a simulated supplier allows them.
const UNLIMITED: f64 = 1_000.0;

/// The spacing that a limit of `qps` calls a second asks for, in microseconds.
pub(crate) fn spacing_us(qps: f64) -> i64 {
    if qps >= UNLIMITED {
        0
    } else {
        whole_us(1_000_000.0 / qps.max(0.01) * MARGIN)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a spacing is far below the range of i64"
)]
fn whole_us(us: f64) -> i64 {
    us.round() as i64
}

/// Points as they are now, if nothing was spent since they were reported: they trickle back over the day and are full
/// again at 00:00 UTC (CJ documentation, "points").
#[must_use]
pub fn refilled(points: Points, at: Timestamp, now: Timestamp) -> Points {
    let day = |time: Timestamp| time.to_zoned(TimeZone::UTC).date();
    if day(now) > day(at) {
        return Points {
            used: 0,
            remaining: points.total,
            total: points.total,
        };
    }
    let minutes = u64::try_from(now.duration_since(at).as_mins()).unwrap_or(0);
    let back = points.total.saturating_mul(minutes) / 1_440;
    Points {
        remaining: points.remaining.saturating_add(back).min(points.total),
        ..points
    }
}

/// How long until `needed` points are there.
pub(crate) fn wait_for_points(points: Points, needed: u64, now: Timestamp) -> SignedDuration {
    let missing = needed.saturating_sub(points.remaining);
    let minutes = missing.saturating_mul(1_440).div_ceil(points.total.max(1));
    let trickle = SignedDuration::from_mins(i64::try_from(minutes).unwrap_or(1_440));
    let midnight = now
        .to_zoned(TimeZone::UTC)
        .tomorrow()
        .and_then(|tomorrow| tomorrow.start_of_day())
        .map_or(trickle, |tomorrow| tomorrow.timestamp().duration_since(now));
    trickle.min(midnight)
}

/// What was spent through a pace since it was last asked.
#[derive(Debug, Default)]
pub(crate) struct Spent {
    run: Option<i64>,
    calls: AtomicU64,
    points: AtomicU64,
}

impl Spent {
    /// Counts a call that costs no points.
    pub(crate) fn call(&self) {
        self.calls.fetch_add(1, Ordering::AcqRel);
    }

    /// The calls of `run`.
    pub(crate) fn of_run(run: i64) -> Arc<Self> {
        Arc::new(Self {
            run: Some(run),
            ..Self::default()
        })
    }

    /// Calls and points since the last time.
    pub(crate) fn take(&self) -> (u64, u64) {
        (
            self.calls.swap(0, Ordering::AcqRel),
            self.points.swap(0, Ordering::AcqRel),
        )
    }
}

/// The pace of one account.
pub(crate) struct SharedPace {
    shop: Shop,
    account: String,
    spent: Arc<Spent>,
}

impl SharedPace {
    /// The pace of `account`; what it spends is added to `spent`.
    pub(crate) fn new(shop: &Shop, account: &str, spent: Arc<Spent>) -> Arc<Self> {
        Arc::new(Self {
            shop: shop.clone(),
            account: account.to_owned(),
            spent,
        })
    }

    /// Where nothing limits the account, its pages need not wait for a commit of their own each time: what is noted here goes
    /// in with them. Everywhere else a slot taken is a slot committed, because other processes take theirs behind it.
    async fn when(&self) -> When {
        let account = self.account.clone();
        let pace = self
            .shop
            .store()
            .read(move |connection| paces::get(connection, &account));
        match (self.spent.run, pace.await) {
            (Some(run), Ok(Some(pace))) if pace.qps >= UNLIMITED => When::Soon(run),
            _ => When::Now,
        }
    }

    fn broken(error: &crate::Error) -> ::cj::Error {
        ::cj::Error::new(
            Class::Answer,
            format!("the pace could not be kept: {error}"),
        )
    }
}

#[async_trait]
impl Pace for SharedPace {
    async fn turn(&self, call: &Call) -> ::cj::Result<Turn> {
        let one_at_a_time = self.shop.gate(&self.account).lock_owned().await;
        let now = self.shop.now();
        let when = self.when().await;
        let account = self.account.clone();
        let needed = u64::from(call.points);
        let (slot, points) = self
            .shop
            .store()
            .write_as(when, move |tx| {
                let pace = paces::get(tx, &account)?;
                let points = pace
                    .and_then(|pace| pace.points)
                    .map(|(points, at)| refilled(points, at, now));
                if needed > 0 && points.is_some_and(|points| points.remaining < needed) {
                    return Ok((None, points));
                }
                if pace.is_some_and(|pace| pace.qps >= UNLIMITED) {
                    return Ok((Some(now.as_microsecond()), points));
                }
                let slot =
                    paces::take_slot(tx, &account, now.as_microsecond(), spacing_us(SLOWEST))?;
                Ok((Some(slot), points))
            })
            .await
            .map_err(|error| Self::broken(&error))?;
        let Some(slot) = slot else {
            let wait = points.map_or(SignedDuration::ZERO, |points| {
                wait_for_points(points, needed, now)
            });
            let mut error =
                ::cj::Error::new(Class::Points, "today's points do not suffice for this call");
            error.retry_after = Duration::try_from(wait).ok();
            return Err(error);
        };
        let wait = slot.saturating_sub(now.as_microsecond());
        if wait > 0 {
            self.shop
                .ports()
                .clock
                .sleep(Duration::from_micros(wait.unsigned_abs()))
                .await;
        }
        self.spent.calls.fetch_add(1, Ordering::AcqRel);
        self.spent.points.fetch_add(needed, Ordering::AcqRel);
        Ok(Turn::new(one_at_a_time))
    }

    async fn answered(&self, call: &Call, outcome: &Outcome) {
        let (account, now, outcome) = (self.account.clone(), self.shop.now(), *outcome);
        let cost = u64::from(call.points);
        if outcome.refused {
            // A refused call costs no points.
            self.spent.points.fetch_sub(cost, Ordering::AcqRel);
        }
        let when = self.when().await;
        let noted = self.shop.store().write_as(when, move |tx| {
            let Some(pace) = paces::get(tx, &account)? else {
                return Ok(());
            };
            if outcome.refused {
                // Each refusal widens it further, up to three times what the limit asks for.
                let floor = spacing_us(pace.qps).max(1_000);
                let wider = (pace.spacing_us.max(floor) * 13 / 10).min(floor * 3);
                paces::set_spacing(tx, &account, wider)?;
                paces::hold_until(tx, &account, now.as_microsecond() + wider)?;
            } else if pace.spacing_us > spacing_us(pace.qps) {
                let floor = spacing_us(pace.qps);
                let narrower = pace.spacing_us - (pace.spacing_us - floor) / 10 - 1;
                paces::set_spacing(tx, &account, narrower.max(floor))?;
            }
            let known = pace.points.map(|(points, at)| refilled(points, at, now));
            if let Some(points) = reported(outcome.points, known, cost) {
                paces::set_points(tx, &account, points, now)?;
            }
            Ok(())
        });
        if let Err(error) = noted.await {
            tracing::warn!(code = ?error.code, "what a call cost could not be noted");
        }
    }
}

/// AliExpress publishes no limit for an app; users pace one call a second and bursts end in bans of hours.
const ALIEXPRESS_SPACING_US: i64 = 1_000_000;

/// Waits for the next call of an AliExpress account. A method the gateway banned the app from is not called before its time,
/// by no process: a call during a ban makes it longer.
pub(crate) async fn aliexpress_turn(shop: &Shop, account: &str, method: &str) -> crate::Result<()> {
    let banned = {
        let (id, method, now) = (account.to_owned(), method.to_owned(), shop.now());
        shop.store()
            .read(move |connection| bans::until(connection, &id, &method, now))
            .await?
    };
    if let Some(until) = banned {
        let wait = until.duration_since(shop.now());
        if wait > SHORT_BAN {
            let why = format!("AliExpress asked to pause {method}; it was not called");
            return Err(crate::Error::new(crate::Code::RateLimited, why).retry_at(until));
        }
        let wait = Duration::try_from(wait).unwrap_or_default();
        shop.ports().clock.sleep(wait).await;
    }
    let (id, now) = (account.to_owned(), shop.now().as_microsecond());
    let slot = shop
        .store()
        .write(move |tx| paces::take_slot(tx, &id, now, ALIEXPRESS_SPACING_US))
        .await?;
    if let Ok(wait) = u64::try_from(slot.saturating_sub(now)) {
        shop.ports().clock.sleep(Duration::from_micros(wait)).await;
    }
    Ok(())
}

/// What CJ said, or what was known less what was just spent.
fn reported(said: Option<PointsInfo>, known: Option<Points>, cost: u64) -> Option<Points> {
    if let Some(said) = said
        && let (Some(remaining), Some(total)) = (said.remaining, said.total)
    {
        let used = said
            .used_today
            .unwrap_or_else(|| total.saturating_sub(remaining));
        return Some(Points {
            used: u64::from(used),
            remaining: u64::from(remaining),
            total: u64::from(total),
        });
    }
    known.map(|known| Points {
        used: known.used.saturating_add(cost),
        remaining: known.remaining.saturating_sub(cost),
        ..known
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_days_points_trickle_back_and_are_full_again_at_midnight_utc() {
        let spent = Points {
            used: 50_000,
            remaining: 0,
            total: 50_000,
        };
        let noon = at("2026-11-22T12:00:00Z");
        assert_eq!(
            refilled(spent, noon, at("2026-11-22T12:10:00Z")).remaining,
            347
        );
        assert_eq!(
            refilled(spent, noon, at("2026-11-23T00:00:01Z")).remaining,
            50_000
        );
        assert_eq!(
            refilled(spent, noon, at("2026-11-22T11:00:00Z")).remaining,
            0,
            "a clock set back gives nothing"
        );
    }

    #[test]
    fn the_wait_for_points_is_never_longer_than_to_midnight() {
        let spent = Points {
            used: 50_000,
            remaining: 0,
            total: 50_000,
        };
        assert_eq!(
            wait_for_points(spent, 10, at("2026-11-22T12:00:00Z")),
            SignedDuration::from_mins(1)
        );
        assert_eq!(
            wait_for_points(spent, 50_000, at("2026-11-22T23:00:00Z")),
            SignedDuration::from_hours(1)
        );
        assert_eq!(
            wait_for_points(spent, 0, at("2026-11-22T23:00:00Z")),
            SignedDuration::ZERO
        );
    }

    #[test]
    fn six_calls_a_second_are_spaced_by_a_sixth_of_a_second() {
        assert_eq!(spacing_us(6.0), 171_667);
        assert_eq!(spacing_us(1.0), 1_030_000);
        assert_eq!(spacing_us(100_000.0), 0);
    }
}
