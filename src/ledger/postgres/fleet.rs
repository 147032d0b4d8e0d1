//! Lists the workers of a ledger and what they have claimed.

use jiff::Timestamp;
use tokio_postgres::types::Type;

use super::connection::Parameter;
use super::error::QueryError;
use super::retry::Retry;
use super::schema::prove_write;
use super::store::Postgres;
use crate::ledger::LedgerError;

const CLAIMS: &str = "SELECT claim.item, claim.sink, claim.run, claim.host, \
        floor(extract(epoch FROM claim.since) * 1000)::bigint, \
        floor(extract(epoch FROM claim.lease_until) * 1000)::bigint, \
        claim.lease_until > clock_timestamp() \
    FROM syndicate.claim AS claim JOIN syndicate.ledger AS ledger ON ledger.number = claim.ledger \
    WHERE ledger.name = $1 AND claim.run IS NOT NULL ORDER BY claim.since, claim.item, claim.sink";

const NOW: &str = "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

/// The workers of a ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fleet {
    /// The time of the server.
    pub now: Timestamp,
    /// The claimed deliveries, the oldest first.
    pub claims: Vec<ListedClaim>,
}

/// A delivery that a worker has claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListedClaim {
    /// The id of the item.
    pub item: String,
    /// The name of the sink.
    pub sink: String,
    /// The random id of the run.
    pub run: String,
    /// The name of the machine, if it has one.
    pub host: Option<String>,
    /// The time at which the worker claimed it.
    pub since: Timestamp,
    /// The end of the lease.
    pub until: Timestamp,
    /// `true` if the lease has not ended.
    pub is_live: bool,
}

impl Postgres {
    /// Returns what the workers have claimed now.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub(crate) async fn fleet(&self) -> Result<Fleet, LedgerError> {
        let retry = Retry::new(&self.shared);
        let found = retry.run(&self.shared, || self.try_fleet()).await;
        found.map_err(|error| self.shared.error(error))
    }

    async fn try_fleet(&self) -> Result<Fleet, QueryError> {
        let client = self.shared.database().await?.client().await?;
        let name = self.options().ledger_name();
        let parameters: [Parameter<'_>; 1] = [(&name, Type::TEXT)];
        let rows = client.query_typed(CLAIMS, &parameters).await?;
        let now = client.query_typed_one(NOW, &[]).await?;
        let time = |at: i64| Timestamp::from_millisecond(at).unwrap_or_default();
        let claim = |row: &tokio_postgres::Row| ListedClaim {
            item: row.get(0),
            sink: row.get(1),
            run: row.get(2),
            host: row.get(3),
            since: time(row.get(4)),
            until: time(row.get(5)),
            is_live: row.get(6),
        };
        Ok(Fleet {
            now: time(now.get(0)),
            claims: rows.iter().map(claim).collect(),
        })
    }

    /// Checks the right to write the ledger, without changing it.
    ///
    /// # Errors
    /// If this program cannot write the ledger.
    pub(crate) async fn prove_write(&self) -> Result<(), LedgerError> {
        let retry = Retry::new(&self.shared);
        let prove = || async {
            let database = self.shared.database().await?;
            prove_write(database, &self.shared.name).await
        };
        let proved = retry.run(&self.shared, prove).await;
        proved.map_err(|error| self.shared.error(error))
    }

    /// Returns `true` if a pooler gives each transaction of one client another connection of the server, as `PgBouncer` does
    /// in transaction mode.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub(crate) async fn has_pooler(&self) -> Result<bool, LedgerError> {
        let retry = Retry::new(&self.shared);
        let found = retry.run(&self.shared, || self.try_find_pooler()).await;
        found.map_err(|error| self.shared.error(error))
    }

    /// Compares the processes of the server that serve two clients. Without a pooler, each client has its own for good.
    async fn try_find_pooler(&self) -> Result<bool, QueryError> {
        const PROCESS: &str = "SELECT pg_backend_pid()";
        let database = self.shared.database().await?;
        let first = database.client().await?;
        let mut second = database.client().await?;
        let before: i32 = first.query_typed_one(PROCESS, &[]).await?.get(0);
        let transaction = second.transaction().await?;
        let other: i32 = transaction.query_typed_one(PROCESS, &[]).await?.get(0);
        let after: i32 = first.query_typed_one(PROCESS, &[]).await?.get(0);
        transaction.rollback().await?;
        Ok(other == before || after != before)
    }
}
