//! `sync searches …`: searches of CJ's catalogue kept under a name.

use smartlinks_core::Shop;
use smartlinks_core::sync::searches;
use smartlinks_core::views::{SavedSearch, Search};

use crate::Outcome;
use crate::args::SearchesCommand;
use crate::output::{Answer, clean, table};

pub(super) async fn run(shop: &Shop, command: SearchesCommand) -> Outcome {
    match command {
        SearchesCommand::List => {
            let saved = searches::list(shop).await?;
            let text = listed(&saved);
            Answer::new(&serde_json::json!({ "items": saved }), text)
        }
        SearchesCommand::Save(args) => {
            let search = Search {
                words: args.words,
                category: args.category,
                country: args.country,
                price_min: args.min,
                price_max: args.max,
            };
            let kept = searches::keep(shop, &args.name, search).await?;
            let text = format!(
                "{}\n→ smartlinks-cli sync cj --scope 'saved:{}' --dry-run",
                listed(std::slice::from_ref(&kept)),
                clean(&kept.name)
            );
            Answer::new(&kept, text)
        }
        SearchesCommand::Remove { name } => {
            let found = searches::named(shop, &name).await?;
            searches::remove(shop, found.id).await?;
            let text = format!("✓ {} removed; its products stay", clean(&found.name));
            Answer::new(&serde_json::json!({ "removed": found.name }), text)
        }
    }
}

fn listed(saved: &[SavedSearch]) -> String {
    let rows = saved
        .iter()
        .map(|one| [clean(&one.name), clean(&one.scope.to_string())]);
    table(
        ["Name", "Scope"],
        rows,
        "No saved searches: smartlinks-cli sync searches save NAME --words WORDS",
    )
}
