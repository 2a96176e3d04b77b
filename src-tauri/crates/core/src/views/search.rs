//! What CJ's catalogue is searched for: words and the filters its search takes. As part of a scope it is text, so that a
//! receipt, a schedule or a plan says what it was about whatever becomes of the name the owner gave it.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use url::form_urlencoded;

use super::Scope;
use crate::error::{Code, Error};

/// More words than anybody types; CJ's address would not take them.
const LONGEST_WORDS: usize = 200;
/// Longer than any of CJ's category ids (UUIDs).
const LONGEST_ID: usize = 64;

/// A search of CJ's catalogue. At least one of its parts is given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Search {
    /// Words of the title, or a SKU.
    pub words: Option<String>,
    /// A category of the third level, by its id.
    pub category: Option<String>,
    /// Only with stock in this country (two letters).
    pub country: Option<String>,
    /// Not cheaper than, in US dollars.
    #[ts(type = "string | null")]
    pub price_min: Option<Decimal>,
    /// Not dearer than, in US dollars.
    #[ts(type = "string | null")]
    pub price_max: Option<Decimal>,
}

/// A search the owner named, to be synced by that name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedSearch {
    /// Its number.
    #[ts(type = "number")]
    pub id: i64,
    /// What the owner calls it; no two are called the same.
    pub name: String,
    /// What is searched for.
    pub search: Search,
    /// The scope of a sync over it.
    pub scope: Scope,
}

impl Search {
    /// The same without blanks and in one spelling, so that the same search has the same text.
    ///
    /// # Errors
    /// `BadInput` when nothing is searched for, or a part cannot be meant.
    pub fn tidy(self) -> Result<Self, Error> {
        let bad = |why: &str| Err(Error::new(Code::BadInput, why));
        let filled = |text: Option<String>| {
            let text = text?.split_whitespace().collect::<Vec<_>>().join(" ");
            (!text.is_empty()).then_some(text)
        };
        let cents = |price: Option<Decimal>| price.map(|price| price.round_dp(2).normalize());
        let tidy = Self {
            words: filled(self.words),
            category: filled(self.category),
            country: filled(self.country).map(|country| country.to_ascii_uppercase()),
            price_min: cents(self.price_min).filter(|price| !price.is_zero()),
            price_max: cents(self.price_max),
        };
        if tidy == Self::default() {
            return bad("a search has words, a category, a country or a price");
        }
        let long =
            |text: &Option<String>, most| text.as_ref().is_some_and(|text| text.len() > most);
        if long(&tidy.words, LONGEST_WORDS) || long(&tidy.category, LONGEST_ID) {
            return bad("too long for a search");
        }
        let two_letters = |country: &String| {
            country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase())
        };
        if !tidy.country.as_ref().is_none_or(two_letters) {
            return bad("a country has two letters, such as FR");
        }
        let prices = [tidy.price_min, tidy.price_max];
        if prices
            .into_iter()
            .flatten()
            .any(|price| price.is_sign_negative())
        {
            return bad("a price is not negative");
        }
        match (tidy.price_min, tidy.price_max) {
            (Some(low), Some(high)) if low > high => bad("the lowest price is above the highest"),
            (_, Some(high)) if high.is_zero() => bad("nothing is sold for nothing"),
            _ => Ok(tidy),
        }
    }

    fn parts(&self) -> Vec<(&'static str, String)> {
        let price = |price: Option<Decimal>| price.map(|price| price.to_string());
        [
            ("words", self.words.clone()),
            ("category", self.category.clone()),
            ("country", self.country.clone()),
            ("min", price(self.price_min)),
            ("max", price(self.price_max)),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

/// `search:WORDS` where there is nothing but words, else `search?words=…&category=…&country=…&min=…&max=…`.
impl fmt::Display for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts().as_slice() {
            [("words", words)] => write!(f, "search:{words}"),
            parts => {
                let mut text = form_urlencoded::Serializer::new(String::new());
                text.extend_pairs(parts);
                write!(f, "search?{}", text.finish())
            }
        }
    }
}

impl FromStr for Search {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || {
            Error::new(
                Code::BadInput,
                format!(
                    "{text:?} is not a search: search:WORDS or search?words=…&category=ID&country=CC&min=PRICE&max=PRICE"
                ),
            )
        };
        if let Some(words) = text.strip_prefix("search:") {
            return Self::from(words).tidy();
        }
        let mut search = Self::default();
        let parts = text.strip_prefix("search?").ok_or_else(bad)?;
        for (name, value) in form_urlencoded::parse(parts.as_bytes()) {
            let price = || value.trim().parse().map(Some).map_err(|_| bad());
            match &*name {
                "words" => search.words = Some(value.into_owned()),
                "category" => search.category = Some(value.into_owned()),
                "country" => search.country = Some(value.into_owned()),
                "min" => search.price_min = price()?,
                "max" => search.price_max = price()?,
                _ => return Err(bad()),
            }
        }
        search.tidy()
    }
}

/// Words alone.
impl From<&str> for Search {
    fn from(words: &str) -> Self {
        Self {
            words: Some(words.to_owned()),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_search_is_written_in_one_way_however_it_was_typed() {
        let typed = Search {
            words: Some("  desk   lamp ".into()),
            category: Some(" ".into()),
            country: Some("fr".into()),
            price_min: Some("5.00".parse().unwrap()),
            price_max: Some("20".parse().unwrap()),
        };
        let tidy = typed.tidy().unwrap();
        assert_eq!(
            tidy.to_string(),
            "search?words=desk+lamp&country=FR&min=5&max=20"
        );
        assert_eq!(
            Search::from("jar").tidy().unwrap().to_string(),
            "search:jar"
        );
        let colon: Scope = "search:a:b & c".parse().unwrap();
        assert_eq!(colon, Scope::Search("a:b & c".into()));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_before_points_are_spent_on_it() {
        for hostile in [
            "search:",
            "search: ",
            "search?",
            "search?words=",
            "search?country=FRA",
            "search?country=F1",
            "search?min=9&max=3",
            "search?min=-1",
            "search?max=0",
            "search?min=cheap",
            "search?colour=red",
            &format!("search?words={}", "x".repeat(201)),
            &format!("search?category={}", "9".repeat(65)),
        ] {
            let refused = hostile.parse::<Scope>().unwrap_err();
            assert_eq!(refused.code, Code::BadInput, "{hostile}");
        }
    }

    proptest! {
        #[test]
        fn a_receipt_names_the_search_it_was_about(
            words in proptest::option::of("[a-zA-Zéß&=?+%:#, ]{1,40}"),
            category in proptest::option::of("[A-F0-9-]{1,36}"),
            country in proptest::option::of("[a-zA-Z]{2}"),
            (low, more) in (0_i64..100_000, 1_i64..100_000),
            (has_min, has_max) in any::<(bool, bool)>(),
        ) {
            let search = Search {
                words, category, country,
                price_min: has_min.then(|| Decimal::new(low, 2)),
                price_max: has_max.then(|| Decimal::new(low + more, 2)),
            };
            if let Ok(tidy) = search.tidy() {
                let scope = Scope::Search(tidy);
                prop_assert_eq!(scope.to_string().parse::<Scope>().unwrap(), scope);
            }
        }
    }
}
