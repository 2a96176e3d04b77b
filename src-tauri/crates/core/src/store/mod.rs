//! The owner's catalogue on the owner's disk: one SQLite file, one writer, several readers.
//!
//! Writes go one after the other through a thread of their own, each in one transaction; reads use connections of a small
//! pool and see the last committed state. Several processes may share the file: WAL lets readers go on, and a writer waits
//! for the other's transaction. Each table has a file with its migration, its rows, its reads and its writes.
//! Secrets never come here: they are the vault's.

pub(crate) mod accounts;
pub(crate) mod alerts;
pub(crate) mod attempts;
pub(crate) mod bans;
pub(crate) mod categories;
pub(crate) mod changes;
pub(crate) mod codec;
pub(crate) mod days;
pub(crate) mod export;
pub(crate) mod intake;
pub(crate) mod orders;
pub(crate) mod outbox;
pub(crate) mod paces;
pub(crate) mod places;
pub(crate) mod products;
pub(crate) mod saved_searches;
pub(crate) mod schedule;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod sync_cuts;
pub(crate) mod sync_queue;
pub(crate) mod sync_runs;
pub(crate) mod vanished;
pub(crate) mod variants;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use crate::error::{Code, Error, Result};
use writer::Job;
pub(crate) use writer::When;

/// How long a writer waits for another process's transaction.
const BUSY: Duration = Duration::from_secs(15);
/// How often it looks.
const LOOK: Duration = Duration::from_millis(2);
/// Readers kept open between reads.
const IDLE_READERS: usize = 2;
/// Memory for pages of the file, in KiB: a search looks at a thousand rows all over the file, and the upper parts of its trees
/// should stay; what is read once more comes from the system's own cache.
const READER_PAGES_KIB: i64 = 4_096;
/// The same for the writer: a page of a supplier's list touches pages all over the index of product ids. Given back at the end
/// of a run.
const WRITER_PAGES_KIB: i64 = 16_384;
/// Pages that changed before they are put from the log into the file itself: those of some transactions, each once.
const LOGGED_PAGES: i64 = 4_000;

/// The database of one data folder.
#[derive(Clone)]
pub struct Store {
    path: Arc<PathBuf>,
    writer: mpsc::Sender<Job>,
    readers: Arc<Mutex<Vec<Connection>>>,
}

/// Shipped migrations never change; a new version adds one at the end.
fn migrations() -> Migrations<'static> {
    Migrations::new(vec![
        M::up(concat!(
            include_str!("sql/accounts.sql"),
            include_str!("sql/catalog.sql"),
            include_str!("sql/sync.sql"),
            include_str!("sql/orders.sql"),
        )),
        M::up(include_str!("sql/alerts.sql")),
        M::up(include_str!("sql/aliexpress_life.sql")),
        M::up(include_str!("sql/export.sql")),
        M::up(include_str!("sql/outbox.sql")),
        M::up(include_str!("sql/overview.sql")),
        M::up(include_str!("sql/changes_by_time.sql")),
        M::up(include_str!("sql/passes.sql")),
        M::up(include_str!("sql/search.sql")),
        M::up(include_str!("sql/saved_searches.sql")),
        M::up(include_str!("sql/unlisted.sql")),
    ])
}

impl Store {
    /// Opens or makes the database, brings it to this version's shape, and starts the writer.
    ///
    /// # Errors
    /// `DatabaseCorrupt` when the file is damaged (it is left as it is), `DatabaseNewer` when a newer SmartLinks wrote
    /// it, `Disk` when it cannot be opened.
    pub fn open(path: &Path) -> Result<Self> {
        let mut connection = connect(path, false)?;
        migrations()
            .to_latest(&mut connection)
            .map_err(migration_error)?;
        connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
            .map_err(from_sqlite)?;
        let (writer, jobs) = mpsc::channel::<Job>();
        std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || writer::work(connection, &jobs))
            .map_err(|error| {
                Error::new(
                    Code::Unexpected,
                    format!("the writer thread did not start: {error}"),
                )
            })?;
        Ok(Self {
            path: Arc::new(path.to_path_buf()),
            writer,
            readers: Arc::default(),
        })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `work` in one transaction on the writer; nothing of it is kept if it fails.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.write_as(When::Now, work).await
    }

    /// The same, committed when `when` says. A [`When::Soon`] is answered before it is committed: readers see it a moment
    /// later, and [`Store::settle`] tells whether it was lost.
    pub(crate) async fn write_as<T: Send + 'static>(
        &self,
        when: When,
        work: impl FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, wait) = tokio::sync::oneshot::channel();
        let job = match when {
            When::Now => Job::Now(Box::new(move |connection: &mut Connection| {
                let result = connection
                    .transaction_with_behavior(TransactionBehavior::Immediate)
                    .map_err(from_sqlite)
                    .and_then(|transaction| {
                        let value = work(&transaction)?;
                        transaction.commit().map_err(from_sqlite)?;
                        Ok(value)
                    });
                let _ = answer.send(result);
            })),
            When::Soon(run) => Job::Soon(
                run,
                Box::new(move |transaction: Result<&Transaction<'_>>| {
                    let result = transaction.and_then(work);
                    let good = result.is_ok();
                    let _ = answer.send(result);
                    good
                }),
            ),
        };
        self.writer.send(job).map_err(|_| writer_gone())?;
        wait.await.map_err(|_| writer_gone())?
    }

    /// Commits what a run wrote with [`When::Soon`].
    ///
    /// # Errors
    /// When some of it was lost, because the disk did not take it: the run goes on from what its cursor says then.
    pub(crate) async fn settle(&self, run: i64) -> Result<()> {
        let (answer, wait) = tokio::sync::oneshot::channel();
        let job = Job::Settle(
            run,
            Box::new(move |kept| {
                let _ = answer.send(kept);
            }),
        );
        self.writer.send(job).map_err(|_| writer_gone())?;
        wait.await.map_err(|_| writer_gone())?
    }

    /// Runs `work` on a read-only connection, off the async threads.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let store = self.clone();
        tokio::task::spawn_blocking(move || {
            let pooled = store
                .readers
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .pop();
            let connection = match pooled {
                Some(connection) => connection,
                None => connect(&store.path, true)?,
            };
            let result = work(&connection);
            let mut readers = store.readers.lock().unwrap_or_else(PoisonError::into_inner);
            if readers.len() < IDLE_READERS {
                readers.push(connection);
            }
            result
        })
        .await
        .map_err(|error| Error::new(Code::Unexpected, format!("a read was cut off: {error}")))?
    }

    /// SQLite's own full check of the file: `ok`, or what is wrong.
    ///
    /// # Errors
    /// As every read.
    pub async fn integrity(&self) -> Result<String> {
        self.read(|connection| {
            connection
                .query_row("PRAGMA integrity_check", [], |row| row.get(0))
                .map_err(from_sqlite)
        })
        .await
    }
}

fn connect(path: &Path, read_only: bool) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX
        | if read_only {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        } else {
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
        };
    let connection = Connection::open_with_flags(path, flags).map_err(from_sqlite)?;
    connection
        .busy_handler(Some(wait_for_writer))
        .map_err(from_sqlite)?;
    connection.set_prepared_statement_cache_capacity(64);
    if !read_only {
        // WAL: readers go on while a sync writes. NORMAL: a power cut may lose the last transactions, never the file.
        connection
            .pragma_update(None, "journal_mode", "WAL")
            .map_err(from_sqlite)?;
        connection
            .pragma_update(None, "synchronous", "NORMAL")
            .map_err(from_sqlite)?;
        connection
            .pragma_update(None, "wal_autocheckpoint", LOGGED_PAGES)
            .map_err(from_sqlite)?;
        connection
            .pragma_update(None, "foreign_keys", "ON")
            .map_err(from_sqlite)?;
    }
    let pages = if read_only {
        READER_PAGES_KIB
    } else {
        WRITER_PAGES_KIB
    };
    // KiB are told as a number below zero.
    connection
        .pragma_update(None, "cache_size", -pages)
        .map_err(from_sqlite)?;
    connection
        .pragma_update(None, "temp_store", "MEMORY")
        .map_err(from_sqlite)?;
    Ok(connection)
}

/// Asked again and again while another process writes. SQLite's own waiting looks ten times a second in the end, and may miss
/// every gap between the transactions of a busy sync.
fn wait_for_writer(tries: i32) -> bool {
    std::thread::sleep(LOOK);
    LOOK.saturating_mul(tries.unsigned_abs()) < BUSY
}

fn writer_gone() -> Error {
    Error::new(Code::Unexpected, "the database writer has stopped")
}

fn migration_error(error: rusqlite_migration::Error) -> Error {
    use rusqlite_migration::{Error as Migration, MigrationDefinitionError};
    match error {
        Migration::RusqliteError { err, .. } => from_sqlite(err),
        Migration::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => {
            Error::new(
                Code::DatabaseNewer,
                "the database has a newer schema than this program",
            )
        }
        other => Error::new(
            Code::DatabaseCorrupt,
            format!("the database's schema could not be read: {other}"),
        ),
    }
}

/// Turns SQLite's error into ours, so that a damaged file and a full disk are told apart.
pub(crate) fn from_sqlite(error: rusqlite::Error) -> Error {
    let code = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Code::DatabaseCorrupt,
        Some(
            ErrorCode::DiskFull
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::SystemIoFailure
            | ErrorCode::PermissionDenied
            | ErrorCode::DatabaseBusy,
        ) => Code::Disk,
        _ => Code::Unexpected,
    };
    Error::new(code, format!("SQLite: {error}"))
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        from_sqlite(error)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn the_migrations_are_well_formed() {
        migrations().validate().unwrap();
    }

    #[test]
    fn a_damaged_catalogue_is_named_and_left_as_it_is() {
        let folder = folder();
        let path = folder.path().join("smartlinks.db");
        let rubbish = b"this is no database at all, but it is long enough to look like a header of one........".repeat(20);
        std::fs::write(&path, &rubbish).unwrap();
        let error = Store::open(&path).err().unwrap();
        assert_eq!(error.code, Code::DatabaseCorrupt);
        assert_eq!(
            std::fs::read(&path).unwrap(),
            rubbish,
            "a damaged file must stay for a rescue"
        );
    }

    #[test]
    fn a_catalogue_of_a_newer_smartlinks_is_refused_untouched() {
        let folder = folder();
        let path = folder.path().join("smartlinks.db");
        drop(Store::open(&path).unwrap());
        Connection::open(&path)
            .unwrap()
            .pragma_update(None, "user_version", 9_999)
            .unwrap();
        assert_eq!(Store::open(&path).err().unwrap().code, Code::DatabaseNewer);
    }

    #[tokio::test]
    async fn a_failed_write_leaves_nothing_behind() {
        let folder = folder();
        let store = Store::open(&folder.path().join("smartlinks.db")).unwrap();
        let failed: Result<()> = store
            .write(|tx| {
                settings::set(tx, "ship_to", Some("FR"))?;
                Err(Error::new(Code::Unexpected, "on purpose"))
            })
            .await;
        assert!(failed.is_err());
        let kept = store
            .read(|connection| settings::get(connection, "ship_to"))
            .await
            .unwrap();
        assert_eq!(kept, None);
    }
}
