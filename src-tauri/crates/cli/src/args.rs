//! The commands and their arguments, as `--help` shows them. Secrets are no arguments: they come from standard input.
//!
//! Names and defaults are a contract that scripts rely on. What a command does is in the module of its name in `commands`.

mod data;
mod publish;
mod searches;
mod shop;
mod suppliers;
mod watching;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use data::{
    ChangesCommand, FilterArgs, FreightArgs, OrderArg, OrdersCommand, PageArgs, ProductsCommand,
    SyncCommand,
};
pub use publish::{PostgresArgs, PublishCommand, SupabaseCommand};
pub use searches::SearchesCommand;
pub use shop::{CsvArgs, ExportCommand, PricesCommand, SetArgs, WhichArgs};
pub use suppliers::{
    AliexpressCommand, AliexpressProductsCommand, BridgeForm, CjCommand, ImportArgs, WantedArgs,
};
pub use watching::{AlertsCommand, ScheduleArgs, ScheduleCommand};

/// Connects AliExpress and CJ Dropshipping to your shop, on your own machine.
#[derive(Debug, Parser)]
#[command(
    name = "smartlinks-cli",
    bin_name = "smartlinks-cli",
    version,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "Example: smartlinks-cli demo\n\nExit status: 0 done, 1 unexpected, 2 usage, 3 not connected or reconnect needed, \
                  4 refused, 5 network or supplier down, 6 keychain unavailable, 7 paused until a named time, \
                  8 local file or disk, 130 interrupted"
)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Every command")]
pub struct Global {
    /// The folder of your data [default: SMARTLINKS_DATA_DIR, or this computer's usual place]
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// One JSON document on standard output; events as JSON lines on standard error
    #[arg(long, global = true)]
    pub json: bool,
    /// The language of messages [default: the system's]
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub lang: Option<Lang>,
    /// Say more on standard error; twice for everything
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// A language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Français
    Fr,
    /// English
    En,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Every account, the catalogue and the last sync at a glance
    #[command(after_help = "Example: smartlinks-cli status --json")]
    Status,
    /// A report for whoever helps you, without keys, names or addresses
    #[command(after_help = "Example: smartlinks-cli diagnostics")]
    Diagnostics,
    /// Configure, authorize and use your AliExpress app
    #[command(
        subcommand,
        after_help = "Example: smartlinks-cli aliexpress authorize"
    )]
    Aliexpress(AliexpressCommand),
    /// Connect and test your CJ account
    #[command(
        subcommand,
        after_help = "Example: smartlinks-cli cj connect < key.txt"
    )]
    Cj(CjCommand),
    /// Bring catalogues here and keep them fresh
    #[command(
        subcommand,
        after_help = "Example: smartlinks-cli sync cj --scope my-products --details"
    )]
    Sync(SyncCommand),
    /// The products on this computer
    #[command(
        subcommand,
        after_help = "Example: smartlinks-cli products search 'phone case' --limit 20"
    )]
    Products(ProductsCommand),
    /// What changed: prices, stock, listings
    #[command(
        subcommand,
        after_help = "Example: smartlinks-cli changes list --limit 100"
    )]
    Changes(ChangesCommand),
    /// What you want to be told of, and what met it
    #[command(
        subcommand,
        after_help = "Example: smartlinks-cli alerts list --limit 20"
    )]
    Alerts(AlertsCommand),
    /// What starts by itself while the window runs
    #[command(subcommand, after_help = "Example: smartlinks-cli schedule show")]
    Schedule(ScheduleCommand),
    /// The orders of both suppliers
    #[command(subcommand, after_help = "Example: smartlinks-cli orders refresh")]
    Orders(OrdersCommand),
    /// Files for your shop
    #[command(
        subcommand,
        after_help = "Example: smartlinks-cli export csv --format shopify --out products.csv"
    )]
    Export(ExportCommand),
    /// How supplier costs become shop prices
    #[command(
        subcommand,
        after_help = "Example: smartlinks-cli prices set --multiplier 2.5 --rounding 99"
    )]
    Prices(PricesCommand),
    /// Send the catalogue on into the shop's database
    #[command(
        subcommand,
        after_help = "Example: smartlinks-cli publish postgres < connection.txt"
    )]
    Publish(PublishCommand),
    /// Your shop's Supabase project: secrets and functions
    #[command(
        subcommand,
        after_help = "Example: smartlinks-cli supabase secrets --send"
    )]
    Supabase(SupabaseCommand),
    /// Run the practice suppliers until stopped; prints their addresses as JSON
    #[command(
        after_help = "Example: smartlinks-cli sandbox --products 2000 --port-file sandbox.json"
    )]
    Sandbox(SandboxArgs),
    /// The whole journey with practice suppliers; your real data is left alone
    #[command(after_help = "Example: smartlinks-cli demo")]
    Demo,
}

/// What to simulate.
#[derive(Debug, Args)]
pub struct SandboxArgs {
    /// Products in each supplier's catalogue
    #[arg(long, default_value_t = 2_000, value_name = "N")]
    pub products: u64,
    /// The same seed gives the same catalogue, orders and ids
    #[arg(long, default_value_t = 1, value_name = "S")]
    pub seed: u64,
    /// CJ's requests per second; 0 for no limit
    #[arg(long, default_value_t = 4, value_name = "Q")]
    pub qps: u32,
    /// Write the addresses into this file too, once both suppliers answer
    #[arg(long, value_name = "FILE")]
    pub port_file: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::Cli;

    #[test]
    fn every_command_shows_an_example_that_it_takes_itself() {
        fn check(command: &clap::Command, path: &str) {
            let help = command
                .get_after_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert!(help.contains("Example: smartlinks-cli"), "{path}: {help:?}");
            for line in help.lines().filter(|line| line.contains("smartlinks-cli ")) {
                let example = line.trim().trim_start_matches("Example: ");
                let words = words(example);
                let parsed = Cli::try_parse_from(&words);
                assert!(parsed.is_ok(), "{path}: {example}: {:?}", parsed.err());
            }
            for sub in command.get_subcommands() {
                check(sub, &format!("{path} {}", sub.get_name()));
            }
        }
        // As far as the examples go: quotes hold words together, `< file` is the shell's.
        fn words(line: &str) -> Vec<String> {
            let line = line.split_once(" < ").map_or(line, |(before, _)| before);
            line.split('\'')
                .enumerate()
                .flat_map(|(index, part)| {
                    if index % 2 == 1 {
                        vec![part.to_owned()]
                    } else {
                        part.split_whitespace().map(str::to_owned).collect()
                    }
                })
                .collect()
        }
        let mut command = Cli::command();
        command.build();
        check(&command, "smartlinks-cli");
    }
}
