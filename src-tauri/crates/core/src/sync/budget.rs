//! Spending a CJ account's allowance: calls a second and points a day, shared by every process of this data folder.
//!
//! A slot is taken in the database, so that two processes never take the same one; what CJ reports about points is kept
//! there too, and a call that would exceed them is not made. How far apart calls are is learned by `rhythm`, because CJ
//! counts by its own clock.

use std::sync::Arc;
use std::time::Duration;

use ::cj::{Call, Class, Outcome, Pace, PointsInfo, Turn};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use tokio::time::Instant;

use super::rhythm::{UNLIMITED, spacing_us};
use super::spent::Next;
pub(crate) use super::spent::Spent;
use crate::shop::Shop;
use crate::store::sync_runs;
use crate::store::{When, bans, paces};
use crate::views::{Points, RepeatReason};

/// A ban or refusal up to this long is waited out; a longer one is told with its time.
pub(crate) const SHORT_BAN: SignedDuration = SignedDuration::from_secs(10);
/// What CJ allows an account whose plan is not known yet.
const SLOWEST: f64 = 1.0;
/// A call that starts so much after its slot is late; less is a timer's grain.
const LATE_US: i64 = 5_000;
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
        // Calls start in the order in which they took their slots; the next one may be due before this one is answered.
        let _one_at_a_time = self.shop.gate(&self.account).lock_owned().await;
        let now = self.shop.now();
        let when = self.when().await;
        let (account, run) = (self.account.clone(), self.spent.run);
        let needed = u64::from(call.points);
        let (slot, spacing, points) = self
            .shop
            .store()
            .write_as(when, move |tx| {
                let pace = paces::get(tx, &account)?;
                let points = pace
                    .and_then(|pace| pace.points)
                    .map(|(points, at)| refilled(points, at, now));
                if needed > 0 && points.is_some_and(|points| points.remaining < needed) {
                    return Ok((None, 0, points));
                }
                if let Some(run) = run {
                    sync_runs::count_call(tx, run, needed)?;
                }
                if pace.is_some_and(|pace| pace.qps >= UNLIMITED) {
                    return Ok((Some(now.as_microsecond()), 0, points));
                }
                let slot =
                    paces::take_slot(tx, &account, now.as_microsecond(), spacing_us(SLOWEST))?;
                let spacing = pace.map_or(spacing_us(SLOWEST), |pace| pace.rhythm.spacing_us);
                Ok((Some(slot), spacing, points))
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
        let start = self.shop.now().as_microsecond();
        if spacing > 0 && start.saturating_sub(slot) > LATE_US {
            // Woken late by a busy computer, or kept waiting by the disk when the slot was noted: the next call keeps its
            // distance from this one, not from its slot.
            let account = self.account.clone();
            let moved = self
                .shop
                .store()
                .write(move |tx| paces::started(tx, &account, start));
            moved.await.map_err(|error| Self::broken(&error))?;
        }
        self.spent.tally().open += 1;
        let _ = self.spent.next.send_replace(match spacing {
            0 => Next::Unpaced,
            apart => Next::At(Instant::now() + Duration::from_micros(apart.unsigned_abs())),
        });
        Ok(Turn::new(()))
    }

    async fn answered(&self, call: &Call, outcome: &Outcome) {
        let (account, now, outcome) = (self.account.clone(), self.shop.now(), *outcome);
        let cost = u64::from(call.points);
        let run = self.spent.run;
        if outcome.refused {
            let mut tally = self.spent.tally();
            tally.open = tally.open.saturating_sub(1);
            *tally.repeats.entry(RepeatReason::TooQuick).or_default() += 1;
        }
        let when = self.when().await;
        let noted = self.shop.store().write_as(when, move |tx| {
            // A refused call costs no points.
            let free = outcome.refused || outcome.out_of_points;
            if let Some(run) = run.filter(|_| free && cost > 0) {
                sync_runs::give_back(tx, run, cost)?;
            }
            let Some(pace) = paces::get(tx, &account)? else {
                return Ok(());
            };
            let learned = if outcome.refused {
                let (learned, hold) = pace.rhythm.refused(pace.qps);
                // No call of the account runs into the same wall: neither by the rhythm nor by the time CJ names.
                let named = outcome.retry_after.unwrap_or_default().as_micros();
                let hold = hold.max(i64::try_from(named).unwrap_or(hold));
                paces::hold_until(tx, &account, now.as_microsecond().saturating_add(hold))?;
                learned
            } else {
                pace.rhythm.passed(pace.qps)
            };
            if learned != pace.rhythm {
                paces::set_rhythm(tx, &account, learned)?;
            }
            let cost = if free { 0 } else { cost };
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
}
