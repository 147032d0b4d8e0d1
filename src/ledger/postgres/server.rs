//! The identity of the server: which cluster it is, and how often it was restored or promoted.

use deadpool_postgres::Transaction;
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::connection::Parameter;
use super::error::QueryError;

/// The columns of [`ServerIdentity`]. A standby has no timeline of its own.
pub(super) const IDENTITY: &str = "(SELECT system_identifier::text FROM pg_control_system()), \
    CASE WHEN pg_is_in_recovery() THEN '' \
    ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END";

/// The identity of a server. A server restored from a dump has another system identifier; one restored to an earlier time,
/// and a promoted standby, have another timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ServerIdentity {
    pub(super) system_identifier: String,
    /// Eight hexadecimal digits; empty for a standby, which cannot be written.
    pub(super) timeline: String,
}

impl ServerIdentity {
    /// Reads the two columns of `row` that begin at `first`.
    pub(super) fn of(row: &Row, first: usize) -> Self {
        Self {
            system_identifier: row.get(first),
            timeline: row.get(first + 1),
        }
    }

    /// Returns the difference from the server that had the ledger before, or `None` if it is the same.
    pub(super) fn change_from(&self, recorded: &Self) -> Option<String> {
        if self.system_identifier != recorded.system_identifier {
            return Some(format!(
                "its system identifier is {} instead of {}",
                self.system_identifier, recorded.system_identifier
            ));
        }
        let is_known = !self.timeline.is_empty() && self.timeline != recorded.timeline;
        let number = |timeline: &str| u32::from_str_radix(timeline, 16).unwrap_or_default();
        is_known.then(|| {
            format!(
                "its timeline is {} instead of {}",
                number(&self.timeline),
                number(&recorded.timeline)
            )
        })
    }

    /// Records that this server has the whole ledger.
    pub(super) async fn record(
        &self,
        transaction: &Transaction<'_>,
        number: i64,
    ) -> Result<(), QueryError> {
        let set =
            "UPDATE syndicate.ledger SET system_identifier = $2, timeline = $3 WHERE number = $1";
        let parameters: [Parameter<'_>; 3] = [
            (&number, Type::INT8),
            (&self.system_identifier, Type::TEXT),
            (&self.timeline, Type::TEXT),
        ];
        transaction.execute_typed(set, &parameters).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_server_is_described() {
        let identity = |system: &str, timeline: &str| ServerIdentity {
            system_identifier: system.to_owned(),
            timeline: timeline.to_owned(),
        };
        let recorded = identity("71", "00000001");
        for (system, timeline, change) in [
            ("71", "00000001", None),
            ("71", "", None),
            ("71", "0000000A", Some("its timeline is 10 instead of 1")),
            (
                "72",
                "00000001",
                Some("its system identifier is 72 instead of 71"),
            ),
        ] {
            let found = identity(system, timeline).change_from(&recorded);
            assert_eq!(found.as_deref(), change);
        }
    }
}
