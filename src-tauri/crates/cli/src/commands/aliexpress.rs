//! `aliexpress …`: the app, its authorization, searching and importing, and the support call.

use std::collections::BTreeMap;
use std::time::Duration;

use secrecy::ExposeSecret as _;
use smartlinks_core::accounts::Which;
use smartlinks_core::authorization::{self, Began, Begin, bridge};
use smartlinks_core::catalog::{self, Wanted};
use smartlinks_core::views::{AccountStatus, AliexpressApp, AliexpressConnection, Door, Supplier};
use smartlinks_core::words::{Language, word};
use smartlinks_core::{Code, Error, Result, Shop, accounts, support};

use super::products;
use crate::args::{AliexpressCommand, AliexpressProductsCommand, BridgeForm, WantedArgs};
use crate::output::{Answer, clean, note, or_dash, price, say, table, time};
use crate::signal::stop_asked;
use crate::{Outcome, Terminal, secret};

/// How long the listener is left to show the browser its last page.
const LINGER: Duration = Duration::from_millis(1_500);

pub(super) async fn run(terminal: &Terminal, shop: &Shop, command: AliexpressCommand) -> Outcome {
    match command {
        AliexpressCommand::Configure {
            app_key,
            callback_url,
            account,
            another,
        } => {
            let which = match &account.account {
                Some(id) => Which::Named(id),
                None if another => Which::Another,
                None => Which::Usual,
            };
            let secret = Some(secret::read("App Secret").await?);
            let app =
                accounts::configure_aliexpress_which(shop, which, &app_key, secret, &callback_url)
                    .await?;
            let text = configured(&app, which);
            Answer::new(&app, text)
        }
        AliexpressCommand::Url(account) => {
            let how = Begin {
                open_browser: false,
                listen: false,
            };
            let account = account.account.as_deref();
            let attempt = authorization::begin_for(shop, account, how).await?.attempt;
            Answer::new(&attempt, attempt.authorize_url.clone())
        }
        AliexpressCommand::Authorize {
            no_browser,
            account,
        } => {
            let how = Begin {
                open_browser: !no_browser,
                listen: true,
            };
            let account = account.account.as_deref();
            let began = authorization::begin_for(shop, account, how).await?;
            authorize(terminal, shop, &began).await
        }
        AliexpressCommand::Finish { url } => {
            let status = if url == "-" {
                let pasted = secret::read("address").await?;
                authorization::finish(shop, pasted.expose_secret()).await?
            } else {
                authorization::finish(shop, &url).await?
            };
            super::account(&status, terminal.language)
        }
        AliexpressCommand::Bridge { form } => {
            let kind = match form {
                BridgeForm::Page => bridge::Kind::Page,
                BridgeForm::EdgeFunction => bridge::Kind::EdgeFunction,
                BridgeForm::Nginx => bridge::Kind::Nginx,
            };
            let text = bridge::text(shop, kind).await?;
            Answer::new(
                &serde_json::json!({"kind": kind, "text": text}),
                text.clone(),
            )
        }
        AliexpressCommand::Test(account) => {
            let tested = accounts::test_aliexpress(shop, account.account.as_deref()).await?;
            Answer::new(&tested, works(&tested, terminal.language))
        }
        AliexpressCommand::Refresh(account) => {
            let account = account.account.as_deref();
            let status = smartlinks_core::refresh(shop, Supplier::Aliexpress, account).await?;
            super::account(&status, terminal.language)
        }
        AliexpressCommand::Disconnect(account) => {
            let account = account.account.as_deref();
            let status = accounts::disconnect(shop, Supplier::Aliexpress, account).await?;
            super::account(&status, terminal.language)
        }
        AliexpressCommand::Rename { name, account } => {
            let account = account.account.as_deref();
            let status = accounts::rename(shop, Supplier::Aliexpress, account, &name).await?;
            super::account(&status, terminal.language)
        }
        AliexpressCommand::Products(AliexpressProductsCommand::Import(args)) => {
            products::import(terminal, shop, &args).await
        }
        AliexpressCommand::Search {
            words,
            wanted,
            page,
        } => search(shop, &words.join(" "), &wanted, page).await,
        AliexpressCommand::Call { method, params } => {
            let answer = support::aliexpress_call(shop, &method, parameters(&params)?).await?;
            let text = serde_json::to_string_pretty(&answer).unwrap_or_default();
            Answer::new(&answer, text)
        }
    }
}

fn configured(app: &AliexpressApp, which: Which<'_>) -> String {
    let door = match app.door {
        Door::Loopback => "a listener on this computer",
        Door::DeepLink => "the desktop application",
        Door::Bridge => {
            "your page (see: aliexpress bridge); or paste the address it ends at with: aliexpress finish"
        }
    };
    // Without a name the usual account is meant, which another one is not.
    let account = match which {
        Which::Usual => String::new(),
        Which::Named(_) | Which::Another => format!(" --account {}", app.account),
    };
    format!(
        "✓ AliExpress takes App Key {} with its secret\n  callback {}: caught by {door}\n  → smartlinks-cli aliexpress authorize{account}",
        app.app_key, app.callback_url
    )
}

fn works(tested: &AliexpressConnection, language: Language) -> String {
    let mut text = format!(
        "Connected as {} ({}); access token until {}, consent until {}",
        clean(&tested.name),
        tested.account,
        time(tested.access_expires_at),
        time(tested.refresh_expires_at)
    );
    for step in &tested.steps {
        let mark = if step.ok { "✓" } else { "✗" };
        let line = format!("\n  {mark} {} {}", step.step, clean(&step.detail));
        text.push_str(line.trim_end());
    }
    if let Some(status) = tested.app_status {
        let status = serde_json::to_value(status).unwrap_or_default();
        let key = format!("app_status/{}/meaning", status.as_str().unwrap_or_default());
        text.push_str(&format!("\n  {}", word(language, &key)));
    }
    text
}

/// Waits for the end of an attempt; Ctrl-C ends the attempt too.
async fn authorize(terminal: &Terminal, shop: &Shop, began: &Began) -> Outcome {
    if !terminal.json {
        say(&began.attempt.authorize_url)?;
        if began.attempt.door != Door::Loopback {
            note("When the browser has arrived: smartlinks-cli aliexpress finish 'THE ADDRESS'");
        }
    }
    let status: AccountStatus = tokio::select! {
        ended = began.connected(shop) => ended?,
        () = stop_asked() => {
            authorization::cancel(shop).await?;
            return Err(Error::new(Code::Interrupted, "the attempt was cancelled"));
        }
    };
    if began.attempt.door == Door::Loopback {
        // The listener lives in this process: gone too soon, the browser would show an error instead of the good news.
        shop.ports().clock.sleep(LINGER).await;
    }
    super::account(&status, terminal.language)
}

async fn search(shop: &Shop, words: &str, args: &WantedArgs, page: u32) -> Outcome {
    let wanted = wanted(shop, args).await?;
    let hits = catalog::search_aliexpress(shop, words, &wanted, page).await?;
    let rows = hits.iter().map(|hit| {
        [
            hit.product_id.clone(),
            hit.title.clone(),
            price(hit.price, None, hit.currency.as_deref()),
            or_dash(hit.orders.as_deref()),
            if hit.imported { "yes" } else { "" }.to_owned(),
        ]
    });
    let headings = ["ID", "Title", "Price", "Orders", "Imported"];
    let text = table(
        headings,
        rows,
        &format!("AliExpress has nothing for {:?}.", clean(words)),
    );
    Answer::new(&serde_json::json!({ "items": hits }), text)
}

/// For whom prices are asked: the settings, unless told otherwise for this once.
pub(super) async fn wanted(shop: &Shop, args: &WantedArgs) -> Result<Wanted> {
    let settings = Wanted::of(shop).await?;
    let mut wanted = settings.with(args.ship_to.as_deref(), args.currency.as_deref())?;
    wanted.account = args.account.account.clone();
    Ok(wanted)
}

fn parameters(pairs: &[String]) -> Result<BTreeMap<String, String>> {
    pairs
        .iter()
        .map(|pair| match pair.split_once('=') {
            Some((name, value)) if !name.trim().is_empty() => {
                Ok((name.trim().to_owned(), value.to_owned()))
            }
            // The text itself is not repeated: somebody may have pasted a secret.
            _ => Err(Error::new(
                Code::BadInput,
                "a parameter is written KEY=VALUE",
            )),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_may_hold_json_with_equals_signs() {
        let params = parameters(&["query={\"a\":\"b=c\"}".to_owned()]).unwrap_or_default();
        assert_eq!(
            params.get("query").map(String::as_str),
            Some("{\"a\":\"b=c\"}")
        );
        assert!(parameters(&["no-equals-sign".to_owned()]).is_err());
        assert!(parameters(&["=x".to_owned()]).is_err());
    }
}
