//! `alerts …` and `schedule …`: what is told by itself, and what starts by itself.

use clap::{Args, Subcommand, ValueEnum};
use rust_decimal::Decimal;
use smartlinks_core::views::{AlertKind, Supplier};

/// What a rule is about.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum AlertKindArg {
    /// A price rose by so many percent
    PriceUp,
    /// A price fell by so many percent
    PriceDown,
    /// Stock fell to so many pieces
    StockBelow,
    /// Something sold out can be sold again
    BackInStock,
    /// A product left the shelf
    Delisted,
}

impl From<AlertKindArg> for AlertKind {
    fn from(kind: AlertKindArg) -> Self {
        match kind {
            AlertKindArg::PriceUp => Self::PriceUp,
            AlertKindArg::PriceDown => Self::PriceDown,
            AlertKindArg::StockBelow => Self::StockBelow,
            AlertKindArg::BackInStock => Self::BackInStock,
            AlertKindArg::Delisted => Self::Delisted,
        }
    }
}

/// `alerts …`
#[derive(Debug, Subcommand)]
pub enum AlertsCommand {
    /// What met a rule, newest first
    #[command(after_help = "Example: smartlinks-cli alerts list --limit 20")]
    List {
        /// Rows, up to 500
        #[arg(long, default_value_t = 50, value_name = "ROWS", value_parser = clap::value_parser!(u32).range(1..=500))]
        limit: u32,
        /// `next` of the page before
        #[arg(long, value_name = "CURSOR")]
        after: Option<String>,
    },
    /// The rules in force
    #[command(after_help = "Example: smartlinks-cli alerts rules --json")]
    Rules,
    /// Add a rule for all products, one supplier's, or a single one
    #[command(
        after_help = "Example: smartlinks-cli alerts add price-up --threshold 10 --supplier cj\n         smartlinks-cli alerts add delisted"
    )]
    Add(AlertRuleArgs),
    /// Remove a rule; what it told stays
    #[command(after_help = "Example: smartlinks-cli alerts remove 2")]
    Remove {
        /// The rule's number, as `alerts rules` shows it
        #[arg(value_name = "NUMBER")]
        id: i64,
    },
}

/// A rule to add.
#[derive(Debug, Args)]
pub struct AlertRuleArgs {
    /// What to tell
    #[arg(value_name = "WHAT")]
    pub what: AlertKindArg,
    /// Percent for prices, pieces for stock
    #[arg(long, value_name = "NUMBER")]
    pub threshold: Option<Decimal>,
    /// One supplier only: aliexpress or cj
    #[arg(long, value_name = "SUPPLIER", value_parser = super::data::supplier)]
    pub supplier: Option<Supplier>,
    /// One product only, by the supplier's id
    #[arg(long, value_name = "ID")]
    pub product: Option<String>,
}

/// `schedule …`
#[derive(Debug, Subcommand)]
pub enum ScheduleCommand {
    /// What starts by itself while the window runs, and when next
    #[command(after_help = "Example: smartlinks-cli schedule show")]
    Show,
    /// Change it; what is not named stays as it is
    #[command(
        after_help = "Example: smartlinks-cli schedule set --every-hours 6 --scope my-products\n         smartlinks-cli schedule set --never"
    )]
    Set(ScheduleArgs),
}

/// A change of the schedule.
#[derive(Debug, Args)]
pub struct ScheduleArgs {
    /// Hours between two syncs, 1 to 168
    #[arg(long, value_name = "HOURS", conflicts_with = "never")]
    pub every_hours: Option<u32>,
    /// Only when you say so
    #[arg(long)]
    pub never: bool,
    /// Also each time the window opens
    #[arg(long, value_name = "YES|NO", value_parser = yes)]
    pub at_start: Option<bool>,
    /// What of CJ: my-products, search:WORDS, saved:NAME, category:ID or all
    #[arg(long, value_name = "SCOPE")]
    pub scope: Option<String>,
    /// Ask for every CJ product's variants, prices and stock too
    #[arg(long, value_name = "YES|NO", value_parser = yes)]
    pub details: Option<bool>,
    /// Refresh orders along with it
    #[arg(long, value_name = "YES|NO", value_parser = yes)]
    pub orders: Option<bool>,
}

fn yes(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("it is yes or no".to_owned()),
    }
}
