//! What a run's calls were for: each brought something, or is made again for a reason that the receipt tells.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use tokio::time::Instant;

use crate::store::sync_runs::Counted;
use crate::views::RepeatReason;

/// What the calls of a run were for: which brought something, which have to be made again and why.
#[derive(Debug, Default)]
pub(crate) struct Spent {
    pub(super) run: Option<i64>,
    tally: Mutex<Tally>,
    /// When the call after the one in flight may start.
    pub(super) next: watch::Sender<Next>,
}

/// When the call after one in flight may start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Next {
    /// Not before that one has started.
    #[default]
    Unknown,
    /// Then.
    At(Instant),
    /// At once: nothing keeps calls apart.
    Unpaced,
}

#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Calls since something was brought or given up.
    pub open: u64,
    /// Calls not counted as they were made, because no pace knows of them.
    pub unpaced: u64,
    pub repeats: Counted,
}

/// What a receipt has to be told.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// Calls it does not know of yet.
    pub unpaced: u64,
    /// Calls that are made again, by reason.
    pub repeats: Counted,
    /// All calls that are accounted for by this.
    pub settled: u64,
}

impl Spent {
    /// Counts a call that keeps to no account's pace.
    pub(crate) fn call(&self) {
        let mut tally = self.tally();
        tally.open += 1;
        tally.unpaced += 1;
    }

    /// The calls of `run`; they are counted in its receipt as they are made.
    pub(crate) fn of_run(run: i64) -> Arc<Self> {
        Arc::new(Self {
            run: Some(run),
            ..Self::default()
        })
    }

    pub(super) fn tally(&self) -> std::sync::MutexGuard<'_, Tally> {
        // A panic elsewhere leaves only numbers behind.
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The calls since the last time brought nothing and will be made again.
    pub(crate) fn again(&self, reason: RepeatReason) {
        let mut tally = self.tally();
        let open = std::mem::take(&mut tally.open);
        if open > 0 {
            *tally.repeats.entry(reason).or_default() += open;
        }
    }

    /// What is to be noted in the receipt, since this was last asked.
    pub(crate) fn take(&self) -> Taken {
        let mut tally = self.tally();
        let repeats = std::mem::take(&mut tally.repeats);
        Taken {
            unpaced: std::mem::take(&mut tally.unpaced),
            settled: std::mem::take(&mut tally.open) + repeats.values().sum::<u64>(),
            repeats,
        }
    }

    /// Counts here what was counted in `other`.
    pub(crate) fn absorb(&self, other: &Self) {
        let theirs = std::mem::take(&mut *other.tally());
        let mut tally = self.tally();
        tally.open += theirs.open;
        tally.unpaced += theirs.unpaced;
        for (reason, count) in theirs.repeats {
            *tally.repeats.entry(reason).or_default() += count;
        }
    }

    /// Returns when the call after the one in flight may start. `unpaced`: also where nothing keeps calls apart.
    pub(super) async fn next_is_due(&self, unpaced: bool) {
        let mut next = self.next.subscribe();
        loop {
            let now = *next.borrow_and_update();
            match now {
                Next::Unpaced if unpaced => return,
                Next::At(at) if at <= Instant::now() => return,
                // It may be made again meanwhile, and the next one has to wait for that.
                Next::At(at) => tokio::time::sleep_until(at).await,
                // The sender is ours: this waits.
                Next::Unknown | Next::Unpaced => {
                    let _ = next.changed().await;
                }
            }
        }
    }
}
