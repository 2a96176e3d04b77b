//! What was asked of the suppliers and what came of it: tests count calls with it, and the owner of a bench sees where the points went.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use serde::Serialize;

use crate::faults::Supplier;

/// One call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallRecord {
    /// Who was asked.
    pub supplier: Supplier,
    /// `product/listV2`, `aliexpress.ds.product.get`, `auth/token/create`…
    pub path_or_method: String,
    /// By the sandbox's clock.
    pub at: Timestamp,
    /// The product id the call named, if any.
    pub product: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Answered.
    Ok,
    /// Refused by the supplier's rules, with its code.
    Refused(String),
    /// A fault on order, with its name.
    Fault(String),
}

/// Only the newest calls are kept: a bench makes millions.
const KEPT: usize = 50_000;

#[derive(Default)]
struct Kept {
    newest: VecDeque<CallRecord>,
    counts: BTreeMap<String, usize>,
}

#[derive(Default)]
pub(crate) struct Calls {
    kept: Mutex<Kept>,
}

impl Calls {
    pub(crate) fn add(&self, record: CallRecord) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.counts.get_mut(&record.path_or_method) {
            Some(count) => *count += 1,
            None => {
                kept.counts.insert(record.path_or_method.clone(), 1);
            }
        }
        if kept.newest.len() >= KEPT {
            kept.newest.pop_front();
        }
        kept.newest.push_back(record);
    }

    pub(crate) fn all(&self) -> Vec<CallRecord> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.newest.iter().cloned().collect()
    }

    pub(crate) fn count(&self, name: &str) -> usize {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.counts
            .iter()
            .filter(|(known, _)| {
                known
                    .strip_suffix(name)
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with(['/', '.']))
            })
            .map(|(_, count)| count)
            .sum()
    }

    pub(crate) fn clear(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Kept::default();
    }
}
