//! Notifications of the system about what an owner would want to know while looking elsewhere: a sync that ended or pauses,
//! a file or a publish that is done, an account that must be connected again, a consent that ends. While the window has the focus, it shows all this itself.
//! A click on one leads to what it is about; what they say is in `words`.

mod words;

use jiff::tz::TimeZone;
use smartlinks_core::accounts::Need;
use smartlinks_core::views::{AccountState, Event, Supplier};
use smartlinks_core::words::Language;
use smartlinks_core::{Result, Shop, accounts};
use tauri::{AppHandle, Emitter as _, Manager as _, Runtime};
use tauri_plugin_notification::{ActionPerformed, Notification, NotificationExt as _};
use ts_rs::TS;

use crate::{WINDOW, come_forward, preferences};

/// Where the window hears which notification was clicked.
pub const CHANNEL: &str = "smartlinks://lead";
/// What a notification carries its lead under, and what the plugin calls a click on it.
const EXTRA: &str = "lead";
const CLICKED: &str = "tap";

/// What a notification is about, and what a click on it opens.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, TS)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Lead {
    /// An account that needs its owner.
    Account {
        /// Whose.
        supplier: Supplier,
        /// Which.
        account: String,
    },
    /// A sync that ended or waits.
    Sync {
        /// Its number.
        #[ts(type = "number")]
        run: i64,
    },
    /// A product that an alert is about.
    Product {
        /// Whose.
        supplier: Supplier,
        /// Its id at the supplier.
        product_id: String,
    },
    /// Several alerts.
    Alerts,
    /// Files that were written, or were not.
    Export,
    /// A publish into the shop's database that ended.
    Publish,
}

/// A notification, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The line in bold.
    pub title: String,
    /// What is said.
    pub text: String,
    /// What a click on it opens.
    pub lead: Lead,
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
        Event::Alerts { count, first } => words::of_alerts(*count, first, language),
        Event::SyncEnded { receipt } => words::of_run(receipt, language, &TimeZone::system()),
        Event::ExportEnded { receipt, error } => {
            words::of_export(receipt.as_ref(), error.as_ref(), language)
        }
        Event::PublishEnded { published, error } => {
            words::of_publish(published.as_ref(), error.as_ref(), language)
        }
        Event::AccountChanged { account, .. } => match need_of(shop, account).await {
            Ok(need) => {
                need.map(|(of, need)| words::of_account(&of, need, language, &TimeZone::system()))
            }
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

/// What an account needs that was not said yet. Where the supplier has several, they are told apart by their names.
async fn need_of(shop: &Shop, account: &str) -> Result<Option<(Owned, Need)>> {
    let Some((supplier, need)) = accounts::reminder(shop, account).await? else {
        return Ok(None);
    };
    let mut all = accounts::status(shop).await?.accounts;
    all.retain(|one| one.supplier == supplier && one.state != AccountState::NotConnected);
    let several = all.len() > 1;
    let named = all
        .into_iter()
        .find(|one| one.account == account && several);
    let of = Owned {
        supplier,
        account: account.to_owned(),
        name: named.map(|one| one.name),
    };
    Ok(Some((of, need)))
}

/// An account that a notification is about.
struct Owned {
    supplier: Supplier,
    account: String,
    /// What it is called, where there are several.
    name: Option<String>,
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
            .extra(EXTRA, &notice.lead)
            .show();
        if let Err(error) = shown {
            tracing::warn!(%error, "no notification could be shown");
        }
    }
}

/// From now on a click on a notification brings the window forward and shows in it what the notification is about.
///
/// Linux and macOS tell of clicks as long as SmartLinks runs; Windows only while the notification is on the screen, not once
/// it moved to the Action Center. Whether a window may come in front of others is the desktop's to decide.
pub fn lead_on<R: Runtime>(app: &AppHandle<R>) {
    let Some(notification) = app.try_state::<Notification<R>>() else {
        return;
    };
    let here = app.clone();
    let listening = notification.on_action(move |performed| {
        let Some(lead) = clicked(performed) else {
            return;
        };
        come_forward(&here);
        if let Err(error) = here.emit_to(WINDOW, CHANNEL, &lead) {
            tracing::warn!(%error, "the window could not be told where to lead");
        }
    });
    if let Err(error) = listening {
        tracing::warn!(%error, "clicks on notifications are not heard");
    }
}

/// What the notification was about, if it is one of ours and was clicked.
fn clicked(performed: &ActionPerformed) -> Option<Lead> {
    if performed.action_id() != CLICKED {
        return None;
    }
    let lead = performed.notification()?.extra().get(EXTRA)?;
    serde_json::from_value(lead.clone()).ok()
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

    #[test]
    fn a_click_leads_to_what_the_notification_was_about_and_closing_one_to_nothing() {
        let lead = Lead::Account {
            supplier: Supplier::Aliexpress,
            account: "aliexpress-2".into(),
        };
        let performed = |action: &str, extra: serde_json::Value| -> ActionPerformed {
            serde_json::from_value(serde_json::json!({
                "actionId": action, "inputValue": null, "notification": {"id": 7, "title": "t", "extra": extra},
            }))
            .unwrap()
        };
        let ours = serde_json::json!({"lead": lead});
        assert_eq!(clicked(&performed("tap", ours.clone())), Some(lead));
        assert_eq!(clicked(&performed("dismiss", ours)), None);
        for strange in [
            serde_json::json!({}),
            serde_json::json!({"lead": {"about": "elsewhere"}}),
            serde_json::json!({"lead": "https://shop.example"}),
        ] {
            assert_eq!(
                clicked(&performed("tap", strange.clone())),
                None,
                "{strange}"
            );
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
