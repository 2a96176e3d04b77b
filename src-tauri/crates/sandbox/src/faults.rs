//! Faults on order: what shall go wrong, on which calls, how often. Rules are looked at in the order they were pushed; the first that applies
//! to a call and is not used up wins.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Which supplier is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Supplier {
    /// The simulated AliExpress gateway.
    #[serde(rename = "aliexpress")]
    AliExpress,
    /// The simulated CJ API.
    Cj,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The connection is dropped without a single byte of answer.
    Reset,
    /// The answer comes later by this, and is right. In JSON: milliseconds.
    #[serde(with = "milliseconds")]
    Delay(Duration),
    /// The connection is dropped in the middle of the body, whose announced length was longer.
    ResetMidBody,
    /// A complete HTTP answer whose JSON stops half-way.
    Truncate,
    /// This HTTP status (500, 502, 503, 504…), with a page of text as a proxy sends it.
    #[serde(rename = "status_5xx")]
    Status5xx(u16),
    /// HTTP 200, code 200, and nothing in it: the "well-known habit" of CJ's. For AliExpress an empty envelope.
    EmptyAnswer,
    /// CJ: 1600200. AliExpress: `AppApiCallLimit` with a ban of two seconds.
    RateRefusal {
        /// CJ refuses with HTTP 429 as well as with HTTP 200. AliExpress always answers 200.
        http_429: bool,
    },
    /// CJ: 16900500. AliExpress: `AppApiCallLimit` with a ban of four hours.
    PointsRefusal,
    /// Every access token of that supplier dies just before the call.
    ExpireToken,
    /// HTTP 200 with a page of HTML where JSON was expected.
    Html,
    /// AliExpress only: refused with these words, in the gateway's form.
    Refuse {
        /// `code`.
        code: String,
        /// `sub_code`, the older platform's real reason.
        #[serde(default)]
        sub_code: Option<String>,
        /// `msg`.
        #[serde(default)]
        message: String,
    },
}

impl Fault {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Delay(_) => "delay",
            Self::ResetMidBody => "reset_mid_body",
            Self::Truncate => "truncate",
            Self::Status5xx(_) => "status_5xx",
            Self::EmptyAnswer => "empty_answer",
            Self::RateRefusal { .. } => "rate_refusal",
            Self::PointsRefusal => "points_refusal",
            Self::ExpireToken => "expire_token",
            Self::Html => "html",
            Self::Refuse { .. } => "refuse",
        }
    }
}

mod milliseconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(of: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(u64::try_from(of.as_millis()).unwrap_or(u64::MAX))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_millis)
    }
}

/// When a fault happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultRule {
    /// On whose calls.
    pub supplier: Supplier,
    /// On calls whose name contains this; empty: on all. Names are `product/listV2` for CJ, and for AliExpress the method
    /// (`aliexpress.ds.product.get`) or the path (`auth/token/create`).
    #[serde(default)]
    pub path_contains: String,
    /// How many such calls pass before.
    #[serde(default)]
    pub skip: u32,
    /// How many such calls fail then; `None`: all.
    #[serde(default)]
    pub times: Option<u32>,
    /// What happens. In JSON: `"reset"`, `{"delay": 250}`, `{"status_5xx": 503}`, `{"rate_refusal": {"http_429": true}}`…
    pub what: Fault,
}

impl FaultRule {
    /// The fault on the next such call, once.
    pub fn once(supplier: Supplier, path_contains: &str, what: Fault) -> Self {
        Self {
            supplier,
            path_contains: path_contains.to_owned(),
            skip: 0,
            times: Some(1),
            what,
        }
    }

    /// The fault on every such call.
    pub fn always(supplier: Supplier, path_contains: &str, what: Fault) -> Self {
        Self {
            times: None,
            ..Self::once(supplier, path_contains, what)
        }
    }
}

/// The rules in force.
#[derive(Default)]
pub(crate) struct Faults {
    rules: Mutex<Vec<FaultRule>>,
}

impl Faults {
    pub(crate) fn push(&self, rule: FaultRule) {
        self.lock().push(rule);
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<FaultRule>> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The fault this call suffers, if any; counts it.
    pub(crate) fn take(&self, supplier: Supplier, name: &str) -> Option<Fault> {
        let mut rules = self.lock();
        for rule in rules.iter_mut() {
            if rule.supplier != supplier || !name.contains(&rule.path_contains) {
                continue;
            }
            if rule.skip > 0 {
                rule.skip -= 1;
                continue;
            }
            match &mut rule.times {
                Some(0) => continue,
                Some(times) => *times -= 1,
                None => {}
            }
            return Some(rule.what.clone());
        }
        None
    }
}
