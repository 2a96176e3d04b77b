//! Using what a supplier allows: the share of the allowed calls that was used, and the refusals, in the steady state. Also on
//! a line on which an answer takes longer than two calls have to be apart.

use crate::child::ask;
use crate::roles::pace::{COUNTED, Paced};
use crate::table::{Line, Target};
use crate::{Outcome, Plan};

/// CJ's plans, in calls a second, and after how many milliseconds an answer comes.
const PLANS: [(u32, u64); 7] = [
    (1, 0),
    (2, 0),
    (4, 0),
    (6, 0),
    (1, 1_500),
    (4, 700),
    (6, 700),
];

#[expect(clippy::cast_precision_loss, reason = "some hundred calls")]
pub fn run(_: &Plan) -> Outcome<Vec<Line>> {
    // They mostly wait, so they may wait together.
    let children = PLANS.map(|(qps, late)| {
        let (qps, late) = (qps.to_string(), late.to_string());
        std::thread::spawn(move || ask::<Paced>("pace", &[&qps, &late]))
    });
    let mut lines = Vec::new();
    for ((qps, late), child) in PLANS.into_iter().zip(children) {
        let paced = child.join().map_err(|_| "a thread panicked")??;
        let allowed = u64::from(qps) * COUNTED;
        let share = 100.0 * paced.answered as f64 / allowed as f64;
        lines.push(Line {
            section: "pace",
            what: if late == 0 {
                format!("{qps} calls a second allowed, {COUNTED} s")
            } else {
                format!("{qps} calls a second allowed, {COUNTED} s, answers after {late} ms")
            },
            ours: format!("{} of {allowed}, {} refused", paced.answered, paced.refused),
            beside: String::new(),
            figure: format!("{share:.1} % used"),
            target: Target::least(share, 95.0, " %"),
        });
    }
    Ok(lines)
}
