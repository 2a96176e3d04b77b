//! The one thread that writes: one job after the other, each in a transaction of its own, or several in one.
//!
//! A commit writes every page of the file that it touched, and a supplier's list touches pages all over the index of
//! product ids. So the pages of a list share a transaction: whoever brings one hears at once that it is in, and it is
//! committed with the next job that must not be lost, after [`JOBS`] of them, or after [`LONGEST`]. A crash in between
//! costs these pages and the cursor that goes with them, together. Not for anything that cannot be fetched again.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::from_sqlite;
use crate::error::{Code, Error, Result};

/// Jobs in one transaction, at most: a page is three, with its turn and what its answer said of the account.
const JOBS: usize = 150;
/// How long a transaction stays open, at most: nobody else writes meanwhile, and nobody sees what is in it.
const LONGEST: Duration = Duration::from_millis(250);

/// When a job must be committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Before its answer.
    Now,
    /// Soon after, with others of the same run: it can be fetched again, and its place is kept in the same transaction.
    Soon(i64),
}

/// What is to be done in a transaction of its own.
pub(super) type Now = Box<dyn FnOnce(&mut Connection) + Send>;
/// What is to be done in one with others; given the error instead when what came before it was lost. False when it failed,
/// which undoes the others, too.
pub(super) type Soon = Box<dyn FnOnce(Result<&Transaction<'_>>) -> bool + Send>;

/// One job.
pub(super) enum Job {
    /// Committed before its answer.
    Now(Now),
    /// Of this run, committed later.
    Soon(i64, Soon),
    /// Commits what is open of this run, and tells whether any of it was lost.
    Settle(i64, Box<dyn FnOnce(Result<()>) + Send>),
}

/// Works until nobody can send jobs any more.
pub(super) fn work(mut connection: Connection, jobs: &Receiver<Job>) {
    let mut lost = HashMap::new();
    let mut next = jobs.recv().ok();
    while let Some(job) = next {
        next = match job {
            Job::Now(job) => {
                job(&mut connection);
                jobs.recv().ok()
            }
            Job::Settle(run, answer) => {
                // The pages it worked with are of no more use.
                let _ = connection.execute_batch("PRAGMA shrink_memory");
                answer(lost.remove(&run).map_or(Ok(()), Err));
                jobs.recv().ok()
            }
            Job::Soon(run, job) => match lost.get(&run).cloned() {
                Some(error) => {
                    job(Err(error));
                    jobs.recv().ok()
                }
                None => together(&mut connection, jobs, run, job, &mut lost),
            },
        };
    }
    // The planner's statistics are renewed on the way out, where nobody waits for them.
    let _ = connection.execute_batch("PRAGMA optimize");
}

/// Takes jobs of one run into one transaction, and returns the first that does not belong to it.
fn together(
    connection: &mut Connection,
    jobs: &Receiver<Job>,
    run: i64,
    first: Soon,
    lost: &mut HashMap<i64, Error>,
) -> Option<Job> {
    let transaction = match connection.transaction_with_behavior(TransactionBehavior::Immediate) {
        Ok(transaction) => transaction,
        Err(error) => {
            first(Err(from_sqlite(error)));
            return jobs.recv().ok();
        }
    };
    let began = Instant::now();
    let mut job = first;
    let mut taken = 0;
    let (next, ended) = loop {
        if !job(Ok(&transaction)) {
            // What the run had taken for kept is undone with it: it hears so until it settles, and goes on from its cursor.
            drop(transaction);
            let undone = Error::new(
                Code::Disk,
                "a write failed, and what came just before it was undone",
            );
            lost.insert(run, undone);
            return jobs.recv().ok();
        }
        taken += 1;
        if taken >= JOBS {
            break (None, false);
        }
        match jobs.recv_timeout(LONGEST.saturating_sub(began.elapsed())) {
            Ok(Job::Soon(of, another)) if of == run => job = another,
            Ok(other) => break (Some(other), false),
            Err(RecvTimeoutError::Timeout) => break (None, false),
            Err(RecvTimeoutError::Disconnected) => break (None, true),
        }
    };
    if let Err(error) = transaction.commit() {
        lost.insert(run, from_sqlite(error));
    }
    if ended {
        return None;
    }
    next.or_else(|| jobs.recv().ok())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::super::{Store, settings};
    use super::When;
    use crate::error::{Code, Error, Result};

    async fn put(store: &Store, when: When, key: &'static str) {
        store
            .write_as(when, move |tx| settings::set(tx, key, Some("kept")))
            .await
            .unwrap();
    }

    async fn kept(store: &Store, key: &'static str) -> bool {
        let found = store.read(move |connection| settings::get(connection, key));
        found.await.unwrap().is_some()
    }

    #[tokio::test]
    async fn pages_that_share_a_transaction_are_kept_by_whatever_must_be_kept() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("smartlinks.db")).unwrap();
        put(&store, When::Soon(1), "first").await;
        put(&store, When::Soon(1), "second").await;
        put(&store, When::Now, "owner's").await;
        assert!(kept(&store, "first").await && kept(&store, "second").await);
        put(&store, When::Soon(1), "third").await;
        store.settle(1).await.unwrap();
        assert!(kept(&store, "third").await);
    }

    #[tokio::test]
    async fn a_page_that_fails_undoes_its_own_run_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("smartlinks.db")).unwrap();
        put(&store, When::Soon(1), "of the other run").await;
        put(&store, When::Soon(2), "before").await;
        let failed: Result<()> = store
            .write_as(When::Soon(2), |tx| {
                settings::set(tx, "failed", Some("half"))?;
                Err(Error::new(Code::Unexpected, "on purpose"))
            })
            .await;
        assert!(failed.is_err(), "the run hears of it");
        let deaf = store.write_as(When::Soon(2), |_| Ok(())).await;
        assert!(deaf.is_err(), "it cannot go on as if nothing had happened");
        assert!(store.settle(2).await.is_err());
        store.settle(2).await.unwrap();
        assert!(kept(&store, "of the other run").await);
        assert!(
            !kept(&store, "failed").await && !kept(&store, "before").await,
            "the cursor went with its rows, so the run goes on from before both"
        );
    }
}
