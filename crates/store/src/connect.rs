//! Opening connections: URLs, pragmas and migrations of the two databases.

use crate::error::{StoreError, during};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, AnyPool, ConnectOptions, SqlSafeStr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;
use tempfile::TempDir;

/// Where the data lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A SQLite file, made where it is missing.
    SqliteFile(PathBuf),
    /// A SQLite database of this process alone, gone with it (an exam's corpus).
    SqliteMemory,
    /// A PostgreSQL database ("postgres://user@host/database").
    Postgres(String),
}

/// What the two databases do differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    /// SQLite whose data nobody will want after a crash.
    Disposable,
    Postgres,
}

/// How to connect.
#[derive(Debug, Clone)]
pub(crate) struct Backend {
    pub(crate) kind: Kind,
    options: AnyConnectOptions,
}

const READERS: u32 = 4;

// auto_vacuum must precede the first table and WAL; secure_delete overwrites what is deleted with zeros.
const SQLITE_PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA auto_vacuum = INCREMENTAL; \
    PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; \
    PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL;";
const SQLITE_READER_PRAGMAS: &str = "PRAGMA query_only = ON;";
const POSTGRES_READER_SETTINGS: &str = "SET default_transaction_read_only = on";

impl Backend {
    /// The backend of `target`; a temporary folder goes with a disposable one.
    pub(crate) fn of(target: &Target) -> Result<(Self, Option<TempDir>), StoreError> {
        sqlx::any::install_default_drivers();
        match target {
            Target::SqliteFile(path) => Ok((Self::sqlite(path, Kind::Sqlite)?, None)),
            // A file in a folder of its own rather than SQLite's memory mode, whose shared cache has neither
            // snapshots nor readers beside a writer: what runs here is what runs in production.
            Target::SqliteMemory => {
                let folder = TempDir::with_prefix("parvis-").map_err(|e| open_error("in memory", &e))?;
                let backend = Self::sqlite(&folder.path().join("disposable.db"), Kind::Disposable)?;
                Ok((backend, Some(folder)))
            }
            Target::Postgres(url) => {
                // The URL may hold a password: it stays out of the message.
                let options =
                    AnyConnectOptions::from_str(url).map_err(|e| open_error("on PostgreSQL", &e))?;
                Ok((
                    Self {
                        kind: Kind::Postgres,
                        options: quiet(options),
                    },
                    None,
                ))
            }
        }
    }

    fn sqlite(path: &Path, kind: Kind) -> Result<Self, StoreError> {
        let name = path.display().to_string();
        let path = std::path::absolute(path).map_err(|e| open_error(&name, &e))?;
        create_private(&path).map_err(|e| open_error(&name, &e))?;
        let text = path
            .to_str()
            .ok_or_else(|| open_error(&name, &"its path is not UTF-8"))?;
        let url = format!("sqlite://{}?mode=rw", percent_encode(text));
        let options = AnyConnectOptions::from_str(&url).map_err(|e| open_error(&name, &e))?;
        Ok(Self {
            kind,
            options: quiet(options),
        })
    }

    /// A connection that may write.
    pub(crate) async fn connect(&self) -> Result<AnyConnection, sqlx::Error> {
        let mut connection = self.options.connect().await?;
        if self.is_sqlite() {
            sqlx::raw_sql(SQLITE_PRAGMAS).execute(&mut connection).await?;
        }
        Ok(connection)
    }

    /// The pool of readers.
    pub(crate) async fn readers(&self) -> Result<AnyPool, sqlx::Error> {
        let sqlite = self.is_sqlite();
        AnyPoolOptions::new()
            .max_connections(READERS)
            .min_connections(if sqlite { READERS } else { 1 })
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(Duration::from_secs(10))
            // A file does not hang up.
            .test_before_acquire(!sqlite)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if sqlite {
                        sqlx::raw_sql(SQLITE_PRAGMAS).execute(&mut *connection).await?;
                        sqlx::raw_sql(SQLITE_READER_PRAGMAS).execute(connection).await?;
                    } else {
                        sqlx::raw_sql(POSTGRES_READER_SETTINGS)
                            .execute(connection)
                            .await?;
                    }
                    Ok(())
                })
            })
            .connect_with(self.options.clone())
            .await
    }

    /// Brings the schema up to this version.
    pub(crate) async fn migrate(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        let scripts = match self.kind {
            Kind::Sqlite | Kind::Disposable => [
                (
                    "beginnings",
                    include_str!("../migrations/sqlite/0001_beginnings.sql"),
                ),
                (
                    "no daily counts",
                    include_str!("../migrations/sqlite/0002_no_daily_counts.sql"),
                ),
                ("sms", include_str!("../migrations/sqlite/0003_sms.sql")),
                (
                    "sms encoding",
                    include_str!("../migrations/sqlite/0004_sms_encoding.sql"),
                ),
                ("energy", include_str!("../migrations/sqlite/0005_energy.sql")),
            ],
            Kind::Postgres => [
                (
                    "beginnings",
                    include_str!("../migrations/postgres/0001_beginnings.sql"),
                ),
                (
                    "no daily counts",
                    include_str!("../migrations/postgres/0002_no_daily_counts.sql"),
                ),
                ("sms", include_str!("../migrations/postgres/0003_sms.sql")),
                (
                    "sms encoding",
                    include_str!("../migrations/postgres/0004_sms_encoding.sql"),
                ),
                ("energy", include_str!("../migrations/postgres/0005_energy.sql")),
            ],
        };
        let migrations = (1..).zip(scripts).map(|(version, (name, sql))| {
            Migration::new(
                version,
                name.into(),
                MigrationType::Simple,
                sql.into_sql_str(),
                false,
            )
        });
        Migrator::with_migrations(migrations.collect())
            .run(connection)
            .await
            .map_err(|error| match error {
                MigrateError::VersionMissing(version) => StoreError::Newer { version },
                MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
                    during("preparing the database")(error)
                }
                other => StoreError::Refused {
                    doing: "preparing the database",
                    detail: other.to_string(),
                },
            })
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.kind != Kind::Postgres
    }

    /// The statement that begins a read transaction.
    pub(crate) fn begin_read(&self) -> &'static str {
        if self.is_sqlite() {
            "BEGIN"
        } else {
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        }
    }
}

// sqlx logs statements; ours are told by their errors, and a slow one by the caller's metrics.
fn quiet(options: AnyConnectOptions) -> AnyConnectOptions {
    options.disable_statement_logging()
}

fn open_error(target: &str, detail: &impl ToString) -> StoreError {
    StoreError::Open {
        target: target.to_owned(),
        detail: detail.to_string(),
    }
}

// What residents wrote is for the program's own user; SQLite gives its side files the same permissions.
fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn percent_encode(path: &str) -> String {
    path.bytes()
        .fold(String::with_capacity(path.len()), |mut url, byte| {
            if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
                url.push(char::from(byte));
            } else {
                url.push_str(&format!("%{byte:02X}"));
            }
            url
        })
}
