//! `status`: everything at a glance, also without a keychain and without a network.

use smartlinks_core::support::{self, Host};
use smartlinks_core::views::{KeychainState, Status};
use smartlinks_core::{Shop, accounts};

use super::{account_line, receipt, refresh_name};
use crate::output::{Answer, clean, time};
use crate::{Outcome, Terminal};

pub(super) async fn run(terminal: &Terminal, shop: &Shop) -> Outcome {
    let status = accounts::status(shop).await?;
    Answer::new(&status, text(terminal, &status))
}

/// What an owner may paste into a request for help.
pub(super) async fn diagnostics(shop: &Shop) -> Outcome {
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let host = Host {
        version: concat!("terminal ", env!("CARGO_PKG_VERSION")),
        system: &system,
        log: "",
    };
    let report = support::diagnostics(shop, host).await?;
    Answer::new(&serde_json::json!({ "report": &report }), report.clone())
}

fn text(terminal: &Terminal, status: &Status) -> String {
    let mut lines = Vec::new();
    if status.accounts.is_empty() {
        lines.push(
            "No account yet: smartlinks-cli cj connect, or smartlinks-cli aliexpress configure"
                .to_owned(),
        );
    }
    for account in &status.accounts {
        lines.push(account_line(account, terminal.language));
        let consent = format!("{} until", refresh_name(account.supplier));
        let dates = [
            ("access token until", account.access_expires_at),
            (&consent, account.refresh_expires_at),
            ("renews itself", account.renews_at),
            ("last success", account.last_success_at),
        ];
        let told: Vec<String> = dates
            .into_iter()
            .filter(|(_, at)| at.is_some())
            .map(|(name, at)| format!("{name}: {}", time(at)))
            .collect();
        if !told.is_empty() {
            lines.push(format!("  {}", told.join(" · ")));
        }
        if let Some(points) = account.points {
            lines.push(format!(
                "  points today: {} of {} left",
                points.remaining, points.total
            ));
        }
        if let Some(error) = &account.last_error {
            lines.push(format!("  last error: {}", clean(&error.message)));
        }
    }
    lines.push(format!(
        "Catalogue: {} products, {} variants",
        status.catalog.products, status.catalog.variants
    ));
    if let Some(last) = &status.last_sync {
        lines.push(format!("Last sync: {}", receipt::line(last)));
    }
    if status.keychain == KeychainState::Unavailable {
        lines.push("Keychain: none answers, so no secret can be kept".to_owned());
    }
    lines.join("\n")
}
