//! `products …` and `changes …`: the catalogue on this computer, and taking AliExpress products into it.

use smartlinks_core::catalog;
use smartlinks_core::ports::{Clock as _, SystemClock};
use smartlinks_core::views::{
    ChangeKind, ChangeRow, Page, ProductDetail, ProductQuery, ProductRow, ProductStatus,
};
use smartlinks_core::{Result, Shop};

use super::aliexpress::wanted;
use crate::args::{ChangesCommand, FilterArgs, ImportArgs, PageArgs, ProductsCommand};
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
async fn deep(
    shop: &Shop,
    query: ProductQuery,
    from: u64,
    limit: u32,
) -> Result<Page<ProductRow>> {
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
    let ChangesCommand::List(args) = command;
    let page = changes_page(shop, &args).await?;
    let text = changed(&page.items) + &more(page.next.as_deref());
    Answer::new(&page, text)
}

/// A page of changes; of one supplier by reading on until the page is full.
async fn changes_page(shop: &Shop, args: &PageArgs) -> Result<Page<ChangeRow>> {
    let mut full = Page {
        items: Vec::new(),
        next: args.after.clone(),
    };
    loop {
        let left = args.limit as usize - full.items.len();
        // Never more than still fit, so that `next` is where the last row shown stands.
        let rows = u32::try_from(left).unwrap_or(args.limit);
        let page = catalog::changes(shop, full.next.as_deref(), rows).await?;
        let wanted = |change: &ChangeRow| {
            args.supplier
                .is_none_or(|supplier| supplier == change.supplier)
        };
        full.items.extend(page.items.into_iter().filter(wanted));
        full.next = page.next;
        if full.next.is_none() || full.items.len() >= args.limit as usize {
            return Ok(full);
        }
    }
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
