//! The events that were read from a database.

use tokio_postgres::Row;

use super::server::ServerIdentity;
use crate::ledger::wire::{LineError, parse};
use crate::ledger::{Event, LedgerError, LedgerState};

/// The events of a ledger up to a number.
#[derive(Clone, Debug, Default)]
pub(super) struct Snapshot {
    /// The number of the ledger in the database.
    pub(super) number: i64,
    /// The number of the last event.
    pub(super) seq: i64,
    /// The server that has the ledger, as recorded.
    pub(super) recorded: ServerIdentity,
    /// The server that answered.
    pub(super) actual: ServerIdentity,
    pub(super) ledger_state: LedgerState,
}

impl Snapshot {
    /// Adds the events of `rows`, which have a number and a line. `ledger` is the ledger's name in messages.
    pub(super) fn add(&mut self, rows: &[Row], ledger: &str) -> Result<(), LedgerError> {
        let mut events: Vec<Event> = Vec::with_capacity(rows.len());
        for row in rows {
            let (seq, line): (i64, &str) = (row.get(0), row.get(1));
            let event = parse(line.as_bytes()).map_err(|error| LedgerError::Damaged {
                ledger: ledger.to_owned(),
                line: usize::try_from(seq).unwrap_or_default(),
                message: match error {
                    LineError::Broken(message) | LineError::Wrong(message) => message,
                },
                hint: "restore the row of the table `syndicate.event` from a backup, or update `syndicate`",
            })?;
            events.push(event);
            self.seq = seq;
        }
        if !events.is_empty() {
            self.ledger_state.extend(events);
        }
        Ok(())
    }
}
