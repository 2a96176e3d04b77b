//! Using what a supplier allows: the share of the allowed calls that was used, and the refusals, in the steady state.

use crate::child::ask;
use crate::roles::pace::{COUNTED, Paced};
use crate::table::{Line, Target};
use crate::{Outcome, Plan};

/// CJ's plans, in calls a second.
const PLANS: [u32; 4] = [1, 2, 4, 6];

#[expect(clippy::cast_precision_loss, reason = "some hundred calls")]
pub fn run(_: &Plan) -> Outcome<Vec<Line>> {
    // They mostly wait, so they may wait together.
    let children = PLANS
        .map(|qps| std::thread::spawn(move || ask::<Paced>("pace", &[qps.to_string().as_str()])));
    let mut lines = Vec::new();
    for (qps, child) in PLANS.into_iter().zip(children) {
        let paced = child.join().map_err(|_| "a thread panicked")??;
        let allowed = u64::from(qps) * COUNTED;
        let share = 100.0 * paced.answered as f64 / allowed as f64;
        lines.push(Line {
            section: "pace",
            what: format!("{qps} calls a second allowed, {COUNTED} s"),
            ours: format!("{} of {allowed}, {} refused", paced.answered, paced.refused),
            beside: String::new(),
            figure: format!("{share:.1} % used"),
            target: Target::least(share, 95.0, " %"),
        });
    }
    Ok(lines)
}
