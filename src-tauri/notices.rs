//! Notifications of the system about what an owner would want to know while looking elsewhere: a sync that ended or pauses,
//! a file or a publish that is done, an account that must be connected again, a consent that ends. While the window has the focus, it shows all this itself.

use jiff::tz::TimeZone;
use smartlinks_core::accounts::Need;
use smartlinks_core::error::ErrorView;
use smartlinks_core::views::{
    Alert, ChangeKind, Event, ExportReceipt, Published, RunState, Supplier, SyncReceipt,
};
use smartlinks_core::words::{Language, about, word};
use smartlinks_core::{Code, Shop, accounts};
use tauri::{AppHandle, Manager as _, Runtime};
use tauri_plugin_notification::{Notification, NotificationExt as _};

use crate::preferences;

/// A notification, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The line in bold.
    pub title: String,
    /// What is said.
    pub text: String,
}

/// Where notifications go. The desktop in real life; a test reads what it would have shown.
pub trait Desk {
    /// Whether the owner looks at the window, which then says everything itself.
    fn is_looked_at(&self) -> bool;
    /// Shows a notification.
    fn show(&self, notice: &Notice);
}

/// Says what is worth saying about an event. What an account needs is said once, across restarts: the core remembers it.
pub async fn hear(desk: &impl Desk, shop: &Shop, event: &Event, language: Language) {
    let notice = match event {
        Event::Alerts { count, first } => of_alerts(*count, first, language),
        Event::SyncEnded { receipt } => of_run(receipt, language, &TimeZone::system()),
        Event::ExportEnded { receipt, error } => {
            of_export(receipt.as_ref(), error.as_ref(), language)
        }
        Event::PublishEnded { published, error } => {
            of_publish(published.as_ref(), error.as_ref(), language)
        }
        Event::AccountChanged { account, .. } => match accounts::reminder(shop, account).await {
            Ok(reminder) => reminder
                .map(|(supplier, need)| of_account(supplier, need, language, &TimeZone::system())),
            Err(error) => {
                tracing::warn!(code = ?error.code, "what an account needs could not be read");
                None
            }
        },
        _ => None,
    };
    if let Some(notice) = notice
        && !desk.is_looked_at()
    {
        desk.show(&notice);
    }
}

fn of_account(supplier: Supplier, need: Need, language: Language, zone: &TimeZone) -> Notice {
    let say = |key: &str| word(language, &format!("notifications/{key}"));
    let code = match need {
        Need::ConsentEnds { days, at } => {
            let at = at.to_zoned(zone.clone());
            // Day and month the way each language writes them.
            let date = match language {
                Language::French => at.strftime("%d/%m/%Y"),
                Language::English => at.strftime("%-d %B %Y"),
            };
            let text = say(if days == 1 {
                "consent_text_one"
            } else {
                "consent_text"
            });
            return Notice {
                title: say("consent_title").replace("{supplier}", name(supplier)),
                text: text
                    .replace("{date}", &date.to_string())
                    .replace("{days}", &days.to_string()),
            };
        }
        Need::Reconnect => Code::ReconnectNeeded,
        Need::Suspended => Code::Suspended,
    };
    let sentences = about(code, language);
    Notice {
        title: say("account_title").replace("{supplier}", name(supplier)),
        text: format!("{} {}", sentences.what, sentences.next),
    }
}

/// One alert by its name, several as a number with the first of them.
fn of_alerts(count: u64, first: &[Alert], language: Language) -> Option<Notice> {
    let say = |key: &str| word(language, &format!("notifications/{key}"));
    let title = if count == 1 {
        say("alerts_title").to_owned()
    } else {
        say("alerts_title_many").replace("{count}", &count.to_string())
    };
    let mut lines: Vec<String> = first
        .iter()
        .map(|alert| of_alert(alert, language))
        .collect();
    let more = count.saturating_sub(first.len() as u64);
    if more > 0 {
        lines.push(say("alerts_more").replace("{count}", &more.to_string()));
    }
    (!first.is_empty()).then(|| Notice {
        title,
        text: lines.join("\n"),
    })
}

/// `Desk lamp: price up 4.20 → 5.10 USD`.
fn of_alert(alert: &Alert, language: Language) -> String {
    let change = &alert.change;
    let kind = serde_json::to_value(alert.what).unwrap_or_default();
    let what = word(
        language,
        &format!("alerts/{}", kind.as_str().unwrap_or_default()),
    );
    let moved = match (&change.old, &change.new, change.what) {
        (Some(old), Some(new), ChangeKind::Price | ChangeKind::Stock) => {
            let currency = change.currency.as_deref().unwrap_or_default();
            format!(" {old} → {new} {currency}")
        }
        _ => String::new(),
    };
    let colon = word(language, "alerts/colon");
    format!("{}{colon}{what}{moved}", change.title)
        .trim_end()
        .to_owned()
}

fn of_run(receipt: &SyncReceipt, language: Language, zone: &TimeZone) -> Option<Notice> {
    let say = |key: &str| word(language, &format!("notifications/{key}"));
    let why = receipt
        .error
        .as_ref()
        .map(|error| about(error.code, language));
    let (title, text) = match receipt.state {
        RunState::Running => return None,
        RunState::Done => (
            say("sync_done_title"),
            say("sync_done_text")
                .replace("{rows}", &receipt.rows.to_string())
                .replace("{changed}", &receipt.changed.to_string()),
        ),
        RunState::Paused => {
            let time = receipt.continues_at.map(|at| {
                let at = at.to_zoned(zone.clone());
                at.strftime("%H:%M").to_string()
            });
            let goes_on = time.map(|time| say("sync_paused_text").replace("{time}", &time));
            let sentences = [why.map(|why| why.what.to_owned()), goes_on];
            (
                say("sync_paused_title"),
                sentences
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        }
        // Without a reason the owner stopped it, and knows.
        RunState::Interrupted | RunState::Failed => {
            let why = why.filter(|_| {
                receipt
                    .error
                    .as_ref()
                    .is_some_and(|error| error.code != Code::Interrupted)
            })?;
            (
                say("sync_failed_title"),
                format!("{} {}", why.what, why.next),
            )
        }
    };
    Some(Notice {
        title: title.replace("{supplier}", name(receipt.supplier)),
        text,
    })
}

/// The files that are ready; nothing about what the owner stopped.
fn of_export(
    receipt: Option<&ExportReceipt>,
    error: Option<&ErrorView>,
    language: Language,
) -> Option<Notice> {
    let say = |key: &str| word(language, &format!("notifications/{key}"));
    if let Some(error) = error.filter(|error| error.code != Code::Stopped) {
        return Some(of_failure(say("export_failed_title"), error, language));
    }
    let receipt = receipt?;
    let text = match receipt.files.len() {
        1 => say("export_done_text"),
        _ => say("export_done_text_many"),
    };
    Some(Notice {
        title: say("export_done_title").to_owned(),
        text: text
            .replace("{rows}", &receipt.rows.to_string())
            .replace("{count}", &receipt.files.len().to_string())
            .replace("{file}", receipt.files.first()?),
    })
}

fn of_publish(
    published: Option<&Published>,
    error: Option<&ErrorView>,
    language: Language,
) -> Option<Notice> {
    let say = |key: &str| word(language, &format!("notifications/{key}"));
    if let Some(error) = error {
        return Some(of_failure(say("publish_failed_title"), error, language));
    }
    let published = published?;
    Some(Notice {
        title: say("publish_done_title").to_owned(),
        text: say("publish_done_text")
            .replace("{products}", &published.products_changed.to_string())
            .replace("{variants}", &published.variants_changed.to_string()),
    })
}

fn of_failure(title: &str, error: &ErrorView, language: Language) -> Notice {
    let why = about(error.code, language);
    Notice {
        title: title.to_owned(),
        text: format!("{} {}", why.what, why.next),
    }
}

fn name(supplier: Supplier) -> &'static str {
    match supplier {
        Supplier::Aliexpress => "AliExpress",
        Supplier::Cj => "CJ",
    }
}

impl<R: Runtime> Desk for AppHandle<R> {
    fn is_looked_at(&self) -> bool {
        self.webview_windows()
            .values()
            .any(|window| window.is_focused().unwrap_or_default())
    }

    fn show(&self, notice: &Notice) {
        // The plugin is absent where there is no desktop, such as in tests.
        if self.try_state::<Notification<R>>().is_none() || !preferences::notifies(self) {
            return;
        }
        let shown = self
            .notification()
            .builder()
            .title(&notice.title)
            .body(&notice.text)
            .show();
        if let Err(error) = shown {
            tracing::warn!(%error, "no notification could be shown");
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use std::path::Path;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use secrecy::SecretString;
    use smartlinks_core::Config;
    use smartlinks_core::authorization::{self, Begin};
    use smartlinks_core::ports::{BaseUrls, NoBrowser, Ports, SystemClock, SystemRandomness};
    use smartlinks_core::vault::{SessionVault, Vault};
    use smartlinks_sandbox::{APP_KEY, APP_SECRET, Options, Sandbox, visitor};

    use super::*;

    fn receipt(state: &str, error: Option<&str>) -> SyncReceipt {
        let error = error.map(|code| {
            serde_json::json!({"code": code, "message": "m", "retry_at": null, "supplier": null})
        });
        serde_json::from_value(serde_json::json!({
            "run": 1, "supplier": "cj", "account": "cj-1", "scope": "my-products", "details": false, "state": state,
            "started_at": "2026-01-01T00:00:00Z", "finished_at": null, "calls": 3, "points": 0, "rows": 120,
            "changed": 7, "failed": 0, "done": 3, "total": 3, "continues_at": "2026-01-02T00:05:00Z", "error": error, "repeats": [], "retry_of": null,
        }))
        .unwrap()
    }

    #[test]
    fn an_owner_who_looks_elsewhere_hears_how_the_sync_ended_in_both_languages() {
        for language in [Language::French, Language::English] {
            let told = |state: &str, error: Option<&str>| {
                of_run(&receipt(state, error), language, &TimeZone::UTC)
            };
            let done = told("done", None).unwrap();
            assert!(
                done.title.contains("CJ") && done.text.contains("120") && done.text.contains('7')
            );
            let paused = told("paused", Some("quota_spent")).unwrap();
            assert!(paused.text.contains("00:05"), "{paused:?}");
            let failed = told("interrupted", Some("network")).unwrap();
            for notice in [&done, &paused, &failed] {
                assert!(
                    !notice.title.is_empty() && !notice.text.contains('{'),
                    "{notice:?}"
                );
            }
            assert_eq!(told("running", None), None);
            assert_eq!(
                told("interrupted", None),
                None,
                "stopping it was the owner's own doing"
            );
            assert_eq!(told("interrupted", Some("interrupted")), None);
        }
    }

    #[test]
    fn an_owner_who_looks_elsewhere_hears_that_the_file_is_there_and_the_shop_filled() {
        let receipt = |files: &[&str]| -> ExportReceipt {
            serde_json::from_value(serde_json::json!({
                "files": files, "format": "shopify", "rows": 70_000, "products": 9, "skipped": 0, "bytes": 1, "notes": [],
            }))
            .unwrap()
        };
        let published: Published = serde_json::from_value(serde_json::json!({
            "target": "shop@db.example:5432/shop", "encrypted": true, "accounts": [], "products": 120,
            "products_changed": 34, "variants_changed": 56,
        }))
        .unwrap();
        let failed = |code: &str| -> ErrorView {
            serde_json::from_value(serde_json::json!({"code": code, "message": "m", "retry_at": null, "supplier": null}))
                .unwrap()
        };
        for language in [Language::French, Language::English] {
            let one = of_export(Some(&receipt(&["/a/x.csv"])), None, language).unwrap();
            assert!(
                one.text.contains("70000") && one.text.contains("/a/x.csv"),
                "{one:?}"
            );
            let two = receipt(&["/a/x-1-of-2.csv", "/a/x-2-of-2.csv"]);
            let two = of_export(Some(&two), None, language).unwrap();
            assert!(
                two.text.contains("2 ") && two.text.contains("x-1-of-2"),
                "{two:?}"
            );
            let full = of_export(None, Some(&failed("disk")), language).unwrap();
            assert_eq!(
                of_export(None, Some(&failed("stopped")), language),
                None,
                "stopping it was the owner's own doing"
            );
            let filled = of_publish(Some(&published), None, language).unwrap();
            assert!(
                filled.text.contains("34") && filled.text.contains("56"),
                "{filled:?}"
            );
            let cut = of_publish(None, Some(&failed("shop_unreachable")), language).unwrap();
            for notice in [&one, &two, &full, &filled, &cut] {
                assert!(
                    !notice.title.is_empty() && !notice.text.contains('{'),
                    "{notice:?}"
                );
            }
        }
    }

    #[test]
    fn a_price_that_rose_is_told_by_its_product_and_a_flood_of_them_in_one_note() {
        let alert: Alert = serde_json::from_value(serde_json::json!({
            "id": 1, "what": "price_up", "seen": false,
            "change": {"supplier": "cj", "product_id": "1", "title": "Lampe", "variant_id": null, "what": "price",
                "old": "4.20", "new": "5.10", "currency": "USD", "at": "2026-01-01T00:00:00Z"},
        }))
        .unwrap();
        let one = of_alerts(1, std::slice::from_ref(&alert), Language::French).unwrap();
        assert_eq!(one.text, "Lampe\u{202f}: prix en hausse 4.20 → 5.10 USD");
        let many = of_alerts(250, &[alert.clone(), alert], Language::English).unwrap();
        assert!(many.title.ends_with("250"), "{many:?}");
        assert!(
            many.text.lines().count() == 3 && many.text.contains("248"),
            "{many:?}"
        );
    }

    #[test]
    fn an_owner_reads_until_which_day_the_consent_lasts_in_both_languages() {
        let at = "2026-12-24T10:00:00Z".parse().unwrap();
        for (language, date) in [
            (Language::French, "24/12/2026"),
            (Language::English, "24 December 2026"),
        ] {
            for days in [7, 2, 1] {
                let need = Need::ConsentEnds { days, at };
                let notice = of_account(Supplier::Aliexpress, need, language, &TimeZone::UTC);
                assert!(notice.title.contains("AliExpress"), "{notice:?}");
                assert!(notice.text.contains(date), "{notice:?}");
                assert_eq!(
                    notice.text.contains(&format!("{days} ")),
                    days > 1,
                    "{notice:?}"
                );
                assert!(!notice.text.contains('{'), "{notice:?}");
            }
            let lost = of_account(Supplier::Cj, Need::Suspended, language, &TimeZone::UTC);
            assert!(lost.title.contains("CJ") && !lost.text.is_empty());
        }
    }

    /// A desk that remembers what it showed.
    #[derive(Default)]
    struct Shown {
        notices: Mutex<Vec<Notice>>,
        looked_at: bool,
    }

    impl Desk for Shown {
        fn is_looked_at(&self) -> bool {
            self.looked_at
        }

        fn show(&self, notice: &Notice) {
            self.notices.lock().unwrap().push(notice.clone());
        }
    }

    async fn open(folder: &Path, sandbox: &Sandbox, vault: &Arc<SessionVault>) -> Shop {
        let addresses = BaseUrls::new(
            Some(sandbox.aliexpress_url().as_str()),
            Some(sandbox.cj_url().as_str()),
        );
        let ports = Ports {
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            browser: Arc::new(NoBrowser),
            vault: Arc::clone(vault) as Arc<dyn Vault>,
            base_urls: addresses.unwrap(),
        };
        let config = Config {
            data_dir: folder.to_path_buf(),
            practice: false,
        };
        Shop::open(config, ports).await.unwrap()
    }

    /// Consents as an owner does, and says which account that made.
    async fn authorize(shop: &Shop) -> String {
        let port = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            listener.local_addr().unwrap().port()
        };
        let callback = format!("http://127.0.0.1:{port}/aliexpress/callback");
        let secret = Some(SecretString::from(APP_SECRET));
        accounts::configure_aliexpress(shop, APP_KEY, secret, &callback)
            .await
            .unwrap();
        let how = Begin {
            open_browser: false,
            listen: true,
        };
        let began = authorization::begin(shop, how).await.unwrap();
        visitor::approve(&began.attempt.authorize_url)
            .await
            .unwrap();
        began.connected(shop).await.unwrap().account
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_consent_that_ends_is_announced_once_on_the_desktop_whatever_is_restarted() {
        let mut options = Options::default();
        options.token_life.aliexpress_refresh = Duration::from_secs(6 * 86_400);
        let sandbox = Sandbox::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let vault = Arc::new(SessionVault::as_keychain());
        let shop = open(folder.path(), &sandbox, &vault).await;
        let account = authorize(&shop).await;
        let event = Event::AccountChanged {
            supplier: Supplier::Aliexpress,
            account,
        };
        let desk = Shown::default();
        hear(&desk, &shop, &event, Language::English).await;
        hear(&desk, &shop, &event, Language::English).await;
        drop(shop);
        let shop = open(folder.path(), &sandbox, &vault).await;
        hear(&desk, &shop, &event, Language::English).await;
        let shown = desk.notices.lock().unwrap().clone();
        assert_eq!(shown.len(), 1, "{shown:?}");
        assert!(shown[0].text.contains("within 7 days"), "{shown:?}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_owner_who_looks_at_the_window_is_not_told_a_second_time() {
        let mut options = Options::default();
        options.token_life.aliexpress_refresh = Duration::from_secs(6 * 86_400);
        let sandbox = Sandbox::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let shop = open(
            folder.path(),
            &sandbox,
            &Arc::new(SessionVault::as_keychain()),
        )
        .await;
        let account = authorize(&shop).await;
        let event = Event::AccountChanged {
            supplier: Supplier::Aliexpress,
            account,
        };
        let desk = Shown {
            looked_at: true,
            ..Shown::default()
        };
        hear(&desk, &shop, &event, Language::French).await;
        assert!(desk.notices.lock().unwrap().is_empty());
    }
}
