//! Telling the owner what matters of all that changes: rules, and the changes that meet them.
//!
//! Rules are held against every change once, after each sync and each refresh, in the transaction that raises the alerts.
//! How an alert is shown (a notification, a list) is the host's.

use rust_decimal::Decimal;

use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::{alerts as rows, sync_runs};
use crate::views::{
    Alert, AlertKind, AlertRule, ChangeKind, ChangeRow, Event, NewAlertRule, Page, SyncReceipt,
};

/// So many alerts are told with an event; the others are in the list.
const FIRST: usize = 3;
/// More than anybody means by a threshold.
const MOST: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 0);

/// The rules in force, oldest first.
///
/// # Errors
/// The database's.
pub async fn rules(shop: &Shop) -> Result<Vec<AlertRule>> {
    let rules = shop.store().read(rows::rules).await?;
    Ok(rules.into_iter().map(|rule| rule.rule).collect())
}

/// Adds a rule.
///
/// # Errors
/// `BadInput` for a threshold that is missing, negative or has no meaning for this kind; `NotFound` for a product that is
/// not in the catalogue.
pub async fn add_rule(shop: &Shop, rule: NewAlertRule) -> Result<AlertRule> {
    let bad = |why: &str| Err(Error::new(Code::BadInput, why));
    match rule.threshold {
        None if rule.what.has_threshold() => return bad("this rule needs a threshold"),
        Some(_) if !rule.what.has_threshold() => return bad("this rule has no threshold"),
        Some(threshold) if threshold.is_sign_negative() && !threshold.is_zero() => {
            return bad("a threshold is not negative");
        }
        Some(threshold) if threshold > MOST => return bad("a threshold this high is never met"),
        _ => {}
    }
    let now = shop.now();
    shop.store()
        .write(move |tx| {
            let product = match rule.product_id.as_deref().map(str::trim) {
                None | Some("") => None,
                Some(id) => Some(rows::product_row(tx, rule.supplier, id)?.ok_or_else(|| {
                    Error::new(
                        Code::NotFound,
                        format!("no product {id:?} in the catalogue"),
                    )
                })?),
            };
            let id = rows::add(tx, &rule, product, now)?;
            let added = rows::rules(tx)?.into_iter().find(|kept| kept.rule.id == id);
            added
                .map(|kept| kept.rule)
                .ok_or_else(|| Error::new(Code::Unexpected, "the rule just added is not there"))
        })
        .await
}

/// Removes a rule; what it told stays told.
///
/// # Errors
/// `NotFound` when there is no such rule.
pub async fn remove_rule(shop: &Shop, id: i64) -> Result<()> {
    let removed = shop.store().write(move |tx| rows::remove(tx, id)).await?;
    if removed {
        Ok(())
    } else {
        Err(Error::new(Code::NotFound, format!("no rule {id}")))
    }
}

/// Alerts newest first. `after` is `next` of the page before.
///
/// # Errors
/// `BadInput` for a foreign `after`; the database's.
pub async fn list(shop: &Shop, after: Option<&str>, limit: u32) -> Result<Page<Alert>> {
    let after = after
        .map(|text| {
            text.parse::<i64>()
                .map_err(|_| Error::new(Code::BadInput, "this page was not given by us"))
        })
        .transpose()?;
    shop.store()
        .read(move |connection| rows::page(connection, after, limit.clamp(1, 500)))
        .await
}

/// Marks an alert and all older ones as looked at; how many were new.
///
/// # Errors
/// The database's.
pub async fn mark_seen(shop: &Shop, through: i64) -> Result<u64> {
    shop.store().write(move |tx| rows::seen(tx, through)).await
}

/// The same after a run. What an account's first sync finds has been so before the owner came: that is no news.
pub(crate) async fn after_run(shop: &Shop, receipt: &SyncReceipt) -> Result<()> {
    let (account, run) = (receipt.account.clone(), receipt.run);
    let is_first = shop
        .store()
        .write(move |tx| {
            let is_first = !sync_runs::was_complete_before(tx, &account, run)?;
            if is_first {
                rows::news(tx, |_, _, _| Ok(()))?;
            }
            Ok(is_first)
        })
        .await?;
    if is_first { Ok(()) } else { look(shop).await }
}

/// Holds what changed since the last time against the rules, and tells what met them.
pub(crate) async fn look(shop: &Shop) -> Result<()> {
    let now = shop.now();
    let (count, first) = shop
        .store()
        .write(move |tx| {
            let rules = rows::rules(tx)?;
            let mut count = 0;
            let mut first = Vec::new();
            rows::news(tx, |id, product, change| {
                let met = rules.iter().filter(|kept| {
                    kept.product.is_none_or(|only| only == product) && meets(&kept.rule, &change)
                });
                for kept in met {
                    let what = kept.rule.what;
                    let Some(id) = rows::raise(tx, what, id, now)? else {
                        continue;
                    };
                    count += 1;
                    if first.len() < FIRST {
                        let change = change.clone();
                        first.push(Alert {
                            id,
                            what,
                            change,
                            seen: false,
                        });
                    }
                }
                Ok(())
            })?;
            Ok((count, first))
        })
        .await?;
    if count > 0 {
        shop.tell(Event::Alerts { count, first });
    }
    Ok(())
}

/// Whether a change is what a rule is about; the rule's product is compared by the caller.
fn meets(rule: &AlertRule, change: &ChangeRow) -> bool {
    if rule
        .supplier
        .is_some_and(|supplier| supplier != change.supplier)
    {
        return false;
    }
    let threshold = rule.threshold.unwrap_or_default();
    let (old, new) = (change.old.as_deref(), change.new.as_deref());
    match (rule.what, change.what) {
        (AlertKind::PriceUp, ChangeKind::Price) => moved(old, new).0 >= threshold.max(LEAST),
        (AlertKind::PriceDown, ChangeKind::Price) => moved(old, new).1 >= threshold.max(LEAST),
        (AlertKind::StockBelow, ChangeKind::Stock) => match (number(old), number(new)) {
            // Unknown is not none.
            (Some(old), Some(new)) => old > threshold && new <= threshold,
            _ => false,
        },
        (AlertKind::BackInStock, ChangeKind::Stock) => {
            number(old).is_some_and(|old| old.is_zero())
                && number(new).is_some_and(|new| new > Decimal::ZERO)
        }
        (AlertKind::Delisted, ChangeKind::Listing) => new == Some("delisted"),
        _ => false,
    }
}

/// A price that did not move meets no rule, not even one of nought percent.
const LEAST: Decimal = Decimal::from_parts(1, 0, 0, false, 4);

/// By how many percent a price rose and fell at most; of a range, either end counts.
fn moved(old: Option<&str>, new: Option<&str>) -> (Decimal, Decimal) {
    let (Some((old_low, old_high)), Some((new_low, new_high))) = (range(old), range(new)) else {
        return (Decimal::ZERO, Decimal::ZERO);
    };
    let percent = |old: Decimal, new: Decimal| {
        (new - old)
            .checked_mul(Decimal::ONE_HUNDRED)
            .and_then(|change| change.checked_div(old))
            .unwrap_or_default()
    };
    let (low, high) = (percent(old_low, new_low), percent(old_high, new_high));
    (low.max(high), -low.min(high))
}

/// `2.10` or `2.10-3.40`, as prices of changes are written.
fn range(text: Option<&str>) -> Option<(Decimal, Decimal)> {
    let text = text?;
    let (low, high) = text.split_once('-').unwrap_or((text, text));
    Some((low.parse().ok()?, high.parse().ok()?))
}

fn number(text: Option<&str>) -> Option<Decimal> {
    text?.parse().ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;
    use crate::views::Supplier;

    fn meets_with(
        what: AlertKind,
        threshold: Option<&str>,
        kind: ChangeKind,
        old: &str,
        new: &str,
    ) -> bool {
        let rule = AlertRule {
            id: 1,
            what,
            threshold: threshold.map(|text| text.parse().unwrap()),
            supplier: Some(Supplier::Cj),
            product_id: None,
            title: None,
        };
        let known = |text: &str| (text != "unknown").then(|| text.to_owned());
        let change = ChangeRow {
            supplier: Supplier::Cj,
            product_id: "1".into(),
            title: "Lamp".into(),
            variant_id: None,
            what: kind,
            old: known(old),
            new: known(new),
            currency: None,
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let elsewhere = ChangeRow {
            supplier: Supplier::Aliexpress,
            ..change.clone()
        };
        assert!(!meets(&rule, &elsewhere), "the rule is about CJ only");
        meets(&rule, &change)
    }

    #[test]
    fn a_price_rise_that_eats_the_margin_is_told_and_a_cent_is_not() {
        let up = |threshold, old, new| {
            meets_with(
                AlertKind::PriceUp,
                Some(threshold),
                ChangeKind::Price,
                old,
                new,
            )
        };
        assert!(up("5", "10.00", "10.50"));
        assert!(!up("5", "10.00", "10.49"));
        assert!(!up("5", "10.00", "8.00"));
        assert!(
            up("5", "10.00-20.00", "10.00-24.00"),
            "the dearest variant counts, too"
        );
        assert!(up("0", "10.00", "10.01"));
        assert!(
            !up("0", "10.00", "10.00"),
            "nothing moved, whatever the rule"
        );
        assert!(!up("5", "unknown", "10.00") && !up("5", "10.00", "unknown"));
        assert!(!up("5", "0.00", "10.00"), "no percentage of nothing");
    }

    #[test]
    fn a_cheaper_purchase_is_told() {
        let down = |old, new| {
            meets_with(
                AlertKind::PriceDown,
                Some("10"),
                ChangeKind::Price,
                old,
                new,
            )
        };
        assert!(down("10.00", "9.00"));
        assert!(!down("10.00", "9.01"));
        assert!(!down("10.00", "11.00"));
    }

    #[test]
    fn selling_out_is_told_once_and_unknown_stock_is_not_selling_out() {
        let below = |threshold, old, new| {
            meets_with(
                AlertKind::StockBelow,
                Some(threshold),
                ChangeKind::Stock,
                old,
                new,
            )
        };
        assert!(below("0", "3", "0"));
        assert!(below("5", "9", "5"));
        assert!(!below("5", "4", "3"), "it was below before");
        assert!(!below("0", "3", "unknown"));
        let back = |old, new| meets_with(AlertKind::BackInStock, None, ChangeKind::Stock, old, new);
        assert!(back("0", "12"));
        assert!(!back("unknown", "12") && !back("1", "12") && !back("0", "unknown"));
    }

    #[test]
    fn a_product_that_left_the_shelf_is_told() {
        let gone = |old, new| meets_with(AlertKind::Delisted, None, ChangeKind::Listing, old, new);
        assert!(gone("active", "delisted"));
        assert!(!gone("delisted", "active"));
        assert!(!meets_with(
            AlertKind::Delisted,
            None,
            ChangeKind::Stock,
            "3",
            "0"
        ));
    }
}
