//! A second reading of RFC 4180, written from its grammar and not with the library that wrote the file.

use std::collections::BTreeMap;

/// A row by its headings; empty cells are not in it.
pub type Row = BTreeMap<String, String>;

/// Rows of cells. Panics on anything the grammar does not allow.
pub fn cells(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut letters = text.chars().peekable();
    while letters.peek().is_some() {
        let mut cell = String::new();
        if letters.next_if_eq(&'"').is_some() {
            loop {
                match letters.next().expect("a quoted cell ends") {
                    '"' if letters.next_if_eq(&'"').is_some() => cell.push('"'),
                    '"' => break,
                    letter => cell.push(letter),
                }
            }
        } else {
            while let Some(letter) = letters.next_if(|letter| !matches!(letter, ',' | '\n')) {
                assert!(
                    !matches!(letter, '"' | '\r'),
                    "a bare {letter:?} in an unquoted cell"
                );
                cell.push(letter);
            }
        }
        row.push(cell);
        match letters.next() {
            Some(',') => {
                if letters.peek().is_none() {
                    row.push(String::new());
                }
            }
            Some('\n') | None => rows.push(std::mem::take(&mut row)),
            Some(other) => panic!("{other:?} behind a quoted cell"),
        }
    }
    rows
}

/// Rows by their headings.
pub fn rows(text: &str) -> Vec<Row> {
    assert!(
        !text.starts_with('\u{feff}'),
        "no byte order mark: importers take it for a letter"
    );
    let mut rows = cells(text).into_iter();
    let headings = rows.next().expect("headings");
    rows.map(|row| {
        assert_eq!(
            row.len(),
            headings.len(),
            "every row is as wide as the headings"
        );
        headings
            .iter()
            .cloned()
            .zip(row)
            .filter(|(_, cell)| !cell.is_empty())
            .collect()
    })
    .collect()
}

/// A cell, empty when it is not there.
pub fn cell<'a>(row: &'a Row, heading: &str) -> &'a str {
    row.get(heading).map_or("", String::as_str)
}
