//! Text as it may stand in a cell: one line feed for every line break, no control characters, and nothing that a spreadsheet
//! would run.
//!
//! A supplier's title may begin with `=`, and a spreadsheet that opens the file would compute it (OWASP, "CSV Injection").
//! Such a cell gets an apostrophe before it. WooCommerce's importer takes that apostrophe off again, as its own exporter
//! puts it there; Shopify shows it, which is why the receipt counts these cells. [`unguarded`] gives the text back exactly.

use std::borrow::Cow;

/// What begins a formula somewhere; the wide forms in spreadsheets of the far East.
const TRIGGERS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet may compute this. Apostrophes before it count as none, so that guarding can be undone.
fn is_formula(text: &str) -> bool {
    if text
        .as_bytes()
        .first()
        .is_some_and(u8::is_ascii_alphanumeric)
    {
        return false;
    }
    text.trim_start_matches('\'')
        .trim_start()
        .starts_with(TRIGGERS)
}

/// The cell for a text, and whether it had to be guarded.
pub fn guarded(text: &str) -> (Cow<'_, str>, bool) {
    let text = clean(text);
    if is_formula(&text) {
        (Cow::Owned(format!("'{text}")), true)
    } else {
        (text, false)
    }
}

/// The text of a cell.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text) => text,
        _ => cell,
    }
}

/// Without blanks around it and without characters that are none.
fn clean(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    // By bytes first, because nearly every text is plain; 0xC2 begins the control characters beyond ASCII, and others.
    let suspect = |byte: u8| (byte < 0x20 && byte != b'\n') || byte == 0x7f || byte == 0xc2;
    if !text.bytes().any(suspect)
        || !text.contains(|letter: char| letter.is_control() && letter != '\n')
    {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let letters = lines.chars().map(|letter| {
        if letter.is_control() && letter != '\n' {
            ' '
        } else {
            letter
        }
    });
    Cow::Owned(letters.collect::<String>().trim().to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_title_that_is_a_formula_is_not_computed_by_the_owners_spreadsheet() {
        for text in [
            "=HYPERLINK(\"https://evil.example\")",
            "+1 free",
            "-50% lamp",
            "@SUM(A1)",
            "  =1+1",
            "\t=1+1",
            "\r=1+1",
            "＝1＋1",
            "'=1+1",
        ] {
            let (cell, did) = guarded(text);
            assert!(did && cell.starts_with('\''), "{text:?} became {cell:?}");
        }
        for text in ["Lamp", "L'eau", "'quoted'", "3-in-1", "手机壳 📱", ""] {
            assert_eq!(guarded(text), (Cow::Borrowed(text), false));
        }
    }

    #[test]
    fn line_breaks_stay_and_control_characters_do_not() {
        assert_eq!(
            guarded("one\r\ntwo\rthree\u{0}\u{1b}[31m").0,
            "one\ntwo\nthree  [31m"
        );
    }

    proptest! {
        #[test]
        fn guarding_can_be_undone(text in "['=+@ a-]{0,3}\\PC{0,20}") {
            let (cell, _) = guarded(&text);
            prop_assert_eq!(unguarded(&cell), text.trim());
            prop_assert!(!cell.trim_start().starts_with(TRIGGERS));
        }
    }
}
