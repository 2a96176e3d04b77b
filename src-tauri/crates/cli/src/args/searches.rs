//! `sync searches …`: searches of CJ's catalogue kept under a name, to be synced by it.

use clap::{Args, Subcommand};
use rust_decimal::Decimal;

/// `sync searches …`
#[derive(Debug, Subcommand)]
pub enum SearchesCommand {
    /// The searches you named
    #[command(after_help = "Example: smartlinks-cli sync searches list --json")]
    List,
    /// Keep a search of CJ's catalogue under a name; the same name again replaces it
    #[command(
        after_help = "Example: smartlinks-cli sync searches save 'Lamps in France' --words lamp --country FR --max 20\n         smartlinks-cli sync cj --scope 'saved:Lamps in France' --dry-run"
    )]
    Save(SearchArgs),
    /// Forget a search; the products it brought stay
    #[command(after_help = "Example: smartlinks-cli sync searches remove 'Lamps in France'")]
    Remove {
        /// What you called it
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// What to search for; at least one of them.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// What you call it
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Words of the title, or a SKU
    #[arg(long, value_name = "WORDS", required_unless_present_any = ["category", "country", "min", "max"])]
    pub words: Option<String>,
    /// A category of CJ's, by its id
    #[arg(long, value_name = "ID")]
    pub category: Option<String>,
    /// Only with stock in this country, two letters
    #[arg(long, value_name = "CC")]
    pub country: Option<String>,
    /// Not cheaper than, US dollars
    #[arg(long, value_name = "PRICE")]
    pub min: Option<Decimal>,
    /// Not dearer than, US dollars
    #[arg(long, value_name = "PRICE")]
    pub max: Option<Decimal>,
}
