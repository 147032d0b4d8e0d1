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

pub(crate) use book::{Book, Record};
pub(crate) use claim::{Claim, RepeatRule};
pub(crate) use copies::{LedgerCopy, other_copies};
pub(crate) use error::LedgerError;
pub(crate) use event::{Attempt, Digests, Event, Ids, Kind, RandomIds, Settlement};
pub(crate) use groups::GroupId;
pub(crate) use head::{Head, SinkName, SourceName};
pub(crate) use history::{DeliveryHistory, History};
pub(crate) use in_memory::InMemory;
#[cfg(test)]
pub(crate) use journal::Restored;
pub(crate) use journal::{Journaled, Journals};
pub(crate) use json_lines::JsonLines;
pub(crate) use live::Live;
pub(crate) use seen::Seen;
pub(crate) use state::State;
pub(crate) use store::{Session, Store};
pub(crate) use survey::Survey;
pub(crate) use syndicate_ref::moved_to_ref;
pub(crate) use traffic::Traffic;

/// The name of the ledger's file, beside pipeline.yaml.
pub(crate) const FILE_NAME: &str = "syndicate.ledger.jsonl";
