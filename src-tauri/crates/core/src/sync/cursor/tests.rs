//! Every way through a sync, as a table: what is asked next, what is cut, and what counts as whole.
#![expect(clippy::unwrap_used, reason = "a test may end at once")]
use rust_decimal::Decimal;

use super::*;
use crate::sync::slice::DEAREST;

fn brought(rows: u64, total: u64) -> Brought {
    Brought {
        rows,
        total: Some(total),
        now: "2026-11-22T00:00:00Z".parse().unwrap(),
    }
}

#[test]
fn my_products_are_read_to_the_last_page_and_then_their_details() {
    let cursor = Cursor::begin(&Scope::MyProducts, true, None);
    assert_eq!(cursor.next(), Next::My { page: 1 });
    let cursor = cursor.after_page(brought(200, 250));
    assert_eq!(cursor.next(), Next::My { page: 2 });
    let cursor = cursor.after_page(brought(50, 250));
    assert_eq!(cursor.next(), Next::Queue);
    let cursor = cursor.after_queue();
    assert_eq!(cursor.next(), Next::Details);
    assert_eq!(cursor.after_details().next(), Next::End);
}

#[test]
fn without_details_the_list_is_the_end() {
    let cursor = Cursor::begin(&Scope::MyProducts, false, None).after_page(brought(3, 3));
    assert_eq!(cursor.next(), Next::End);
    let cursor = Cursor::begin(&Scope::Search("jar".into()), false, None).after_page(brought(0, 0));
    assert_eq!(cursor.next(), Next::End);
}

#[test]
fn a_search_beyond_the_cap_is_cut_until_every_product_can_be_reached() {
    // A catalogue of 50,000 products, one every five cents from 0.05 on.
    let prices: Vec<Decimal> = (1..=50_000)
        .map(|count| Decimal::new(count * 5, 2))
        .collect();
    let mut reached = vec![false; prices.len()];
    let mut read = |cuts: &mut HashMap<Slice, (Slice, Slice)>| {
        let mut cursor = Cursor::begin(&Scope::Category("c".into()), false, None);
        let mut probes = 0;
        for calls in 0.. {
            cursor = cursor.with_cuts(cuts);
            let Next::Search { slice, page } = cursor.next() else {
                break;
            };
            assert!(calls < 5_000, "it must come to an end");
            let (low, high) = slice.price.unwrap_or((Decimal::ZERO, DEAREST));
            let inside: Vec<usize> = (0..prices.len())
                .filter(|row| prices[*row] >= low && prices[*row] <= high)
                .collect();
            let answer = brought(0, (inside.len() as u64).min(CAP));
            if let Some((slice, first, second)) = cursor.must_cut(answer) {
                probes += 1;
                cuts.insert(slice, (first, second));
            } else {
                let from = (page as usize - 1) * SEARCH_PAGE as usize;
                inside
                    .iter()
                    .skip(from)
                    .take(SEARCH_PAGE as usize)
                    .for_each(|row| reached[*row] = true);
            }
            cursor = cursor.after_page(answer);
        }
        probes
    };
    let mut cuts = HashMap::new();
    assert!(
        read(&mut cuts) > 5,
        "fifty thousand do not fit into one slice"
    );
    assert_eq!(
        read(&mut cuts),
        0,
        "what was found out once is not asked again"
    );
    assert!(
        reached.iter().all(|reached| *reached),
        "no product may be out of reach"
    );
}

#[test]
fn a_list_that_gave_fewer_rows_than_it_told_of_says_nothing_of_what_is_missing() {
    let category = || Cursor::begin(&Scope::Category("c".into()), false, None);
    let whole = category()
        .after_page(brought(100, 130))
        .after_page(brought(30, 130));
    assert!(whole.next() == Next::End && whole.is_whole());
    let shrank = category()
        .after_page(brought(100, 130))
        .after_page(brought(29, 129));
    assert!(shrank.is_whole(), "as many as it told of in that moment");
    let short = category()
        .after_page(brought(99, 130))
        .after_page(brought(30, 130));
    assert!(short.next() == Next::End && !short.is_whole());
    let untold = category().after_page(Brought {
        total: None,
        ..brought(3, 0)
    });
    assert!(!untold.is_whole());
    assert!(
        !Cursor::read(&short.text().unwrap()).unwrap().is_whole(),
        "after a restart, too"
    );
}

#[test]
fn only_pages_that_are_certain_to_be_asked_for_are_asked_for_ahead() {
    let page = |page| Next::My { page };
    let cursor = Cursor::begin(&Scope::MyProducts, true, None);
    assert_eq!(cursor.upcoming(None, None, 5), [page(1)]);
    let cursor = cursor.after_page(brought(200, 700));
    assert_eq!(
        cursor.upcoming(Some(700), None, 5),
        [page(2), page(3), page(4)]
    );
    assert_eq!(cursor.upcoming(Some(700), None, 2), [page(2), page(3)]);

    let category = |id: &str| Category {
        id: id.to_owned(),
        path: String::new(),
    };
    let slice = |id: &str| Slice {
        category: Some(id.to_owned()),
        ..Slice::default()
    };
    let search = |id: &str, page| Next::Search {
        slice: slice(id),
        page,
    };
    let cursor = Cursor::begin(&Scope::All, true, None)
        .after_categories(&[category("a"), category("b")])
        .after_page(brought(100, 250));
    assert_eq!(
        cursor.upcoming(Some(250), None, 9),
        [search("a", 2), search("a", 3), search("b", 1)]
    );
    let cuts = HashMap::from([(slice("b"), (slice("c"), slice("d")))]);
    let last = cursor.after_page(brought(100, 250));
    assert_eq!(
        last.upcoming(Some(250), Some(&cuts), 9),
        [search("a", 3), search("c", 1)]
    );
    let end = last
        .after_page(brought(50, 250))
        .after_page(brought(100, 200));
    assert_eq!(end.upcoming(Some(200), None, 9), [search("b", 2)]);
    // What lies beyond the cap cannot be asked for.
    let long = Cursor {
        page: 59,
        ..end.clone()
    };
    assert_eq!(
        long.upcoming(Some(CAP), None, 9),
        [search("b", 59), search("b", 60)]
    );
}

#[test]
fn a_cursor_survives_the_database() {
    let cursor = Cursor::begin(&Scope::Search("pot à épices".into()), true, Some(48))
        .after_page(brought(100, 8_000));
    assert_eq!(Cursor::read(&cursor.text().unwrap()).unwrap(), cursor);
}
