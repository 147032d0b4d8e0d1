//! The store of a ledger in PostgreSQL.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use deadpool_postgres::Transaction;
use jiff::Timestamp;
use syndicate_api::ExposeSecret as _;
use tokio_postgres::types::Type;

use super::address::Address;
use super::connection::{Parameter, begin, start, within};
use super::error::QueryError;
use super::options::PostgresLedger;
use super::retry::Retry;
use super::schema::ensure;
use super::server::{IDENTITY, ServerIdentity};
use super::session::{PostgresSession, read_ledger};
use super::shared::{PostgresContext, Shared};
use super::snapshot::Snapshot;
use super::write::insert;
use crate::ledger::{
    Event, LedgerError, LedgerSession, LedgerState, LedgerStore, LedgerView, compact,
};

const CREATE: &str = "INSERT INTO syndicate.ledger (name, system_identifier, timeline) \
    VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING RETURNING number";

/// A ledger in a PostgreSQL database.
#[derive(Clone)]
pub(crate) struct Postgres {
    pub(super) shared: Arc<Shared>,
}

impl Postgres {
    /// Opens the ledger with these options. Does not contact the server.
    #[must_use]
    pub(crate) fn open(options: &PostgresLedger, context: PostgresContext) -> Self {
        Self {
            shared: Arc::new(Shared::new(options.clone(), context)),
        }
    }

    /// Returns the store's name in messages and in `closed` events.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        &self.shared.name
    }

    /// Returns the options.
    #[must_use]
    pub(crate) fn options(&self) -> &PostgresLedger {
        &self.shared.options
    }

    /// Returns the hosts and the name of the database, without credentials; `None` if the URL is not valid.
    #[must_use]
    pub(crate) fn database(&self) -> Option<String> {
        let url = self.options().url.reveal(&self.shared.context.env).ok()?;
        let address = Address::parse(url.expose_secret()).ok()?;
        Some(address.display())
    }

    /// Returns the path under which the journal remembers this store of the pipeline in `config`. No file is there.
    #[must_use]
    pub(crate) fn journal_path(&self, config: &Path) -> PathBuf {
        config.with_file_name(format!("postgresql-{}", self.options().ledger_name()))
    }

    /// Creates the ledger with `events`, in one transaction.
    async fn try_create(&self, events: &[Event]) -> Result<(), QueryError> {
        let shared = &self.shared;
        let database = shared.database().await?;
        ensure(database, true, &shared.name).await?;
        let mut client = database.client().await?;
        let transaction = begin(&mut client).await?;
        let identity = format!("SELECT {IDENTITY}");
        let identity = transaction.query_typed_one(&identity, &[]).await?;
        let identity = ServerIdentity::of(&identity, 0);
        let name = shared.options.ledger_name();
        let parameters: [Parameter<'_>; 3] = [
            (&name, Type::TEXT),
            (&identity.system_identifier, Type::TEXT),
            (&identity.timeline, Type::TEXT),
        ];
        let created = transaction.query_typed_opt(CREATE, &parameters).await?;
        let (number, seq) = match created {
            Some(created) => (created.get(0), 0),
            None => self.take_empty(&transaction, &identity).await?,
        };
        let last_seq = insert(&transaction, (number, seq), events).await?;
        let parameters: [Parameter<'_>; 2] = [(&number, Type::INT8), (&last_seq, Type::INT8)];
        let advance = "UPDATE syndicate.ledger SET last_seq = $2 WHERE number = $1";
        transaction.execute_typed(advance, &parameters).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Takes the place of a ledger that has lost all events, as after an incomplete restoration. Returns its number and that
    /// of its last event.
    ///
    /// # Errors
    /// [`LedgerError::Exists`] if it has events.
    async fn take_empty(
        &self,
        transaction: &Transaction<'_>,
        server: &ServerIdentity,
    ) -> Result<(i64, i64), QueryError> {
        const FIND: &str =
            "SELECT number, last_seq FROM syndicate.ledger WHERE name = $1 FOR UPDATE";
        // A statement of its own, which sees the events of another transaction that had the lock.
        const IS_EMPTY: &str = "SELECT NOT EXISTS (SELECT FROM syndicate.event WHERE ledger = $1)";
        let name = self.options().ledger_name();
        let parameters: [Parameter<'_>; 1] = [(&name, Type::TEXT)];
        if let Some(found) = transaction.query_typed_opt(FIND, &parameters).await? {
            let (number, seq): (i64, i64) = (found.get(0), found.get(1));
            let own: [Parameter<'_>; 1] = [(&number, Type::INT8)];
            if transaction.query_typed_one(IS_EMPTY, &own).await?.get(0) {
                server.record(transaction, number).await?;
                return Ok((number, seq));
            }
        }
        Err(QueryError::Ledger(LedgerError::Exists {
            ledger: self.shared.name.clone(),
        }))
    }

    /// Returns `true` if the ledger has `event`, which a transaction with a lost answer may have written.
    async fn has(&self, event: &Event) -> bool {
        let read = read_ledger(&self.shared, None).await;
        read.is_ok_and(|snapshot| snapshot.ledger_state.has(&event.id))
    }

    /// Removes the events that are redundant at `now`. Returns the number of events before and after.
    ///
    /// # Errors
    /// Those of reading and writing the ledger, which is unchanged then.
    pub(crate) async fn compact(&self, now: Timestamp) -> Result<(usize, usize), LedgerError> {
        let retry = Retry::new(&self.shared);
        let counts = retry.run(&self.shared, || self.try_compact(now)).await;
        counts.map_err(|error| self.shared.error(error))
    }

    async fn try_compact(&self, now: Timestamp) -> Result<(usize, usize), QueryError> {
        let mut session = PostgresSession::open(Arc::clone(&self.shared)).await?;
        let database = self.shared.database().await?;
        let mut client = database.client().await?;
        let transaction = start(&mut client).await?;
        session.lock_and_read(&transaction, None).await?;
        let ledger_state = &session.snapshot.ledger_state;
        let before = ledger_state.event_count();
        let kept = compact::compact(ledger_state, now);
        let new: LedgerState = kept.iter().cloned().collect();
        if kept.len() == before || !compact::agree(ledger_state, &new) {
            return Ok((before, before));
        }
        let ids: Vec<&str> = kept.iter().map(|event| event.id.as_str()).collect();
        let parameters: [Parameter<'_>; 2] = [
            (&session.snapshot.number, Type::INT8),
            (&ids, Type::TEXT_ARRAY),
        ];
        let remove = "DELETE FROM syndicate.event WHERE ledger = $1 AND NOT id = ANY($2)";
        transaction.execute_typed(remove, &parameters).await?;
        transaction.commit().await?;
        let after = kept.len();
        session.snapshot = Snapshot::default();
        Ok((before, after))
    }

    /// Begins a new ledger with the event `first`. Returns the name that the former one has in the database from now on,
    /// if there was one.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) async fn start_over(&self, first: Event) -> Result<Option<String>, LedgerError> {
        let aside = match self.exists().await? {
            true => Some(
                self.set_aside()
                    .await
                    .map_err(|error| self.shared.error(error))?,
            ),
            false => None,
        };
        self.create(first).await?;
        Ok(aside)
    }

    /// Records the server of `snapshot` as the one that has the ledger.
    async fn try_confirm(&self, snapshot: &Snapshot) -> Result<(), QueryError> {
        let mut client = self.shared.database().await?.client().await?;
        let transaction = begin(&mut client).await?;
        let server = &snapshot.actual;
        server.record(&transaction, snapshot.number).await?;
        Ok(transaction.commit().await?)
    }

    /// Renames the ledger. Returns its new name.
    async fn set_aside(&self) -> Result<String, QueryError> {
        let database = self.shared.database().await?;
        let client = database.client().await?;
        let rename = "UPDATE syndicate.ledger SET name = (\
            SELECT $1 || '.old' || place FROM generate_series(1, 1000000) AS place \
            WHERE NOT EXISTS (SELECT FROM syndicate.ledger WHERE name = $1 || '.old' || place) \
            ORDER BY place LIMIT 1) WHERE name = $1 RETURNING name";
        let name = self.options().ledger_name();
        let renamed = client
            .query_typed_one(rename, &[(&name, Type::TEXT)])
            .await?;
        Ok(renamed.get(0))
    }
}

#[async_trait]
impl LedgerStore for Postgres {
    async fn exists(&self) -> Result<bool, LedgerError> {
        match self.read().await {
            Ok(_) | Err(LedgerError::Damaged { .. }) => Ok(true),
            Err(LedgerError::Missing { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn create(&self, first: Event) -> Result<(), LedgerError> {
        self.create_all(vec![first]).await
    }

    async fn create_all(&self, events: Vec<Event>) -> Result<(), LedgerError> {
        let Some(first) = events.first() else {
            return Ok(());
        };
        let mut retry = Retry::new(&self.shared);
        let mut is_repeated = false;
        loop {
            let error = match within(self.try_create(&events)).await {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            if let QueryError::Ledger(LedgerError::Exists { .. }) = error
                && is_repeated
                && self.has(first).await
            {
                return Ok(());
            }
            is_repeated = true;
            if let Err(error) = retry.wait(&self.shared, error).await {
                return Err(self.shared.error(error));
            }
        }
    }

    async fn read(&self) -> Result<LedgerState, LedgerError> {
        let snapshot = read_ledger(&self.shared, self.shared.known()).await?;
        let ledger_state = snapshot.ledger_state.clone();
        self.shared.remember(snapshot);
        Ok(ledger_state)
    }

    async fn view(&self) -> Result<LedgerView, LedgerError> {
        let session = PostgresSession::open(Arc::clone(&self.shared)).await?;
        Ok(LedgerView {
            ledger_state: session.snapshot.ledger_state.clone(),
            trouble: session.server_change(),
            notes: Vec::new(),
        })
    }

    fn shares_work(&self) -> bool {
        true
    }

    async fn confirm(&self) -> Result<(), LedgerError> {
        let snapshot = read_ledger(&self.shared, None).await?;
        let retry = Retry::new(&self.shared);
        let confirm = || self.try_confirm(&snapshot);
        let confirmed = retry.run(&self.shared, confirm).await;
        confirmed.map_err(|error| self.shared.error(error))
    }

    async fn lock(&self, _timeout: Duration) -> Result<Box<dyn LedgerSession>, LedgerError> {
        let database = self.shared.database().await?;
        let mut retry = Retry::new(&self.shared);
        while let Err(error) = ensure(database, false, &self.shared.name).await {
            let waited = retry.wait(&self.shared, error).await;
            waited.map_err(|error| self.shared.error(error))?;
        }
        let session = PostgresSession::open(Arc::clone(&self.shared)).await?;
        Ok(Box::new(session))
    }
}
