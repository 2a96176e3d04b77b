//! `orders …`: the orders of both suppliers in one list.

use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;

use smartlinks_core::orders::{self, OrderListQuery};
use smartlinks_core::ports::{Clock as _, SystemClock};
use smartlinks_core::views::{OrderDetail, OrderEvent, OrderRow};
use smartlinks_core::words::{Language, word};
use smartlinks_core::{Code, Error, Result, Shop};

use crate::args::{OrderArg, OrdersCommand, PageArgs};
use crate::output::{Answer, clean, more, or_dash, price, table, time, to_value};
use crate::{Outcome, Terminal, exit, failure};

/// More than any list of orders has.
const LARGEST: u64 = 4 * 1024 * 1024;

pub(super) async fn run(terminal: &Terminal, shop: &Shop, command: OrdersCommand) -> Outcome {
    match command {
        OrdersCommand::Refresh => {
            let seen = orders::refresh(shop).await?;
            Answer::new(
                &serde_json::json!({ "seen": seen }),
                format!("✓ {seen} orders seen: smartlinks-cli orders list"),
            )
        }
        OrdersCommand::Add {
            orders,
            file,
            account,
        } => add(terminal, shop, account.account.as_deref(), orders, file).await,
        OrdersCommand::List(args) => list(terminal, shop, args).await,
        OrdersCommand::Show(order) => {
            let detail = orders::show(shop, order.supplier, &order.id).await?;
            Answer::new(&detail, opened(&detail, terminal.language))
        }
        OrdersCommand::Track(order) => track(terminal, shop, &order).await,
    }
}

/// Takes orders by number, and tells of each whether it came.
async fn add(
    terminal: &Terminal,
    shop: &Shop,
    account: Option<&str>,
    mut items: Vec<String>,
    file: Option<PathBuf>,
) -> Outcome {
    if let Some(file) = file {
        let named = orders::recognise(&text_of(file).await?)?;
        if named.is_empty() {
            return Err(Error::new(Code::BadInput, "the file names no order"));
        }
        let named = named.into_iter();
        items.extend(named.map(|order| order.order_id.unwrap_or(order.item)));
    }
    let results = orders::add(shop, account, &items).await?;
    let now = SystemClock.now();
    let mut lines = Vec::new();
    let mut documents = Vec::new();
    for result in &results {
        let mut document = to_value(result)?;
        if let Some(error) = &result.error {
            document["error"] = failure::object(error, terminal.language, now);
            lines.push(format!(
                "✗ {}\n{}",
                clean(&result.item),
                failure::lines(error, terminal.language, now)
            ));
        } else if let Some(order) = &result.order {
            lines.push(format!("✓ {}", head(order, terminal.language)));
        }
        documents.push(document);
    }
    let failed = results.iter().filter(|result| result.order.is_none());
    let failed = failed.count();
    let added = results.len() - failed;
    lines.push(format!("{added} of {} orders added", results.len()));
    let document = serde_json::json!({ "items": documents, "added": added, "failed": failed });
    // A ban is told by its own status: the rest can be added later.
    let errors = results.iter().filter_map(|result| result.error.as_ref());
    let paused = errors
        .map(|error| exit::status(error.code))
        .find(|status| *status == exit::PAUSED);
    let status = match failed {
        0 => exit::DONE,
        _ => paused.unwrap_or(exit::REFUSED),
    };
    Ok(Answer::new(&document, lines.join("\n"))?.status(status))
}

/// What a file holds; `-` is standard input.
async fn text_of(file: PathBuf) -> Result<String> {
    // Waiting for somebody to type must not hold up the async threads.
    let read = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        let outcome = if file.as_os_str() == "-" {
            std::io::stdin()
                .lock()
                .take(LARGEST)
                .read_to_end(&mut bytes)
        } else {
            File::open(&file).and_then(|open| open.take(LARGEST).read_to_end(&mut bytes))
        };
        match outcome {
            Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) => Err(Error::new(
                Code::BadInput,
                format!("{}: {error}", file.display()),
            )),
        }
    });
    read.await
        .map_err(|error| Error::new(Code::Unexpected, format!("reading was cut off: {error}")))?
}

async fn list(terminal: &Terminal, shop: &Shop, args: PageArgs) -> Outcome {
    let query = OrderListQuery {
        supplier: args.supplier,
        state: None,
        after: args.after,
        limit: Some(args.limit),
    };
    let page = orders::list(shop, query).await?;
    let rows = page.items.iter().map(|order| {
        [
            order.supplier.to_string(),
            order.order_id.clone(),
            or_dash(order.shop_order_number.as_deref()),
            state(order, terminal.language).to_owned(),
            price(order.total, None, order.currency.as_deref()),
            time(order.created_at),
            order.tracking_numbers.join(", "),
        ]
    });
    let headings = [
        "Supplier",
        "ID",
        "Shop order",
        "State",
        "Total",
        "Placed",
        "Tracking",
    ];
    let text = table(
        headings,
        rows,
        "No order here yet: smartlinks-cli orders refresh",
    );
    Answer::new(&page, text + &more(page.next.as_deref()))
}

fn state(order: &OrderRow, language: Language) -> &'static str {
    let name = serde_json::to_value(order.state).unwrap_or_default();
    word(
        language,
        &format!("order_states/{}", name.as_str().unwrap_or_default()),
    )
}

fn head(order: &OrderRow, language: Language) -> String {
    let mut text = format!(
        "{} {} · {} ({}) · {} · placed {}",
        order.supplier,
        order.order_id,
        state(order, language),
        clean(&order.raw_state),
        price(order.total, None, order.currency.as_deref()),
        time(order.created_at)
    );
    if let Some(place) = &order.destination {
        text.push_str(&format!(" · to {}", clean(place)));
    }
    text
}

fn opened(detail: &OrderDetail, language: Language) -> String {
    let rows = detail.lines.iter().map(|line| {
        [
            line.quantity.to_string(),
            or_dash(line.title.as_deref()),
            or_dash(line.variant_id.as_deref()),
            price(line.price, None, detail.order.currency.as_deref()),
        ]
    });
    let headings = ["Pieces", "Title", "Variant", "Price"];
    [
        head(&detail.order, language),
        table(headings, rows, "No lines."),
        story(&detail.timeline),
    ]
    .join("\n")
}

fn story(events: &[OrderEvent]) -> String {
    let rows = events.iter().map(|event| {
        [
            time(event.at),
            event.what.clone(),
            or_dash(event.detail.as_deref()),
            or_dash(event.tracking_number.as_deref()),
        ]
    });
    table(
        ["When", "What", "Detail", "Parcel"],
        rows,
        "Nothing known yet.",
    )
}

/// The order as the list shows it, with everything that happened to it and its parcels.
async fn track(terminal: &Terminal, shop: &Shop, order: &OrderArg) -> Outcome {
    let events = orders::track(shop, order.supplier, &order.id).await?;
    let detail = orders::show(shop, order.supplier, &order.id).await?;
    let mut document = to_value(&detail.order)?;
    let fields = document
        .as_object_mut()
        .ok_or_else(|| Error::new(Code::Unexpected, "an order is told as an object"))?;
    fields.insert("events".to_owned(), to_value(&events)?);
    let text = [head(&detail.order, terminal.language), story(&events)].join("\n");
    Answer::new(&document, text)
}
