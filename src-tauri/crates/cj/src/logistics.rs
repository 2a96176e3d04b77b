//! Where a parcel is, and what sending one would cost.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::client::Session;
use crate::error::Result;
use crate::number;
use crate::row::{Row, required_list};

/// How many tracking numbers one call carries, so that the address stays short.
const BATCH: usize = 20;

/// What CJ knows of a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// The number asked for.
    pub tracking_number: String,
    /// The carrier.
    pub logistic_name: Option<String>,
    /// From where (two letters).
    pub from: Option<String>,
    /// To where (two letters).
    pub to: Option<String>,
    /// How many days it took.
    pub days: Option<u64>,
    /// When it was delivered; UTC is assumed where CJ names no zone.
    pub delivered_at: Option<Timestamp>,
    /// Free text, as in `In transit`.
    pub status: Option<String>,
    /// Who carries it on the last mile.
    pub last_mile_carrier: Option<String>,
    /// Its number there.
    pub last_mile_number: Option<String>,
}

/// What to send where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FreightQuery {
    /// From where (two letters).
    pub from: String,
    /// To where (two letters).
    pub to: String,
    /// Postal code of the receiver.
    pub zip: Option<String>,
    /// What is in the parcel.
    pub lines: Vec<FreightLine>,
}

/// One kind of thing in a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreightLine {
    /// Variant.
    pub vid: String,
    /// How many.
    pub quantity: u32,
}

/// One way to send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreightOption {
    /// The name an order is made with.
    pub name: String,
    /// Days as CJ writes them: `7-12`.
    pub days: Option<String>,
    /// At least so many days.
    pub days_min: Option<u32>,
    /// At most so many days.
    pub days_max: Option<u32>,
    /// USD, without taxes and fees. Zero throughout has been seen where CJ has no price: see [`FreightOption::is_quote`].
    pub price: Option<Decimal>,
    /// CNY.
    pub price_cny: Option<Decimal>,
    /// Taxes, USD.
    pub taxes: Option<Decimal>,
    /// Customs clearance, USD.
    pub clearance: Option<Decimal>,
    /// All together, USD, as CJ says.
    pub total: Option<Decimal>,
}

impl FreightOption {
    /// Whether there is a price at all. CJ shows zero for some destinations it has no price for; nothing is sent for free.
    #[must_use]
    pub fn is_quote(&self) -> bool {
        [self.price, self.total]
            .into_iter()
            .flatten()
            .any(|price| price > Decimal::ZERO)
    }

    fn of(row: Row<'_>) -> Option<Self> {
        let days = row.text(["logisticAging", "arrivalTime"]);
        let (days_min, days_max) = days.as_deref().map_or((None, None), span);
        Some(Self {
            name: row.text(["logisticName"])?,
            days,
            days_min,
            days_max,
            price: row.decimal(["logisticPrice"]),
            price_cny: row.decimal(["logisticPriceCn"]),
            taxes: row.decimal(["taxesFee"]),
            clearance: row.decimal(["clearanceOperationFee"]),
            total: row.decimal(["totalPostageFee"]),
        })
    }
}

/// `7-12` and `9`; anything else is no number of days.
fn span(days: &str) -> (Option<u32>, Option<u32>) {
    let (least, most) = days.split_once('-').unwrap_or((days, days));
    match (least.trim().parse().ok(), most.trim().parse().ok()) {
        (Some(least), Some(most)) if least <= most => (Some(least), Some(most)),
        _ => (None, None),
    }
}

impl Session {
    /// Where parcels are, 20 numbers a call. Free of points. Numbers CJ does not know may be missing.
    ///
    /// # Errors
    /// The first refused call ends it; [`crate::Class::Answer`] when CJ sends nothing.
    pub async fn track(&self, numbers: &[String]) -> Result<Vec<Track>> {
        let mut tracks = Vec::with_capacity(numbers.len());
        for numbers in numbers.chunks(BATCH) {
            // CJ takes lists as the same key repeated.
            let query = numbers
                .iter()
                .map(|number| ("trackNumber", number.clone()))
                .collect();
            let data = self.get("logistic/trackInfo", query).await?;
            tracks.extend(required_list(&data, "tracking", track)?);
        }
        Ok(tracks)
    }

    /// The ways to send something and what they cost. 10 points.
    ///
    /// # Errors
    /// [`crate::Class::Answer`] when CJ sends nothing. No way at all is `Ok` and empty: no route, or, seen at CJ, a hidden
    /// refusal for speed; ask once more before believing it.
    pub async fn freight(&self, q: &FreightQuery) -> Result<Vec<FreightOption>> {
        let products: Vec<Value> = q
            .lines
            .iter()
            .map(|line| json!({"vid": line.vid, "quantity": line.quantity}))
            .collect();
        let mut body =
            json!({"startCountryCode": q.from, "endCountryCode": q.to, "products": products});
        if let Some(zip) = &q.zip {
            body["zip"] = json!(zip);
        }
        let data = self.post("logistic/freightCalculate", Some(body)).await?;
        required_list(&data, "freight", FreightOption::of)
    }
}

fn track(row: Row<'_>) -> Option<Track> {
    Some(Track {
        tracking_number: row.text(["trackingNumber", "trackNumber"])?,
        logistic_name: row.text(["logisticName"]),
        from: row.text(["trackingFrom"]),
        to: row.text(["trackingTo"]),
        days: row.value(["deliveryDay"]).and_then(number::count),
        delivered_at: row.time(["deliveryTime"]),
        status: row.text(["trackingStatus"]),
        last_mile_carrier: row.text(["lastMileCarrier"]),
        last_mile_number: row.text(["lastTrackNumber"]),
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_price_of_zero_is_no_quote() {
        let read = |price: Value| {
            let body = json!({"logisticName": "CJPacket Ordinary", "logisticAging": "7-12", "logisticPrice": price, "totalPostageFee": price});
            FreightOption::of(Row::of(&body).unwrap()).unwrap()
        };
        assert!(!read(json!(0)).is_quote());
        assert!(!read(json!(null)).is_quote());
        let quote = read(json!("5.31"));
        assert!(quote.is_quote());
        assert_eq!((quote.days_min, quote.days_max), (Some(7), Some(12)));
    }

    #[test]
    fn days_that_are_no_days_are_unknown() {
        for (text, expected) in [
            ("9", (Some(9), Some(9))),
            ("7 - 12", (Some(7), Some(12))),
            ("12-7", (None, None)),
            ("soon", (None, None)),
            ("-3", (None, None)),
        ] {
            assert_eq!(span(text), expected, "{text}");
        }
    }
}
