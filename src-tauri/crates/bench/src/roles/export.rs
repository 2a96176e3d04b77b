//! Rows on their way into a file: as SmartLinks exports them, and by a bare loop from the same tables through the `csv` crate.
//!
//! The bare loop writes the same columns; it guards no cell, makes no price, counts and tells nothing. One statement with a join,
//! borrowed texts, one record used again.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::types::ValueRef;
use serde::{Deserialize, Serialize};
use smartlinks_core::export::Stop;
use smartlinks_core::views::{ExportFormat, ExportRequest, ExportSelection};
use smartlinks_publish::csv::{self, Target};

use crate::{Outcome, numbers, stage};

/// How writing went.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Written {
    /// Rows in the file, without the headings.
    pub rows: u64,
    /// Until the file is on the disk.
    pub took: Duration,
    /// What the processors spent in this process, where the system tells.
    pub cpu: Option<f64>,
    /// Peak memory of this process.
    pub peak_kib: Option<u64>,
}

/// Exports a data folder and prints [`Written`].
pub fn export(folder: &str, format: &str) -> Outcome<()> {
    let format = match format {
        "shopify" => ExportFormat::Shopify,
        "woocommerce" => ExportFormat::Woocommerce,
        _ => ExportFormat::Generic,
    };
    print(stage::block_on(async move {
        let shop = stage::open(Path::new(folder), None, None).await?;
        let out = tempfile::tempdir()?;
        let request = ExportRequest {
            format,
            selection: ExportSelection::All,
            prices: false,
        };
        let start = Instant::now();
        let target = Target::File(out.path().join("products.csv"));
        let receipt = csv::write(&shop, request, target, Stop::default()).await?;
        Ok(written(receipt.rows, start))
    })?)
}

/// The columns of the generic file.
const SELECT: &str = "SELECT p.supplier, p.account, p.product_id, v.variant_id, coalesce(v.sku, p.sku), p.title, v.options, p.category, \
                      coalesce(v.price, p.price_min), p.currency, coalesce(v.price, p.price_min), NULL, p.currency, \
                      coalesce(v.stock, p.stock), v.weight_g, coalesce(v.image, p.image), p.images, p.status, p.seen_at \
                      FROM products p LEFT JOIN variants v ON v.product = p.id AND v.gone = 0 ORDER BY p.id";
/// Which of them are ten-thousandths of money.
const MONEY: [usize; 2] = [8, 10];

/// Writes the same rows without more ado and prints [`Written`].
pub fn bare(folder: &str) -> Outcome<()> {
    let out = tempfile::tempdir()?;
    let database = rusqlite::Connection::open(Path::new(folder).join("smartlinks.db"))?;
    let start = Instant::now();
    let mut writer = ::csv::Writer::from_path(out.path().join("products.csv"))?;
    writer.write_record(csv::columns(ExportFormat::Generic))?;
    let mut statement = database.prepare(SELECT)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let mut record = ::csv::ByteRecord::new();
    let mut count = 0;
    while let Some(row) = rows.next()? {
        record.clear();
        for column in 0..columns {
            match row.get_ref(column)? {
                ValueRef::Text(text) => record.push_field(text),
                ValueRef::Integer(units) if MONEY.contains(&column) => {
                    let money = format!("{}.{:04}", units / 10_000, units % 10_000);
                    record.push_field(money.as_bytes());
                }
                ValueRef::Integer(number) => record.push_field(number.to_string().as_bytes()),
                _ => record.push_field(b""),
            }
        }
        writer.write_byte_record(&record)?;
        count += 1;
    }
    let file = writer
        .into_inner()
        .map_err(|error| error.error().to_string())?;
    file.sync_all()?;
    print(written(count, start))
}

fn written(rows: u64, start: Instant) -> Written {
    Written {
        rows,
        took: start.elapsed(),
        cpu: numbers::cpu(),
        peak_kib: numbers::peak_kib(),
    }
}

fn print(written: Written) -> Outcome<()> {
    println!("{}", serde_json::to_string(&written)?);
    Ok(())
}
