//! Driving a run to its end: step after step, waiting out what passes, settling what does not.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use jiff::{SignedDuration, Timestamp};

use super::budget::SHORT_BAN;
use super::step::Steps;
use super::{Patience, cursor::Cursor, tell_end};
use crate::alerts;
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::{accounts as account_rows, sync_runs, vanished};
use crate::tokens;
use crate::views::{Event, RunState, SyncReceipt};

/// When the supplier names no time for a refusal.
const UNNAMED: SignedDuration = SignedDuration::from_secs(60);
/// How often a wait looks whether the owner stopped it from another process.
const LOOK: Duration = Duration::from_secs(1);

/// One run at work.
pub(super) struct Run {
    shop: Shop,
    receipt: SyncReceipt,
    patience: Patience,
    steps: Steps,
    began: Timestamp,
    began_at: u64,
    /// Whether its lists were read to the last row.
    whole: bool,
}

/// What to do after a failed step.
enum After {
    /// Try the step again after this long.
    Again(Duration),
    /// Stand still until a time.
    Pause(Timestamp),
    /// Stand still until somebody resumes.
    Interrupt,
    /// End.
    Fail,
}

impl Run {
    pub(super) fn new(shop: &Shop, receipt: &SyncReceipt, patience: Patience) -> Self {
        Self {
            steps: Steps::new(shop, receipt),
            began: shop.now(),
            began_at: receipt.done,
            shop: shop.clone(),
            receipt: receipt.clone(),
            patience,
            whole: false,
        }
    }

    /// Goes on until the run is done, paused, interrupted or failed, and returns how it ended.
    pub(super) async fn finish(mut self) -> SyncReceipt {
        let settled = match self.drive().await {
            Ok(settled) => Ok(settled),
            // The database itself: there is nothing left to write it into.
            Err(error) => self.settle(RunState::Interrupted, None, Some(error)).await,
        };
        // The alerts first: who hears of the end may ask for them.
        if let Err(error) = alerts::after_run(&self.shop, &self.receipt).await {
            tracing::warn!(code = ?error.code, "what changed was not held against the rules; the next run does it");
        }
        settled.unwrap_or_else(|error| SyncReceipt {
            state: RunState::Interrupted,
            error: Some(error.view()),
            ..self.receipt
        })
    }

    async fn drive(&mut self) -> Result<SyncReceipt> {
        let run = self.receipt.run;
        let text = self
            .shop
            .store()
            .read(move |connection| sync_runs::cursor(connection, run))
            .await?;
        let mut cursor = Cursor::read(&text)?;
        let mut delays = delays();
        loop {
            match self.steps.step(&cursor).await {
                Ok(None) => {
                    self.whole = cursor.is_whole();
                    return self.settle(RunState::Done, None, None).await;
                }
                Ok(Some(moved)) => {
                    delays = self::delays();
                    cursor = moved.cursor;
                    self.receipt = moved.receipt;
                    self.tell();
                    if moved.stop {
                        self.leave(cursor).await;
                        return self.stopped().await;
                    }
                }
                Err(error) => match after(&error, self.shop.now(), &mut delays) {
                    After::Again(delay) => {
                        if let Some(until) = error.retry_at {
                            let supplier = self.receipt.supplier;
                            self.shop.tell(Event::Waiting {
                                supplier,
                                until,
                                error: error.view(),
                            });
                        }
                        let until = later(self.shop.now(), delay);
                        if !sleep_until(self.shop.clone(), self.receipt.run, until).await? {
                            self.leave(cursor).await;
                            return self.stopped().await;
                        }
                    }
                    After::Fail => {
                        self.leave(cursor).await;
                        return self.settle(RunState::Failed, None, Some(error)).await;
                    }
                    After::Interrupt => {
                        self.leave(cursor).await;
                        return self.settle(RunState::Interrupted, None, Some(error)).await;
                    }
                    After::Pause(until) => {
                        cursor = self.leave(cursor).await;
                        let receipt = self
                            .settle(RunState::Paused, Some(until), Some(error.clone()))
                            .await?;
                        if self.patience == Patience::Leave {
                            return Ok(receipt);
                        }
                        tell_end(&self.shop, &receipt);
                        self.shop.tell(Event::Waiting {
                            supplier: receipt.supplier,
                            until,
                            error: error.view(),
                        });
                        if !sleep_until(self.shop.clone(), self.receipt.run, until).await? {
                            return self.stopped().await;
                        }
                        self.receipt = self.settle(RunState::Running, None, None).await?;
                        self.tell();
                    }
                },
            }
        }
    }

    /// Keeps what is in flight before the run stands still; returns where it goes on.
    async fn leave(&mut self, cursor: Cursor) -> Cursor {
        let (cursor, receipt) = self.steps.leave(cursor).await;
        if let Some(receipt) = receipt {
            self.receipt = receipt;
            self.tell();
        }
        cursor
    }

    fn stopped(&self) -> impl Future<Output = Result<SyncReceipt>> + Send + use<> {
        let stopped = Error::new(Code::Interrupted, "stopped by the owner");
        self.settle(RunState::Interrupted, None, Some(stopped))
    }

    /// Notes how the run stands. The future owns what it needs, so that the run itself may be spawned.
    fn settle(
        &self,
        state: RunState,
        until: Option<Timestamp>,
        error: Option<Error>,
    ) -> impl Future<Output = Result<SyncReceipt>> + Send + use<> {
        let (shop, run, account) = (
            self.shop.clone(),
            self.receipt.run,
            self.receipt.account.clone(),
        );
        let taken = self.steps.spent.take();
        let whole = self.whole;
        async move {
            // A run is not done before its last pages are.
            shop.store().settle(run).await?;
            if let Some(error) = &error
                && error.code != Code::Interrupted
            {
                tokens::note(&shop, &account, Some(error)).await?;
            }
            let (now, view) = (shop.now(), error.as_ref().map(Error::view));
            let settled = shop
                .store()
                .write(move |tx| {
                    sync_runs::add_calls(tx, run, taken.unpaced, &taken.repeats, taken.settled)?;
                    if state == RunState::Done {
                        account_rows::succeeded(tx, &account, now)?;
                    }
                    let settled = sync_runs::settle(tx, run, state, until, view.as_ref(), now)?;
                    match settled {
                        Some(done) if whole && state == RunState::Done => {
                            vanished::count(tx, &done)?;
                            sync_runs::get(tx, run)
                        }
                        settled => Ok(settled),
                    }
                })
                .await?;
            settled.ok_or_else(|| Error::new(Code::NotFound, format!("run {run} is gone")))
        }
    }

    fn tell(&self) {
        let receipt = &self.receipt;
        let eta_s = receipt.total.map(|total| {
            let left = total.saturating_sub(receipt.done);
            let steps = receipt.done.saturating_sub(self.began_at).max(1);
            let took =
                u64::try_from(self.shop.now().duration_since(self.began).as_millis()).unwrap_or(0);
            took.saturating_mul(left) / steps / 1_000
        });
        self.shop.tell(Event::Progress {
            done: receipt.done,
            total: receipt.total,
            eta_s,
            receipt: receipt.clone(),
        });
    }
}

/// Waits; false when the owner stops it meanwhile.
async fn sleep_until(shop: Shop, run: i64, until: Timestamp) -> Result<bool> {
    loop {
        if shop
            .store()
            .read(move |connection| sync_runs::stop_asked(connection, run))
            .await?
        {
            return Ok(false);
        }
        let left = until.duration_since(shop.now());
        if left <= SignedDuration::ZERO {
            return Ok(true);
        }
        let nap = Duration::try_from(left).unwrap_or_default().min(LOOK);
        tokio::select! {
            () = shop.moved().notified() => {}
            () = shop.ports().clock.sleep(nap) => {}
        }
    }
}

fn later(now: Timestamp, delay: Duration) -> Timestamp {
    let delay = SignedDuration::try_from(delay).unwrap_or(UNNAMED);
    now.checked_add(delay).unwrap_or(now)
}

/// What becomes of the run after a step that failed. Pure.
fn after(error: &Error, now: Timestamp, delays: &mut impl Iterator<Item = Duration>) -> After {
    match error.code {
        Code::RateLimited | Code::QuotaSpent | Code::TooSoon => {
            let until = error
                .retry_at
                .unwrap_or_else(|| now.checked_add(UNNAMED).unwrap_or(now));
            let wait = until.duration_since(now);
            // Short bans are waited out as often as they come; each call is counted in the receipt.
            if wait <= SHORT_BAN && error.code == Code::RateLimited {
                After::Again(
                    Duration::try_from(wait)
                        .unwrap_or_default()
                        .max(Duration::from_millis(200)),
                )
            } else {
                After::Pause(until)
            }
        }
        Code::Network | Code::SupplierDown | Code::SupplierAnswer => {
            delays.next().map_or(After::Interrupt, After::Again)
        }
        // The owner can mend these, and the run goes on from here.
        Code::ReconnectNeeded
        | Code::Suspended
        | Code::NotConnected
        | Code::KeychainUnavailable
        | Code::WrongKey
        | Code::ClockSkew
        | Code::Disk
        | Code::PermissionMissing => After::Interrupt,
        _ => After::Fail,
    }
}

/// Half a second, then doubling to twenty: over half a minute of patience with a bad line.
fn delays() -> ExponentialBackoff {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(500))
        .with_max_delay(Duration::from_secs(20))
        .with_max_times(6)
        .build()
}
