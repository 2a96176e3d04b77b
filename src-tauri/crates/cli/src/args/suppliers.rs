//! `aliexpress …` and `cj …`: connecting, testing, letting go, and what only AliExpress has.

use clap::{Args, Subcommand, ValueEnum};

/// `aliexpress …`
#[derive(Debug, Subcommand)]
pub enum AliexpressCommand {
    /// Check App Key and App Secret and keep them; the secret is read from standard input
    #[command(
        after_help = "Example: smartlinks-cli aliexpress configure --app-key 500000 --callback-url http://127.0.0.1:8765/aliexpress/callback < secret.txt\n         smartlinks-cli aliexpress configure --another --app-key 500000 --callback-url http://127.0.0.1:8766/aliexpress/callback < secret.txt"
    )]
    Configure {
        /// The App Key of your app console
        #[arg(long, value_name = "KEY")]
        app_key: String,
        /// The callback address registered there, exactly
        #[arg(long, value_name = "URL")]
        callback_url: String,
        /// Which account.
        #[command(flatten)]
        account: AccountArg,
        /// For one more account beside those there are; who consents next is it
        #[arg(long, conflicts_with = "account")]
        another: bool,
    },
    /// Print the authorize address of a new attempt; end it with `finish`
    #[command(after_help = "Example: smartlinks-cli aliexpress url")]
    Url(AccountArg),
    /// Open the browser, wait for your consent, keep the tokens
    #[command(after_help = "Example: smartlinks-cli aliexpress authorize --no-browser")]
    Authorize {
        /// Only print the address
        #[arg(long)]
        no_browser: bool,
        /// Which account.
        #[command(flatten)]
        account: AccountArg,
    },
    /// End the waiting attempt with the address the browser arrived at, or a bare code
    #[command(
        after_help = "Example: smartlinks-cli aliexpress finish 'https://shop.example/callback?code=...&state=...'"
    )]
    Finish {
        /// The address; `-` reads it from standard input
        #[arg(value_name = "URL")]
        url: String,
    },
    /// Print what forwards the answer from an https callback address to SmartLinks
    #[command(after_help = "Example: smartlinks-cli aliexpress bridge --as nginx")]
    Bridge {
        /// As a page for any web space, a Supabase Edge Function, or a rule for nginx
        #[arg(long = "as", value_enum, default_value_t = BridgeForm::Page)]
        form: BridgeForm,
    },
    /// Ask AliExpress whether the connection works, who you are and until when
    #[command(after_help = "Example: smartlinks-cli aliexpress test --json")]
    Test(AccountArg),
    /// Renew the access token now
    #[command(after_help = "Example: smartlinks-cli aliexpress refresh")]
    Refresh(AccountArg),
    /// Remove the secrets from the keychain; your data stays
    #[command(after_help = "Example: smartlinks-cli aliexpress disconnect")]
    Disconnect(AccountArg),
    /// Call an account what you call it; an empty name gives it its own back
    #[command(after_help = "Example: smartlinks-cli aliexpress rename 'My AliExpress'")]
    Rename {
        /// Your name for it, at most 60 characters
        #[arg(value_name = "NAME")]
        name: String,
        /// Which account.
        #[command(flatten)]
        account: AccountArg,
    },
    /// Take products into the catalogue
    #[command(
        subcommand,
        after_help = "Example: smartlinks-cli aliexpress products import 1005006000000001"
    )]
    Products(AliexpressProductsCommand),
    /// Search at AliExpress; nothing is kept
    #[command(after_help = "Example: smartlinks-cli aliexpress search 'desk lamp' --ship-to FR")]
    Search {
        /// What to look for
        #[arg(required = true, value_name = "WORDS")]
        words: Vec<String>,
        /// For whom prices are asked
        #[command(flatten)]
        wanted: WantedArgs,
        /// Which page of the hits
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        page: u32,
    },
    /// For support: sign and send any business method, print the answer with secrets hidden
    #[command(
        after_help = "Example: smartlinks-cli aliexpress call aliexpress.ds.member.benefit.get"
    )]
    Call {
        /// The method, such as aliexpress.ds.product.get
        #[arg(value_name = "METHOD")]
        method: String,
        /// Its parameters
        #[arg(value_name = "KEY=VALUE")]
        params: Vec<String>,
    },
}

/// `aliexpress products …`
#[derive(Debug, Subcommand)]
pub enum AliexpressProductsCommand {
    /// Take products into the catalogue by id, address or share link
    #[command(
        after_help = "Example: smartlinks-cli aliexpress products import 1005006000000001 --ship-to FR"
    )]
    Import(ImportArgs),
}

/// What to import.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Ids, addresses of product pages, share links
    #[arg(required = true, value_name = "ID-OR-URL")]
    pub items: Vec<String>,
    /// For whom prices are asked.
    #[command(flatten)]
    pub wanted: WantedArgs,
}

/// For whom prices are asked.
#[derive(Debug, Args)]
pub struct WantedArgs {
    /// The country products go to, two letters [default: your settings]
    #[arg(long, value_name = "CC")]
    pub ship_to: Option<String>,
    /// The currency of prices, three letters [default: your settings]
    #[arg(long, value_name = "CUR")]
    pub currency: Option<String>,
    /// Which account asks.
    #[command(flatten)]
    pub account: AccountArg,
}

/// Which account.
#[derive(Debug, Args)]
pub struct AccountArg {
    /// Which account, as `status` names it [default: the connected one]
    #[arg(long, value_name = "ACCOUNT")]
    pub account: Option<String>,
}

/// `cj …`
#[derive(Debug, Subcommand)]
pub enum CjCommand {
    /// Connect with an API key, or a client secret, read from standard input
    #[command(
        after_help = "Example: smartlinks-cli cj connect < key.txt\n         smartlinks-cli cj connect --client-id CJ1234567 < secret.txt"
    )]
    Connect {
        /// The client id, when standard input brings the client secret alone
        #[arg(long, value_name = "ID")]
        client_id: Option<String>,
        /// Which account to connect again.
        #[command(flatten)]
        account: AccountArg,
    },
    /// Ask CJ who you are, until when, and what is left of today's points
    #[command(after_help = "Example: smartlinks-cli cj test --json")]
    Test(AccountArg),
    /// Renew the access token now
    #[command(after_help = "Example: smartlinks-cli cj refresh")]
    Refresh(AccountArg),
    /// Remove the secrets from the keychain; your data stays
    #[command(after_help = "Example: smartlinks-cli cj disconnect")]
    Disconnect(AccountArg),
    /// Call an account what you call it; an empty name gives it its own back
    #[command(after_help = "Example: smartlinks-cli cj rename 'Blue Fox, Lyon'")]
    Rename {
        /// Your name for it, at most 60 characters
        #[arg(value_name = "NAME")]
        name: String,
        /// Which account.
        #[command(flatten)]
        account: AccountArg,
    },
}

/// In which form the bridge is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BridgeForm {
    /// One HTML file
    Page,
    /// TypeScript for Supabase
    EdgeFunction,
    /// A location block
    Nginx,
}
