//! Price rules by example and by property: never below the floor, always with the chosen ending.
#![expect(clippy::unwrap_used, reason = "a test may end at once")]

use proptest::prelude::*;

use super::*;
use crate::views::{PriceRange, Rate};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn range(up_to: Option<&str>, multiplier: &str, add: &str) -> PriceRange {
    PriceRange {
        up_to: up_to.map(decimal),
        multiplier: decimal(multiplier),
        add: decimal(add),
    }
}

#[test]
fn an_owners_table_gives_the_prices_the_owner_works_out_by_hand() {
    let rules = checked(PriceRules {
        currency: "eur".into(),
        rates: vec![Rate {
            currency: "usd".into(),
            rate: decimal("0.90"),
        }],
        ranges: vec![
            range(Some("5"), "3", "1"),
            range(Some("20"), "2.2", "0"),
            range(None, "1.5", "4"),
        ],
        rounding: Rounding::Point99,
        freight: decimal("3"),
        least_profit: decimal("2"),
        compare_at: Some(decimal("1.25")),
    })
    .unwrap();
    // 2.00 USD are 1.80 EUR; 1.80 × 3 + 1 = 6.40, but 1.80 + 3 + 2 = 6.80 is the least: 6.99.
    let cheap = price(&rules, Some(decimal("2")), Some("USD")).unwrap();
    assert_eq!(cheap.price, decimal("6.99"));
    assert_eq!(cheap.cost.to_string(), "1.80");
    assert_eq!(cheap.profit.to_string(), "2.19");
    assert_eq!(cheap.compare_at, Some(decimal("8.99")));
    assert!(cheap.floored);
    // 10 × 2.2 = 22.00: the next that ends so is 22.99.
    let middle = price(&rules, Some(decimal("10")), Some("EUR")).unwrap();
    assert_eq!((middle.price, middle.floored), (decimal("22.99"), false));
    // The bound itself belongs to the range it ends: 20 × 2.2 = 44.
    assert_eq!(
        price(&rules, Some(decimal("20")), None).unwrap().price,
        decimal("44.99")
    );
    assert_eq!(
        price(&rules, Some(decimal("20.01")), None).unwrap().price,
        decimal("34.99"),
        "20.01 × 1.5 + 4 = 34.015"
    );
    assert_eq!(
        price(&rules, Some(decimal("7")), Some("XAF")),
        Err(Unpriced::NoRate),
        "a guess at a rate would sell at a loss"
    );
    assert_eq!(price(&rules, None, Some("USD")), Err(Unpriced::NoCost));
}

#[test]
fn rules_that_cannot_be_meant_are_refused() {
    let usual = PriceRules::default;
    let wrong: Vec<PriceRules> = vec![
        PriceRules {
            currency: "euro".into(),
            ..usual()
        },
        PriceRules {
            ranges: Vec::new(),
            ..usual()
        },
        PriceRules {
            ranges: vec![range(Some("5"), "2", "0")],
            ..usual()
        },
        PriceRules {
            ranges: vec![range(None, "2", "0"), range(None, "2", "0")],
            ..usual()
        },
        PriceRules {
            ranges: vec![
                range(Some("5"), "2", "0"),
                range(Some("5"), "2", "0"),
                range(None, "2", "0"),
            ],
            ..usual()
        },
        PriceRules {
            ranges: vec![range(None, "0", "0")],
            ..usual()
        },
        PriceRules {
            ranges: vec![range(None, "2", "-1")],
            ..usual()
        },
        PriceRules {
            freight: decimal("-0.01"),
            ..usual()
        },
        PriceRules {
            compare_at: Some(decimal("1")),
            ..usual()
        },
        PriceRules {
            rates: vec![Rate {
                currency: "EUR".into(),
                rate: Decimal::ZERO,
            }],
            ..usual()
        },
        PriceRules {
            rates: vec![
                Rate {
                    currency: "EUR".into(),
                    rate: Decimal::ONE,
                },
                Rate {
                    currency: "eur".into(),
                    rate: Decimal::TWO,
                },
            ],
            ..usual()
        },
    ];
    for rules in wrong {
        assert_eq!(
            checked(rules.clone()).unwrap_err().code,
            Code::BadInput,
            "{rules:?}"
        );
    }
    assert!(checked(usual()).is_ok());
}

fn money(most: i64) -> impl Strategy<Value = Decimal> {
    (0..most).prop_map(|units| Decimal::new(units, 4))
}

prop_compose! {
    fn any_rules()(
        bounds in prop::collection::btree_set(1_i64..5_000_000, 0..6),
        steps in prop::collection::vec((1_i64..100_000, 0_i64..1_000_000), 7),
        rounding in prop::sample::select(vec![Rounding::None, Rounding::Whole, Rounding::Point95, Rounding::Point99]),
        freight in money(500_000),
        least_profit in money(500_000),
        rate in 1_i64..50_000_000,
        compare_at in prop::option::of(10_001_i64..50_000),
    ) -> PriceRules {
        let ends = bounds.iter().map(|bound| Some(Decimal::new(*bound, 4))).chain([None]);
        PriceRules {
            currency: "EUR".into(),
            rates: vec![Rate { currency: "USD".into(), rate: Decimal::new(rate, 4) }],
            ranges: ends
                .zip(&steps)
                .map(|(up_to, (multiplier, add))| PriceRange {
                    up_to,
                    multiplier: Decimal::new(*multiplier, 4),
                    add: Decimal::new(*add, 4),
                })
                .collect(),
            rounding,
            freight,
            least_profit,
            compare_at: compare_at.map(|times| Decimal::new(times, 4)),
        }
    }
}

proptest! {
    #[test]
    fn no_rule_ever_sells_below_cost_freight_and_profit(rules in any_rules(), cost in money(10_000_000), dollars: bool) {
        let rules = checked(rules).unwrap();
        let currency = if dollars { "USD" } else { "EUR" };
        let priced = price(&rules, Some(cost), Some(currency)).unwrap();
        let rate = if dollars { rules.rates[0].rate } else { Decimal::ONE };
        let cost = cost * rate;
        prop_assert!(priced.price >= cost + rules.freight + rules.least_profit);
        let range = rules.ranges.iter().find(|range| range.up_to.is_none_or(|up_to| cost <= up_to)).unwrap();
        prop_assert!(priced.price >= cost * range.multiplier + range.add);
        prop_assert!(priced.compare_at.is_none_or(|shown| shown > priced.price));
        prop_assert_eq!(priced.price.scale(), 2, "two places are written");
    }

    #[test]
    fn every_price_ends_as_chosen_and_is_the_smallest_that_does(rules in any_rules(), cost in money(10_000_000)) {
        let rules = checked(rules).unwrap();
        let priced = price(&rules, Some(cost), None).unwrap();
        let end = match rules.rounding {
            Rounding::None => None,
            Rounding::Whole => Some("00"),
            Rounding::Point95 => Some("95"),
            Rounding::Point99 => Some("99"),
        };
        if let Some(end) = end {
            prop_assert!(priced.price.to_string().ends_with(end), "{}", priced.price);
            let range = rules.ranges.iter().find(|range| range.up_to.is_none_or(|up_to| cost <= up_to)).unwrap();
            let least = (cost * range.multiplier + range.add).max(cost + rules.freight + rules.least_profit);
            prop_assert!(priced.price - Decimal::ONE < least);
        }
    }

    #[test]
    fn within_a_range_the_dearer_never_becomes_the_cheaper(rules in any_rules(), one in money(10_000_000), other in money(10_000_000)) {
        let rules = checked(PriceRules { ranges: rules.ranges[rules.ranges.len() - 1..].to_vec(), ..rules }).unwrap();
        let (low, high) = (one.min(other), one.max(other));
        let (low, high) = (price(&rules, Some(low), None).unwrap(), price(&rules, Some(high), None).unwrap());
        prop_assert!(low.price <= high.price);
    }

    #[test]
    fn figures_of_any_size_make_a_price_or_a_reason_and_no_crash(
        cost in any::<i64>(), scale in 0_u32..28, multiplier in any::<i64>(), add in any::<i64>(), rate in any::<i64>()
    ) {
        let mut rules = PriceRules {
            ranges: vec![PriceRange { up_to: None, multiplier: Decimal::new(multiplier, 4), add: Decimal::new(add, 2) }],
            rates: vec![Rate { currency: "EUR".into(), rate: Decimal::new(rate, 4) }],
            ..PriceRules::default()
        };
        rules.compare_at = Some(Decimal::ONE_HUNDRED);
        if let Ok(rules) = checked(rules) {
            let _ = price(&rules, Some(Decimal::new(cost, scale)), Some("EUR"));
        }
    }
}
