//! `export …` and `prices …`: files for a shop, and the rules that make their prices.

use smartlinks_core::export::Stop;
use smartlinks_core::pricing;
use smartlinks_core::views::{
    ExportNote, ExportNoteKind, ExportReceipt, ExportRequest, ExportSelection, PricePreview,
    PriceRange, PriceRules, ProductQuery, Rounding, Unpriced,
};
use smartlinks_core::{Code, Error, Shop};
use smartlinks_publish::csv::{self, Target};

use crate::Outcome;
use crate::args::{CsvArgs, ExportCommand, PricesCommand, SetArgs, WhichArgs};
use crate::output::{Answer, clean, or_dash, price, table};
use crate::signal::stop_asked;

/// Rows of a preview in the terminal.
const PREVIEWED: usize = 10;
/// The first columns are what fits a terminal.
const COLUMNS: usize = 4;

pub(super) async fn export(shop: &Shop, command: ExportCommand) -> Outcome {
    let ExportCommand::Csv(args) = command;
    let CsvArgs {
        format,
        out,
        prices,
        which,
        ..
    } = args;
    let request = ExportRequest {
        format: format.into(),
        selection: selection(which),
        prices,
    };
    let Some(out) = out else {
        return preview(shop, request).await;
    };
    let path = std::path::absolute(&out)
        .map_err(|error| Error::new(Code::BadInput, format!("{}: {error}", out.display())))?;
    let stop = Stop::default();
    let writing = csv::write(shop, request, Target::File(path), stop.clone());
    tokio::pin!(writing);
    let receipt = tokio::select! {
        outcome = &mut writing => outcome,
        () = stop_asked() => {
            stop.ask();
            writing.await
        }
    }?;
    let document = serde_json::json!({
        "file": receipt.files.first(),
        "files": receipt.files,
        "rows": receipt.rows,
        "skipped": receipt.skipped,
    });
    Answer::new(&document, told(&receipt))
}

async fn preview(shop: &Shop, request: ExportRequest) -> Outcome {
    let preview = csv::preview(shop, request, PREVIEWED).await?;
    let headings: Vec<&str> = preview.columns.iter().map(String::as_str).collect();
    let mut text = String::new();
    for row in &preview.rows {
        let filled = headings
            .iter()
            .zip(row)
            .filter(|(_, cell)| !cell.is_empty());
        let mut line = String::new();
        for (index, (heading, cell)) in filled.enumerate() {
            line.push_str(if index == 0 { "" } else { " · " });
            line.push_str(&format!("{heading}: {}", clean(cell)));
            if index + 1 == COLUMNS {
                break;
            }
        }
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str(&format!(
        "… of {} products; nothing was written",
        preview.products
    ));
    Answer::new(&preview, text + &noted(&preview.notes))
}

pub(super) fn selection(which: WhichArgs) -> ExportSelection {
    if !which.product.is_empty() {
        return ExportSelection::Products {
            products: which.product,
        };
    }
    match query(which) {
        query if query == ProductQuery::default() => ExportSelection::All,
        query => ExportSelection::Query { query },
    }
}

fn query(which: WhichArgs) -> ProductQuery {
    ProductQuery {
        words: which.search,
        supplier: which.supplier,
        category: which.category,
        in_stock: which.in_stock.then_some(true),
        status: which.status.map(Into::into),
        ..ProductQuery::default()
    }
}

fn told(receipt: &ExportReceipt) -> String {
    let files: Vec<String> = receipt.files.iter().map(|file| clean(file)).collect();
    let mut text = format!(
        "✓ {} · {} rows · {} products · {} left out",
        files.join("\n  "),
        receipt.rows,
        receipt.products,
        receipt.skipped
    );
    if files.len() > 1 {
        text.push_str(&format!(
            "\n  ! Shopify takes up to 15 MB a file: import all {}, one after the other, in any order",
            files.len()
        ));
    }
    text + &noted(&receipt.notes)
}

fn noted(notes: &[ExportNote]) -> String {
    notes
        .iter()
        .map(|note| {
            let what = match note.note {
                ExportNoteKind::NoPrice => "products without any price left out",
                ExportNoteKind::NoRate => {
                    "without a price: no rate for their currency; smartlinks-cli prices set --rate USD=…"
                }
                ExportNoteKind::Duplicate => "products left out: another account's are in the file",
                ExportNoteKind::TooManyVariants => "products with more variants than the shop takes left out",
                ExportNoteKind::VariantsWithoutPrice => "variants without a price",
                ExportNoteKind::WithoutDetails => {
                    "products whose variants are not known yet; drafts in the shop until smartlinks-cli sync cj --details"
                }
                ExportNoteKind::OptionsJoined => "products with more options than the shop takes; the last ones are joined",
                ExportNoteKind::VariantsNumbered => "variants the supplier names alike; numbers tell them apart",
                ExportNoteKind::CellsGuarded => "cells look like a formula; an apostrophe is before them",
            };
            format!("\n  ! {} {what}", note.count)
        })
        .collect()
}

pub(super) async fn prices(shop: &Shop, command: PricesCommand) -> Outcome {
    let rules = match command {
        PricesCommand::Show => pricing::rules(shop).await?,
        PricesCommand::Set(args) => {
            let changed = changed(pricing::rules(shop).await?, args);
            pricing::set_rules(shop, Some(changed)).await?
        }
        PricesCommand::Reset => pricing::set_rules(shop, None).await?,
        PricesCommand::Preview(which) => {
            let rules = pricing::rules(shop).await?;
            if !which.product.is_empty() {
                return Err(Error::new(
                    Code::BadInput,
                    "a preview takes a filter, not products",
                ));
            }
            let preview = pricing::preview(shop, rules, query(which)).await?;
            return Answer::new(&preview, tried(&preview));
        }
    };
    Answer::new(&rules, ruled(&rules))
}

fn changed(mut rules: PriceRules, args: SetArgs) -> PriceRules {
    if let Some(currency) = args.currency {
        rules.currency = currency;
    }
    for rate in args.rate {
        rules.rates.retain(|known| known.currency != rate.currency);
        rules.rates.push(rate);
    }
    if !args.range.is_empty() {
        rules.ranges = args.range;
    } else if args.multiplier.is_some() || args.add.is_some() {
        let usual = PriceRules::default().ranges.remove(0);
        let before = match &rules.ranges[..] {
            [one] => one.clone(),
            _ => usual,
        };
        rules.ranges = vec![PriceRange {
            up_to: None,
            multiplier: args.multiplier.unwrap_or(before.multiplier),
            add: args.add.unwrap_or(before.add),
        }];
    }
    if let Some(rounding) = args.rounding {
        rules.rounding = rounding.into();
    }
    if let Some(freight) = args.freight {
        rules.freight = freight;
    }
    if let Some(least_profit) = args.least_profit {
        rules.least_profit = least_profit;
    }
    if let Some(times) = args.compare_at {
        rules.compare_at = (!times.is_zero()).then_some(times);
    }
    rules
}

fn ruled(rules: &PriceRules) -> String {
    let currency = &rules.currency;
    let mut lines: Vec<String> = rules
        .ranges
        .iter()
        .map(|range| {
            let costs = match range.up_to {
                Some(up_to) => format!("costs up to {up_to} {currency}"),
                None if rules.ranges.len() > 1 => "all dearer costs".to_owned(),
                None => "every cost".to_owned(),
            };
            format!("{costs}: × {} + {} {currency}", range.multiplier, range.add)
        })
        .collect();
    lines.push(match rules.rounding {
        Rounding::None => "rounded up to the cent".to_owned(),
        Rounding::Whole => "rounded up to a whole number".to_owned(),
        Rounding::Point95 => "rounded up to .95".to_owned(),
        Rounding::Point99 => "rounded up to .99".to_owned(),
    });
    lines.push(format!(
        "never below cost + {} freight + {} profit ({currency})",
        rules.freight, rules.least_profit
    ));
    lines.extend(
        rules
            .compare_at
            .map(|times| format!("struck through: the price × {times}")),
    );
    lines.extend(
        rules
            .rates
            .iter()
            .map(|rate| format!("1 {} = {} {currency}", rate.currency, rate.rate)),
    );
    lines.join("\n")
}

fn tried(preview: &PricePreview) -> String {
    let rows = preview.rows.iter().map(|row| {
        let (asked, profit) = match (&row.priced, row.unpriced) {
            (Some(priced), _) => (
                price(Some(priced.price), None, Some(&preview.currency)),
                priced.profit.to_string(),
            ),
            (None, Some(Unpriced::NoRate)) => ("no rate".to_owned(), "–".to_owned()),
            (None, _) => ("–".to_owned(), "–".to_owned()),
        };
        [
            row.supplier.to_string(),
            row.product_id.clone(),
            row.title.clone(),
            price(row.cost, None, row.currency.as_deref()),
            asked,
            or_dash(Some(profit)),
        ]
    });
    let headings = ["Supplier", "ID", "Title", "Cost", "Shop price", "Profit"];
    table(headings, rows, "No product here.")
}
