//! `publish postgres`.

use smartlinks_core::{Code, Shop};
use smartlinks_publish::postgres::{self, Address, Check, Options, Published};

use super::shop::selection;
use crate::args::{PostgresArgs, PublishCommand};
use crate::output::{Answer, clean, note};
use crate::signal::stop_asked;
use crate::{Outcome, Terminal, secret};

pub(super) async fn run(terminal: &Terminal, shop: &Shop, command: PublishCommand) -> Outcome {
    let PublishCommand::Postgres(args) = command;
    if args.role_script {
        return printed(postgres::role_script());
    }
    if args.security_example {
        return printed(postgres::row_level_security_example());
    }
    if args.forget {
        postgres::forget(shop).await?;
        return Answer::new(
            &serde_json::json!({ "forgotten": true }),
            "The database's address and password are forgotten; what was published stays.",
        );
    }
    into_database(terminal, shop, &args).await
}

fn printed(sql: &str) -> Outcome {
    Answer::new(&serde_json::json!({ "sql": sql }), sql.trim_end())
}

async fn into_database(terminal: &Terminal, shop: &Shop, args: &PostgresArgs) -> Outcome {
    let known = postgres::remembered(shop).await?.is_some();
    let given = secret::piped_or_asked("connection string", !known)
        .await?
        .map(|text| Address::parse(&text))
        .transpose()?;
    if args.check {
        let check = postgres::test(shop, given).await?;
        return checked(&check);
    }
    let options = Options {
        full: args.full,
        selection: selection(args.which.clone()),
    };
    let published = postgres::publish_until(stop_asked(), shop, given.clone(), options).await?;
    if let Some(given) = given {
        match postgres::connect(shop, given).await {
            // On a server without a keychain the string comes with every call.
            Err(error) if error.code == Code::KeychainUnavailable => {
                if !terminal.json {
                    note("… no keychain: the connection is not remembered");
                }
            }
            other => drop(other?),
        }
    }
    told(&published)
}

fn checked(check: &Check) -> Outcome {
    let line = if check.encrypted {
        "encrypted"
    } else {
        "NOT encrypted"
    };
    let mut text = format!(
        "{} · {} · {line}",
        clean(&check.target),
        clean(&check.server)
    );
    text.push_str(match (check.may_publish, check.schema) {
        (true, Some(_)) => "\n  ✓ published here before, and may again",
        (true, None) => "\n  ✓ ready for the first publish",
        (false, _) => {
            "\n  ✗ the role may not publish: smartlinks-cli publish postgres --role-script"
        }
    });
    Answer::new(check, text)
}

fn told(published: &Published) -> Outcome {
    let mut text = format!(
        "Published into {}: {} products sent, {} rows of products and {} of variants are different now",
        clean(&published.target),
        published.products,
        published.products_changed,
        published.variants_changed
    );
    if !published.encrypted {
        text.push_str("\n  the line was not encrypted");
    }
    Answer::new(published, text)
}
