//! `supabase connect | test | secrets | deploy | invoke | disconnect`.

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc;

use secrecy::{ExposeSecret as _, SecretString};
use smartlinks_core::views::Event;
use smartlinks_core::{Code, Error, Result, Shop};
use smartlinks_publish::supabase::{
    self, Check, Deployed, Deployment, EdgeFunction, Invoked, Preview, clean_line,
};

use crate::args::SupabaseCommand;
use crate::output::{Answer, clean, table};
use crate::{Outcome, exit, secret};

pub(super) async fn run(shop: &Shop, command: SupabaseCommand) -> Outcome {
    match command {
        SupabaseCommand::Connect { project } => {
            let token = secret::read("Supabase access token").await?;
            checked(&supabase::connect(shop, Some((&project, token))).await?)
        }
        SupabaseCommand::Test => checked(&supabase::connect(shop, None).await?),
        SupabaseCommand::Secrets { send, only } => secrets(shop, send, only).await,
        SupabaseCommand::Deploy { function, print } => deploy(shop, function.into(), print).await,
        SupabaseCommand::Invoke { function } => {
            invoked(&supabase::invoke(shop, function.into()).await?)
        }
        SupabaseCommand::Disconnect => {
            supabase::forget(shop).await?;
            Answer::new(
                &serde_json::json!({ "forgotten": true }),
                "The project and its token are forgotten; secrets and functions there stay.",
            )
        }
    }
}

fn checked(check: &Check) -> Outcome {
    let mut text = format!(
        "{} ({}, {}) · {}",
        clean(&check.project.name),
        check.project.reference,
        clean(&check.project.region),
        clean(&check.status)
    );
    text.push_str(&format!("\n  secrets: {}", or_none(&check.secrets)));
    let functions: Vec<String> = check
        .functions
        .iter()
        .map(|function| format!("{} v{}", function.slug, function.version))
        .collect();
    text.push_str(&format!("\n  functions: {}", or_none(&functions)));
    Answer::new(check, text)
}

fn or_none(names: &[String]) -> String {
    if names.is_empty() {
        "–".to_owned()
    } else {
        clean(&names.join(", "))
    }
}

async fn secrets(shop: &Shop, send: bool, only: Vec<String>) -> Outcome {
    let preview = supabase::preview(shop).await?;
    if !send {
        return previewed(&preview);
    }
    let chosen: Vec<String> = if only.is_empty() {
        preview.items.into_iter().map(|item| item.name).collect()
    } else {
        only
    };
    let sent = supabase::send(shop, &chosen).await?;
    let text = format!(
        "Sent to {}: {}",
        clean(&sent.project.name),
        sent.sent.join(", ")
    );
    Answer::new(&sent, text)
}

fn previewed(preview: &Preview) -> Outcome {
    let rows = preview.items.iter().map(|item| {
        [
            item.name.clone(),
            format!("{} {}", item.supplier, item.account),
            preview.project.reference.clone(),
            if item.replaces {
                "replaces the one there"
            } else {
                "new"
            }
            .to_owned(),
        ]
    });
    let empty = "Nothing to send: connect CJ or AliExpress first.";
    let mut text = table(["Secret", "From", "To project", ""], rows, empty);
    if !preview.items.is_empty() {
        text.push_str("\n→ smartlinks-cli supabase secrets --send");
    }
    Answer::new(preview, text)
}

async fn deploy(shop: &Shop, function: EdgeFunction, print: bool) -> Outcome {
    let folder = shop.data_dir().join("shop");
    supabase::write_sources(&folder, function)?;
    let (deployment, token) = supabase::deployment(shop, &folder, function).await?;
    let mut deployed = Deployed {
        function,
        ran: false,
        commands: deployment.commands.clone(),
    };
    if !print {
        deployed.ran = ran(shop.clone(), function, deployment, token).await?;
    }
    let text = if deployed.ran {
        format!("Deployed {}.", function.slug())
    } else {
        let why = if print {
            ""
        } else {
            "The supabase program is not installed here. "
        };
        format!(
            "{why}To deploy by hand:\n  {}",
            deployed.commands.join("\n  ")
        )
    };
    Answer::new(&deployed, text)
}

/// Runs the program to its end, telling its lines; false when it is not installed.
async fn ran(
    shop: Shop,
    function: EdgeFunction,
    deployment: Deployment,
    token: SecretString,
) -> Result<bool> {
    let cut_off = |error| Error::new(Code::Unexpected, format!("deploying was cut off: {error}"));
    tokio::task::spawn_blocking(move || blocking(&shop, function, &deployment, &token))
        .await
        .map_err(cut_off)?
}

fn blocking(
    shop: &Shop,
    function: EdgeFunction,
    deployment: &Deployment,
    token: &SecretString,
) -> Result<bool> {
    let failed = |error: std::io::Error| Error::new(Code::ShopTool, format!("supabase: {error}"));
    let started = Command::new(&deployment.program)
        .args(&deployment.arguments)
        .current_dir(&deployment.folder)
        .env("SUPABASE_ACCESS_TOKEN", token.expose_secret())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut program = match started {
        Ok(program) => program,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(failed(error)),
    };
    let (lines, said) = mpsc::channel();
    follow(program.stdout.take(), lines.clone());
    follow(program.stderr.take(), lines);
    let mut last = String::new();
    for line in said {
        let line = clean_line(&line, token);
        shop.tell(Event::Deploying {
            function: function.slug().to_owned(),
            line: line.clone(),
        });
        if !line.trim().is_empty() {
            last = line;
        }
    }
    let status = program.wait().map_err(failed)?;
    if status.success() {
        return Ok(true);
    }
    Err(Error::new(
        Code::ShopTool,
        format!("supabase ended with {status}: {last}"),
    ))
}

fn follow(stream: Option<impl Read + Send + 'static>, lines: mpsc::Sender<String>) {
    let Some(stream) = stream else { return };
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(|line| line.ok()) {
            if lines.send(line).is_err() {
                return;
            }
        }
    });
}

fn invoked(invoked: &Invoked) -> Outcome {
    let worked = invoked.status < 400;
    let text = format!(
        "{} {} answered {}: {}",
        if worked { '✓' } else { '✗' },
        invoked.function.slug(),
        invoked.status,
        clean(&invoked.body)
    );
    let answer = Answer::new(invoked, text)?;
    Ok(if worked {
        answer
    } else {
        answer.status(exit::REFUSED)
    })
}
