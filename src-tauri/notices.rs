//! Notifications of the system about what an owner would want to know while looking elsewhere: a sync that ended or pauses,
//! an account that must be connected again. While the window has the focus, it shows all this itself.

use std::collections::HashSet;

use jiff::tz::TimeZone;
use smartlinks_core::views::{AccountState, Event, RunState, Supplier, SyncReceipt};
use smartlinks_core::words::{Language, about, word};
use smartlinks_core::{Code, Shop, accounts};
use tauri::{AppHandle, Manager as _, Runtime};
use tauri_plugin_notification::{Notification, NotificationExt as _};

use crate::preferences;
use crate::state::AppState;

/// A notification, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Notice {
    title: String,
    text: String,
}

/// Remembers what was said, so that nothing is said twice.
#[derive(Debug, Default)]
pub struct Notices {
    to_reconnect: HashSet<String>,
}

impl Notices {
    /// Says what is worth saying about an event.
    pub async fn hear<R: Runtime>(&mut self, app: &AppHandle<R>, shop: &Shop, event: &Event) {
        let language = app.state::<AppState>().language();
        let notice = match event {
            Event::SyncEnded { receipt } => of_run(receipt, language, &TimeZone::system()),
            Event::AccountChanged { supplier, account } => {
                let state = accounts::status_of(shop, account).await.ok();
                let state = state.map(|status| status.state);
                self.of_account(*supplier, account, state, language)
            }
            _ => None,
        };
        if let Some(notice) = notice
            && !is_looked_at(app)
            && preferences::notifies(app)
        {
            show(app, &notice);
        }
    }

    /// Once when an account falls out, and again only after it was connected in between.
    fn of_account(
        &mut self,
        supplier: Supplier,
        account: &str,
        state: Option<AccountState>,
        language: Language,
    ) -> Option<Notice> {
        let code = match state? {
            AccountState::ReconnectNeeded => Code::ReconnectNeeded,
            AccountState::Suspended => Code::Suspended,
            _ => {
                self.to_reconnect.remove(account);
                return None;
            }
        };
        let is_news = self.to_reconnect.insert(account.to_owned());
        is_news.then(|| Notice {
            title: word(language, "notifications/account_title")
                .replace("{supplier}", name(supplier)),
            text: format!(
                "{} {}",
                about(code, language).what,
                about(code, language).next
            ),
        })
    }
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

fn name(supplier: Supplier) -> &'static str {
    match supplier {
        Supplier::Aliexpress => "AliExpress",
        Supplier::Cj => "CJ",
    }
}

fn is_looked_at<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.webview_windows()
        .values()
        .any(|window| window.is_focused().unwrap_or_default())
}

fn show<R: Runtime>(app: &AppHandle<R>, notice: &Notice) {
    // Absent where there is no desktop, such as in tests.
    if app.try_state::<Notification<R>>().is_none() {
        return;
    }
    let shown = app
        .notification()
        .builder()
        .title(&notice.title)
        .body(&notice.text)
        .show();
    if let Err(error) = shown {
        tracing::warn!(%error, "no notification could be shown");
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    fn receipt(state: &str, error: Option<&str>) -> SyncReceipt {
        let error = error.map(|code| {
            serde_json::json!({"code": code, "message": "m", "retry_at": null, "supplier": null})
        });
        serde_json::from_value(serde_json::json!({
            "run": 1, "supplier": "cj", "account": "cj-1", "scope": "my-products", "details": false, "state": state,
            "started_at": "2026-01-01T00:00:00Z", "finished_at": null, "calls": 3, "points": 0, "rows": 120,
            "changed": 7, "failed": 0, "done": 3, "total": 3, "continues_at": "2026-01-02T00:05:00Z", "error": error,
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
    fn an_account_that_fell_out_is_told_once_and_not_every_minute() {
        let mut notices = Notices::default();
        let mut hear = |state| {
            let notice =
                notices.of_account(Supplier::Aliexpress, "ae-1", Some(state), Language::English);
            notice.is_some()
        };
        assert!(!hear(AccountState::Connected));
        assert!(hear(AccountState::ReconnectNeeded));
        assert!(!hear(AccountState::ReconnectNeeded));
        assert!(!hear(AccountState::Connected));
        assert!(hear(AccountState::ReconnectNeeded));
    }
}
