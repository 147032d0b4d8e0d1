//! The ledger records what was sent, so that nothing is sent twice and nothing is lost.
//!
//! It is a set of [`Event`]s. The state of a delivery depends on that set alone ([`LedgerState`]), never
//! on the order of its lines, so that the ledgers of two branches can be merged line by line. This
//! module has no notion of items and sinks beyond their keys and names.
//!
//! A [`LedgerStore`] keeps the events: [`JsonLines`] in a file to be committed, [`GitRef`] in a ref of a
//! git remote, [`Postgres`] in a database, [`InMemory`] until the end of the process. Writing needs the [`LedgerSession`] returned by [`LedgerStore::lock`]. Reading
//! never waits for a lock.

mod claim;
mod compact;
mod configured;
mod copies;
mod default_branch;
mod delivery_state;
mod error;
mod event;
mod event_table;
mod evidence_index;
mod file_stamp;
mod fold;
mod git;
mod git_ref;
mod grouping;
mod groups;
mod history;
mod import;
mod in_memory;
pub(crate) mod journal;
mod json_lines;
mod key;
mod key_numbers;
mod key_table;
mod known_names;
mod lazy;
mod ledger_state;
mod lineage;
mod lines;
mod listing;
mod live_runs;
mod order;
mod pipeline_names;
mod postgres;
mod quiet;
mod send_history;
mod send_index;
mod store;
mod syndicate_ref;
#[cfg(test)]
mod tests;
mod typed_line;
mod view;
mod wait;
mod wire;
mod work;

pub(crate) use claim::Claim;
pub(crate) use configured::{ConfiguredStore, StoreOptions};
pub(crate) use copies::{LedgerCopy, file_beside_ref, other_copies};
pub(crate) use default_branch::{current_branch, default_branch};
pub(crate) use delivery_state::DeliveryState;
pub(crate) use error::LedgerError;
pub(crate) use event::{Attempt, Digests, Event, EventKind, Ids, RandomIds, Settlement};
pub(crate) use git_ref::{GitLedger, GitLedgerForm, GitRef, GitRefContext, PushProof};
pub(crate) use groups::GroupId;
pub(crate) use history::{DeliveryHistory, History};
pub(crate) use import::{Import, NumberedEvent, plan_import, read_lines};
pub(crate) use in_memory::InMemory;
#[cfg(test)]
pub(crate) use journal::RestoreReport;
pub(crate) use journal::{JournaledStore, Journals};
pub(crate) use json_lines::JsonLines;
pub(crate) use known_names::KnownNames;
pub(crate) use ledger_state::{ItemRecord, LedgerState};
pub(crate) use lineage::StateVersion;
pub(crate) use listing::ListedItem;
pub(crate) use live_runs::LiveRuns;
pub(crate) use pipeline_names::{PipelineNames, SinkName, SourceName};
pub(crate) use postgres::{
    Fleet, ListedClaim, Postgres, PostgresContext, PostgresLedger, PostgresLedgerForm,
};
pub(crate) use send_history::SendHistory;
pub(crate) use store::{LedgerSession, LedgerStore};
pub(crate) use syndicate_ref::moved_to_ref;
pub(crate) use view::LedgerView;
pub(crate) use wire::line as ledger_line;
pub(crate) use work::{ClaimedWork, Decide, OfferedDelivery};

/// The file name of the ledger, beside pipeline.yaml.
pub(crate) const FILE_NAME: &str = "syndicate.ledger.jsonl";
