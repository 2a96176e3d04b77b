//! What it costs to send a product somewhere, asked of whoever sells it. Nothing is kept: such prices change by the hour.

use ::cj::{FreightLine, FreightQuery as CjQuery};
use aliexpress::{FreightQuery, method};
use rust_decimal::Decimal;

use crate::accounts;
use crate::catalog::{self, Wanted};
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::accounts::AccountRow;
use crate::supplier;
use crate::views::{FreightQuote, FreightQuotes, ProductDetail, Supplier, VariantRow};

/// CJ's main warehouses; where a variant is said to lie nowhere, it is sent from there.
const CHINA: &str = "CN";
/// CJ names freight in dollars.
const DOLLAR: &str = "USD";
/// More pieces than anybody sends in one parcel.
const MOST: u32 = 10_000;

/// What to send where.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// Whose product, if both suppliers have the id.
    pub supplier: Option<Supplier>,
    /// The product in the catalogue.
    pub product_id: String,
    /// The variant; one that is in stock unless told.
    pub variant: Option<String>,
    /// ISO 3166 two letters; the settings' country unless told.
    pub ship_to: Option<String>,
    /// How many; one unless told.
    pub quantity: Option<u32>,
}

/// Quotes for a product of the catalogue, cheapest first.
///
/// # Errors
/// `NotFound` for a product or variant that is not in the catalogue, `BadInput` for a country or quantity that is none,
/// `NotConnected`, or what the supplier answered.
pub async fn quotes(shop: &Shop, ask: Ask) -> Result<FreightQuotes> {
    let quantity = ask.quantity.unwrap_or(1);
    if !(1..=MOST).contains(&quantity) {
        return Err(Error::new(
            Code::BadInput,
            format!("a quantity is between 1 and {MOST}"),
        ));
    }
    let wanted = Wanted::of(shop).await?.with(ask.ship_to.as_deref(), None)?;
    let product = catalog::show(shop, ask.supplier, &ask.product_id).await?;
    let variant = chosen(&product, ask.variant.as_deref())?.clone();
    let supplier = product.product.supplier;
    let account = accounts::pick(shop, supplier, Some(&product.product.account)).await?;
    let mut quotes = match supplier {
        Supplier::Aliexpress => {
            of_aliexpress(shop, &account, &product, &variant, &wanted, quantity).await?
        }
        Supplier::Cj => of_cj(shop, &account, &variant, &wanted.ship_to, quantity).await?,
    };
    // What has no price comes last; among equals the quicker first.
    quotes.sort_by_key(|quote| (quote.price.is_none(), quote.price, quote.days_max));
    Ok(FreightQuotes {
        supplier,
        product_id: product.product.product_id,
        variant_id: variant.variant_id,
        ship_to: wanted.ship_to,
        quantity,
        quotes,
    })
}

fn chosen<'a>(product: &'a ProductDetail, named: Option<&str>) -> Result<&'a VariantRow> {
    let fits = |variant: &&VariantRow| match named.map(str::trim) {
        Some(name) => variant.variant_id == name || variant.sku.as_deref() == Some(name),
        None => variant.stock.is_none_or(|stock| stock > 0),
    };
    let first = || product.items.first().filter(|_| named.is_none());
    product
        .items
        .iter()
        .find(fits)
        .or_else(first)
        .ok_or_else(|| {
            let why = match named {
                Some(name) => format!("the product has no variant {name:?}"),
                None => "no variant of the product is known yet; refresh it first".to_owned(),
            };
            Error::new(Code::NotFound, why)
        })
}

async fn of_aliexpress(
    shop: &Shop,
    account: &AccountRow,
    product: &ProductDetail,
    variant: &VariantRow,
    wanted: &Wanted,
    quantity: u32,
) -> Result<Vec<FreightQuote>> {
    let query = FreightQuery {
        product_id: product.product.product_id.clone(),
        sku_id: variant.variant_id.clone(),
        quantity,
        ship_to: wanted.ship_to.clone(),
        currency: wanted.currency.clone(),
        language: locale(&wanted.language).to_owned(),
        province_code: None,
        city_code: None,
    };
    let mut line = supplier::aliexpress::Line::new(shop, account, method::FREIGHT).await?;
    let options = loop {
        let answer = line.session().await?.freight(&query).await;
        if let Some(options) = line.answered(answer).await? {
            break options;
        }
    };
    Ok(options
        .into_iter()
        .map(|option| FreightQuote {
            service: option
                .company
                .filter(|name| !name.is_empty())
                .unwrap_or(option.code),
            price: option.fee,
            currency: option.currency,
            days_min: option.min_days,
            days_max: option.max_days.or(option.guaranteed_days),
            tracked: option.tracked,
            ship_from: option.ship_from,
        })
        .collect())
}

/// As this call wants languages (AliExpress docs: `en_US`).
fn locale(language: &str) -> &'static str {
    match language {
        "fr" => "fr_FR",
        _ => "en_US",
    }
}

async fn of_cj(
    shop: &Shop,
    account: &AccountRow,
    variant: &VariantRow,
    ship_to: &str,
    quantity: u32,
) -> Result<Vec<FreightQuote>> {
    let from = sent_from(variant, ship_to);
    let query = CjQuery {
        from: from.clone(),
        to: ship_to.to_owned(),
        zip: None,
        lines: vec![FreightLine {
            vid: variant.variant_id.clone(),
            quantity,
        }],
    };
    let mut line = supplier::cj::Line::new(shop, &account.id);
    // "No way at all" has been seen as a refusal for speed in disguise: it is believed the second time.
    let mut doubted = false;
    let options = loop {
        let answer = line.session().await?.freight(&query).await;
        match line.answered(answer).await? {
            Some(options) if options.is_empty() && !doubted => doubted = true,
            Some(options) => break options,
            None => {}
        }
    };
    Ok(options
        .into_iter()
        // Zero is what CJ shows where it has no price: nothing is sent for free.
        .filter(::cj::FreightOption::is_quote)
        .map(|option| FreightQuote {
            service: option.name,
            price: option
                .total
                .filter(|total| *total > Decimal::ZERO)
                .or(option.price),
            currency: Some(DOLLAR.to_owned()),
            days_min: option.days_min.map(i64::from),
            days_max: option.days_max.map(i64::from),
            tracked: None,
            ship_from: Some(from.clone()),
        })
        .collect())
}

/// The country CJ would send from: the buyer's own if the variant lies there, else China, else wherever it lies.
fn sent_from(variant: &VariantRow, ship_to: &str) -> String {
    let stocked: Vec<&str> = variant
        .warehouses
        .iter()
        .filter(|warehouse| warehouse.total > 0)
        .map(|warehouse| warehouse.country.as_str())
        .collect();
    let near = [ship_to, CHINA].into_iter().find(|country| {
        stocked
            .iter()
            .any(|held| held.eq_ignore_ascii_case(country))
    });
    near.or_else(|| stocked.first().copied())
        .unwrap_or(CHINA)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::Warehouse;

    fn lies_in(countries: &[(&str, i64)]) -> VariantRow {
        VariantRow {
            variant_id: "1".into(),
            sku: None,
            title: String::new(),
            price: None,
            currency: None,
            stock: None,
            stock_in_warehouse: None,
            image: None,
            weight_g: None,
            warehouses: countries
                .iter()
                .map(|(country, total)| Warehouse {
                    country: (*country).to_owned(),
                    total: *total,
                    in_warehouse: None,
                    at_factory: None,
                    verified: None,
                })
                .collect(),
            options: vec![],
        }
    }

    #[test]
    fn cj_is_asked_for_the_way_from_where_the_goods_lie() {
        for (held, to, from) in [
            (&[("CN", 5), ("US", 3)][..], "US", "US"),
            (&[("CN", 5), ("US", 0)], "US", "CN"),
            (&[("DE", 2)], "FR", "DE"),
            (&[], "FR", "CN"),
        ] {
            assert_eq!(sent_from(&lies_in(held), to), from, "{held:?} to {to}");
        }
    }
}
