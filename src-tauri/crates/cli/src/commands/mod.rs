//! The commands, one module for each first word. Each calls the core and words the outcome twice: as a document for scripts and
//! as text for people.

mod aliexpress;
mod cj;
mod demo;
mod follow;
mod orders;
mod products;
mod publish;
mod receipt;
mod sandbox;
mod searches;
mod shop;
mod status;
mod supabase;
mod sync;
mod watching;

use smartlinks_core::views::{AccountStatus, Supplier};
use smartlinks_core::words::{Language, word};

use crate::args::Command;
use crate::events::Listener;
use crate::output::{Answer, clean, time};
use crate::{Outcome, Terminal};

/// Runs a command, telling what happens meanwhile.
pub(crate) async fn run(terminal: &Terminal, command: Command) -> Outcome {
    // These two have suppliers, and the demo also data, of their own.
    let command = match command {
        Command::Sandbox(args) => return sandbox::run(&args).await,
        Command::Demo => return demo::run(terminal).await,
        command => command,
    };
    let shop = terminal.host.open().await?;
    let listener = Listener::start(&shop, terminal.json);
    let also = listener.also();
    let outcome = match command {
        Command::Status => status::run(terminal, &shop).await,
        Command::Diagnostics => status::diagnostics(&shop).await,
        Command::Aliexpress(command) => aliexpress::run(terminal, &shop, command).await,
        Command::Cj(command) => cj::run(terminal, &shop, command).await,
        Command::Sync(command) => sync::run(terminal, &shop, also, command).await,
        Command::Products(command) => products::run(terminal, &shop, command).await,
        Command::Changes(command) => products::changes(&shop, command).await,
        Command::Alerts(command) => watching::alerts(terminal, &shop, command).await,
        Command::Schedule(command) => watching::schedule(&shop, command).await,
        Command::Orders(command) => orders::run(terminal, &shop, command).await,
        Command::Export(command) => shop::export(&shop, command).await,
        Command::Prices(command) => shop::prices(&shop, command).await,
        Command::Publish(command) => publish::run(terminal, &shop, command).await,
        Command::Supabase(command) => supabase::run(&shop, command).await,
        Command::Sandbox(_) | Command::Demo => Ok(Answer::said()),
    };
    listener.finish().await;
    outcome
}

/// An account in a sentence.
fn account(status: &AccountStatus, language: Language) -> Outcome {
    let mut text = account_line(status, language);
    if let Some(at) = status.access_expires_at {
        text.push_str(&format!("\n  access token until {}", time(Some(at))));
    }
    if let Some(at) = status.renews_at {
        text.push_str(&format!(", renewed by itself from {}", time(Some(at))));
    }
    if let Some(at) = status.refresh_expires_at {
        text.push_str(&format!(
            "\n  {} until {}",
            refresh_name(status.supplier),
            time(Some(at))
        ));
    }
    Answer::new(status, text)
}

/// What ends with the refresh token: at AliExpress the owner's consent itself; CJ's key buys a new one.
fn refresh_name(supplier: Supplier) -> &'static str {
    match supplier {
        Supplier::Aliexpress => "consent",
        Supplier::Cj => "refresh token",
    }
}

/// `cj CJ shop (cj-3f9a1c2077): connected`.
fn account_line(status: &AccountStatus, language: Language) -> String {
    let state = serde_json::to_value(status.state).unwrap_or_default();
    let state = state.as_str().unwrap_or_default();
    format!(
        "{} {} ({}): {}",
        status.supplier,
        clean(&status.name),
        status.account,
        word(language, &format!("states/{state}"))
    )
}
