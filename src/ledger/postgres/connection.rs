//! Connections to the database, and repetition after they break.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use deadpool_postgres::{
    Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime, Transaction,
};
use syndicate_api::{Env, ExposeSecret as _, SecretString, register_secret};
use tokio_postgres::IsolationLevel;
use tokio_postgres::config::SslMode;
use tokio_postgres::types::{ToSql, Type};

use super::address::Address;
use super::error::{QueryError, unreachable};
use super::options::PostgresLedger;
use super::tls::Tls;
use crate::ledger::LedgerError;

/// Maximum number of connections of one process: a session that writes, and readers for display.
const MAX_CONNECTIONS: usize = 4;

/// The time limit of one operation. Locks of the server end before that.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(60);

/// Settings of each writing transaction. The locks of a worker that was suspended inside a transaction are released
/// by the server. A commit must survive a crash of the server, also where its setting allows to lose commits.
pub(super) const SETTINGS: &str = "SET LOCAL lock_timeout = '45s'; \
    SET LOCAL idle_in_transaction_session_timeout = '30s'; \
    SELECT set_config('synchronous_commit', 'on', true) \
    WHERE current_setting('synchronous_commit') IN ('off', 'local')";

/// A parameter of a statement with its type, so that the server need not be asked for it.
pub(super) type Parameter<'a> = (&'a (dyn ToSql + Sync), Type);

/// The pool of connections to one database.
pub(super) struct Database {
    pool: Pool,
    was_reached: AtomicBool,
}

impl Database {
    /// Parses the URL. Does not connect.
    ///
    /// # Errors
    /// [`LedgerError::Unreachable`] if the URL or a certificate is invalid.
    pub(super) fn open(
        options: &PostgresLedger,
        env: &Env,
        name: &str,
    ) -> Result<Self, LedgerError> {
        let url = url(options, env, name)?;
        let invalid = |message: String| {
            let hint = "name the file of the authority with `sslrootcert=FILE` in the URL";
            unreachable(name, &message, Some(hint))
        };
        let address = Address::parse(url.expose_secret())
            .map_err(|error| unreachable(name, &error.message, Some(error.hint)))?;
        let password = address.config.get_password();
        if let Some(password) = password.and_then(|password| std::str::from_utf8(password).ok()) {
            register_secret(password);
        }
        let manager_config = ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        };
        let tls = match address.config.get_ssl_mode() {
            SslMode::Disable => None,
            _ => Some(Tls::new(&address.certificates).map_err(invalid)?),
        };
        let manager = match tls {
            Some(tls) => Manager::from_config(address.config, tls, manager_config),
            None => Manager::from_config(address.config, tokio_postgres::NoTls, manager_config),
        };
        let pool = Pool::builder(manager)
            .max_size(MAX_CONNECTIONS)
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| unreachable(name, &error.to_string(), None))?;
        Ok(Self {
            pool,
            was_reached: AtomicBool::new(false),
        })
    }

    /// Returns a connection.
    pub(super) async fn client(&self) -> Result<Object, QueryError> {
        let client = self.pool.get().await?;
        self.was_reached.store(true, Ordering::Relaxed);
        Ok(client)
    }

    /// Returns `true` if this process has been connected.
    pub(super) fn was_reached(&self) -> bool {
        self.was_reached.load(Ordering::Relaxed)
    }
}

/// Returns the URL in `options`.
///
/// # Errors
/// [`LedgerError::Unreachable`] if it names a variable that is not set.
pub(super) fn url(
    options: &PostgresLedger,
    env: &Env,
    name: &str,
) -> Result<SecretString, LedgerError> {
    options.url.reveal(env).map_err(|unset| {
        let hint = format!("set the variable `{}` to the URL of the database", unset.0);
        unreachable(name, &unset.to_string(), Some(&hint))
    })
}

/// Begins a transaction that writes.
pub(super) async fn begin(client: &mut Object) -> Result<Transaction<'_>, QueryError> {
    let transaction = start(client).await?;
    transaction.batch_execute(SETTINGS).await?;
    Ok(transaction)
}

/// Begins a transaction without [`SETTINGS`], which the caller sends together with its first statements.
pub(super) async fn start(client: &mut Object) -> Result<Transaction<'_>, QueryError> {
    let begin = client
        .build_transaction()
        .isolation_level(IsolationLevel::ReadCommitted);
    Ok(begin.start().await?)
}

/// Waits for `operation` within its time limit.
pub(super) async fn within<T>(
    operation: impl Future<Output = Result<T, QueryError>>,
) -> Result<T, QueryError> {
    let timed = tokio::time::timeout(OPERATION_TIMEOUT, operation).await;
    timed.unwrap_or(Err(QueryError::TimedOut))
}
