//! The ledger: the record of what was sent, so that nothing goes out twice and nothing is lost. It
//! is a set of [`Event`]s; what a delivery's state is follows from that set alone ([`Book`]), never
//! from the order in which events were written, so that the ledgers of two branches can be merged
//! line by line. It knows neither items nor sinks, only their keys and names.
//!
//! Where the events lie is a [`Store`]'s affair: [`JsonLines`] is a file made to be committed,
//! [`InMemory`] ends with the run. Writing takes the [`Session`] that [`Store::lock`] yields.
//! Reading never waits for anybody.

mod book;
mod claim;
mod compact;
mod copies;
mod error;
mod event;
mod git;
mod groups;
mod head;
mod history;
mod in_memory;
pub(crate) mod journal;
mod json_lines;
mod key;
mod lines;
mod live;
mod order;
mod seen;
mod state;
mod store;
mod survey;
mod syndicate_ref;
#[cfg(test)]
mod tests;
mod traffic;
mod wait;
mod wire;

pub use book::{Book, Record};
pub use claim::{Claim, RepeatRule};
pub use copies::{LedgerCopy, other_copies};
pub use error::LedgerError;
pub use event::{Attempt, Digests, Event, Ids, Kind, RandomIds, Settlement};
pub use groups::GroupId;
pub use head::{Head, SinkName, SourceName};
pub use history::{DeliveryHistory, History};
pub use in_memory::InMemory;
#[cfg(test)]
pub use journal::Restored;
pub use journal::{Journaled, Journals};
pub use json_lines::JsonLines;
pub use live::Live;
pub use seen::Seen;
pub use state::State;
pub use store::{Session, Store};
pub use survey::Survey;
pub use syndicate_ref::moved_to_ref;
pub use traffic::Traffic;

/// The name of the ledger's file, beside pipeline.yaml.
pub const FILE_NAME: &str = "syndicate.ledger.jsonl";
