//! Taking products in from a supplier without limits, beside the bare loop of `roles::bare`, in pairs.

use crate::child::{Suppliers, ask};
use crate::numbers::{a_second, median, rate, ratio};
use crate::roles::ours::Passes;
use crate::table::{Line, Target};
use crate::{Outcome, Plan};

pub fn run(plan: &Plan) -> Outcome<Vec<Line>> {
    let suppliers = Suppliers::start(plan.rows, 0)?;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for pair in 0..plan.runs {
        // Whoever goes first finds another machine than whoever goes second: they take turns.
        let mut one = |ours_now: bool| -> Outcome<()> {
            let (role, list) = if ours_now {
                ("sync", &mut ours)
            } else {
                ("bare", &mut bare)
            };
            let passes: Passes = ask(role, &[&suppliers.cj])?;
            eprintln!(
                "   {role:<4} {:>16} then {:>16}, {:.2} s of processors",
                rate(a_second(passes.rows, passes.first)),
                rate(a_second(passes.rows, passes.again)),
                passes.cpu.unwrap_or_default()
            );
            list.push(passes);
            Ok(())
        };
        one(pair.is_multiple_of(2))?;
        one(!pair.is_multiple_of(2))?;
    }
    let first =
        |list: &[Passes]| -> Vec<f64> { list.iter().map(|p| a_second(p.rows, p.first)).collect() };
    let again =
        |list: &[Passes]| -> Vec<f64> { list.iter().map(|p| a_second(p.rows, p.again)).collect() };
    let line = |what: &str, ours: Vec<f64>, beside: Vec<f64>, who: &str, wanted: f64| {
        let (middle, figure) = ratio(&ours, &beside);
        Line {
            section: "sync",
            what: format!("{} products, {what}", plan.rows),
            ours: rate(median(&ours)),
            beside: format!("{who} {}", rate(median(&beside))),
            figure,
            target: Target::least(middle, wanted, ""),
        }
    };
    Ok(vec![
        line("new", first(&ours), first(&bare), "bare loop", 0.7),
        line(
            "nothing changed",
            again(&ours),
            again(&bare),
            "bare loop, again",
            0.4,
        ),
    ])
}
