//! Errors of the database.

use deadpool_postgres::PoolError;
use syndicate_api::mask;
use tokio_postgres::error::SqlState;

use super::address::describe;
use crate::ledger::LedgerError;
use crate::ledger::error::RemoteError;

/// An error of a statement or a connection.
#[derive(Debug)]
pub(super) enum QueryError {
    /// An error of the driver or the server.
    Database(tokio_postgres::Error),
    /// No connection could be made, for another reason.
    Connection(String),
    /// The server did not answer in time.
    TimedOut,
    /// An error that a repetition does not change.
    Ledger(LedgerError),
}

impl From<tokio_postgres::Error> for QueryError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Database(error)
    }
}

impl From<LedgerError> for QueryError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<PoolError> for QueryError {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => Self::Database(error),
            error => Self::Connection(error.to_string()),
        }
    }
}

impl QueryError {
    /// Returns `true` if the same transaction may succeed later: the connection broke, the server restarts, or another
    /// transaction was in the way.
    pub(super) fn is_transient(&self) -> bool {
        let error = match self {
            Self::Database(error) => error,
            Self::Connection(_) | Self::TimedOut => return true,
            Self::Ledger(_) => return false,
        };
        let Some(code) = code(error) else {
            // Without an answer of the server: the connection broke, or could not be made. A certificate stays as it is.
            return tls_hint(error).is_none();
        };
        // Connections, insufficient resources, operator intervention.
        ["08", "53", "57"]
            .iter()
            .any(|class| code.starts_with(class))
            || [
                SqlState::T_R_SERIALIZATION_FAILURE.code(),
                SqlState::T_R_DEADLOCK_DETECTED.code(),
                SqlState::LOCK_NOT_AVAILABLE.code(),
                SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT.code(),
            ]
            .contains(&code)
    }

    /// Returns `true` if the server rejected a statement because the schema does not exist.
    pub(super) fn is_missing_schema(&self) -> bool {
        let Self::Database(error) = self else {
            return false;
        };
        let code = error.code();
        code == Some(&SqlState::UNDEFINED_TABLE) || code == Some(&SqlState::INVALID_SCHEMA_NAME)
    }

    /// Returns the error of the ledger `name`.
    pub(super) fn into_ledger_error(self, name: &str) -> LedgerError {
        let (message, hint) = match self {
            Self::Ledger(error) => return error,
            Self::Connection(message) => (message, None),
            Self::TimedOut => ("the server does not answer".to_owned(), None),
            Self::Database(error) => {
                let hint = code(&error).and_then(hint).or_else(|| tls_hint(&error));
                (describe(&error), hint)
            }
        };
        unreachable(name, &message, hint)
    }
}

/// Returns the code of an error of the server. PgBouncer has a single one for its errors, which say the rest in words.
fn code(error: &tokio_postgres::Error) -> Option<&str> {
    const POOLER: &str = "08P01";
    let code = error.code()?.code();
    let message = error.as_db_error().map_or("", |error| error.message());
    Some(match code {
        POOLER if message.contains("authentication failed") => "28P01",
        POOLER if message.contains("database") && message.contains("does not exist") => "3D000",
        POOLER if message.contains("no such database") => "3D000",
        code => code,
    })
}

/// Returns the remedy if the connection cannot be encrypted as the URL demands. `None` for another error.
fn tls_hint(error: &tokio_postgres::Error) -> Option<&'static str> {
    // The driver has no type for it.
    const NO_TLS: &str = "server does not support TLS";
    const CERTIFICATE: &str = "name the authority of the server's certificate with `sslrootcert=FILE` in the URL, and \
        the server by a host name of the certificate";
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.to_string() == NO_TLS {
            return Some(
                "set `ssl = on` on the server; in a network that you trust, `sslmode=disable` in the URL",
            );
        }
        let inner = cause.downcast_ref::<std::io::Error>();
        let inner = inner.and_then(std::io::Error::get_ref);
        match inner.and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(rustls::Error::InvalidCertificate(_)) => return Some(CERTIFICATE),
            Some(_) => return Some(REACH),
            None => {}
        }
        source = cause.source();
    }
    None
}

/// Returns the error of a database that cannot be used.
pub(super) fn unreachable(name: &str, message: &str, hint: Option<&str>) -> LedgerError {
    LedgerError::Unreachable {
        ledger: name.to_owned(),
        source: RemoteError(mask(message).into_owned()),
        hint: Some(hint.unwrap_or(REACH).to_owned()),
    }
}

const REACH: &str =
    "check that the server runs, and that the URL of `ledger: {postgres: …}` names it";

/// Hint for a user who lacks a right.
pub(super) const GRANT: &str = "grant the user `CREATE` on the database, or, if another user created the schema \
    `syndicate`, `USAGE` on it and `SELECT, INSERT, UPDATE, DELETE` on its tables";

/// Returns the remedy for an error with this code.
fn hint(code: &str) -> Option<&'static str> {
    Some(match code {
        "28000" | "28P01" => "check user and password in the URL, and the server's `pg_hba.conf`",
        "3D000" => "create the database with `createdb`, or correct its name in the URL",
        "42501" => GRANT,
        "25006" => {
            "the server is a standby, or the database or the user is read-only: name the primary server, add \
             `target_session_attrs=read-write` to the URL, or set `default_transaction_read_only` to `off`"
        }
        "53300" => "raise `max_connections` of the server, use a pooler, or run fewer workers",
        _ => return None,
    })
}
