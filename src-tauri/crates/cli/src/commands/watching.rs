//! `alerts …` and `schedule …`: rules, what met them, and what starts by itself.

use smartlinks_core::sync::searches;
use smartlinks_core::views::{
    Alert, AlertKind, AlertRule, NewAlertRule, Schedule, ScheduleState, Scope,
};
use smartlinks_core::words::{Language, word};
use smartlinks_core::{Shop, alerts, schedule};

use crate::args::{AlertsCommand, ScheduleArgs, ScheduleCommand};
use crate::output::{Answer, clean, more, or_dash, table, time, to_value};
use crate::{Outcome, Terminal};

pub(super) async fn alerts(terminal: &Terminal, shop: &Shop, command: AlertsCommand) -> Outcome {
    let language = terminal.language;
    match command {
        AlertsCommand::List { limit, after } => {
            let page = alerts::list(shop, after.as_deref(), limit).await?;
            let rows = page.items.iter().map(|alert| line(alert, language));
            let headings = ["When", "What", "Supplier", "ID", "Title", "Before", "Now"];
            let text =
                table(headings, rows, "Nothing met your rules.") + &more(page.next.as_deref());
            Answer::new(&page, text)
        }
        AlertsCommand::Rules => {
            let rules = alerts::rules(shop).await?;
            let text = listed(&rules, language);
            Answer::new(&serde_json::json!({ "items": rules }), text)
        }
        AlertsCommand::Add(args) => {
            let rule = NewAlertRule {
                what: args.what.into(),
                threshold: args.threshold,
                supplier: args.supplier,
                product_id: args.product,
            };
            let added = alerts::add_rule(shop, rule).await?;
            Answer::new(&added, listed(std::slice::from_ref(&added), language))
        }
        AlertsCommand::Remove { id } => {
            alerts::remove_rule(shop, id).await?;
            Answer::new(
                &serde_json::json!({ "removed": id }),
                format!("✓ rule {id} removed"),
            )
        }
    }
}

fn line(alert: &Alert, language: Language) -> [String; 7] {
    let change = &alert.change;
    [
        time(Some(change.at)),
        name(alert.what, language),
        change.supplier.to_string(),
        change.product_id.clone(),
        change.title.clone(),
        or_dash(change.old.as_deref()),
        or_dash(change.new.as_deref()),
    ]
}

fn listed(rules: &[AlertRule], language: Language) -> String {
    let rows = rules.iter().map(|rule| {
        let about = match (&rule.product_id, &rule.title) {
            (Some(id), Some(title)) => format!("{} {id}", clean(title)),
            (Some(id), None) => id.clone(),
            _ => or_dash(rule.supplier),
        };
        [
            rule.id.to_string(),
            name(rule.what, language),
            or_dash(rule.threshold),
            about,
        ]
    });
    table(
        ["No", "What", "Threshold", "Only"],
        rows,
        "No rules: nothing is told by itself.",
    )
}

fn name(what: AlertKind, language: Language) -> String {
    let key = to_value(&what).unwrap_or_default();
    word(
        language,
        &format!("alerts/{}", key.as_str().unwrap_or_default()),
    )
    .to_owned()
}

pub(super) async fn schedule(shop: &Shop, command: ScheduleCommand) -> Outcome {
    let state = match command {
        ScheduleCommand::Show => schedule::state(shop).await?,
        ScheduleCommand::Set(args) => {
            let scope = match &args.scope {
                Some(text) => Some(searches::scope(shop, text).await?),
                None => None,
            };
            let chosen = changed(schedule::state(shop).await?, scope, &args);
            schedule::choose(shop, chosen).await?
        }
    };
    let text = shown(&state);
    Answer::new(&state, text)
}

fn changed(state: ScheduleState, scope: Option<Scope>, args: &ScheduleArgs) -> Schedule {
    let mut schedule = state.schedule;
    if args.never {
        schedule.every_hours = None;
        schedule.at_start = false;
    }
    if let Some(hours) = args.every_hours {
        schedule.every_hours = Some(hours);
    }
    if let Some(scope) = scope {
        schedule.scope = scope;
    }
    schedule.at_start = args.at_start.unwrap_or(schedule.at_start);
    schedule.details = args.details.unwrap_or(schedule.details);
    schedule.orders = args.orders.unwrap_or(schedule.orders);
    schedule
}

fn shown(state: &ScheduleState) -> String {
    let schedule = &state.schedule;
    let often = match schedule.every_hours {
        Some(hours) => format!("every {hours} h while the window runs"),
        None => "only when you say so".to_owned(),
    };
    let yes = |is: bool| if is { "yes" } else { "no" };
    format!(
        "{often}\n  scope {}, details {}, orders {}, at start {}\n  last {}, next {}",
        schedule.scope,
        yes(schedule.details),
        yes(schedule.orders),
        yes(schedule.at_start),
        time(state.last_at),
        time(state.next_at)
    )
}
