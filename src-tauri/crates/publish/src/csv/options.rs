//! What tells variants apart, as shops ask for it: the same options for every variant of a product, a value for each, and no
//! two variants alike.

use std::collections::{HashMap, HashSet};

use smartlinks_core::export::Variant;
use smartlinks_core::views::ExportNoteKind;

use super::shape::Tally;

/// What an unnamed option is called; a word of both our languages.
const OPTION: &str = "Option";
/// The value of an option that a variant does not have.
const PLAIN: &str = "Default";
/// Up to this many variants are compared with each other.
const FEW: usize = 32;

/// Option names and, for every variant, a value each; combinations are unique, as shops demand.
pub fn options(
    variants: &[&Variant],
    most: usize,
    tally: &mut Tally,
) -> (Vec<String>, Vec<Vec<String>>) {
    let (mut names, mut rows) = even(variants).unwrap_or_else(|| uneven(variants));
    if names.len() > most {
        tally.add(ExportNoteKind::OptionsJoined, 1);
        let last = most - 1;
        let joined = |parts: &mut Vec<String>| {
            let rest = parts.split_off(last).join(" / ");
            parts.push(rest);
        };
        joined(&mut names);
        rows.iter_mut().for_each(joined);
    }
    tally.add(ExportNoteKind::VariantsNumbered, number_twins(&mut rows));
    (names, rows)
}

/// The usual case: every variant has a value for the same named options in the same order.
fn even(variants: &[&Variant]) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let first = &variants.first()?.options;
    let mut names: Vec<String> = Vec::with_capacity(first.len());
    for option in first {
        let name = option.name.as_deref()?.trim();
        if name.is_empty() || names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return None;
        }
        names.push(name.to_owned());
    }
    let mut rows = Vec::with_capacity(variants.len());
    for variant in variants {
        if variant.options.is_empty() || variant.options.len() != first.len() {
            return None;
        }
        let mut row = Vec::with_capacity(first.len());
        for (option, known) in variant.options.iter().zip(first) {
            let value = option.value.trim();
            if option.name != known.name || value.is_empty() {
                return None;
            }
            row.push(value.to_owned());
        }
        rows.push(row);
    }
    Some((names, rows))
}

/// Options that are unnamed, missing here and there, named twice or in another order.
fn uneven(variants: &[&Variant]) -> (Vec<String>, Vec<Vec<String>>) {
    let taken = apart(variants);
    // Columns by name, in order of appearance; unnamed ones and second ones of a name by their place.
    let mut columns: Vec<(String, String)> = Vec::new();
    let mut values: Vec<HashMap<usize, String>> = Vec::new();
    for parts in &taken {
        let mut of = HashMap::new();
        for (place, (name, value)) in parts.iter().enumerate() {
            let mut key = match name {
                Some(name) => name.to_lowercase(),
                None => format!("\u{0}{place}"),
            };
            let mut column = column_of(&mut columns, &key, name.as_deref());
            while of.contains_key(&column) {
                key.push('\u{0}');
                column = column_of(&mut columns, &key, name.as_deref());
            }
            of.insert(column, value.clone());
        }
        values.push(of);
    }
    let mut names: Vec<String> = Vec::new();
    for (_, name) in columns {
        let mut wanted = name.clone();
        let mut number = 2;
        while names
            .iter()
            .any(|other| other.eq_ignore_ascii_case(&wanted))
        {
            wanted = format!("{name} {number}");
            number += 1;
        }
        names.push(wanted);
    }
    let rows = values
        .into_iter()
        .map(|mut of| {
            (0..names.len())
                .map(|column| of.remove(&column).unwrap_or_else(|| PLAIN.to_owned()))
                .collect()
        })
        .collect();
    (names, rows)
}

fn column_of(columns: &mut Vec<(String, String)>, key: &str, name: Option<&str>) -> usize {
    if let Some(column) = columns.iter().position(|(known, _)| known == key) {
        return column;
    }
    columns.push((key.to_owned(), name.unwrap_or(OPTION).to_owned()));
    columns.len() - 1
}

/// What tells each variant apart. What was fetched before options were kept is read off the titles.
fn apart(variants: &[&Variant]) -> Vec<Vec<(Option<String>, String)>> {
    let given = |variant: &Variant| -> Vec<(Option<String>, String)> {
        variant
            .options
            .iter()
            .filter(|option| !option.value.trim().is_empty())
            .map(|option| {
                let name = option.name.as_deref().map(str::trim);
                let name = name.filter(|name| !name.is_empty()).map(str::to_owned);
                (name, option.value.trim().to_owned())
            })
            .collect()
    };
    let taken: Vec<_> = variants.iter().map(|variant| given(variant)).collect();
    if taken.iter().any(|parts| !parts.is_empty()) || variants.len() < 2 {
        return taken;
    }
    let split: Vec<Vec<&str>> = variants
        .iter()
        .map(|variant| variant.title.split(" / ").map(str::trim).collect())
        .collect();
    let even = split.iter().all(|parts| parts.len() == split[0].len());
    variants
        .iter()
        .zip(split)
        .map(|(variant, parts)| {
            let parts = if even {
                parts
            } else {
                vec![variant.title.trim()]
            };
            let filled = |part: &str| {
                let part = if part.is_empty() { PLAIN } else { part };
                (None, part.to_owned())
            };
            parts.into_iter().map(filled).collect()
        })
        .collect()
}

/// Whether no two rows are the same, by comparing them all: for a few rows that is quicker than remembering them.
fn all_differ(rows: &[Vec<String>]) -> bool {
    let same = |one: &[String], other: &[String]| {
        let pairs = one.iter().zip(other);
        let mut pairs =
            pairs.map(|(one, other)| one == other || one.to_lowercase() == other.to_lowercase());
        one.len() == other.len() && pairs.all(|same| same)
    };
    rows.iter()
        .enumerate()
        .all(|(index, row)| rows[..index].iter().all(|before| !same(before, row)))
}

/// Numbers what has the same values as one before: `Black (2)`. Returns how many.
fn number_twins(rows: &mut [Vec<String>]) -> u64 {
    if rows.len() < 2 || (rows.len() <= FEW && all_differ(rows)) {
        return 0;
    }
    let mut seen: HashSet<Vec<String>> = HashSet::new();
    let mut numbered = 0;
    for row in rows {
        let folded = |row: &[String]| row.iter().map(|value| value.to_lowercase()).collect();
        if seen.insert(folded(row)) {
            continue;
        }
        numbered += 1;
        if row.is_empty() {
            continue;
        }
        let last = row.len() - 1;
        let value = row[last].clone();
        let mut number = 2;
        loop {
            row[last] = format!("{value} ({number})");
            if seen.insert(folded(row)) {
                break;
            }
            number += 1;
        }
    }
    numbered
}
