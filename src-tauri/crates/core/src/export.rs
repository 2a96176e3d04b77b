//! The catalogue from end to end, for whoever writes it somewhere else: one moment of it, one product at a time, with
//! progress and a way to stop. What is made of the products is the caller's business.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::store::export as rows;
use crate::views::{Event, ExportReceipt, ExportSelection, ProductStatus, Supplier, VariantOption};

/// Products between two looks at the clock and at the wish to stop.
const STRIDE: u64 = 256;
/// The shortest time between two reports of progress.
const BEAT: SignedDuration = SignedDuration::from_millis(200);

/// A product with all that goes to a shop.
#[derive(Debug, Clone)]
pub struct Product {
    /// Whose.
    pub supplier: Supplier,
    /// Of which account.
    pub account: String,
    /// The supplier's id.
    pub product_id: String,
    /// The title now.
    pub title: String,
    /// The title it came with: what addresses are made of.
    pub first_title: String,
    /// The supplier's SKU of the whole product, if any.
    pub sku: Option<String>,
    /// Category path, `A / B / C`.
    pub category: Option<String>,
    /// Pictures, the main one first.
    pub images: Vec<String>,
    /// Lowest cost of a variant.
    pub price_min: Option<Decimal>,
    /// Highest cost of a variant.
    pub price_max: Option<Decimal>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// All that can be sold; none when unknown.
    pub stock: Option<i64>,
    /// Active or delisted.
    pub status: ProductStatus,
    /// When the supplier last showed it.
    pub seen_at: Timestamp,
    /// Whether the details were asked for; without them no variant is known.
    pub detailed: bool,
    /// Whether another account of the same supplier has it too.
    pub shared: bool,
    /// What can be ordered, in the supplier's order.
    pub variants: Vec<Variant>,
}

impl Default for Product {
    fn default() -> Self {
        Self {
            supplier: Supplier::Cj,
            account: String::new(),
            product_id: String::new(),
            title: String::new(),
            first_title: String::new(),
            sku: None,
            category: None,
            images: Vec::new(),
            price_min: None,
            price_max: None,
            currency: None,
            stock: None,
            status: ProductStatus::Active,
            seen_at: Timestamp::UNIX_EPOCH,
            detailed: false,
            shared: false,
            variants: Vec::new(),
        }
    }
}

/// A variant with all that goes to a shop.
#[derive(Debug, Clone, Default)]
pub struct Variant {
    /// Its place in the supplier's order.
    pub position: i64,
    /// The supplier's id.
    pub variant_id: String,
    /// Its SKU.
    pub sku: Option<String>,
    /// What tells it apart, in one line.
    pub title: String,
    /// What the owner pays.
    pub price: Option<Decimal>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// All that can be sold; none when unknown.
    pub stock: Option<i64>,
    /// Picture.
    pub image: Option<String>,
    /// Grams.
    pub weight_g: Option<Decimal>,
    /// What tells it apart, name by name.
    pub options: Vec<VariantOption>,
}

/// The wish to stop; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks whoever works to stop.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether stopping was asked for.
    #[must_use]
    pub fn asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What takes the products.
pub trait Sink: Send + 'static {
    /// Takes one; `Break` when it wants no more.
    ///
    /// # Errors
    /// Ends the reading and is handed on.
    fn take(&mut self, product: &Product) -> Result<ControlFlow<()>>;

    /// Rows made so far, for the progress.
    fn rows(&self) -> u64;
}

/// How many products a selection has.
///
/// # Errors
/// Those of the database.
pub async fn count(shop: &Shop, selection: ExportSelection) -> Result<u64> {
    shop.store()
        .read(move |connection| rows::count(connection, &selection))
        .await
}

/// Hands every product of a selection to `sink` and gives it back. Everything is of one moment, however long it takes and
/// whatever a sync writes meanwhile; memory does not grow with the catalogue. Tells [`Event::ExportProgress`].
///
/// # Errors
/// `Stopped` when `stop` was asked; what the sink says; those of the database.
pub async fn read<S: Sink>(
    shop: &Shop,
    selection: ExportSelection,
    stop: Stop,
    mut sink: S,
) -> Result<S> {
    let teller = shop.clone();
    shop.store()
        .read(move |connection| {
            let snapshot = connection.unchecked_transaction()?;
            let total = rows::count(&snapshot, &selection)?;
            let mut progress = Progress::new(&teller, total);
            progress.tell(0, 0);
            let mut done = 0;
            rows::each(&snapshot, &selection, &mut |product| {
                if done % STRIDE == 0 {
                    if stop.asked() {
                        return Err(Error::new(Code::Stopped, "stopped by the owner"));
                    }
                    progress.look(done, sink.rows());
                }
                done += 1;
                sink.take(product)
            })?;
            progress.tell(done, sink.rows());
            Ok(sink)
        })
        .await
}

/// The same for a short look: nothing is told, nothing can be stopped. The sink says when it has enough.
///
/// # Errors
/// What the sink says; those of the database.
pub async fn look<S: Sink>(shop: &Shop, selection: ExportSelection, mut sink: S) -> Result<S> {
    shop.store()
        .read(move |connection| {
            let snapshot = connection.unchecked_transaction()?;
            rows::each(&snapshot, &selection, &mut |product| sink.take(product))?;
            Ok(sink)
        })
        .await
}

/// Tells everybody how an export ended.
pub fn tell_end(shop: &Shop, outcome: &Result<ExportReceipt>) {
    shop.tell(match outcome {
        Ok(receipt) => Event::ExportEnded {
            receipt: Some(receipt.clone()),
            error: None,
        },
        Err(error) => Event::ExportEnded {
            receipt: None,
            error: Some(error.view()),
        },
    });
}

struct Progress<'a> {
    shop: &'a Shop,
    total: u64,
    began: Timestamp,
    told: Timestamp,
}

impl<'a> Progress<'a> {
    fn new(shop: &'a Shop, total: u64) -> Self {
        let now = shop.now();
        Self {
            shop,
            total,
            began: now,
            told: now,
        }
    }

    fn look(&mut self, done: u64, rows: u64) {
        let now = self.shop.now();
        if now.duration_since(self.told) >= BEAT {
            self.told = now;
            self.tell(done, rows);
        }
    }

    fn tell(&self, done: u64, rows: u64) {
        let spent = self.shop.now().duration_since(self.began).as_millis();
        let left = self.total.saturating_sub(done);
        let eta_s = u64::try_from(spent)
            .ok()
            .filter(|_| done > 0)
            .map(|spent| spent.saturating_mul(left) / done / 1_000);
        self.shop.tell(Event::ExportProgress {
            done,
            total: self.total,
            rows,
            eta_s,
        });
    }
}
