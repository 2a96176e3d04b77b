//! Order numbers out of what an owner pastes: numbers, whole lines, a table with a heading.
//!
//! Pure. A line or cell without a number is not dropped: the owner is told which one it was.

use csv::ReaderBuilder;

use crate::error::{Code, Error, Result};
use crate::views::NamedOrder;

/// A pasted text or file larger than this is something else.
const LARGEST: usize = 2 * 1024 * 1024;
/// How long an AliExpress order number is: sixteen digits today, fewer on old orders, with some room upwards.
const DIGITS: std::ops::RangeInclusive<usize> = 13..=19;
/// How the numbers of AliExpress's products begin, which may stand in the same line.
const PRODUCT: &str = "1005";
/// Headings of the column with order numbers, without accents, spaces and signs; the plainest word last, because a shop's own
/// number has that one, too.
const HEADINGS: [&str; 15] = [
    "aliexpressorderid",
    "aliexpressordernumber",
    "aliexpressorderno",
    "aliexpressorder",
    "commandealiexpress",
    "numerodecommandealiexpress",
    "supplierorderid",
    "supplierordernumber",
    "orderid",
    "ordernumber",
    "orderno",
    "numerodecommande",
    "ndecommande",
    "order",
    "number",
];

/// The orders named in a text, each once, in the order they come.
///
/// # Errors
/// `BadInput` for a text too large to be a list of orders.
pub fn read(text: &str) -> Result<Vec<NamedOrder>> {
    if text.len() > LARGEST {
        return Err(Error::new(
            Code::BadInput,
            "more than two megabytes are no list of orders",
        ));
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    let mut named = match table(text) {
        Some(cells) => cells.into_iter().map(cell).collect(),
        None => text.lines().flat_map(line).collect::<Vec<_>>(),
    };
    let mut seen = std::collections::HashSet::new();
    named.retain(|order| seen.insert(order.order_id.clone().unwrap_or_else(|| order.item.clone())));
    Ok(named)
}

/// The order number in a piece of text, if there is one.
pub fn number(text: &str) -> Option<String> {
    let found = numbers(text);
    let order = found.iter().find(|digits| !digits.starts_with(PRODUCT));
    order.or(found.first()).map(|digits| (*digits).to_owned())
}

/// Runs of digits as long as an order number that no letter or digit touches.
fn numbers(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| DIGITS.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()))
        .collect()
}

fn line(line: &str) -> Vec<NamedOrder> {
    let line = line.trim();
    if line.is_empty() {
        return Vec::new();
    }
    let words = line
        .split(|letter: char| letter.is_whitespace() || ",;|".contains(letter))
        .filter(|word| !word.is_empty());
    // Nothing but numbers is a list of them; anything else is a line about one order.
    let found = numbers(line);
    if found.len() > 1 && words.count() == found.len() {
        return found
            .into_iter()
            .map(|digits| NamedOrder {
                item: digits.to_owned(),
                order_id: Some(digits.to_owned()),
            })
            .collect();
    }
    vec![cell(line.to_owned())]
}

fn cell(item: String) -> NamedOrder {
    NamedOrder {
        order_id: number(&item),
        item,
    }
}

/// The cells of the column with order numbers, when the text is a table that has one. A single heading over a column is one, too.
fn table(text: &str) -> Option<Vec<String>> {
    let head = text.lines().next()?;
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|delimiter| head.bytes().filter(|byte| byte == delimiter).count())?;
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let headings: Vec<String> = reader.headers().ok()?.iter().map(plain).collect();
    let column = HEADINGS
        .iter()
        .find_map(|known| headings.iter().position(|heading| heading == known))?;
    let cells = reader.records().filter_map(|record| {
        let record = record.ok()?;
        let cell = record.get(column)?.trim();
        // A row without a number continues the order above it, as tables of orders have it.
        (!cell.is_empty()).then(|| cell.to_owned())
    });
    Some(cells.collect())
}

/// A heading without what people write differently.
fn plain(heading: &str) -> String {
    let letters = heading.to_lowercase();
    letters
        .chars()
        .filter_map(|letter| match letter {
            'é' | 'è' | 'ê' => Some('e'),
            letter => letter.is_ascii_alphabetic().then_some(letter),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use proptest::prelude::*;

    use super::*;

    fn ids(text: &str) -> Vec<Option<String>> {
        let read = read(text).unwrap().into_iter();
        read.map(|order| order.order_id).collect()
    }

    #[test]
    fn whatever_an_owner_pastes_the_order_numbers_come_out() {
        let one = [Some("8190000000000001".to_owned())];
        for text in [
            "8190000000000001",
            "  8190000000000001\r\n\r\n8190000000000001\n",
            "Order ID: 8190000000000001 · 1005006000000001 · LP00000000000001CN · 12.40 USD",
            "https://www.aliexpress.com/p/order/detail.html?orderId=8190000000000001",
            "\u{feff}Date;N° de commande;Total\n2026-11-20;8190000000000001;12,40\n",
            "order number\n8190000000000001\n",
            "Order,Shop,AliExpress order ID\n#1001,x,=\"8190000000000001\"\n,y,\n",
            "Name\tOrder No.\n\"Lamp, red\"\t'8190000000000001\n",
        ] {
            assert_eq!(ids(text), one, "{text:?}");
        }
        let list = "8190000000000001, 8190000000000002;8190000000000003";
        assert_eq!(ids(list).len(), 3);
    }

    #[test]
    fn a_line_without_a_number_is_told_and_not_dropped() {
        let named = read("8190000000000001\nthe blue lamp\n").unwrap();
        assert_eq!(named[1].item, "the blue lamp");
        assert_eq!(named[1].order_id, None);
        // What a spreadsheet makes of long numbers.
        let cut = read("order id;total\n8,19E+15;3\n").unwrap();
        assert_eq!(
            (cut[0].item.as_str(), &cut[0].order_id),
            ("8,19E+15", &None)
        );
        // Neither a phone number in letters nor half a tracking number is an order.
        assert_eq!(number("LP00819000000000001CN"), None);
        assert!(read("").unwrap().is_empty());
        assert!(read(&"1".repeat(LARGEST + 1)).is_err());
    }

    proptest! {
        #[test]
        fn no_pasted_text_brings_the_reader_down(text in "\\PC{0,200}") {
            for order in read(&text).unwrap() {
                prop_assert!(!order.item.trim().is_empty());
            }
        }

        #[test]
        fn every_number_of_a_column_is_found(numbers in proptest::collection::vec(8_000_000_000_000_000_u64..9_000_000_000_000_000, 1..40)) {
            let table = numbers.iter().fold("order id,total".to_owned(), |text, number| format!("{text}\n{number},\"1,5\""));
            let mut expected: Vec<Option<String>> = Vec::new();
            for number in numbers {
                let id = Some(number.to_string());
                if !expected.contains(&id) {
                    expected.push(id);
                }
            }
            prop_assert_eq!(ids(&table), expected);
        }
    }
}
