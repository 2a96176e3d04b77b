//! The simulated suppliers, until standard input ends.

use smartlinks_sandbox::{Options, Sandbox};

use crate::{Outcome, stage};

/// So many points that none is ever missing.
const POINTS: u64 = 1_000_000_000_000;

/// Serves `products` products, all of them the owner's own; `qps` 0 is without limits, `port` 0 any that is free.
pub fn serve(products: u64, qps: u32, port: u16) -> Outcome<()> {
    stage::block_on(async move {
        let sandbox = Sandbox::start(Options {
            products,
            my_products: products,
            qps: (qps > 0).then_some(qps),
            points_per_day: POINTS,
            guard: false,
            cj_port: (port > 0).then_some(port),
            ..Options::default()
        })
        .await?;
        println!(
            "{}",
            serde_json::json!({"cj": sandbox.cj_url(), "aliexpress": sandbox.aliexpress_url()})
        );
        // Standard input ends with whoever started this, however that ends.
        let gone = tokio::task::spawn_blocking(|| std::io::read_to_string(std::io::stdin()));
        let _ = gone.await?;
        sandbox.stop().await;
        Ok(())
    })
}
