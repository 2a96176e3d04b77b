//! Who the account is and what it may: the answer of `setting/get`, which also serves as the test of a connection.

use rust_decimal::Decimal;
use secrecy::SecretString;
use serde_json::Value;

use crate::client::Session;
use crate::error::Result;
use crate::row::{Row, list, read_all};

/// The account's settings. `Debug` hides the open id.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The account's id; also the secret CJ signs webhooks with, so it is kept like one.
    pub open_id: Option<SecretString>,
    /// The account's name.
    pub open_name: Option<String>,
    /// The account's e-mail address.
    pub open_email: Option<String>,
    /// Calls a second over all programs of the account: 1 for a free one.
    pub qps: Option<Decimal>,
    /// Call quotas, where CJ still sets any.
    pub quotas: Vec<QuotaLimit>,
    /// `NO_PERMISSION`, `GENERAL`, `VIP` or `ADMIN`.
    pub root: Option<String>,
    /// Whether the whole account is one for trials.
    pub is_sandbox: Option<bool>,
}

/// A limit on the calls of one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaLimit {
    /// The path, as in `/api2.0/v1/product/list`.
    pub path: String,
    /// How many calls.
    pub limit: u64,
    /// Within what time.
    pub period: QuotaPeriod,
}

/// The time a quota is counted over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotaPeriod {
    /// For ever.
    Total,
    /// A year.
    Year,
    /// A quarter.
    Quarter,
    /// A month.
    Month,
    /// A day.
    Day,
    /// An hour.
    Hour,
    /// A number nobody documented, or none.
    Unknown,
}

impl Session {
    /// The account's settings. Free of points.
    ///
    /// # Errors
    /// [`crate::Class::Token`] when the access token is dead; [`crate::Class::Answer`] when CJ sends nothing.
    pub async fn settings(&self) -> Result<Settings> {
        settings(&self.get("setting/get", Vec::new()).await?)
    }
}

fn settings(data: &Value) -> Result<Settings> {
    let row = Row::required(data, "settings")?;
    // An object in CJ's sample, a list in its table.
    let inner = row
        .value(["setting"])
        .and_then(|setting| match list(setting) {
            Some(list) => list.into_owned().into_iter().next(),
            None => Some(setting.clone()),
        });
    let inner = inner.as_ref().and_then(Row::of);
    let quotas = inner
        .and_then(|inner| inner.list(["quotaLimits"]))
        .unwrap_or_default();
    Ok(Settings {
        open_id: row.text(["openId"]).map(SecretString::from),
        open_name: row.text(["openName"]),
        open_email: row.text(["openEmail"]),
        qps: inner
            .and_then(|inner| inner.decimal(["qpsLimit"]))
            .filter(|qps| *qps > Decimal::ZERO),
        quotas: read_all(&quotas, quota).0,
        root: row.text(["root"]),
        is_sandbox: row.flag(["isSandbox"]),
    })
}

fn quota(row: Row<'_>) -> Option<QuotaLimit> {
    Some(QuotaLimit {
        path: row.text(["quotaUrl"])?,
        limit: row.count(["quotaLimit"])?,
        period: match row.integer(["quotaType"]) {
            Some(0) => QuotaPeriod::Total,
            Some(1) => QuotaPeriod::Year,
            Some(2) => QuotaPeriod::Quarter,
            Some(3) => QuotaPeriod::Month,
            Some(4) => QuotaPeriod::Day,
            Some(5) => QuotaPeriod::Hour,
            _ => QuotaPeriod::Unknown,
        },
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use secrecy::ExposeSecret;
    use serde_json::json;

    #[test]
    fn settings_are_read_with_setting_as_object_and_as_list() {
        let inner = json!({"quotaLimits": [{"quotaUrl": "/api2.0/v1/product/list", "quotaLimit": 1000, "quotaType": 4}, {}], "qpsLimit": "2"});
        for setting in [inner.clone(), json!([inner])] {
            let data = json!({"openId": 40321, "openName": "Blue Fox Store", "openEmail": "owner@example.test", "setting": setting, "root": "GENERAL", "isSandbox": 0});
            let read = settings(&data).unwrap();
            assert_eq!(read.open_id.unwrap().expose_secret(), "40321");
            assert_eq!(read.qps, Some(Decimal::TWO));
            assert_eq!(read.quotas.len(), 1);
            assert_eq!(read.quotas[0].period, QuotaPeriod::Day);
            assert_eq!(read.is_sandbox, Some(false));
        }
    }

    #[test]
    fn a_rate_of_zero_is_no_rate() {
        let read = settings(&json!({"openId": "1", "setting": {"qpsLimit": 0}})).unwrap();
        assert_eq!(read.qps, None);
    }

    #[test]
    fn the_open_id_stays_out_of_logs() {
        let read = settings(&json!({"openId": 40321})).unwrap();
        assert!(!format!("{read:?}").contains("40321"));
    }
}
