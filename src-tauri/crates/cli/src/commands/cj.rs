//! `cj connect | test | refresh | disconnect`.

use secrecy::ExposeSecret as _;
use smartlinks_core::views::{CjConnection, CjWay, Supplier};
use smartlinks_core::{Shop, accounts};

use crate::args::CjCommand;
use crate::output::{Answer, clean, time};
use crate::{Outcome, Terminal, secret};

pub(super) async fn run(terminal: &Terminal, shop: &Shop, command: CjCommand) -> Outcome {
    match command {
        CjCommand::Connect { client_id, account } => {
            let name = if client_id.is_some() {
                "client secret"
            } else {
                "CJ API key"
            };
            let pasted = secret::read(name).await?;
            let connection = accounts::connect_cj(
                shop,
                pasted.expose_secret(),
                client_id.as_deref(),
                account.account.as_deref(),
            )
            .await?;
            told(&connection)
        }
        CjCommand::Test(account) => {
            told(&accounts::test_cj(shop, account.account.as_deref()).await?)
        }
        CjCommand::Refresh(account) => {
            let account = account.account.as_deref();
            let status = smartlinks_core::refresh(shop, Supplier::Cj, account).await?;
            super::account(&status, terminal.language)
        }
        CjCommand::Disconnect(account) => {
            let account = account.account.as_deref();
            let status = accounts::disconnect(shop, Supplier::Cj, account).await?;
            super::account(&status, terminal.language)
        }
        CjCommand::Rename { name, account } => {
            let account = account.account.as_deref();
            let status = accounts::rename(shop, Supplier::Cj, account, &name).await?;
            super::account(&status, terminal.language)
        }
    }
}

fn told(connection: &CjConnection) -> Outcome {
    let way = match connection.way {
        CjWay::ApiKey => "API key",
        CjWay::OAuth2 => "OAuth2 client credentials",
    };
    let mut text = format!(
        "Connected as {} ({}) with the {way}; access token until {}",
        clean(&connection.name),
        connection.account,
        time(connection.access_expires_at)
    );
    if let Some(qps) = connection.qps {
        text.push_str(&format!("\n  {qps} calls a second"));
    }
    if let Some(points) = connection.points {
        text.push_str(&format!(
            "\n  points today: {} of {} left",
            points.remaining, points.total
        ));
    }
    Answer::new(connection, text)
}
