//! The ledger: the record of what was sent, so that nothing goes out twice and nothing is lost. It
//! is a set of [`Event`]s; what a delivery's state is follows from that set alone ([`LedgerState`]), never
//! from the order in which events were written, so that the ledgers of two branches can be merged
//! line by line. It knows neither items nor sinks, only their keys and names.
//!
//! Where the events lie is a [`LedgerStore`]'s affair: [`JsonLines`] is a file made to be committed,
//! [`InMemory`] ends with the run. Writing takes the [`LedgerSession`] that [`LedgerStore::lock`] yields.
//! Reading never waits for anybody.

mod claim;
mod compact;
mod copies;
mod delivery_state;
mod error;
mod event;
mod git;
mod groups;
mod history;
mod in_memory;
pub(crate) mod journal;
mod json_lines;
mod key;
mod known_names;
mod ledger_state;
mod lines;
mod live_runs;
mod order;
mod pipeline_names;
mod send_history;
mod store;
mod syndicate_ref;
#[cfg(test)]
mod tests;
mod view;
mod wait;
mod wire;

pub(crate) use claim::{Claim, RepeatRule};
pub(crate) use copies::{LedgerCopy, other_copies};
pub(crate) use delivery_state::DeliveryState;
pub(crate) use error::LedgerError;
pub(crate) use event::{Attempt, Digests, Event, EventKind, Ids, RandomIds, Settlement};
pub(crate) use groups::GroupId;
pub(crate) use history::{DeliveryHistory, History};
pub(crate) use in_memory::InMemory;
#[cfg(test)]
pub(crate) use journal::RestoreReport;
pub(crate) use journal::{JournaledStore, Journals};
pub(crate) use json_lines::JsonLines;
pub(crate) use known_names::KnownNames;
pub(crate) use ledger_state::{ItemRecord, LedgerState};
pub(crate) use live_runs::LiveRuns;
pub(crate) use pipeline_names::{PipelineNames, SinkName, SourceName};
pub(crate) use send_history::SendHistory;
pub(crate) use store::{LedgerSession, LedgerStore};
pub(crate) use syndicate_ref::moved_to_ref;
pub(crate) use view::LedgerView;

/// The name of the ledger's file, beside pipeline.yaml.
pub(crate) const FILE_NAME: &str = "syndicate.ledger.jsonl";
