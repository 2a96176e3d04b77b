//! Syncs that start by themselves while a window runs: the schedule, and going on with what a crash, a lost line or a spent
//! quota cut off. A program that ends takes its schedule with it; on a server, the system's own timer calls the terminal.
//!
//! Nothing starts by itself before the owner has synced once, and what the owner stopped stays stopped.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::accounts;
use crate::error::{Code, Error, Result};
use crate::orders;
use crate::shop::Shop;
use crate::store::{schedule as rows, sync_runs};
use crate::sync::{self, Patience, Wish};
use crate::views::{RunState, Schedule, ScheduleState, Scope, Supplier, SyncReceipt};

/// How often the clock on the wall is looked at: a computer that slept wakes up late, and a timer would not know.
const LOOK: Duration = Duration::from_secs(60);
/// After a try that failed, the next one waits this long: a dead line is not asked every minute.
const AGAIN: SignedDuration = SignedDuration::from_mins(15);
/// A week: longer is never.
const LONGEST: u32 = 168;

/// The schedule and when it comes due.
///
/// # Errors
/// The database's.
pub async fn state(shop: &Shop) -> Result<ScheduleState> {
    shop.store()
        .read(|connection| {
            let schedule = rows::choice(connection)?;
            let last_at = rows::complete_at(connection, &schedule.scope)?
                .max(rows::complete_at(connection, &Scope::Imported)?);
            let tried_at = rows::tried_at(connection)?;
            let next_at = next(&schedule, last_at, tried_at);
            Ok(ScheduleState {
                schedule,
                last_at,
                next_at,
            })
        })
        .await
}

/// Keeps another schedule.
///
/// # Errors
/// `BadInput` for hours outside 1 to 168 or a scope that is not CJ's.
pub async fn choose(shop: &Shop, schedule: Schedule) -> Result<ScheduleState> {
    if schedule
        .every_hours
        .is_some_and(|hours| !(1..=LONGEST).contains(&hours))
    {
        return Err(Error::new(
            Code::BadInput,
            format!("the hours between two syncs are 1 to {LONGEST}"),
        ));
    }
    if schedule.scope == Scope::Imported {
        return Err(Error::new(
            Code::BadInput,
            "imported products are refreshed along with any scope of CJ",
        ));
    }
    shop.store()
        .write(move |tx| rows::choose(tx, &schedule))
        .await?;
    state(shop).await
}

/// Keeps to the schedule as long as the host runs; never returns.
pub async fn keep(shop: Shop) {
    let mut just_opened = true;
    loop {
        if let Err(error) = turn(&shop, just_opened).await {
            // The next look tries again; what the owner has to know is in the receipt and on the account.
            tracing::warn!(code = ?error.code, "a sync that was due could not start");
        }
        just_opened = false;
        shop.ports().clock.sleep(LOOK).await;
    }
}

/// One look: goes on with what was cut off, or starts what is due, and waits for its end. Returns whether anything ran.
///
/// # Errors
/// The database's. What a supplier answered is in the receipts.
pub async fn turn(shop: &Shop, just_opened: bool) -> Result<bool> {
    let now = shop.now();
    let tried_at = shop.store().read(rows::tried_at).await?;
    let rested = tried_at.is_none_or(|tried| now.duration_since(tried) >= AGAIN);
    let unfinished = shop
        .store()
        .read(|connection| sync_runs::unfinished(connection, None))
        .await?;
    if let Some(run) = unfinished.filter(|run| goes_on(run, now, rested || just_opened)) {
        note_try(shop, now).await?;
        if let Some(run) = sync::resume(shop, Patience::Stay).await? {
            sync::wait(shop, run.run).await?;
            return Ok(true);
        }
        tracing::debug!(run = run.run, "somebody else went on with it");
        return Ok(false);
    }
    let ScheduleState {
        schedule,
        last_at,
        next_at,
    } = state(shop).await?;
    let at_start = just_opened && schedule.at_start && last_at.is_some();
    if !at_start && next_at.is_none_or(|next| next > now) {
        return Ok(false);
    }
    note_try(shop, now).await?;
    round(shop, &schedule, false).await?;
    Ok(true)
}

/// Starts now what the schedule is about, because the owner asked for it, and waits for its end.
///
/// # Errors
/// `NotConnected` when there is nobody to ask; the database's. What a supplier answered is in the receipts.
pub async fn sync_now(shop: &Shop) -> Result<()> {
    let cj = accounts::connected(shop, Supplier::Cj).await?;
    let aliexpress = accounts::connected(shop, Supplier::Aliexpress).await?;
    if cj.is_empty() && aliexpress.is_empty() {
        return Err(Error::new(
            Code::NotConnected,
            "neither supplier is connected",
        ));
    }
    let schedule = shop.store().read(rows::choice).await?;
    round(shop, &schedule, true).await
}

/// Everything the schedule is about, account after account; one's trouble does not cost the others' turn.
///
/// What an account never synced is left alone, unless the owner asked: then CJ's scope is.
async fn round(shop: &Shop, schedule: &Schedule, asked: bool) -> Result<()> {
    for (supplier, scope) in [
        (Supplier::Cj, schedule.scope.clone()),
        (Supplier::Aliexpress, Scope::Imported),
    ] {
        for account in accounts::connected(shop, supplier).await? {
            let (id, wanted) = (account.id.clone(), scope.clone());
            let wished = (asked && supplier == Supplier::Cj)
                || shop
                    .store()
                    .read(move |connection| rows::was_complete(connection, &id, &wanted))
                    .await?;
            if !wished {
                continue;
            }
            let wish = Wish {
                account: Some(account.id),
                ..Wish::new(scope.clone(), schedule.details)
            };
            let run = sync::begin_wish(shop, wish, Patience::Stay).await?;
            sync::wait(shop, run.run).await?;
        }
    }
    if schedule.orders {
        match orders::refresh(shop).await {
            Ok(_) => {}
            Err(error) if error.code == Code::NotConnected => {}
            Err(error) => tracing::warn!(code = ?error.code, "the orders could not be refreshed"),
        }
    }
    Ok(())
}

async fn note_try(shop: &Shop, now: Timestamp) -> Result<()> {
    shop.store().write(move |tx| rows::try_now(tx, now)).await
}

/// When the next sync starts by itself.
fn next(
    schedule: &Schedule,
    last_at: Option<Timestamp>,
    tried_at: Option<Timestamp>,
) -> Option<Timestamp> {
    let hours = SignedDuration::from_hours(schedule.every_hours?.into());
    let due = last_at?.checked_add(hours).ok()?;
    let rested = tried_at.and_then(|tried| tried.checked_add(AGAIN).ok());
    Some(rested.map_or(due, |rested| due.max(rested)))
}

/// Whether an unfinished run goes on by itself. Without a reason it was the owner who stopped it.
fn goes_on(run: &SyncReceipt, now: Timestamp, rested: bool) -> bool {
    match run.state {
        // Its process died, or `sync::resume` finds that it is at work and joins it.
        RunState::Running => rested,
        RunState::Paused => run.continues_at.is_some_and(|at| at <= now),
        RunState::Interrupted => {
            let passes = |code| {
                matches!(
                    code,
                    Code::Interrupted | Code::Network | Code::SupplierDown | Code::SupplierAnswer
                )
            };
            rested && run.error.as_ref().is_some_and(|error| passes(error.code))
        }
        RunState::Done | RunState::Failed => false,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_computer_that_slept_through_its_turn_catches_up_once() {
        let schedule = Schedule {
            every_hours: Some(6),
            ..Schedule::default()
        };
        let last = at("2026-03-01T08:00:00Z");
        assert_eq!(
            next(&schedule, Some(last), None),
            Some(at("2026-03-01T14:00:00Z"))
        );
        let tried = at("2026-03-02T09:00:00Z");
        assert_eq!(
            next(&schedule, Some(last), Some(tried)),
            Some(at("2026-03-02T09:15:00Z")),
            "and not every minute while the line is dead"
        );
    }

    #[test]
    fn nothing_starts_by_itself_before_the_first_sync_or_when_it_was_switched_off() {
        assert_eq!(next(&Schedule::default(), None, None), None);
        let off = Schedule {
            every_hours: None,
            ..Schedule::default()
        };
        assert_eq!(next(&off, Some(at("2026-03-01T08:00:00Z")), None), None);
    }

    #[test]
    fn what_the_owner_stopped_stays_stopped_and_what_broke_goes_on() {
        let now = at("2026-03-01T08:00:00Z");
        let run = |state: &str, error: Option<&str>, continues_at: Option<&str>| -> SyncReceipt {
            let error = error.map(|code| {
                serde_json::json!({"code": code, "message": "m", "retry_at": null, "supplier": null})
            });
            serde_json::from_value(serde_json::json!({
                "run": 1, "supplier": "cj", "account": "cj-1", "scope": "all", "details": false, "state": state,
                "started_at": now, "finished_at": null, "calls": 0, "points": 0, "rows": 0, "changed": 0, "failed": 0,
                "done": 0, "total": null, "continues_at": continues_at, "error": error, "repeats": [], "retry_of": null,
            }))
            .unwrap()
        };
        assert!(!goes_on(&run("interrupted", None, None), now, true));
        assert!(goes_on(
            &run("interrupted", Some("interrupted"), None),
            now,
            true
        ));
        assert!(goes_on(
            &run("interrupted", Some("network"), None),
            now,
            true
        ));
        assert!(!goes_on(
            &run("interrupted", Some("network"), None),
            now,
            false
        ));
        assert!(!goes_on(
            &run("interrupted", Some("reconnect_needed"), None),
            now,
            true
        ));
        let until = Some("2026-03-01T08:00:01Z");
        assert!(!goes_on(
            &run("paused", Some("quota_spent"), until),
            now,
            true
        ));
        let past = Some("2026-03-01T07:59:59Z");
        assert!(goes_on(
            &run("paused", Some("quota_spent"), past),
            now,
            true
        ));
    }
}
