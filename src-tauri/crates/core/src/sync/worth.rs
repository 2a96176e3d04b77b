//! Which product's details are asked for first: pure, so that fairness can be proved by tests.
//!
//! A product's details fall due when they are older than its worth allows, or at once when a list showed a change. What is
//! worth more gets a head start over what fell due before it, so a small budget goes where the owner earns money; but only
//! a head start: whatever waits longer than that comes first, so nothing waits for ever.

use jiff::{SignedDuration, Timestamp};

/// What speaks for a product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Worth {
    /// It is in the owner's own selection, which is what shops list from.
    pub mine: bool,
    /// It has orders.
    pub ordered: bool,
    /// Its price, stock or listing changed lately.
    pub changed: bool,
}

/// What is known of a product's details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    /// What speaks for it.
    pub worth: Worth,
    /// When its details were last asked for.
    pub asked_at: Option<Timestamp>,
    /// When something last changed about it.
    pub changed_at: Option<Timestamp>,
    /// Since when it waits for its first details.
    pub waits_since: Option<Timestamp>,
}

/// How old details of what is worth something may grow, unless the owner says otherwise.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// And of what is not.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A change is "lately" for as long.
const LATELY: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Head starts; they add up to the longest anything can be overtaken for.
const ORDERED: SignedDuration = SignedDuration::from_hours(14 * 24);
const MINE: SignedDuration = SignedDuration::from_hours(7 * 24);
const CHANGED: SignedDuration = SignedDuration::from_hours(2 * 24);

impl Worth {
    /// How old its details may grow.
    fn life(self) -> SignedDuration {
        if self.mine || self.ordered || self.changed {
            DAY
        } else {
            WEEK
        }
    }

    /// By how much it may overtake.
    fn head_start(self) -> SignedDuration {
        let of = |is: bool, head: SignedDuration| if is { head } else { SignedDuration::ZERO };
        of(self.ordered, ORDERED) + of(self.mine, MINE) + of(self.changed, CHANGED)
    }
}

/// Whether a change is recent enough to speak for a product.
pub(crate) fn is_lately(changed_at: Option<Timestamp>, now: Timestamp) -> bool {
    changed_at.is_some_and(|at| now.duration_since(at) < LATELY)
}

/// The place of a product in the queue, as a time: earlier comes first. `None` while its details are fresh. `older_than`
/// replaces the age its worth allows; zero asks for everything.
pub(crate) fn due(
    known: Known,
    older_than: Option<SignedDuration>,
    now: Timestamp,
) -> Option<Timestamp> {
    let due_at = match known.asked_at {
        None => known.waits_since.unwrap_or(now).min(now),
        Some(asked) if known.changed_at.is_some_and(|changed| changed > asked) => asked,
        Some(asked) => asked
            .checked_add(older_than.unwrap_or_else(|| known.worth.life()))
            .unwrap_or(Timestamp::MAX),
    };
    if due_at > now {
        return None;
    }
    Some(
        due_at
            .checked_sub(known.worth.head_start())
            .unwrap_or(Timestamp::MIN),
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use proptest::prelude::*;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    fn ago(hours: i64) -> Timestamp {
        now() - SignedDuration::from_hours(hours)
    }

    fn worths() -> impl Strategy<Value = Worth> {
        (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(mine, ordered, changed)| Worth {
            mine,
            ordered,
            changed,
        })
    }

    fn asked(worth: Worth, hours: i64) -> Known {
        Known {
            worth,
            asked_at: Some(ago(hours)),
            changed_at: None,
            waits_since: None,
        }
    }

    fn waiting(worth: Worth, hours: i64) -> Known {
        Known {
            asked_at: None,
            waits_since: Some(ago(hours)),
            ..asked(worth, 0)
        }
    }

    const NOTHING: Worth = Worth {
        mine: false,
        ordered: false,
        changed: false,
    };

    #[test]
    fn what_is_fresh_is_not_asked_again_and_what_shows_a_change_is_at_once() {
        let mine = Worth {
            mine: true,
            ..NOTHING
        };
        assert_eq!(due(asked(mine, 23), None, now()), None);
        assert!(due(asked(mine, 24), None, now()).is_some());
        assert_eq!(due(asked(NOTHING, 100), None, now()), None);
        assert!(due(asked(NOTHING, 168), None, now()).is_some());
        let changed = Known {
            changed_at: Some(ago(1)),
            ..asked(mine, 2)
        };
        assert!(due(changed, None, now()).is_some());
        let before = Known {
            changed_at: Some(ago(2)),
            ..asked(mine, 2)
        };
        assert_eq!(
            due(before, None, now()),
            None,
            "the details said so themselves"
        );
        assert!(due(asked(mine, 0), Some(SignedDuration::ZERO), now()).is_some());
        assert_eq!(
            due(asked(mine, 30), Some(SignedDuration::from_hours(48)), now()),
            None
        );
    }

    proptest! {
        #[test]
        fn of_two_that_fell_due_together_the_worthier_comes_first(hours in 0_i64..2_000, mine: bool, changed: bool) {
            let with = |ordered| Worth { mine, ordered, changed };
            prop_assert!(due(waiting(with(true), hours), None, now()) < due(waiting(with(false), hours), None, now()));
            let with = |mine| Worth { mine, ordered: false, changed };
            prop_assert!(due(waiting(with(true), hours), None, now()) < due(waiting(with(false), hours), None, now()));
        }

        #[test]
        fn of_two_of_the_same_worth_the_older_comes_first(worth in worths(), older in 169_i64..2_000, younger in 168_i64..2_000) {
            prop_assume!(older > younger);
            prop_assert!(due(asked(worth, older), None, now()) < due(asked(worth, younger), None, now()));
        }

        /// The budget of a day goes to whoever is first in the queue; what is asked falls due again. Nothing starves.
        #[test]
        fn a_full_pass_ends_however_small_the_budget(
            worths in prop::collection::vec(worths(), 1..40),
            a_day in 1_usize..4,
        ) {
            let mut products: Vec<Known> = worths.iter().map(|worth| waiting(*worth, 0)).collect();
            let mut today = now();
            // With more worth than budget, the last waits for its head start to be used up and for those before it.
            let days = 30 + 8 * products.len() / a_day;
            for _ in 0..days {
                let mut queue: Vec<(Timestamp, usize)> = products
                    .iter()
                    .enumerate()
                    .filter_map(|(index, known)| Some((due(*known, None, today)?, index)))
                    .collect();
                queue.sort();
                for (_, index) in queue.into_iter().take(a_day) {
                    products[index].asked_at = Some(today);
                }
                today += SignedDuration::from_hours(24);
            }
            prop_assert!(products.iter().all(|known| known.asked_at.is_some()));
        }

        #[test]
        fn no_time_however_odd_stops_a_sync(asked_s in -300_000_000_000_i64..200_000_000_000, hours in 0_i64..1_000_000) {
            let known = Known { asked_at: Timestamp::from_second(asked_s).ok(), ..waiting(NOTHING, 0) };
            let _ = due(known, Some(SignedDuration::from_hours(hours)), now());
        }
    }

    #[test]
    fn nothing_worthy_goes_before_what_has_waited_longer_than_every_head_start() {
        let best = Worth {
            mine: true,
            ordered: true,
            changed: true,
        };
        let longest = (ORDERED + MINE + CHANGED).as_hours();
        assert!(
            due(waiting(NOTHING, longest + 1), None, now()) < due(waiting(best, 0), None, now())
        );
        assert!(
            due(waiting(NOTHING, longest - 1), None, now()) > due(waiting(best, 0), None, now())
        );
    }
}
