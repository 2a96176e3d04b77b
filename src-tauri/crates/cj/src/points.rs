//! CJ's points: what a call costs, and what CJ says is left.
//!
//! Since mid-2026 an account has 50,000 points a day and more with its turnover, full again at 00:00 UTC and refilled by
//! total/1440 every minute between. Deciding whether a call is worth its points is the caller's business.

use std::time::Duration;

use serde_json::Value;

use crate::row::Row;

/// The base budget of a day, used for the refill while CJ does not name the account's total.
const BASE_TOTAL: u32 = 50_000;

/// Points as CJ reported them; each report carries some of the four.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PointsInfo {
    /// Used since 00:00 UTC.
    pub used_today: Option<u32>,
    /// Left now.
    pub remaining: Option<u32>,
    /// The budget of a day.
    pub total: Option<u32>,
    /// What the refused call would have cost.
    pub required: Option<u32>,
}

impl PointsInfo {
    /// From the `pointsInfo` object of an answer; `None` when it tells nothing.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        let row = Row::of(value)?;
        let read = |name| {
            row.count([name])
                .and_then(|count| u32::try_from(count).ok())
        };
        let info = Self {
            used_today: read("usedToday"),
            remaining: read("remaining"),
            total: read("total"),
            required: read("required"),
        };
        (info != Self::default()).then_some(info)
    }

    /// From the sentence of a refusal: `Insufficient API points. Used today: 50000, Remaining: 0, Required: 10`.
    pub(crate) fn from_message(message: &str) -> Option<Self> {
        let lower = message.to_ascii_lowercase();
        let after = |label: &str| {
            let (_, rest) = lower.split_once(label)?;
            let rest = rest.trim_start_matches([' ', ':', '=']);
            let digits: String = rest
                .chars()
                .take_while(|c| c.is_ascii_digit() || *c == ',')
                .collect();
            digits.replace(',', "").parse().ok()
        };
        let info = Self {
            used_today: after("used today"),
            remaining: after("remaining"),
            total: after("total"),
            required: after("required"),
        };
        (info != Self::default()).then_some(info)
    }

    /// What either report knows, `self` first.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            used_today: self.used_today.or(other.used_today),
            remaining: self.remaining.or(other.remaining),
            total: self.total.or(other.total),
            required: self.required.or(other.required),
        }
    }

    /// How long the refill takes until a call of `cost` points fits, rounded up to the second.
    #[must_use]
    pub fn wait_for(&self, cost: u32) -> Duration {
        let missing = u64::from(cost.saturating_sub(self.remaining.unwrap_or(0)));
        let total = u64::from(self.total.filter(|total| *total > 0).unwrap_or(BASE_TOTAL));
        Duration::from_secs((missing * 86_400).div_ceil(total))
    }
}

/// What a call costs, by its path below `/api2.0/v1/` (CJ's points page, 2026). Everything not listed is free.
#[must_use]
pub fn points_of(path: &str) -> u32 {
    match path.trim_matches('/') {
        "product/listV2" | "product/list" => 50,
        "product/query"
        | "product/variant/query"
        | "product/variant/queryByVid"
        | "product/stock/queryByVid"
        | "product/stock/queryBySku"
        | "product/stock/getInventoryByPid"
        | "logistic/freightCalculate"
        | "logistic/freightCalculateTip"
        | "logistic/partnerFreightCalculate"
        | "logistic/getSupplierLogisticsTemplate"
        | "webhook/product/subscribe"
        | "webhook/product/unsubscribe" => 10,
        "product/queryProductsByImage" => 1000,
        path if path.contains("privateInventory/") => 10,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_sync_is_billed_as_cj_bills_it() {
        let table = [
            ("product/listV2", 50),
            ("product/list", 50),
            ("product/query", 10),
            ("product/variant/query", 10),
            ("product/stock/getInventoryByPid", 10),
            ("logistic/freightCalculate", 10),
            ("product/queryProductsByImage", 1000),
            ("product/myProduct/query", 0),
            ("shopping/order/list", 0),
            ("setting/get", 0),
            ("product/getCategory", 0),
            ("authentication/getAccessToken", 0),
        ];
        for (path, points) in table {
            assert_eq!(points_of(path), points, "{path}");
        }
    }

    #[test]
    fn points_are_read_from_the_object_and_from_the_sentence() {
        let sentence = "Insufficient API points. Used today: 50000, Remaining: 0, Required: 10";
        let told = PointsInfo::from_message(sentence);
        let expected = PointsInfo {
            used_today: Some(50_000),
            remaining: Some(0),
            total: None,
            required: Some(10),
        };
        assert_eq!(told, Some(expected));
        let object = PointsInfo::of(&json!({"usedToday":"49990","remaining":10,"total":50000}));
        assert_eq!(object.map(|info| info.remaining), Some(Some(10)));
        assert_eq!(PointsInfo::from_message("Success"), None);
        assert_eq!(PointsInfo::of(&json!({})), None);
    }

    #[test]
    fn the_wait_for_points_is_the_refill_and_not_a_day() {
        let empty = PointsInfo {
            remaining: Some(0),
            ..PointsInfo::default()
        };
        assert_eq!(empty.wait_for(10), Duration::from_secs(18));
        assert_eq!(empty.wait_for(50), Duration::from_secs(87));
        let rich = PointsInfo {
            remaining: Some(40),
            total: Some(500_000),
            ..empty
        };
        assert_eq!(rich.wait_for(50), Duration::from_secs(2));
        assert_eq!(rich.wait_for(10), Duration::ZERO);
    }
}
