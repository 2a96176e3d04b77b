//! The CJ accounts of the sandbox and what is kept for each: issued tokens, added products, requests of the last second, points.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::limits::{Points, Window};
use crate::options::Counting;
use crate::options::{CJ_API_KEY, CJ_SECOND_API_KEY};

/// Who an account is. All made up.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) key: &'static str,
    pub(crate) number: &'static str,
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    pub(crate) open_id: u64,
    pub(crate) shop_id: &'static str,
    pub(crate) shop_country: &'static str,
    pub(crate) currency: &'static str,
}

pub(crate) static ACCOUNTS: [Account; 2] = [
    Account {
        key: CJ_API_KEY,
        number: "CJ1234567",
        name: "Blue Fox Store",
        email: "owner@example.test",
        open_id: 40_321,
        shop_id: "1970000000000000007",
        shop_country: "DE",
        currency: "EUR",
    },
    Account {
        key: CJ_SECOND_API_KEY,
        number: "CJ7654321",
        name: "Green Otter Shop",
        email: "second@example.test",
        open_id: 40_777,
        shop_id: "1970000000000000019",
        shop_country: "FR",
        currency: "EUR",
    },
];

/// The account with this CJ number, `CJ1234567`.
pub(crate) fn by_number(number: &str) -> Option<usize> {
    ACCOUNTS.iter().position(|a| a.number == number)
}

/// The account with this API key.
pub(crate) fn by_key(key: &str) -> Option<usize> {
    ACCOUNTS.iter().position(|a| a.key == key)
}

/// What changes about one account.
pub(crate) struct State {
    pub(crate) window: Window,
    pub(crate) points: Points,
    /// When the pair was issued that getAccessToken hands out again for 24 hours.
    pub(crate) issued_ms: Option<i64>,
    /// Products added to "my products" while running, newest first.
    pub(crate) added: Vec<u64>,
}

pub(crate) struct Accounts {
    states: [Mutex<State>; ACCOUNTS.len()],
    pub(crate) qps: Option<u32>,
    guard: bool,
    /// When a key was last taken by getAccessToken.
    guarded: Mutex<HashMap<String, i64>>,
    suspended: AtomicBool,
    turns: AtomicU64,
}

/// getAccessToken takes a key once in this time (measured live by several, until December 2025 at least).
const GUARD_MS: i64 = 300_000;

impl Accounts {
    pub(crate) fn new(
        points_per_day: u64,
        qps: Option<u32>,
        counting: Counting,
        guard: bool,
    ) -> Self {
        let state = || {
            Mutex::new(State {
                window: Window::new(counting),
                points: Points::new(points_per_day),
                issued_ms: None,
                added: Vec::new(),
            })
        };
        Self {
            states: [state(), state()],
            qps,
            guard,
            guarded: Mutex::default(),
            suspended: AtomicBool::new(false),
            turns: AtomicU64::new(0),
        }
    }

    pub(crate) fn state(&self, account: usize) -> MutexGuard<'_, State> {
        self.states[account]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether getAccessToken may take this key now; if so, counts it.
    pub(crate) fn guard(&self, key: &str, now_ms: i64) -> bool {
        if !self.guard {
            return true;
        }
        let mut guarded = self.guarded.lock().unwrap_or_else(PoisonError::into_inner);
        if guarded
            .get(key)
            .is_some_and(|last| now_ms - last < GUARD_MS)
        {
            return false;
        }
        guarded.insert(key.to_owned(), now_ms);
        true
    }

    pub(crate) fn suspend(&self, suspended: bool) {
        self.suspended.store(suspended, Ordering::SeqCst);
    }

    pub(crate) fn is_suspended(&self) -> bool {
        self.suspended.load(Ordering::SeqCst)
    }

    /// True every other time: refusals come in two forms and both must be understood.
    pub(crate) fn turn(&self) -> bool {
        self.turns.fetch_add(1, Ordering::Relaxed).is_multiple_of(2)
    }
}
