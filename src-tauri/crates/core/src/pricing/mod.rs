//! Price rules: what the shop asks for what the supplier costs.
//!
//! [`price`] is pure and the same everywhere: in the preview, in a file, in a published table. The rules are a setting of the
//! owner's and lie in the database beside the catalogue. Exchange rates are the owner's too: a rate fetched behind the
//! owner's back would change prices behind the owner's back.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::{search, settings};
use crate::views::{
    PricePreview, PricePreviewRow, PriceRules, Priced, ProductQuery, ProductRow, Rounding, Unpriced,
};

/// The settings' key.
const PRICE_RULES: &str = "price_rules";
/// Beyond this nothing is a price, a rate or a multiplier; keeps every sum far from a decimal's end.
const MOST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);
/// Ranges and rates an owner can still read.
const MOST_LINES: usize = 50;
/// Products in a preview.
const PREVIEWED: u32 = 20;

/// The shop price of a cost in `currency` (ISO 4217); a cost without currency is in the shop's.
///
/// # Errors
/// Why there is none.
pub fn price(
    rules: &PriceRules,
    cost: Option<Decimal>,
    currency: Option<&str>,
) -> Result<Priced, Unpriced> {
    let cost = cost
        .filter(|cost| !cost.is_sign_negative())
        .ok_or(Unpriced::NoCost)?;
    if cost > MOST {
        return Err(Unpriced::TooLarge);
    }
    let cost = cost * rate(rules, currency).ok_or(Unpriced::NoRate)?;
    let range = rules
        .ranges
        .iter()
        .find(|range| range.up_to.is_none_or(|up_to| cost <= up_to))
        .or(rules.ranges.last());
    let asked = match range {
        Some(range) => {
            cost.checked_mul(range.multiplier)
                .ok_or(Unpriced::TooLarge)?
                + range.add
        }
        None => cost,
    };
    let least = cost + rules.freight + rules.least_profit;
    let price = ending(asked.max(least), rules.rounding);
    if price > MOST {
        return Err(Unpriced::TooLarge);
    }
    let compare_at = rules
        .compare_at
        .map(|times| ending(price * times, rules.rounding))
        .filter(|shown| *shown > price);
    Ok(Priced {
        cost: cents(cost, RoundingStrategy::MidpointAwayFromZero),
        price,
        compare_at,
        profit: cents(price - cost - rules.freight, RoundingStrategy::ToZero),
        floored: asked < least,
    })
}

/// Units of the shop's currency for one of `currency`.
fn rate(rules: &PriceRules, currency: Option<&str>) -> Option<Decimal> {
    match currency {
        Some(other) if other != rules.currency => rules
            .rates
            .iter()
            .find(|rate| rate.currency == other)
            .map(|rate| rate.rate),
        _ => Some(Decimal::ONE),
    }
}

/// The smallest price with this ending that is not below `value`.
fn ending(value: Decimal, rounding: Rounding) -> Decimal {
    let end = match rounding {
        Rounding::None => return cents(value, RoundingStrategy::ToPositiveInfinity),
        Rounding::Whole => Decimal::ZERO,
        Rounding::Point95 => Decimal::new(95, 2),
        Rounding::Point99 => Decimal::new(99, 2),
    };
    let whole = (value - end).ceil().max(Decimal::ZERO);
    cents(whole + end, RoundingStrategy::ToPositiveInfinity)
}

/// Two places, always written.
fn cents(value: Decimal, strategy: RoundingStrategy) -> Decimal {
    let mut value = value.round_dp_with_strategy(2, strategy);
    value.rescale(2);
    value
}

/// Rules as they can be kept: currencies in capitals, every figure one that can be meant.
///
/// # Errors
/// `BadInput`, naming the figure.
pub fn checked(mut rules: PriceRules) -> Result<PriceRules> {
    rules.currency = currency(&rules.currency)?;
    for rate in &mut rules.rates {
        rate.currency = currency(&rate.currency)?;
        if rate.rate <= Decimal::ZERO || rate.rate > MOST {
            return Err(bad(format!(
                "the rate of {} must be above zero",
                rate.currency
            )));
        }
    }
    rules.rates.retain(|rate| rate.currency != rules.currency);
    for (index, rate) in rules.rates.iter().enumerate() {
        if rules.rates[..index]
            .iter()
            .any(|other| other.currency == rate.currency)
        {
            return Err(bad(format!("{} has two rates", rate.currency)));
        }
    }
    if rules.ranges.is_empty() {
        return Err(bad("at least one range of costs is needed"));
    }
    if rules.ranges.len() > MOST_LINES || rules.rates.len() > MOST_LINES {
        return Err(bad(format!("no more than {MOST_LINES} ranges or rates")));
    }
    let mut before = Decimal::ZERO;
    let last = rules.ranges.len() - 1;
    for (index, range) in rules.ranges.iter().enumerate() {
        match range.up_to {
            Some(_) if index == last => {
                return Err(bad("the last range takes all dearer costs and has no end"));
            }
            None if index < last => return Err(bad("only the last range has no end")),
            Some(up_to) if up_to <= before => {
                return Err(bad("every range must end above the one before"));
            }
            Some(up_to) => before = up_to,
            None => {}
        }
        if range.multiplier <= Decimal::ZERO || range.multiplier > Decimal::ONE_THOUSAND {
            return Err(bad("a multiplier is above 0 and at most 1000"));
        }
        amount("the amount added", range.add)?;
    }
    amount("the freight", rules.freight)?;
    amount("the least profit", rules.least_profit)?;
    if let Some(times) = rules.compare_at
        && (times <= Decimal::ONE || times > Decimal::ONE_HUNDRED)
    {
        return Err(bad("the struck-through price is 1 to 100 times the price"));
    }
    Ok(rules)
}

fn amount(what: &str, value: Decimal) -> Result<()> {
    if value.is_sign_negative() && !value.is_zero() || value > MOST {
        return Err(bad(format!("{what} must not be below zero")));
    }
    Ok(())
}

fn currency(text: &str) -> Result<String> {
    let text = text.trim().to_ascii_uppercase();
    if text.len() == 3 && text.bytes().all(|letter| letter.is_ascii_uppercase()) {
        Ok(text)
    } else {
        Err(bad(format!("{text:?}: a currency has three letters")))
    }
}

fn bad(message: impl Into<String>) -> Error {
    Error::new(Code::BadInput, message)
}

/// The owner's rules, or the usual ones (twice the cost, ending in .99).
///
/// # Errors
/// Those of the database.
pub async fn rules(shop: &Shop) -> Result<PriceRules> {
    let kept = shop
        .store()
        .read(|connection| settings::get(connection, PRICE_RULES))
        .await?;
    match kept {
        Some(text) => serde_json::from_str(&text).map_err(|error| {
            Error::new(Code::DatabaseCorrupt, format!("the price rules: {error}"))
        }),
        None => Ok(PriceRules::default()),
    }
}

/// Keeps the owner's rules; `None` goes back to the usual ones. Returns what is kept.
///
/// # Errors
/// `BadInput` as [`checked`]; those of the database.
pub async fn set_rules(shop: &Shop, rules: Option<PriceRules>) -> Result<PriceRules> {
    let rules = rules.map(checked).transpose()?;
    let text = rules
        .as_ref()
        .map(serde_json::to_string)
        .transpose()
        .map_err(|error| Error::new(Code::Unexpected, format!("not storable: {error}")))?;
    shop.store()
        .write(move |tx| settings::set(tx, PRICE_RULES, text.as_deref()))
        .await?;
    Ok(rules.unwrap_or_default())
}

/// What `rules` would make of the first products of a query; nothing is kept.
///
/// # Errors
/// `BadInput` as [`checked`]; those of the database.
pub async fn preview(shop: &Shop, rules: PriceRules, query: ProductQuery) -> Result<PricePreview> {
    let rules = checked(rules)?;
    let query = ProductQuery {
        limit: Some(query.limit.unwrap_or(PREVIEWED).min(PREVIEWED)),
        ..query
    };
    let page = shop
        .store()
        .read(move |connection| search::page(connection, &query))
        .await?;
    Ok(PricePreview {
        rows: page
            .items
            .into_iter()
            .map(|row| tried(&rules, row))
            .collect(),
        currency: rules.currency,
    })
}

fn tried(rules: &PriceRules, row: ProductRow) -> PricePreviewRow {
    let (priced, unpriced) = match price(rules, row.price_min, row.currency.as_deref()) {
        Ok(priced) => (Some(priced), None),
        Err(why) => (None, Some(why)),
    };
    PricePreviewRow {
        supplier: row.supplier,
        product_id: row.product_id,
        title: row.title,
        image: row.image,
        cost: row.price_min,
        currency: row.currency,
        priced,
        unpriced,
    }
}

#[cfg(test)]
mod tests;
