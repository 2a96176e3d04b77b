//! `sync …`, `products …`, `changes …`, `orders …`: bringing data here and reading it.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use rust_decimal::Decimal;
use smartlinks_core::views::{ProductStatus, Sort, Supplier};

use super::SearchesCommand;
use super::suppliers::{AccountArg, ImportArgs};

/// `sync …`
#[derive(Debug, Subcommand)]
pub enum SyncCommand {
    /// Bring the CJ catalogue here; Ctrl-C stops it and `sync resume` goes on
    #[command(
        after_help = "Example: smartlinks-cli sync cj --details\n         smartlinks-cli sync cj --scope search:lamp --dry-run\n         smartlinks-cli sync cj --details --older-than 0"
    )]
    Cj {
        /// my-products, search:WORDS, saved:NAME, category:ID, product:ID[,ID…] or all
        #[arg(long, default_value = "my-products", value_name = "SCOPE")]
        scope: String,
        /// Ask for every product's variants, prices and stock too
        #[arg(long)]
        details: bool,
        /// Ask again for details older than this; 0 for all of them [default: a day for your own products and what sells or
        /// changed lately, a week for the rest]
        #[arg(long, value_name = "HOURS", requires = "details")]
        older_than: Option<u32>,
        /// Only say what it would cost: calls, points, time
        #[arg(long)]
        dry_run: bool,
        /// Whose products.
        #[command(flatten)]
        account: AccountArg,
    },
    /// Refresh price and stock of the imported AliExpress products
    #[command(after_help = "Example: smartlinks-cli sync aliexpress")]
    Aliexpress {
        /// Only say what it would cost: calls, time
        #[arg(long)]
        dry_run: bool,
        /// Whose products.
        #[command(flatten)]
        account: AccountArg,
    },
    /// Searches of CJ's catalogue under names of yours: `sync cj --scope saved:NAME`
    #[command(subcommand, after_help = "Example: smartlinks-cli sync searches list")]
    Searches(SearchesCommand),
    /// CJ's categories with their ids
    #[command(after_help = "Example: smartlinks-cli sync categories --json")]
    Categories,
    /// What runs, what waits, and how the last ones ended
    #[command(after_help = "Example: smartlinks-cli sync status --json")]
    Status,
    /// Go on with what was stopped, paused or cut off
    #[command(after_help = "Example: smartlinks-cli sync resume")]
    Resume,
    /// Ask again for products that failed in a run: all of them, or the ones named
    #[command(
        after_help = "Example: smartlinks-cli sync retry 12\n         smartlinks-cli sync retry 12 1980012345678901248"
    )]
    Retry {
        /// The run, as `sync status` numbers it
        #[arg(value_name = "RUN")]
        run: i64,
        /// Products that failed in it
        #[arg(value_name = "PRODUCT")]
        products: Vec<String>,
    },
}

/// Where a page starts and how long it is.
#[derive(Debug, Args)]
pub struct PageArgs {
    /// One supplier only: aliexpress or cj
    #[arg(long, value_name = "SUPPLIER", value_parser = supplier)]
    pub supplier: Option<Supplier>,
    /// Rows, up to 500
    #[arg(long, default_value_t = 50, value_name = "ROWS", value_parser = clap::value_parser!(u32).range(1..=500))]
    pub limit: u32,
    /// `next` of the page before
    #[arg(long, value_name = "CURSOR", allow_hyphen_values = true)]
    pub after: Option<String>,
}

/// Which products, in which order.
#[derive(Debug, Args)]
pub struct FilterArgs {
    /// Only what can be sold now
    #[arg(long)]
    pub in_stock: bool,
    /// Only active or only delisted products
    #[arg(long, value_name = "STATUS")]
    pub status: Option<StatusArg>,
    /// The order
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    pub sort: SortArg,
    /// A category path as shown, with everything below it
    #[arg(long, value_name = "PATH")]
    pub category: Option<String>,
    /// Not cheaper than
    #[arg(long, value_name = "PRICE")]
    pub price_min: Option<Decimal>,
    /// Not dearer than
    #[arg(long, value_name = "PRICE")]
    pub price_max: Option<Decimal>,
    /// Only what changed since then, as 2026-01-31T00:00:00Z
    #[arg(long, value_name = "TIME")]
    pub changed_since: Option<Timestamp>,
    /// Only what has stock in a warehouse of this country, as US
    #[arg(long, value_name = "COUNTRY")]
    pub warehouse: Option<String>,
    /// Start at this row, counted from 0, however deep it is; `--after` is not looked at then
    #[arg(long, value_name = "ROW")]
    pub from: Option<u64>,
    /// Where the page starts.
    #[command(flatten)]
    pub page: PageArgs,
}

/// Whether a product can still be ordered.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum StatusArg {
    /// On sale
    Active,
    /// Off the shelf
    Delisted,
}

impl From<StatusArg> for ProductStatus {
    fn from(status: StatusArg) -> Self {
        match status {
            StatusArg::Active => Self::Active,
            StatusArg::Delisted => Self::Delisted,
        }
    }
}

/// The order of products.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SortArg {
    /// Best match of a search, otherwise newest first
    Relevance,
    /// Last added first
    Newest,
    /// Cheapest first
    #[value(alias = "price_up")]
    PriceUp,
    /// Dearest first
    #[value(alias = "price_down")]
    PriceDown,
    /// By title, from A
    #[value(alias = "title_up")]
    TitleUp,
    /// By title, from Z
    #[value(alias = "title_down")]
    TitleDown,
    /// Least stock first
    #[value(alias = "stock_up")]
    StockUp,
    /// Most stock first
    #[value(alias = "stock_down")]
    StockDown,
}

impl From<SortArg> for Sort {
    fn from(sort: SortArg) -> Self {
        match sort {
            SortArg::Relevance => Self::Relevance,
            SortArg::Newest => Self::Newest,
            SortArg::PriceUp => Self::PriceUp,
            SortArg::PriceDown => Self::PriceDown,
            SortArg::TitleUp => Self::TitleUp,
            SortArg::TitleDown => Self::TitleDown,
            SortArg::StockUp => Self::StockUp,
            SortArg::StockDown => Self::StockDown,
        }
    }
}

/// `products …`
#[derive(Debug, Subcommand)]
pub enum ProductsCommand {
    /// The catalogue, page by page
    #[command(
        after_help = "Example: smartlinks-cli products list --supplier cj --in-stock --limit 100\n         smartlinks-cli products list --sort title-up --from 5000 --price-max 10"
    )]
    List(FilterArgs),
    /// Products by words in title, SKU or category
    #[command(after_help = "Example: smartlinks-cli products search lamp --sort price-up")]
    Search {
        /// What to look for; the last word may be a beginning
        #[arg(required = true, value_name = "WORDS")]
        words: Vec<String>,
        /// Which of them.
        #[command(flatten)]
        filter: FilterArgs,
    },
    /// One product with variants, stock and changes
    #[command(after_help = "Example: smartlinks-cli products show 1005006000000001")]
    Show {
        /// The supplier's id
        #[arg(value_name = "ID")]
        id: String,
        /// Whose, if both have this id: aliexpress or cj
        #[arg(long, value_name = "SUPPLIER", value_parser = supplier)]
        supplier: Option<Supplier>,
    },
    /// What it costs to send a product somewhere, cheapest first; CJ charges ten points for it
    #[command(
        after_help = "Example: smartlinks-cli products freight 1005006000000001 --to FR --quantity 2"
    )]
    Freight(FreightArgs),
    /// Take AliExpress products into the catalogue by id, address or share link
    #[command(after_help = "Example: smartlinks-cli products import 1005006000000001")]
    Import(ImportArgs),
}

/// What to send where.
#[derive(Debug, Args)]
pub struct FreightArgs {
    /// The supplier's id of the product
    #[arg(value_name = "ID")]
    pub id: String,
    /// The country it goes to, two letters [default: your settings]
    #[arg(long, value_name = "CC")]
    pub to: Option<String>,
    /// The variant, by id or SKU [default: one that is in stock]
    #[arg(long, value_name = "VARIANT")]
    pub variant: Option<String>,
    /// How many pieces
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub quantity: u32,
    /// Whose, if both have this id: aliexpress or cj
    #[arg(long, value_name = "SUPPLIER", value_parser = supplier)]
    pub supplier: Option<Supplier>,
}

/// `changes …`
#[derive(Debug, Subcommand)]
pub enum ChangesCommand {
    /// What changed, newest first
    #[command(after_help = "Example: smartlinks-cli changes list --supplier cj")]
    List(PageArgs),
    /// A line for each of the last days: products, what moved, points spent
    #[command(after_help = "Example: smartlinks-cli changes days --days 30")]
    Days {
        /// How many days, 1 to 366
        #[arg(long, default_value_t = 30, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=366))]
        days: u32,
    },
}

/// Which order.
#[derive(Debug, Args)]
pub struct OrderArg {
    /// The supplier's order number
    #[arg(value_name = "ID")]
    pub id: String,
    /// Whose: aliexpress or cj
    #[arg(long, value_name = "SUPPLIER", value_parser = supplier)]
    pub supplier: Option<Supplier>,
}

/// `orders …`
#[derive(Debug, Subcommand)]
pub enum OrdersCommand {
    /// Ask both suppliers for what is new
    #[command(after_help = "Example: smartlinks-cli orders refresh")]
    Refresh,
    /// Take AliExpress orders by number; they are then followed until they are done
    #[command(
        after_help = "Example: smartlinks-cli orders add 8190000000000001 8190000000000002\n         smartlinks-cli orders add --file orders.csv"
    )]
    Add {
        /// Order numbers, or lines with a number in them
        #[arg(value_name = "ID", required_unless_present = "file")]
        orders: Vec<String>,
        /// A text, or a CSV with a column such as "order id"; `-` reads standard input
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// Whose orders.
        #[command(flatten)]
        account: AccountArg,
    },
    /// The orders on this computer, newest first
    #[command(after_help = "Example: smartlinks-cli orders list --supplier cj")]
    List(PageArgs),
    /// One order with lines and story; one that is not here is asked for
    #[command(after_help = "Example: smartlinks-cli orders show 8190000000000001")]
    Show(OrderArg),
    /// Where the parcels of an order are
    #[command(after_help = "Example: smartlinks-cli orders track 8190000000000001")]
    Track(OrderArg),
}

pub(super) fn supplier(text: &str) -> Result<Supplier, String> {
    text.parse()
        .map_err(|_| "it is aliexpress or cj".to_owned())
}
