//! The ledger in a PostgreSQL database, for many workers on any number of machines.
//!
//! Events are the lines of the other stores, in the order in which they were committed. The row of the ledger
//! serialises the writers: a reader that knows the events up to a number misses none of those before it.
//!
//! Every statement is sent unprepared and no state of a session is used, because a pooler may give each transaction
//! another connection.

mod address;
mod claim;
mod connection;
mod error;
mod fleet;
mod held_claim;
mod ledger_session;
mod options;
mod read;
mod retry;
mod schema;
mod server;
mod session;
mod shared;
mod snapshot;
mod store;
#[cfg(test)]
mod tests;
mod tls;
mod write;

pub(crate) use fleet::{Fleet, ListedClaim};
pub(crate) use options::{PostgresLedger, PostgresLedgerForm};
pub(crate) use shared::PostgresContext;
pub(crate) use store::Postgres;
