//! CSV files: generic, Shopify's, WooCommerce's. Any size in constant memory, one moment of the catalogue, all or nothing.
//!
//! `shape` and `options` make a product what shops take, a dialect writes it, `sheet` guards the cells, `file` puts the file in place.

mod file;
mod generic;
mod guard;
mod options;
mod shape;
mod sheet;
mod shopify;
mod woocommerce;

use std::collections::HashSet;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

use smartlinks_core::export::{self, Product, Sink, Stop};
use smartlinks_core::views::{
    ExportFormat, ExportNoteKind, ExportPreview, ExportReceipt, ExportRequest, PriceRules,
};
use smartlinks_core::{Code, Error, Result, Shop, pricing};

pub use file::Target;
pub use guard::unguarded;

use file::{Draft, Finished};
use shape::Tally;
use sheet::Sheet;

/// Rows in a preview, at most.
const PREVIEWED: usize = 100;

/// Writes a file, telling its progress and its end to whoever listens to the shop.
///
/// # Errors
/// `Stopped` when `stop` was asked, `Disk` when there is no room or no right to write, `BadInput` for a target that is a
/// folder; in every case the place of the file is as it was.
pub async fn write(
    shop: &Shop,
    request: ExportRequest,
    target: Target,
    stop: Stop,
) -> Result<ExportReceipt> {
    let outcome = written(shop, request, target, stop).await;
    export::tell_end(shop, &outcome);
    outcome
}

async fn written(
    shop: &Shop,
    request: ExportRequest,
    target: Target,
    stop: Stop,
) -> Result<ExportReceipt> {
    let rules = rules(shop, &request).await?;
    let format = request.format;
    let most = (format == ExportFormat::Shopify).then_some(shopify::LARGEST_FILE);
    let draft = blocking(move || Draft::begin(target, most)).await?;
    let writer = Writer::new(draft, format, rules, None)?;
    let writer = export::read(shop, request.selection, stop, writer).await?;
    blocking(move || {
        let Writer {
            sheet,
            mut tally,
            products,
            skipped,
            ..
        } = writer;
        tally.add(ExportNoteKind::CellsGuarded, sheet.guarded());
        let rows = sheet.rows();
        let Finished { files, bytes } = sheet.into_inner()?.finish()?;
        let named = |file: &PathBuf| file.display().to_string();
        Ok(ExportReceipt {
            files: files.iter().map(named).collect(),
            format,
            rows,
            products,
            skipped,
            bytes,
            notes: tally.notes(),
        })
    })
    .await
}

/// The first rows of a file, without writing one.
///
/// # Errors
/// Those of the database.
pub async fn preview(shop: &Shop, request: ExportRequest, rows: usize) -> Result<ExportPreview> {
    let rules = rules(shop, &request).await?;
    let rows = rows.clamp(1, PREVIEWED);
    let products = export::count(shop, request.selection.clone()).await?;
    let writer = Writer::new(Vec::new(), request.format, rules, Some(rows as u64))?;
    let mut writer = export::look(shop, request.selection, writer).await?;
    let guarded = writer.sheet.guarded();
    writer.tally.add(ExportNoteKind::CellsGuarded, guarded);
    let notes = writer.tally.notes();
    let bytes = writer.sheet.into_inner()?;
    let unreadable =
        |error: csv::Error| Error::new(Code::Unexpected, format!("our own CSV: {error}"));
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    Ok(ExportPreview {
        columns: cells(reader.headers().map_err(unreadable)?),
        rows: reader
            .records()
            .take(rows)
            .map(|record| record.map(|record| cells(&record)))
            .collect::<csv::Result<_>>()
            .map_err(unreadable)?,
        products,
        notes,
    })
}

async fn rules(shop: &Shop, request: &ExportRequest) -> Result<Option<PriceRules>> {
    Ok(match request.prices {
        true => Some(pricing::rules(shop).await?),
        false => None,
    })
}

/// The headings of a format.
#[must_use]
pub fn columns(format: ExportFormat) -> &'static [&'static str] {
    match format {
        ExportFormat::Generic => generic::COLUMNS,
        ExportFormat::Shopify => shopify::COLUMNS,
        ExportFormat::Woocommerce => woocommerce::COLUMNS,
    }
}

/// Takes products from the core and writes their rows.
struct Writer<W: Write> {
    format: ExportFormat,
    rules: Option<PriceRules>,
    sheet: Sheet<W>,
    tally: Tally,
    products: u64,
    skipped: u64,
    enough: Option<u64>,
    /// Products of several accounts that are in the file already, by a number made of their names.
    shared: HashSet<u64>,
}

impl<W: Write> Writer<W> {
    fn new(
        out: W,
        format: ExportFormat,
        rules: Option<PriceRules>,
        enough: Option<u64>,
    ) -> Result<Self> {
        Ok(Self {
            format,
            rules,
            sheet: Sheet::new(out, columns(format))?,
            tally: Tally::default(),
            products: 0,
            skipped: 0,
            enough,
            shared: HashSet::new(),
        })
    }

    /// The number of a product that several accounts have: two rows of one address would be one product in a shop.
    fn shared(&self, product: &Product) -> Option<u64> {
        let matters = product.shared && self.format != ExportFormat::Generic;
        matters.then(|| shape::fnv(&format!("{}/{}", product.supplier, product.product_id)))
    }
}

impl<W: Write + Send + 'static> Sink for Writer<W> {
    fn take(&mut self, product: &Product) -> Result<ControlFlow<()>> {
        let shared = self.shared(product);
        let second = shared.is_some_and(|number| self.shared.contains(&number));
        let (rules, sheet, tally) = (self.rules.as_ref(), &mut self.sheet, &mut self.tally);
        let outcome = match self.format {
            _ if second => Err(ExportNoteKind::Duplicate),
            ExportFormat::Generic => Ok(generic::write(product, rules, sheet, tally)?),
            ExportFormat::Shopify => shopify::write(product, rules, sheet, tally)?,
            ExportFormat::Woocommerce => woocommerce::write(product, rules, sheet, tally)?,
        };
        match outcome {
            Ok(()) => {
                if self.format == ExportFormat::Shopify {
                    self.sheet.end_group()?;
                }
                self.products += 1;
                self.shared.extend(shared);
            }
            Err(why) => {
                self.skipped += 1;
                self.tally.add(why, 1);
            }
        }
        Ok(match self.enough {
            Some(enough) if self.sheet.rows() >= enough => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        })
    }

    fn rows(&self) -> u64 {
        self.sheet.rows()
    }
}

/// Work on the disk, off the async threads.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::new(Code::Unexpected, format!("writing was cut off: {error}")))?
}
