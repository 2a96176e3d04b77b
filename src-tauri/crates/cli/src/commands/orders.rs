//! `orders …`: the orders of both suppliers in one list.

use smartlinks_core::orders::{self, OrderListQuery};
use smartlinks_core::views::{OrderDetail, OrderEvent, OrderRow};
use smartlinks_core::words::{Language, word};
use smartlinks_core::{Code, Error, Shop};

use crate::args::{OrderArg, OrdersCommand, PageArgs};
use crate::output::{Answer, clean, more, or_dash, price, table, time, to_value};
use crate::{Outcome, Terminal};

pub(super) async fn run(terminal: &Terminal, shop: &Shop, command: OrdersCommand) -> Outcome {
    match command {
        OrdersCommand::Refresh => {
            let seen = orders::refresh(shop).await?;
            Answer::new(
                &serde_json::json!({ "seen": seen }),
                format!("✓ {seen} orders seen: smartlinks-cli orders list"),
            )
        }
        OrdersCommand::List(args) => list(terminal, shop, args).await,
        OrdersCommand::Show(order) => {
            let detail = orders::show(shop, order.supplier, &order.id).await?;
            Answer::new(&detail, opened(&detail, terminal.language))
        }
        OrdersCommand::Track(order) => track(terminal, shop, &order).await,
    }
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
