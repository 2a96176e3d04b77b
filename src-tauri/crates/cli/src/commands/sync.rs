//! `sync …`: starting, planning, following and resuming.

use std::time::Duration;

use jiff::SignedDuration;
use smartlinks_core::sync::{self, Patience, Wish};
use smartlinks_core::views::{Event, RunState, Scope, SyncPlan};
use smartlinks_core::{Code, Error, Result, Shop, catalog};
use tokio::sync::mpsc::UnboundedSender;

use super::{follow, receipt, searches};
use crate::args::SyncCommand;
use crate::output::{Answer, clean, note, table, time};
use crate::signal::stop_asked;
use crate::{Outcome, Terminal};

/// A pause up to this long is waited for by `sync resume`.
const SHORT: SignedDuration = SignedDuration::from_secs(60);
/// How many runs `sync status` tells of.
const RECENT: u32 = 10;

pub(super) async fn run(
    terminal: &Terminal,
    shop: &Shop,
    also: UnboundedSender<Event>,
    command: SyncCommand,
) -> Outcome {
    match command {
        SyncCommand::Cj {
            scope,
            details,
            older_than,
            dry_run,
            account,
        } => {
            let wish = Wish {
                account: account.account,
                older_than_h: older_than,
                ..Wish::new(cj_scope(shop, &scope).await?, details)
            };
            start(terminal, shop, also, wish, dry_run).await
        }
        SyncCommand::Aliexpress { dry_run, account } => {
            let wish = Wish {
                account: account.account,
                ..Wish::new(Scope::Imported, true)
            };
            start(terminal, shop, also, wish, dry_run).await
        }
        SyncCommand::Searches(command) => searches::run(shop, command).await,
        SyncCommand::Categories => {
            let found = catalog::categories(shop).await?;
            let rows = found
                .iter()
                .map(|category| [category.id.clone(), clean(&category.path)]);
            let text = table(["ID", "Category"], rows, "CJ named no categories.");
            Answer::new(&serde_json::json!({ "items": found }), text)
        }
        SyncCommand::Status => status(terminal, shop).await,
        SyncCommand::Resume => resume(terminal, shop, also).await,
        SyncCommand::Retry { run, products } => {
            let begun = sync::retry(shop, run, &products, Patience::Leave).await?;
            let ended = follow::to_its_end(shop, also, begun.run, terminal.json).await?;
            receipt::answer(terminal, &ended)
        }
    }
}

async fn cj_scope(shop: &Shop, text: &str) -> Result<Scope> {
    match sync::searches::scope(shop, text).await? {
        Scope::Imported => Err(Error::new(
            Code::BadInput,
            "imported products are AliExpress's: sync aliexpress",
        )),
        scope => Ok(scope),
    }
}

async fn start(
    terminal: &Terminal,
    shop: &Shop,
    also: UnboundedSender<Event>,
    wish: Wish,
    dry_run: bool,
) -> Outcome {
    if dry_run {
        let plan = sync::plan_wish(shop, &wish).await?;
        return Answer::new(&plan, planned(&plan));
    }
    loop {
        let begun = sync::begin_wish(shop, wish.clone(), Patience::Leave).await?;
        let asked_for = begun.scope == wish.scope && (begun.details || !wish.details);
        if !asked_for && !terminal.json {
            note(&format!(
                "… a sync of {} is at work; yours follows when it is done",
                begun.scope
            ));
        }
        let ended = follow::to_its_end(shop, also.clone(), begun.run, terminal.json).await?;
        // One sync of an account at a time: what was joined may cover something else than what was asked for.
        if asked_for || ended.state != RunState::Done {
            return receipt::answer(terminal, &ended);
        }
    }
}

fn planned(plan: &SyncPlan) -> String {
    let (most, fits) = (
        if plan.exact { "" } else { "at most " },
        if plan.fits_today {
            "fits today's points"
        } else {
            "does not fit today's points: it pauses and goes on when they are back"
        },
    );
    let fresh = if plan.fresh > 0 {
        format!(
            "\n  {} products are fresh and not asked for again (--older-than 0 asks for all)",
            plan.fresh
        )
    } else {
        String::new()
    };
    format!(
        "{most}{} calls, {} points, {} s; {fits}{fresh}\n  from {} to {}",
        plan.calls,
        plan.points,
        plan.seconds,
        time(Some(plan.starts)),
        time(Some(plan.ends))
    )
}

async fn status(terminal: &Terminal, shop: &Shop) -> Outcome {
    let current = sync::current(shop).await?;
    let recent = sync::receipts(shop, RECENT).await?;
    let failures = match recent.first() {
        Some(last) => sync::failures(shop, last.run).await?,
        None => Vec::new(),
    };
    let documents = recent
        .iter()
        .map(|run| receipt::document(terminal, run))
        .collect::<Result<Vec<_>>>()?;
    let mut lines: Vec<String> = recent.iter().map(receipt::line).collect();
    if lines.is_empty() {
        lines.push("No sync yet: smartlinks-cli sync cj".to_owned());
    }
    if !failures.is_empty() {
        let rows = failures.iter().map(|failure| {
            let since = if failure.mended { "came since" } else { "" };
            [
                failure.product_id.clone(),
                clean(&failure.error.message),
                since.to_owned(),
            ]
        });
        lines.push(table(["Failed product", "Why", ""], rows, ""));
        if let Some(last) = recent.first()
            && failures.iter().any(|failure| !failure.mended)
        {
            lines.push(format!("→ smartlinks-cli sync retry {}", last.run));
        }
    }
    if current
        .as_ref()
        .is_some_and(|run| run.state != RunState::Running)
    {
        lines.push("→ smartlinks-cli sync resume".to_owned());
    }
    let document = serde_json::json!({
        "current": current.as_ref().map(|run| receipt::document(terminal, run)).transpose()?,
        "recent": documents,
        "failures": failures,
    });
    Answer::new(&document, lines.join("\n"))
}

async fn resume(terminal: &Terminal, shop: &Shop, also: UnboundedSender<Event>) -> Outcome {
    let Some(current) = sync::current(shop).await? else {
        return nothing();
    };
    if current.state == RunState::Paused
        && let Some(until) = current.continues_at
    {
        let left = until.duration_since(shop.now());
        if left >= SHORT {
            return receipt::answer(terminal, &current);
        }
        if let Ok(wait) = Duration::try_from(left) {
            if !terminal.json {
                note(&format!("… waiting {} s", wait.as_secs() + 1));
            }
            tokio::select! {
                () = shop.ports().clock.sleep(wait) => {}
                () = stop_asked() => {
                    return Err(Error::new(Code::Interrupted, "stopped while waiting"));
                }
            }
        }
    }
    match sync::resume(shop, Patience::Leave).await? {
        Some(begun) => {
            let ended = follow::to_its_end(shop, also, begun.run, terminal.json).await?;
            receipt::answer(terminal, &ended)
        }
        None => nothing(),
    }
}

fn nothing() -> Outcome {
    Answer::new(
        &serde_json::json!({ "run": null, "state": "nothing_to_resume" }),
        "Nothing to resume: every sync came to its end.",
    )
}
