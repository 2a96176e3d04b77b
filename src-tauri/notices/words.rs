//! What notifications say, in the owner's language, and what each is about. When one is shown is decided in `notices`.

use jiff::tz::TimeZone;
use smartlinks_core::Code;
use smartlinks_core::accounts::Need;
use smartlinks_core::error::ErrorView;
use smartlinks_core::views::{
    Alert, ChangeKind, ExportReceipt, Published, RunState, Supplier, SyncReceipt,
};
use smartlinks_core::words::{Language, about, word};

use super::{Lead, Notice, Owned};

/// What an account needs its owner for.
pub(super) fn of_account(of: &Owned, need: Need, language: Language, zone: &TimeZone) -> Notice {
    let lead = Lead::Account {
        supplier: of.supplier,
        account: of.account.clone(),
    };
    let called = match &of.name {
        Some(shop) => format!("{} · {shop}", name(of.supplier)),
        None => name(of.supplier).to_owned(),
    };
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
                title: say("consent_title").replace("{supplier}", &called),
                text: text
                    .replace("{date}", &date.to_string())
                    .replace("{days}", &days.to_string()),
                lead,
            };
        }
        Need::Reconnect => Code::ReconnectNeeded,
        Need::Suspended => Code::Suspended,
    };
    let sentences = about(code, language);
    Notice {
        title: say("account_title").replace("{supplier}", &called),
        text: format!("{} {}", sentences.what, sentences.next),
        lead,
    }
}

/// The files that are ready; nothing about what the owner stopped.
pub(super) fn of_export(
    receipt: Option<&ExportReceipt>,
    error: Option<&ErrorView>,
    language: Language,
) -> Option<Notice> {
    let say = |key: &str| word(language, &format!("notifications/{key}"));
    if let Some(error) = error.filter(|error| error.code != Code::Stopped) {
        let title = say("export_failed_title");
        return Some(of_failure(title, error, Lead::Export, language));
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
        lead: Lead::Export,
    })
}

/// What reached the shop's database, or why it did not.
pub(super) fn of_publish(
    published: Option<&Published>,
    error: Option<&ErrorView>,
    language: Language,
) -> Option<Notice> {
    let say = |key: &str| word(language, &format!("notifications/{key}"));
    if let Some(error) = error {
        let title = say("publish_failed_title");
        return Some(of_failure(title, error, Lead::Publish, language));
    }
    let published = published?;
    Some(Notice {
        title: say("publish_done_title").to_owned(),
        text: say("publish_done_text")
            .replace("{products}", &published.products_changed.to_string())
            .replace("{variants}", &published.variants_changed.to_string()),
        lead: Lead::Publish,
    })
}

fn of_failure(title: &str, error: &ErrorView, lead: Lead, language: Language) -> Notice {
    let why = about(error.code, language);
    Notice {
        title: title.to_owned(),
        text: format!("{} {}", why.what, why.next),
        lead,
    }
}

/// One alert by its name, several as a number with the first of them.
pub(super) fn of_alerts(count: u64, first: &[Alert], language: Language) -> Option<Notice> {
    let lead = match first {
        [only] if count == 1 => Lead::Product {
            supplier: only.change.supplier,
            product_id: only.change.product_id.clone(),
        },
        _ => Lead::Alerts,
    };
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
        lead,
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

/// How a sync ended; nothing where the owner knows it already.
pub(super) fn of_run(receipt: &SyncReceipt, language: Language, zone: &TimeZone) -> Option<Notice> {
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
        lead: Lead::Sync { run: receipt.run },
    })
}

fn name(supplier: Supplier) -> &'static str {
    match supplier {
        Supplier::Aliexpress => "AliExpress",
        Supplier::Cj => "CJ",
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
                assert_eq!(notice.lead, Lead::Sync { run: 1 });
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
        let product = Lead::Product {
            supplier: Supplier::Cj,
            product_id: "1".into(),
        };
        assert_eq!(one.lead, product, "one product is opened at once");
        assert_eq!(one.text, "Lampe\u{202f}: prix en hausse 4.20 → 5.10 USD");
        let many = of_alerts(250, &[alert.clone(), alert], Language::English).unwrap();
        assert!(many.title.ends_with("250"), "{many:?}");
        assert_eq!(many.lead, Lead::Alerts);
        assert!(
            many.text.lines().count() == 3 && many.text.contains("248"),
            "{many:?}"
        );
    }

    #[test]
    fn an_owner_reads_until_which_day_the_consent_lasts_in_both_languages() {
        let at = "2026-12-24T10:00:00Z".parse().unwrap();
        let of = |supplier, account: &str, name: Option<&str>| Owned {
            supplier,
            account: account.to_owned(),
            name: name.map(str::to_owned),
        };
        let second = of(Supplier::Aliexpress, "aliexpress-2", Some("Brussels"));
        let only = of(Supplier::Cj, "cj-1", None);
        for (language, date) in [
            (Language::French, "24/12/2026"),
            (Language::English, "24 December 2026"),
        ] {
            for days in [7, 2, 1] {
                let need = Need::ConsentEnds { days, at };
                let notice = of_account(&second, need, language, &TimeZone::UTC);
                assert!(notice.title.contains("AliExpress · Brussels"), "{notice:?}");
                let lead = Lead::Account {
                    supplier: Supplier::Aliexpress,
                    account: "aliexpress-2".into(),
                };
                assert_eq!(notice.lead, lead, "to the account it is about");
                assert!(notice.text.contains(date), "{notice:?}");
                assert_eq!(
                    notice.text.contains(&format!("{days} ")),
                    days > 1,
                    "{notice:?}"
                );
                assert!(!notice.text.contains('{'), "{notice:?}");
            }
            let lost = of_account(&only, Need::Suspended, language, &TimeZone::UTC);
            assert!(lost.title.contains("CJ") && !lost.text.is_empty());
        }
    }
}
