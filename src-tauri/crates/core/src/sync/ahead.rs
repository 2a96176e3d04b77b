//! Calls that do not wait for the answer before them. On a slow line an answer takes longer than the account's calls have to
//! be apart; then the next call starts when its time has come, and answers are handed out in the order they are wanted.
//!
//! Nothing here is faster than the account's pace: when a call starts is `budget`'s affair, and where answers come in time
//! there is one call at a time. Not for rows and cursors: those are `step`'s.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::task::JoinHandle;

use super::asking::Asking;
use super::budget::Spent;
use crate::error::{Code, Error, Result};
use crate::views::RepeatReason;

/// Calls in flight at once, at most: ten seconds of silence at the slowest pace, more than a second at the quickest.
pub(super) const MOST: usize = 10;
/// The same where nothing keeps calls apart: while one answer is written, the next one is on its way.
const MOST_UNPACED: usize = 3;

/// Something to ask a supplier for.
pub(super) trait Wanted: Clone + PartialEq + Send + 'static {
    /// Whether it is worth asking for ahead where nothing keeps calls apart: only a simulated supplier is that generous.
    const UNPACED: bool;

    /// What it brings.
    type Came: Send + 'static;

    /// Asks for it.
    fn ask(&self, asking: &mut Asking) -> impl Future<Output = Result<Self::Came>> + Send;
}

/// What was asked for and has not been handed out.
pub(super) struct Ahead<W: Wanted> {
    calls: VecDeque<InFlight<W>>,
}

struct InFlight<W: Wanted> {
    wanted: W,
    spent: Arc<Spent>,
    task: JoinHandle<Result<W::Came>>,
}

impl<W: Wanted> Drop for InFlight<W> {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl<W: Wanted> Ahead<W> {
    pub(super) fn new() -> Self {
        Self {
            calls: VecDeque::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    /// Whether it was asked for already.
    pub(super) fn has(&self, wanted: &W) -> bool {
        self.calls.iter().any(|call| call.wanted == *wanted)
    }

    /// The answer for the first of `wanted`, and what it cost; the others are asked for when they are due before it came.
    /// `asking` makes somebody new to ask.
    pub(super) async fn first(
        &mut self,
        wanted: &[W],
        asking: impl Fn() -> Asking,
    ) -> (Arc<Spent>, Result<W::Came>) {
        let Some(first) = wanted.first() else {
            let nothing = Error::new(Code::Unexpected, "nothing was to be asked for");
            return (Arc::default(), Err(nothing));
        };
        match self.calls.iter().position(|call| call.wanted == *first) {
            Some(at) => {
                let call = self.calls.remove(at);
                self.calls.extend(call);
                self.calls.rotate_right(1);
            }
            None => self.calls.push_front(start(first, asking())),
        }
        loop {
            let next = wanted.iter().find(|one| !self.has(one)).cloned();
            let next = next.filter(|_| self.calls.len() < MOST);
            let unpaced = W::UNPACED && self.calls.len() < MOST_UNPACED;
            let due = self.calls.back().map(|call| Arc::clone(&call.spent));
            let Some(call) = self.calls.front_mut() else {
                let lost = Error::new(Code::Unexpected, "a call was lost");
                return (Arc::default(), Err(lost));
            };
            let came = tokio::select! {
                biased;
                came = &mut call.task => Some(came),
                () = next_is_due(due, unpaced), if next.is_some() => None,
            };
            match (came, next) {
                (Some(came), _) => {
                    let spent = Arc::clone(&call.spent);
                    self.calls.pop_front();
                    return (spent, came.unwrap_or_else(|error| Err(broken(&error))));
                }
                (None, Some(next)) => self.calls.push_back(start(&next, asking())),
                (None, None) => {}
            }
        }
    }

    /// Waits for what is in flight and throws it away: it cannot be kept before what failed. Adds what it cost to `spent`.
    pub(super) async fn give_up(&mut self, spent: &Spent) {
        while let Some(mut call) = self.calls.pop_front() {
            let _ = (&mut call.task).await;
            call.spent.again(RepeatReason::CutOff);
            spent.absorb(&call.spent);
        }
    }
}

fn start<W: Wanted>(wanted: &W, mut asking: Asking) -> InFlight<W> {
    let spent = Arc::clone(&asking.spent);
    let one = wanted.clone();
    InFlight {
        wanted: wanted.clone(),
        spent,
        task: tokio::spawn(async move { one.ask(&mut asking).await }),
    }
}

async fn next_is_due(last: Option<Arc<Spent>>, unpaced: bool) {
    match last {
        Some(spent) => spent.next_is_due(unpaced).await,
        None => std::future::pending().await,
    }
}

fn broken(error: &tokio::task::JoinError) -> Error {
    Error::new(Code::Unexpected, format!("a call was cut off: {error}"))
}
