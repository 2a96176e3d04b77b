//! `publish …` and `supabase …`: on to the shop's database and project.

use clap::{Args, Subcommand, ValueEnum};
use smartlinks_publish::supabase::EdgeFunction;

use super::shop::WhichArgs;

/// `publish …`
#[derive(Debug, Subcommand)]
pub enum PublishCommand {
    /// Send what changed into a Postgres database; a connection string on standard input is tested, used and remembered
    #[command(
        after_help = "Example: smartlinks-cli publish postgres < connection.txt\n         smartlinks-cli publish postgres --full\n         smartlinks-cli publish postgres --supplier cj --in-stock"
    )]
    Postgres(PostgresArgs),
}

/// What to do with the database.
#[derive(Debug, Args)]
pub struct PostgresArgs {
    /// Compare every product again, not only what changed
    #[arg(long)]
    pub full: bool,
    /// Only test the connection, and whether the role may publish
    #[arg(long, conflicts_with_all = ["full", "forget", "role_script", "security_example"])]
    pub check: bool,
    /// Forget address and password
    #[arg(long, conflicts_with_all = ["full", "role_script", "security_example"])]
    pub forget: bool,
    /// Print the SQL that makes a role which can publish and nothing else
    #[arg(long, conflicts_with = "security_example")]
    pub role_script: bool,
    /// Print an example of row-level security for Supabase
    #[arg(long)]
    pub security_example: bool,
    /// Which products; these only, and the rest waits for the next publish of everything.
    #[command(flatten)]
    pub which: WhichArgs,
}

/// `supabase …`
#[derive(Debug, Subcommand)]
pub enum SupabaseCommand {
    /// Connect a project; the access token is read from standard input
    #[command(
        after_help = "Example: smartlinks-cli supabase connect https://abcdefghijklmnopqrst.supabase.co < token.txt"
    )]
    Connect {
        /// The project's address or reference
        #[arg(value_name = "PROJECT")]
        project: String,
    },
    /// Ask the project how it stands: secrets by name, functions
    #[command(after_help = "Example: smartlinks-cli supabase test --json")]
    Test,
    /// Name the secrets that would be sent, and where; send them with --send
    #[command(after_help = "Example: smartlinks-cli supabase secrets --send")]
    Secrets {
        /// Send them
        #[arg(long)]
        send: bool,
        /// Only these
        #[arg(long, value_name = "NAME", requires = "send")]
        only: Vec<String>,
    },
    /// Deploy a function with the supabase program, or print the commands where it is not installed
    #[command(after_help = "Example: smartlinks-cli supabase deploy sync-cj-products")]
    Deploy {
        /// Which
        #[arg(value_enum, default_value_t = FunctionArg::SyncCjProducts)]
        function: FunctionArg,
        /// Only print the commands
        #[arg(long)]
        print: bool,
    },
    /// Ask a function to work and show its answer
    #[command(after_help = "Example: smartlinks-cli supabase invoke sync-cj-products")]
    Invoke {
        /// Which
        #[arg(value_enum, default_value_t = FunctionArg::SyncCjProducts)]
        function: FunctionArg,
    },
    /// Forget project and token
    #[command(after_help = "Example: smartlinks-cli supabase disconnect")]
    Disconnect,
}

/// A function SmartLinks brings.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FunctionArg {
    /// CJ products into the schema smartlinks, in the cloud
    SyncCjProducts,
    /// The bridge for AliExpress's answer
    AliexpressCallback,
}

impl From<FunctionArg> for EdgeFunction {
    fn from(function: FunctionArg) -> Self {
        match function {
            FunctionArg::SyncCjProducts => Self::SyncCjProducts,
            FunctionArg::AliexpressCallback => Self::AliexpressCallback,
        }
    }
}
