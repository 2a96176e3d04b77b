//! `demo`: the whole journey in a minute against the practice suppliers, in a folder and a memory that are gone afterwards. The
//! owner's data, keychain and accounts are not touched.

use std::sync::Arc;

use secrecy::SecretString;
use serde_json::json;
use smartlinks_core::authorization::{self, Begin};
use smartlinks_core::catalog::{self, Wanted};
use smartlinks_core::orders::{self, OrderListQuery};
use smartlinks_core::ports::{BaseUrls, Browser, Ports};
use smartlinks_core::sync::{self, Patience};
use smartlinks_core::vault::SessionVault;
use smartlinks_core::views::{ProductQuery, RunState, Scope, Step};
use smartlinks_core::{Code, Config, Error, Result, Shop, accounts};
use smartlinks_sandbox::{APP_KEY, APP_SECRET, CJ_API_KEY, Options, Sandbox, visitor};
use tokio::sync::mpsc;
use url::Url;

use super::{follow, receipt, sandbox::failed};
use crate::events::Listener;
use crate::output::{Answer, clean, or_dash, price, say, to_value};
use crate::{Outcome, Terminal};

/// Enough products for several pages of a list, few enough for a minute.
const MINE: u64 = 36;
/// A practice account that need not wait for its pace.
const QPS: u32 = 20;
/// What is searched for at AliExpress, and how many of the hits are imported.
const WORDS: &str = "lamp";
const IMPORTED: usize = 3;

/// The owner in front of the browser, who says yes.
struct Visitor {
    failed: mpsc::UnboundedSender<Error>,
}

impl Browser for Visitor {
    fn open(&self, url: &Url) -> Result<()> {
        let (url, failed) = (url.to_string(), self.failed.clone());
        tokio::spawn(async move {
            if let Err(error) = visitor::approve(&url).await {
                let _ = failed.send(self::failed(error));
            }
        });
        Ok(())
    }
}

/// What happened so far; told at once to people, at the end to scripts.
struct Journey<'a> {
    terminal: &'a Terminal,
    steps: Vec<Step>,
}

impl Journey<'_> {
    fn tick(&mut self, step: &str, detail: impl Into<String>) -> Result<()> {
        let detail = detail.into();
        if !self.terminal.json {
            say(&format!("✓ {}", clean(&detail)))?;
        }
        self.steps.push(Step {
            step: step.to_owned(),
            ok: true,
            detail,
        });
        Ok(())
    }
}

pub(super) async fn run(terminal: &Terminal) -> Outcome {
    let folder = tempfile::Builder::new()
        .prefix("smartlinks-demo-")
        .tempdir()
        .map_err(|error| Error::new(Code::Disk, format!("a folder for the demo: {error}")))?;
    let suppliers = Sandbox::start(Options {
        my_products: MINE,
        qps: Some(QPS),
        ..Options::default()
    })
    .await
    .map_err(failed)?;
    let (sender, failures) = mpsc::unbounded_channel();
    let ports = Ports {
        browser: Arc::new(Visitor { failed: sender }),
        ..terminal.host.ports(
            Arc::new(SessionVault::as_keychain()),
            BaseUrls::new(
                Some(suppliers.aliexpress_url().as_str()),
                Some(suppliers.cj_url().as_str()),
            )?,
        )
    };
    let config = Config {
        data_dir: folder.path().to_path_buf(),
        practice: true,
    };
    let shop = Shop::open(config, ports).await?;
    let listener = Listener::start(&shop, terminal.json);
    let mut journey = Journey {
        terminal,
        steps: Vec::new(),
    };
    let outcome = journey.make(&shop, &suppliers, &listener, failures).await;
    listener.finish().await;
    suppliers.stop().await;
    outcome
}

impl Journey<'_> {
    async fn make(
        &mut self,
        shop: &Shop,
        suppliers: &Sandbox,
        listener: &Listener,
        failures: mpsc::UnboundedReceiver<Error>,
    ) -> Outcome {
        if !self.terminal.json {
            say(
                "SmartLinks, practised on suppliers simulated on this computer. Your own data is left alone.\n",
            )?;
        }
        self.connect_cj(shop).await?;
        self.authorize_aliexpress(shop, failures).await?;
        let receipt = self.sync(shop, listener).await?;
        self.import(shop).await?;
        self.orders(shop, suppliers).await?;
        self.summary(shop, receipt).await
    }

    async fn connect_cj(&mut self, shop: &Shop) -> Result<()> {
        let cj = accounts::connect_cj(shop, CJ_API_KEY, None, None).await?;
        let points = cj.points.map(|points| points.remaining);
        self.tick(
            "cj_connect",
            format!(
                "CJ connected as {} ({} calls a second, {} points left today)",
                cj.name,
                or_dash(cj.qps),
                or_dash(points)
            ),
        )
    }

    async fn authorize_aliexpress(
        &mut self,
        shop: &Shop,
        mut failures: mpsc::UnboundedReceiver<Error>,
    ) -> Result<()> {
        let callback = format!(
            "http://127.0.0.1:{}/aliexpress/callback",
            free_port().await?
        );
        let secret = Some(SecretString::from(APP_SECRET));
        let app = accounts::configure_aliexpress(shop, APP_KEY, secret, &callback).await?;
        self.tick(
            "aliexpress_configure",
            format!("AliExpress takes App Key {} with its secret", app.app_key),
        )?;
        let how = Begin {
            open_browser: true,
            listen: true,
        };
        let began = authorization::begin(shop, how).await?;
        let account = tokio::select! {
            ended = began.connected(shop) => ended?,
            Some(error) = failures.recv() => return Err(error),
        };
        self.tick(
            "aliexpress_authorize",
            format!(
                "AliExpress authorized as {}: the code filled itself in",
                account.name
            ),
        )
    }

    async fn sync(&mut self, shop: &Shop, listener: &Listener) -> Result<serde_json::Value> {
        let begun = sync::begin(shop, Scope::MyProducts, true, Patience::Leave).await?;
        let receipt =
            follow::to_its_end(shop, listener.also(), begun.run, self.terminal.json).await?;
        if receipt.state != RunState::Done {
            return Err(receipt.error.map_or_else(
                || Error::new(Code::Interrupted, "the sync was stopped"),
                |view| Error::new(view.code, view.message),
            ));
        }
        self.tick(
            "sync_cj",
            format!(
                "{} CJ products synced with variants, prices and stock: {} calls, {} points",
                receipt.rows, receipt.calls, receipt.points
            ),
        )?;
        receipt::document(self.terminal, &receipt)
    }

    async fn import(&mut self, shop: &Shop) -> Result<()> {
        let wanted = Wanted::of(shop).await?;
        let hits = catalog::search_aliexpress(shop, WORDS, &wanted, 1).await?;
        let ids: Vec<String> = hits
            .into_iter()
            .take(IMPORTED)
            .map(|hit| hit.product_id)
            .collect();
        let results = catalog::import(shop, &ids, &wanted).await?;
        let came = results
            .iter()
            .filter(|result| result.product.is_some())
            .count();
        self.tick(
            "aliexpress_import",
            format!("{came} of {} AliExpress products imported", ids.len()),
        )
    }

    async fn orders(&mut self, shop: &Shop, suppliers: &Sandbox) -> Result<()> {
        let mut seen = orders::refresh(shop).await?;
        // AliExpress has no list of orders: one is fetched once it is named.
        if let Some(order) = suppliers.control().truth().aliexpress_orders().first() {
            orders::show(shop, None, &order.id).await?;
            seen += 1;
        }
        self.tick("orders", format!("{seen} orders fetched"))
    }

    async fn summary(&mut self, shop: &Shop, receipt: serde_json::Value) -> Outcome {
        let status = accounts::status(shop).await?;
        let query = ProductQuery {
            limit: Some(3),
            ..ProductQuery::default()
        };
        let products = catalog::list(shop, query).await?.items;
        let latest = orders::list(
            shop,
            OrderListQuery {
                limit: Some(3),
                ..OrderListQuery::default()
            },
        )
        .await?
        .items;
        let mut lines = vec![format!(
            "\n{} accounts connected, {} products with {} variants. The newest:",
            status.accounts.len(),
            status.catalog.products,
            status.catalog.variants
        )];
        lines.extend(products.iter().map(|product| {
            format!(
                "  {} · {} · {} in stock",
                clean(&product.title),
                price(
                    product.price_min,
                    product.price_max,
                    product.currency.as_deref()
                ),
                or_dash(product.stock)
            )
        }));
        lines.push(
            "\nNow with your own key: smartlinks-cli cj connect, then smartlinks-cli sync cj --details"
                .to_owned(),
        );
        let document = json!({
            "steps": self.steps,
            "status": status,
            "sync": receipt,
            "products": to_value(&products)?,
            "orders": to_value(&latest)?,
        });
        Answer::new(&document, lines.join("\n"))
    }
}

/// A port that nobody listens on now, for a callback address that must name one.
async fn free_port() -> Result<u16> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await;
    listener
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| Error::new(Code::Unexpected, format!("no free port: {error}")))
}
