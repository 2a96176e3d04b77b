//! Orders as last seen at the supplier. Lines and timeline are kept as one text each: they are only ever shown whole.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::codec::{cents, json, ms, name, named, price, time, unjson};
use crate::error::Result;
use crate::views::{OrderDetail, OrderRow, OrderState, Page, Supplier};

/// Which orders to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// One supplier only.
    pub supplier: Option<Supplier>,
    /// One state only.
    pub state: Option<OrderState>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Rows a page.
    pub limit: u32,
}

const COLUMNS: &str = "supplier, account, order_id, shop_order_number, state, raw_state, total, currency, created_at, \
                       tracking_numbers, destination, seen_at";

fn read(row: &Row<'_>) -> Result<OrderRow> {
    Ok(OrderRow {
        supplier: row.get::<_, String>(0)?.parse()?,
        account: row.get(1)?,
        order_id: row.get(2)?,
        shop_order_number: row.get(3)?,
        state: named(&row.get::<_, String>(4)?)?,
        raw_state: row.get(5)?,
        total: row.get::<_, Option<i64>>(6)?.map(price),
        currency: row.get(7)?,
        created_at: row.get::<_, Option<i64>>(8)?.map(time),
        tracking_numbers: unjson(&row.get::<_, String>(9)?)?,
        destination: row.get(10)?,
        seen_at: time(row.get(11)?),
    })
}

/// Writes an order; an empty timeline or line list keeps what was known. Returns whether anything an owner sees changed.
pub fn put(connection: &Connection, order: &OrderDetail) -> Result<bool> {
    let row = &order.order;
    let old = connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM orders WHERE account = ?1 AND order_id = ?2"
        ))?
        .query_row([&row.account, &row.order_id], |row| Ok(read(row)))
        .optional()?
        .transpose()?;
    connection
        .prepare_cached(&format!(
            "INSERT INTO orders ({COLUMNS}, lines, timeline) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
             ON CONFLICT (account, order_id) DO UPDATE SET shop_order_number = coalesce(excluded.shop_order_number, shop_order_number), \
             state = excluded.state, raw_state = excluded.raw_state, total = coalesce(excluded.total, total), \
             currency = coalesce(excluded.currency, currency), created_at = coalesce(excluded.created_at, created_at), \
             tracking_numbers = excluded.tracking_numbers, destination = coalesce(excluded.destination, destination), \
             seen_at = excluded.seen_at, \
             lines = CASE WHEN excluded.lines = '[]' THEN lines ELSE excluded.lines END, \
             timeline = CASE WHEN excluded.timeline = '[]' THEN timeline ELSE excluded.timeline END"
        ))?
        .execute(params![
            row.supplier.as_str(),
            row.account,
            row.order_id,
            row.shop_order_number,
            name(&row.state)?,
            row.raw_state,
            row.total.and_then(cents),
            row.currency,
            row.created_at.map(ms),
            json(&row.tracking_numbers)?,
            row.destination,
            ms(row.seen_at),
            json(&order.lines)?,
            json(&order.timeline)?
        ])?;
    Ok(old.is_none_or(|old| {
        OrderRow {
            seen_at: row.seen_at,
            ..old
        } != *row
    }))
}

/// One page, newest first.
pub fn page(connection: &Connection, filter: &Filter) -> Result<Page<OrderRow>> {
    let (after_time, after_id) = match filter
        .after
        .as_deref()
        .and_then(|after| after.split_once('.'))
    {
        Some((time, id)) => (
            time.parse().unwrap_or(i64::MAX),
            id.parse().unwrap_or(i64::MAX),
        ),
        None => (i64::MAX, i64::MAX),
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, coalesce(created_at, 0), id FROM orders \
         WHERE (coalesce(created_at, 0), id) < (?1, ?2) AND (?3 IS NULL OR supplier = ?3) AND (?4 IS NULL OR state = ?4) \
         ORDER BY coalesce(created_at, 0) DESC, id DESC LIMIT ?5"
    ))?;
    let state = filter.state.as_ref().map(name).transpose()?;
    let mut rows = statement.query(params![
        after_time,
        after_id,
        filter.supplier.map(Supplier::as_str),
        state,
        i64::from(filter.limit) + 1
    ])?;
    let mut items = Vec::new();
    let mut last = String::new();
    let mut next = None;
    while let Some(row) = rows.next()? {
        if items.len() == filter.limit as usize {
            next = Some(last);
            break;
        }
        last = format!("{}.{}", row.get::<_, i64>(12)?, row.get::<_, i64>(13)?);
        items.push(read(row)?);
    }
    Ok(Page { items, next })
}

/// One order, by the supplier's id or the shop's own number.
pub fn get(
    connection: &Connection,
    supplier: Option<Supplier>,
    id: &str,
) -> Result<Option<OrderDetail>> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, lines, timeline FROM orders \
             WHERE (order_id = ?1 OR shop_order_number = ?1) AND (?2 IS NULL OR supplier = ?2) ORDER BY order_id = ?1 DESC LIMIT 1"
        ))?
        .query_row(params![id, supplier.map(Supplier::as_str)], |row| {
            Ok(read(row).and_then(|order| {
                Ok(OrderDetail {
                    order,
                    lines: unjson(&row.get::<_, String>(12)?)?,
                    timeline: unjson(&row.get::<_, String>(13)?)?,
                    supplier_url: None,
                })
            }))
        })
        .optional()?
        .transpose()
}

/// Ids of an account's orders that can still change, longest unseen first; only those not seen since, if told.
pub fn open_ids(
    connection: &Connection,
    account: &str,
    seen_before: Option<Timestamp>,
) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT order_id FROM orders WHERE account = ?1 AND state NOT IN ('delivered', 'cancelled') \
         AND (?2 IS NULL OR seen_at < ?2) ORDER BY seen_at, id",
    )?;
    let ids = statement
        .query_map(params![account, seen_before.map(ms)], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(ids)
}
