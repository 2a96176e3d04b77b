//! `products …` and `changes …`: the catalogue on this computer, and taking AliExpress products into it.

use smartlinks_core::catalog;
use smartlinks_core::freight::{self, Ask};
use smartlinks_core::ports::{Clock as _, SystemClock};
use smartlinks_core::views::{
    ChangeKind, ChangeRow, Page, ProductDetail, ProductQuery, ProductRow, ProductStatus,
};
use smartlinks_core::{Result, Shop};

use super::aliexpress::wanted;
use crate::args::{ChangesCommand, FilterArgs, FreightArgs, ImportArgs, ProductsCommand};
use crate::output::{Answer, clean, more, or_dash, price, table, time, to_value};
use crate::{Outcome, Terminal, exit, failure};

pub(super) async fn run(terminal: &Terminal, shop: &Shop, command: ProductsCommand) -> Outcome {
    match command {
        ProductsCommand::List(filter) => page(shop, None, filter).await,
        ProductsCommand::Search { words, filter } => {
            page(shop, Some(words.join(" ")), filter).await
        }
        ProductsCommand::Show { id, supplier } => {
            let detail = catalog::show(shop, supplier, &id).await?;
            Answer::new(&detail, opened(&detail))
        }
        ProductsCommand::Freight(args) => freight(shop, args).await,
        ProductsCommand::Import(args) => import(terminal, shop, &args).await,
    }
}

async fn page(shop: &Shop, words: Option<String>, filter: FilterArgs) -> Outcome {
    let query = ProductQuery {
        words,
        supplier: filter.page.supplier,
        category: filter.category,
        price_min: filter.price_min,
        price_max: filter.price_max,
        changed_since: filter.changed_since,
        warehouse: filter.warehouse.map(|code| code.to_ascii_uppercase()),
        in_stock: filter.in_stock.then_some(true),
        status: filter.status.map(Into::into),
        sort: filter.sort.into(),
        after: filter.page.after,
        limit: Some(filter.page.limit),
        ..ProductQuery::default()
    };
    let page = match filter.from {
        Some(from) => deep(shop, query, from, filter.page.limit).await?,
        None => catalog::list(shop, query).await?,
    };
    let text = listed(&page.items) + &more(page.next.as_deref());
    Answer::new(&page, text)
}

/// A page by position, which has no `next`: the one behind it starts at `from` + `limit`.
async fn deep(shop: &Shop, query: ProductQuery, from: u64, limit: u32) -> Result<Page<ProductRow>> {
    let places = catalog::places(shop, query.clone()).await?;
    let items = catalog::at(shop, query, places.stamp, from, limit).await?;
    Ok(Page { items, next: None })
}

fn listed(products: &[ProductRow]) -> String {
    let rows = products.iter().map(|product| {
        [
            product.supplier.to_string(),
            product.product_id.clone(),
            product.title.clone(),
            price(
                product.price_min,
                product.price_max,
                product.currency.as_deref(),
            ),
            or_dash(product.stock),
            or_dash(product.variants),
            delisted(product.status).to_owned(),
        ]
    });
    let headings = [
        "Supplier", "ID", "Title", "Price", "Stock", "Variants", "Status",
    ];
    table(headings, rows, "No product here.")
}

fn delisted(status: ProductStatus) -> &'static str {
    match status {
        ProductStatus::Active => "active",
        ProductStatus::Delisted => "delisted",
    }
}

fn opened(detail: &ProductDetail) -> String {
    let product = &detail.product;
    let mut lines = vec![
        clean(&product.title),
        format!(
            "  {} {} · {} · {} in stock ({} in the supplier's warehouse) · {}",
            product.supplier,
            product.product_id,
            price(
                product.price_min,
                product.price_max,
                product.currency.as_deref()
            ),
            or_dash(product.stock),
            or_dash(product.stock_in_warehouse),
            delisted(product.status)
        ),
    ];
    if let Some(category) = &product.category {
        lines.push(format!("  {}", clean(category)));
    }
    if let Some(url) = &detail.supplier_url {
        lines.push(format!("  {}", clean(url)));
    }
    let rows = detail.items.iter().map(|variant| {
        [
            variant.variant_id.clone(),
            variant.title.clone(),
            or_dash(variant.sku.as_deref()),
            price(variant.price, None, variant.currency.as_deref()),
            or_dash(variant.stock),
        ]
    });
    lines.push(table(
        ["Variant", "Title", "SKU", "Price", "Stock"],
        rows,
        "No variants known yet: smartlinks-cli sync cj --details asks for them.",
    ));
    if !detail.changes.is_empty() {
        lines.push(changed(&detail.changes));
    }
    lines.join("\n")
}

/// Quotes, cheapest first. None is an answer, too: nobody sends it there.
async fn freight(shop: &Shop, args: FreightArgs) -> Outcome {
    let ask = Ask {
        supplier: args.supplier,
        product_id: args.id,
        variant: args.variant,
        ship_to: args.to,
        quantity: Some(args.quantity),
    };
    let quotes = freight::quotes(shop, ask).await?;
    let rows = quotes.quotes.iter().map(|quote| {
        [
            quote.service.clone(),
            match quote.price {
                Some(fee) if fee.is_zero() => "free".to_owned(),
                fee => price(fee, None, quote.currency.as_deref()),
            },
            match (quote.days_min, quote.days_max) {
                (Some(least), Some(most)) if least != most => format!("{least}–{most}"),
                (least, most) => or_dash(most.or(least)),
            },
            match quote.tracked {
                Some(true) => "yes",
                Some(false) => "no",
                None => "–",
            }
            .to_owned(),
            or_dash(quote.ship_from.as_deref()),
        ]
    });
    let text = table(
        ["Service", "Price", "Days", "Tracked", "From"],
        rows,
        &format!("No service sends it to {}.", quotes.ship_to),
    );
    Answer::new(&quotes, text)
}

/// Imports, and tells of each item whether it came.
pub(super) async fn import(terminal: &Terminal, shop: &Shop, args: &ImportArgs) -> Outcome {
    let wanted = wanted(shop, &args.wanted).await?;
    let results = catalog::import(shop, &args.items, &wanted).await?;
    let now = SystemClock.now();
    let failed = results
        .iter()
        .filter(|result| result.product.is_none())
        .count();
    let mut items = Vec::new();
    let mut lines = Vec::new();
    for result in &results {
        let mut item = to_value(result)?;
        if let Some(error) = &result.error {
            item["error"] = failure::object(error, terminal.language, now);
            lines.push(format!(
                "✗ {}\n{}",
                clean(&result.item),
                failure::lines(error, terminal.language, now)
            ));
        } else if let Some(product) = &result.product {
            lines.push(format!(
                "✓ {} {} · {} · {} in stock",
                product.product_id,
                clean(&product.title),
                price(
                    product.price_min,
                    product.price_max,
                    product.currency.as_deref()
                ),
                or_dash(product.stock)
            ));
        }
        items.push(item);
    }
    lines.push(format!(
        "{} of {} imported",
        results.len() - failed,
        results.len()
    ));
    let document = serde_json::json!({
        "items": items,
        "imported": results.len() - failed,
        "failed": failed,
    });
    let status = if failed == 0 {
        exit::DONE
    } else {
        exit::REFUSED
    };
    Ok(Answer::new(&document, lines.join("\n"))?.status(status))
}

pub(super) async fn changes(shop: &Shop, command: ChangesCommand) -> Outcome {
    let args = match command {
        ChangesCommand::List(args) => args,
        ChangesCommand::Days { days } => return days_of(shop, days).await,
    };
    let page = catalog::changes(shop, args.supplier, args.after.as_deref(), args.limit).await?;
    let text = changed(&page.items) + &more(page.next.as_deref());
    Answer::new(&page, text)
}

async fn days_of(shop: &Shop, count: u32) -> Outcome {
    let days = catalog::days(shop, count).await?;
    let rows = days.iter().map(|day| {
        [
            day.at.strftime("%F").to_string(),
            day.products.to_string(),
            day.added.to_string(),
            day.dearer.to_string(),
            day.cheaper.to_string(),
            day.sold_out.to_string(),
            day.gone.to_string(),
            day.points.to_string(),
        ]
    });
    let headings = [
        "Day", "Products", "Came", "Dearer", "Cheaper", "Sold out", "Gone", "Points",
    ];
    let text = table(headings, rows, "No day yet.");
    Answer::new(&serde_json::json!({ "days": days }), text)
}

fn changed(changes: &[ChangeRow]) -> String {
    let rows = changes.iter().map(|change| {
        let what = match change.what {
            ChangeKind::Price => "price",
            ChangeKind::Stock => "stock",
            ChangeKind::Listing => "listing",
        };
        [
            time(Some(change.at)),
            change.product_id.clone(),
            change.title.clone(),
            or_dash(change.variant_id.as_deref()),
            what.to_owned(),
            format!(
                "{} → {}",
                or_dash(change.old.as_deref()),
                or_dash(change.new.as_deref())
            ),
        ]
    });
    let headings = ["When", "Product", "Title", "Variant", "What", "Change"];
    table(headings, rows, "No change seen yet.")
}
