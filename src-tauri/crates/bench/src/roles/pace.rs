//! An account at work under a real limit: how many of the allowed calls it uses, and how many it is refused.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use smartlinks_core::sync::{self, Patience};
use smartlinks_core::views::Scope;
use smartlinks_sandbox::{Fault, FaultRule, Options, Outcome as Came, Sandbox, Supplier};

use crate::{Outcome, stage};

/// What is not counted: finding the rhythm, which takes some hundred calls once in the life of an account.
const RUN_UP: Duration = Duration::from_secs(100);
/// What is counted, in seconds.
pub const COUNTED: u64 = 60;

/// Calls in [`COUNTED`] seconds, as the supplier counted them.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Paced {
    /// Answered.
    pub answered: u64,
    /// Refused for being too quick.
    pub refused: u64,
}

/// Asks for details as fast as `qps` calls a second allow, each answered after `late` milliseconds, and prints [`Paced`].
pub fn keep(qps: u32, late: u64) -> Outcome<()> {
    let paced = stage::block_on(async move {
        let sandbox = Sandbox::start(Options {
            products: 3_000,
            my_products: 2_000,
            qps: Some(qps),
            points_per_day: 1_000_000_000,
            guard: false,
            ..Options::default()
        })
        .await?;
        let folder = tempfile::tempdir()?;
        let shop = stage::connected(folder.path(), sandbox.cj_url().as_str()).await?;
        if late > 0 {
            let slow = Fault::Delay(Duration::from_millis(late));
            let slow = FaultRule::always(Supplier::Cj, "product/", slow);
            sandbox.control().push(slow);
        }
        let run = sync::begin(&shop, Scope::MyProducts, true, Patience::Stay)
            .await?
            .run;
        tokio::time::sleep(RUN_UP).await;
        sandbox.control().clear_calls();
        tokio::time::sleep(Duration::from_secs(COUNTED)).await;
        let calls = sandbox.control().calls();
        sync::stop(&shop).await?;
        sync::wait(&shop, run).await?;
        // "No such product" is an answer like any other: it was let through, and it counts for the limit.
        let refused = calls.iter().filter(|call| too_quick(&call.outcome)).count();
        Ok(Paced {
            answered: (calls.len() - refused) as u64,
            refused: refused as u64,
        })
    })?;
    println!("{}", serde_json::to_string(&paced)?);
    Ok(())
}

/// As CJ says it, in either of its two ways.
fn too_quick(came: &Came) -> bool {
    matches!(came, Came::Refused(code) if code == "1600200" || code == "429")
}
