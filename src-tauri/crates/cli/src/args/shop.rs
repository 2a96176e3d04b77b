//! `export …`, `prices …`: what goes out to the owner's shop.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use rust_decimal::Decimal;
use smartlinks_core::views::{ExportFormat, PriceRange, ProductKey, Rate, Rounding, Supplier};

use super::data::{StatusArg, supplier};

/// `export …`
#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// A CSV file for a shop or a spreadsheet; Ctrl-C stops it and leaves nothing behind
    #[command(
        after_help = "Example: smartlinks-cli export csv --format shopify --out products.csv --prices\n         smartlinks-cli export csv --format woocommerce --supplier cj --search lamp --preview"
    )]
    Csv(CsvArgs),
}

/// `export csv …`
#[derive(Debug, Args)]
pub struct CsvArgs {
    /// For whom
    #[arg(long, value_name = "FORMAT", default_value = "generic")]
    pub format: FormatArg,
    /// The file; one that is there is replaced once the new one is complete. For Shopify, which takes 15 MB a file, a larger
    /// one becomes several: products-1-of-3.csv and so on
    #[arg(long, value_name = "FILE", required_unless_present = "preview")]
    pub out: Option<PathBuf>,
    /// Prices by the price rules instead of the supplier's
    #[arg(long)]
    pub prices: bool,
    /// Show the first rows and write nothing
    #[arg(long, conflicts_with = "out")]
    pub preview: bool,
    /// Which products.
    #[command(flatten)]
    pub which: WhichArgs,
}

/// Which products; all of them unless told.
#[derive(Debug, Clone, Args)]
pub struct WhichArgs {
    /// One supplier only: aliexpress or cj
    #[arg(long, value_name = "SUPPLIER", value_parser = supplier)]
    pub supplier: Option<Supplier>,
    /// Words in title, SKU or category
    #[arg(long, value_name = "WORDS")]
    pub search: Option<String>,
    /// A category path as shown, with everything below it
    #[arg(long, value_name = "PATH")]
    pub category: Option<String>,
    /// Only what can be sold now
    #[arg(long)]
    pub in_stock: bool,
    /// Only active or only delisted products
    #[arg(long, value_name = "STATUS")]
    pub status: Option<StatusArg>,
    /// This product, by its supplier and id; more than once for more
    #[arg(
        long,
        value_name = "SUPPLIER:ID",
        value_parser = product,
        conflicts_with_all = ["supplier", "search", "category", "in_stock", "status"]
    )]
    pub product: Vec<ProductKey>,
}

/// For whom a file is.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FormatArg {
    /// A row a variant with every figure
    Generic,
    /// Shopify's product CSV
    Shopify,
    /// WooCommerce's product CSV
    Woocommerce,
}

impl From<FormatArg> for ExportFormat {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Generic => Self::Generic,
            FormatArg::Shopify => Self::Shopify,
            FormatArg::Woocommerce => Self::Woocommerce,
        }
    }
}

/// `prices …`
#[derive(Debug, Subcommand)]
pub enum PricesCommand {
    /// The rules that make shop prices of supplier costs
    #[command(after_help = "Example: smartlinks-cli prices show")]
    Show,
    /// Change rules; what is not named stays
    #[command(
        after_help = "Example: smartlinks-cli prices set --multiplier 2.5 --add 1 --rounding 99\n         smartlinks-cli prices set --range 5:3:1 --range 20:2.2 --range rest:1.5:4\n         smartlinks-cli prices set --currency EUR --rate USD=0.92 --freight 3 --least-profit 2"
    )]
    Set(SetArgs),
    /// What the rules make of real products
    #[command(after_help = "Example: smartlinks-cli prices preview --supplier cj")]
    Preview(WhichArgs),
    /// Back to the usual rules: twice the cost, ending in .99
    #[command(after_help = "Example: smartlinks-cli prices reset")]
    Reset,
}

/// `prices set …`
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct SetArgs {
    /// The shop's currency, three letters
    #[arg(long, value_name = "CURRENCY")]
    pub currency: Option<String>,
    /// What one unit of a supplier's currency is in the shop's; more than once for more currencies
    #[arg(long, value_name = "CURRENCY=RATE", value_parser = rate)]
    pub rate: Vec<Rate>,
    /// The cost times this, for every cost
    #[arg(long, value_name = "TIMES", conflicts_with = "range")]
    pub multiplier: Option<Decimal>,
    /// Plus this, for every cost
    #[arg(long, value_name = "AMOUNT", conflicts_with = "range")]
    pub add: Option<Decimal>,
    /// Costs up to UP_TO (the last one: rest) times TIMES plus AMOUNT; replaces all ranges
    #[arg(long, value_name = "UP_TO:TIMES[:AMOUNT]", value_parser = range)]
    pub range: Vec<PriceRange>,
    /// How prices end; always upwards
    #[arg(long, value_name = "ENDING")]
    pub rounding: Option<RoundingArg>,
    /// What sending one piece costs you
    #[arg(long, value_name = "AMOUNT")]
    pub freight: Option<Decimal>,
    /// What must remain of every piece after cost and freight
    #[arg(long, value_name = "AMOUNT")]
    pub least_profit: Option<Decimal>,
    /// The price times this is shown struck through; 0 for none
    #[arg(long, value_name = "TIMES")]
    pub compare_at: Option<Decimal>,
}

/// How prices end.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RoundingArg {
    /// To the cent
    None,
    /// Whole: 12.00
    Whole,
    /// 12.95
    #[value(name = "95", alias = ".95")]
    Point95,
    /// 12.99
    #[value(name = "99", alias = ".99")]
    Point99,
}

impl From<RoundingArg> for Rounding {
    fn from(rounding: RoundingArg) -> Self {
        match rounding {
            RoundingArg::None => Self::None,
            RoundingArg::Whole => Self::Whole,
            RoundingArg::Point95 => Self::Point95,
            RoundingArg::Point99 => Self::Point99,
        }
    }
}

fn product(text: &str) -> Result<ProductKey, String> {
    let wrong = || "it is written cj:ID or aliexpress:ID".to_owned();
    let (whose, id) = text.split_once(':').ok_or_else(wrong)?;
    if id.is_empty() {
        return Err(wrong());
    }
    Ok(ProductKey {
        supplier: supplier(whose)?,
        account: None,
        product_id: id.to_owned(),
    })
}

fn rate(text: &str) -> Result<Rate, String> {
    let (currency, rate) = text.split_once('=').ok_or("it is written USD=0.92")?;
    Ok(Rate {
        currency: currency.to_ascii_uppercase(),
        rate: figure(rate)?,
    })
}

fn range(text: &str) -> Result<PriceRange, String> {
    let mut parts = text.split(':');
    let up_to = match parts.next() {
        Some("rest") | None => None,
        Some(up_to) => Some(figure(up_to)?),
    };
    let multiplier = parts
        .next()
        .ok_or("it is written 20:2.2 or 20:2.2:1.50, the last one rest:1.5")?;
    let range = PriceRange {
        up_to,
        multiplier: figure(multiplier)?,
        add: parts.next().map_or(Ok(Decimal::ZERO), figure)?,
    };
    match parts.next() {
        None => Ok(range),
        Some(_) => Err("three figures at most".to_owned()),
    }
}

fn figure(text: &str) -> Result<Decimal, String> {
    text.trim()
        .parse()
        .map_err(|_| format!("{text:?} is no figure"))
}
