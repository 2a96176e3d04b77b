//! What the gateway remembers: codes it gave out, and who called too fast.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::cj::limits::Window;
use crate::options::APP_KEY;
use crate::random::draw;

/// A code lives three minutes (the API's error table; another page says thirty, and a client must not count on it).
const CODE_LIFE_MS: i64 = 180_000;

#[derive(Default)]
struct Pace {
    window: Window,
    banned_until_ms: i64,
    strikes: u32,
}

pub(crate) struct Gate {
    qps: Option<u32>,
    codes: Mutex<HashMap<String, i64>>,
    newest: Mutex<Option<String>>,
    paces: Mutex<HashMap<String, Pace>>,
}

impl Gate {
    pub(crate) fn new(qps: Option<u32>) -> Self {
        Self {
            qps,
            codes: Mutex::default(),
            newest: Mutex::default(),
            paces: Mutex::default(),
        }
    }

    /// A new code, `3_<app key>_<random>`.
    pub(super) fn new_code(&self, seed: u64, now_ms: i64, n: u64) -> String {
        const LETTERS: &[u8; 62] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let random: String = (0..24)
            .map(|i| char::from(LETTERS[(draw(seed ^ n, 0xc0de, now_ms as u64 + i) % 62) as usize]))
            .collect();
        let code = format!("3_{APP_KEY}_{random}");
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        codes.retain(|_, issued_ms| now_ms - *issued_ms < CODE_LIFE_MS);
        codes.insert(code.clone(), now_ms);
        *self.newest.lock().unwrap_or_else(PoisonError::into_inner) = Some(code.clone());
        code
    }

    /// The code given out last, used or not.
    pub(crate) fn newest_code(&self) -> Option<String> {
        self.newest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Whether a code is good; it is not any more afterwards.
    pub(super) fn take_code(&self, code: &str, now_ms: i64) -> bool {
        self.codes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(code)
            .is_some_and(|issued_ms| now_ms - issued_ms < CODE_LIFE_MS)
    }

    /// Lets a call through, or says for how many seconds the app is banned from this method. Each new ban is longer.
    pub(super) fn admit(&self, method: &str, now_ms: i64) -> Result<(), i64> {
        let Some(qps) = self.qps else {
            return Ok(());
        };
        let mut paces = self.paces.lock().unwrap_or_else(PoisonError::into_inner);
        let pace = paces.entry(method.to_owned()).or_default();
        if now_ms >= pace.banned_until_ms {
            if pace.window.pass(now_ms, qps) {
                return Ok(());
            }
            pace.banned_until_ms = now_ms + 1_000 * (1 << pace.strikes.min(12));
            pace.strikes += 1;
        }
        Err((pace.banned_until_ms - now_ms + 999) / 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::Gate;

    #[test]
    fn calling_too_fast_bans_for_longer_each_time() {
        let gate = Gate::new(Some(2));
        assert_eq!(gate.admit("m", 0), Ok(()));
        assert_eq!(gate.admit("m", 1), Ok(()));
        assert_eq!(gate.admit("m", 2), Err(1));
        assert_eq!(gate.admit("other", 3), Ok(()), "a ban is per method");
        assert_eq!(gate.admit("m", 500), Err(1), "waiting is all that helps");
        assert_eq!(gate.admit("m", 1_002), Ok(()));
        assert_eq!(gate.admit("m", 1_003), Ok(()));
        assert_eq!(gate.admit("m", 1_004), Err(2));
    }

    #[test]
    fn a_code_is_good_once_and_for_three_minutes() {
        let gate = Gate::new(None);
        let code = gate.new_code(1, 0, 0);
        assert!(code.starts_with("3_500000_"), "{code}");
        assert!(gate.take_code(&code, 179_999));
        assert!(!gate.take_code(&code, 179_999), "used");
        let late = gate.new_code(1, 0, 1);
        assert!(!gate.take_code(&late, 180_000));
    }
}
