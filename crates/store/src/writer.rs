//! The one writer: many writes share one transaction and one flush to the disk, and none harms its neighbours.

use crate::connect::{Backend, Kind};
use crate::error::{StoreError, during};
use futures::future::BoxFuture;
use sqlx::{AnyConnection, Connection};
use tokio::sync::{mpsc, oneshot};

/// What a write survives once it is acknowledged. Ordered: the strictest of a batch holds for all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Durability {
    /// The end of this process.
    Relaxed,
    /// A power cut.
    Full,
}

const QUEUED: usize = 1024;
const BATCH: usize = 256;

type Deliver = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
type Work = Box<dyn for<'c> FnOnce(Result<&'c mut AnyConnection, StoreError>) -> BoxFuture<'c, Done> + Send>;

// A write that ran: its result waits for the commit.
struct Done {
    failed: bool,
    deliver: Deliver,
}

struct Write {
    durability: Durability,
    work: Work,
}

enum Command {
    Write(Write),
    Close(oneshot::Sender<()>),
}

/// Sends writes to the writer's task.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    commands: mpsc::Sender<Command>,
}

impl Writer {
    /// Starts the writer's task on its connection.
    pub(crate) fn start(backend: Backend, connection: AnyConnection) -> Self {
        let (commands, inbox) = mpsc::channel(QUEUED);
        let task = Task {
            backend,
            connection: Some(connection),
            synchronous: None,
        };
        tokio::spawn(task.run(inbox));
        Self { commands }
    }

    /// Runs `work` in the next transaction; answers once that is committed.
    pub(crate) async fn write<T, F>(&self, durability: Durability, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            Box::pin(async move {
                let result = match connection {
                    Ok(connection) => work(connection).await,
                    Err(error) => Err(error),
                };
                Done {
                    failed: result.is_err(),
                    deliver: Box::new(move |committed| {
                        // Whoever asked may have gone away; the write stands all the same.
                        let _ = reply.send(result.and_then(|value| committed.map(|()| value)));
                    }),
                }
            })
        });
        let command = Command::Write(Write { durability, work });
        self.commands
            .send(command)
            .await
            .map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Finishes what is queued and closes the connection.
    pub(crate) async fn close(&self) {
        let (reply, closed) = oneshot::channel();
        if self.commands.send(Command::Close(reply)).await.is_ok() {
            let _ = closed.await;
        }
    }
}

struct Task {
    backend: Backend,
    connection: Option<AnyConnection>,
    // As last set on the connection.
    synchronous: Option<Durability>,
}

impl Task {
    async fn run(mut self, mut inbox: mpsc::Receiver<Command>) {
        let mut commands = Vec::with_capacity(BATCH);
        while inbox.recv_many(&mut commands, BATCH).await > 0 {
            let mut writes = Vec::with_capacity(commands.len());
            let mut closing = None;
            for command in commands.drain(..) {
                match command {
                    Command::Write(write) => writes.push(write),
                    Command::Close(reply) => closing = Some(reply),
                }
            }
            let durability = writes.iter().map(|write| write.durability).max();
            let mut writes = writes.into_iter();
            while let (Some(durability), true) = (durability, writes.len() > 0) {
                self.transaction(durability, &mut writes).await;
            }
            if let Some(reply) = closing {
                self.hang_up().await;
                let _ = reply.send(());
                return;
            }
        }
        self.hang_up().await;
    }

    // Runs writes until the transaction is committed or lost; what was not reached stays in `writes`.
    async fn transaction(&mut self, durability: Durability, writes: &mut std::vec::IntoIter<Write>) {
        let begun = match self.begin(durability).await {
            Ok(()) => Ok(()),
            // The server may have been restarted since the last write.
            Err(_) => {
                self.connection = None;
                self.begin(durability).await
            }
        };
        if let Err(error) = begun {
            self.connection = None;
            let error = during("beginning to write")(error);
            for write in writes {
                let done = (write.work)(Err(error.clone())).await;
                (done.deliver)(Ok(()));
            }
            return;
        }
        let Some(connection) = self.connection.as_mut() else {
            return;
        };
        let mut delivered = Vec::with_capacity(writes.len());
        let mut lost = None;
        for write in writes.by_ref() {
            if let Err(error) = execute(connection, "SAVEPOINT one_write").await {
                let done = (write.work)(Err(during("writing")(error))).await;
                delivered.push(done.deliver);
                lost = Some(StoreError::Unavailable {
                    doing: "writing",
                    detail: "the transaction was lost".into(),
                });
                break;
            }
            let done = (write.work)(Ok(&mut *connection)).await;
            let undone = if done.failed {
                execute(connection, "ROLLBACK TO SAVEPOINT one_write").await
            } else {
                Ok(())
            };
            let released = match undone {
                Ok(()) => execute(connection, "RELEASE SAVEPOINT one_write").await,
                error => error,
            };
            delivered.push(done.deliver);
            if let Err(error) = released {
                // A full disk may have made SQLite give up the whole transaction.
                lost = Some(during("writing")(error));
                break;
            }
        }
        let outcome = match lost {
            None => execute(connection, "COMMIT").await.map_err(during("committing")),
            Some(error) => Err(error),
        };
        if outcome.is_err() && execute(connection, "ROLLBACK").await.is_err() {
            self.connection = None;
        }
        for deliver in delivered {
            deliver(outcome.clone());
        }
    }

    async fn begin(&mut self, durability: Durability) -> Result<(), sqlx::Error> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            empty => {
                self.synchronous = None;
                empty.insert(self.backend.connect().await?)
            }
        };
        match self.backend.kind {
            Kind::Sqlite | Kind::Disposable => {
                if self.synchronous != Some(durability) {
                    execute(connection, synchronous(self.backend.kind, durability)).await?;
                    self.synchronous = Some(durability);
                }
                execute(connection, "BEGIN IMMEDIATE").await
            }
            Kind::Postgres => {
                execute(connection, "BEGIN").await?;
                if durability == Durability::Relaxed {
                    execute(connection, "SET LOCAL synchronous_commit TO OFF").await?;
                }
                Ok(())
            }
        }
    }

    async fn hang_up(&mut self) {
        if let Some(connection) = self.connection.take() {
            // Closing in order lets SQLite fold its log into the file; a failure leaves that to the next start.
            let _ = connection.close().await;
        }
    }
}

fn synchronous(kind: Kind, durability: Durability) -> &'static str {
    match (kind, durability) {
        (Kind::Disposable, _) => "PRAGMA synchronous = OFF",
        (_, Durability::Relaxed) => "PRAGMA synchronous = NORMAL",
        (_, Durability::Full) => "PRAGMA synchronous = FULL",
    }
}

async fn execute(connection: &mut AnyConnection, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query(sql).execute(connection).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, Target};

    async fn store() -> Store {
        let store = Store::open(&Target::SqliteMemory, [0; 32]).await.unwrap();
        run(&store, "CREATE TABLE notes (text TEXT) STRICT")
            .await
            .unwrap();
        store
    }

    async fn run(store: &Store, sql: &'static str) -> Result<(), StoreError> {
        store
            .write(Durability::Full, move |connection| {
                Box::pin(async move { execute(connection, sql).await.map_err(during("testing")) })
            })
            .await
    }

    async fn notes(store: &Store) -> i64 {
        let mut reader = store.reader("testing").await.unwrap();
        let (count,) = sqlx::query_as("SELECT COUNT(*) FROM notes")
            .fetch_one(&mut *reader)
            .await
            .unwrap();
        count
    }

    #[tokio::test]
    async fn a_full_disk_is_told_clearly_and_the_store_goes_on() {
        let store = store().await;
        run(&store, "PRAGMA max_page_count = 1").await.unwrap();
        let large = "INSERT INTO notes (text) VALUES (printf('%.*c', 3000000, 'x'))";
        let error = run(&store, large).await.unwrap_err();
        assert_eq!(error, StoreError::Full { doing: "testing" });
        assert_eq!(notes(&store).await, 0);
        run(&store, "PRAGMA max_page_count = 4294967294").await.unwrap();
        run(&store, large).await.unwrap();
        assert_eq!(notes(&store).await, 1);
    }

    #[tokio::test]
    async fn a_failed_write_undoes_its_own_statements_and_no_others() {
        let store = store().await;
        let good = || run(&store, "INSERT INTO notes (text) VALUES ('good')");
        let bad = store.write(Durability::Relaxed, |connection| {
            Box::pin(async move {
                execute(connection, "INSERT INTO notes (text) VALUES ('bad')")
                    .await
                    .map_err(during("testing"))?;
                Err::<(), _>(StoreError::NotFound {
                    what: "reason".to_owned(),
                })
            })
        });
        let (one, two, three) = tokio::join!(good(), bad, good());
        assert_eq!((one, three), (Ok(()), Ok(())));
        assert_eq!(
            two,
            Err(StoreError::NotFound {
                what: "reason".to_owned()
            })
        );
        assert_eq!(notes(&store).await, 2);
    }

    #[tokio::test]
    async fn what_shared_a_lost_transaction_fails_and_what_follows_is_written() {
        let store = store().await;
        let good = || run(&store, "INSERT INTO notes (text) VALUES ('good')");
        // As SQLite itself may do when the disk is full.
        let lose = run(&store, "ROLLBACK");
        let (before, lost, after) = tokio::join!(good(), lose, good());
        assert!(
            before.is_err() && lost.is_err(),
            "nothing is acknowledged that was not committed"
        );
        assert_eq!(after, Ok(()));
        assert_eq!(notes(&store).await, 1);
        good().await.unwrap();
        assert_eq!(notes(&store).await, 2);
    }

    #[tokio::test]
    async fn the_writer_connects_again_after_it_lost_its_connection() {
        let folder = tempfile::tempdir().unwrap();
        let target = Target::SqliteFile(folder.path().join("notes.db"));
        let (backend, _) = Backend::of(&target).unwrap();
        let connection = backend.connect().await.unwrap();
        let mut task = Task {
            backend,
            connection: Some(connection),
            synchronous: None,
        };
        task.hang_up().await;
        assert!(task.begin(Durability::Relaxed).await.is_ok());
        assert_eq!(task.synchronous, Some(Durability::Relaxed));
    }

    async fn synchronous_during(store: &Store, durability: Durability) -> i64 {
        let asked = store.write(durability, |connection| {
            Box::pin(async move {
                let query = sqlx::query_as("PRAGMA synchronous").fetch_one(connection);
                query
                    .await
                    .map(|(value,): (i64,)| value)
                    .map_err(during("testing"))
            })
        });
        asked.await.unwrap()
    }

    #[tokio::test]
    async fn a_batch_is_as_durable_as_its_strictest_write() {
        const OFF: i64 = 0;
        const NORMAL: i64 = 1;
        const FULL: i64 = 2;
        let folder = tempfile::tempdir().unwrap();
        let kept = Store::open(&Target::SqliteFile(folder.path().join("notes.db")), [0; 32])
            .await
            .unwrap();
        assert_eq!(synchronous_during(&kept, Durability::Relaxed).await, NORMAL);
        assert_eq!(synchronous_during(&kept, Durability::Full).await, FULL);
        let relaxed = synchronous_during(&kept, Durability::Relaxed);
        let full = synchronous_during(&kept, Durability::Full);
        assert_eq!(tokio::join!(relaxed, full), (FULL, FULL));
        assert_eq!(
            synchronous_during(&store().await, Durability::Full).await,
            OFF,
            "nobody wants it after a crash"
        );
    }
}
