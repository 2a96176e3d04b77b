//! Rows on their way into PostgreSQL: as SmartLinks sends them, and by a bare `COPY` of the very same rows.
//!
//! The bare one is fed from files that `COPY … TO` wrote: nothing is read, compared or encoded, so nobody can be faster.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use serde::{Deserialize, Serialize};
use smartlinks_publish::postgres::{self, Address, Options};
use tokio_postgres::{Client, Config, NoTls};

use crate::{Outcome, numbers, stage};

/// The tables whose rows are compared.
pub const TABLES: [&str; 2] = ["products", "variants"];
/// What is read of a file before it is sent.
const CHUNK: usize = 256 * 1024;

/// How sending went.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Moved {
    /// Rows of products and variants that the server wrote.
    pub rows: u64,
    /// From before connecting to after the last answer.
    pub took: Duration,
    /// What the processors spent in this process, where the system tells.
    pub cpu: Option<f64>,
    /// Peak memory of this process.
    pub peak_kib: Option<u64>,
}

/// Publishes a data folder into the server at a port, and prints [`Moved`].
pub fn publish(folder: &str, port: u16) -> Outcome<()> {
    print(stage::block_on(async move {
        let shop = stage::open(Path::new(folder), None, None).await?;
        let start = Instant::now();
        let given = Address::parse(&smartlinks_testbed::url(port))?;
        let published = postgres::publish(&shop, Some(given), Options::default()).await?;
        Ok(moved(
            published.products_changed + published.variants_changed,
            start,
        ))
    })?)
}

/// Copies dumped rows into the server at a port, in one transaction, and prints [`Moved`].
pub fn copy(dumps: &str, port: u16) -> Outcome<()> {
    print(stage::block_on(async move {
        let start = Instant::now();
        let client = client(port).await?;
        client.batch_execute("BEGIN").await?;
        let mut rows = 0;
        for table in TABLES {
            let mut file = File::open(dump(Path::new(dumps), table))?;
            let into = format!("COPY smartlinks.{table} FROM STDIN BINARY");
            let mut sink = pin!(client.copy_in(&into).await?);
            loop {
                let mut chunk = vec![0; CHUNK];
                let read = file.read(&mut chunk)?;
                if read == 0 {
                    break;
                }
                chunk.truncate(read);
                sink.feed(std::io::Cursor::new(chunk)).await?;
            }
            rows += sink.finish().await?;
        }
        client.batch_execute("COMMIT").await?;
        Ok(moved(rows, start))
    })?)
}

/// Writes what the tables hold into files for [`copy`].
pub async fn dump_all(client: &Client, folder: &Path) -> Outcome<()> {
    use std::io::Write as _;
    for table in TABLES {
        let mut file = File::create(dump(folder, table))?;
        let out = format!("COPY smartlinks.{table} TO STDOUT BINARY");
        let mut stream = pin!(client.copy_out(&out).await?);
        while let Some(chunk) = stream.next().await {
            file.write_all(&chunk?)?;
        }
    }
    Ok(())
}

fn dump(folder: &Path, table: &str) -> PathBuf {
    folder.join(format!("{table}.copy"))
}

async fn client(port: u16) -> Outcome<Client> {
    let (client, line) = Config::new()
        .host("127.0.0.1")
        .port(port)
        .user(smartlinks_testbed::OWNER)
        .password(smartlinks_testbed::PASSWORD)
        .dbname("postgres")
        .connect(NoTls)
        .await?;
    tokio::spawn(line);
    Ok(client)
}

fn moved(rows: u64, start: Instant) -> Moved {
    Moved {
        rows,
        took: start.elapsed(),
        cpu: numbers::cpu(),
        peak_kib: numbers::peak_kib(),
    }
}

fn print(moved: Moved) -> Outcome<()> {
    println!("{}", serde_json::to_string(&moved)?);
    Ok(())
}
