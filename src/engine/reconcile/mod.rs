//! Compares the posts that platforms list with the items of a scan and with the ledger, and records the posts that a
//! lost ledger does not know.
//!
//! A listing that is empty or ended early changes nothing, because a post that it lacks may exist. No listing ever
//! frees a delivery: a recorded post that the platform does not list is only reported.

mod compare;
mod comparison;
mod items;
mod listing;
mod record;

use std::collections::BTreeSet;

use syndicate_api::{Context, Listed, Name};

use self::compare::compare;
pub(crate) use self::comparison::{Comparison, ComparisonResult, SinkReport};
use self::listing::{Listing, list_posts};
pub(crate) use self::record::{begin, record};
use super::account::digest;
use super::{PipelineScan, SinkStage, StageChain};
use crate::ledger::LedgerState;

/// The complete lists of posts of some sinks, or the reasons why there is none.
pub(crate) struct Listings(Vec<SinkListing>);

/// The posts of one sink.
struct SinkListing {
    sink: String,
    /// The sink's type.
    kind: Name,
    listing: Listing,
}

impl Listings {
    /// Reads the posts of each of these sinks from its platform.
    pub(crate) async fn read(stages: &[&SinkStage], cx: &Context) -> Self {
        let mut listings = Vec::new();
        for stage in stages {
            listings.push(SinkListing {
                sink: stage.name.clone(),
                kind: stage.kind.clone(),
                listing: list_posts(stage, cx).await,
            });
        }
        Self(listings)
    }

    /// Compares the listings with the items and the ledger.
    pub(crate) fn compare(
        &self,
        (stages, scanned): (&StageChain, &PipelineScan),
        ledger_state: &LedgerState,
        cx: &Context,
    ) -> Vec<SinkReport> {
        let listings = self.0.iter();
        let reports = listings.map(|read| read.report((stages, scanned), ledger_state, cx));
        reports.collect()
    }
}

impl SinkListing {
    fn report(
        &self,
        read: (&StageChain, &PipelineScan),
        ledger_state: &LedgerState,
        cx: &Context,
    ) -> SinkReport {
        let (result, account) = match &self.listing {
            Listing::Unsupported => (ComparisonResult::Unsupported, None),
            Listing::Incomplete { posts, reason } => {
                let (posts, reason) = (*posts, reason.clone());
                (ComparisonResult::Incomplete { posts, reason }, None)
            }
            Listing::Complete { posts, account } => {
                self.complete((posts, account.as_deref()), read, ledger_state, cx)
            }
        };
        SinkReport {
            sink: self.sink.clone(),
            account,
            result,
        }
    }

    /// Compares a complete listing, unless no post in the ledger is of its account. Returns the digest of the account
    /// too.
    fn complete(
        &self,
        (posts, account): (&[Listed], Option<&str>),
        read: (&StageChain, &PipelineScan),
        ledger_state: &LedgerState,
        cx: &Context,
    ) -> (ComparisonResult, Option<String>) {
        let digest = account.map(|account| digest(&self.kind, account));
        let recorded = recorded_accounts(&self.sink, ledger_state);
        if let (Some(account), Some(digest)) = (account, &digest)
            && !recorded.is_empty()
            && !recorded.contains(digest.as_str())
        {
            let account = account.to_owned();
            return (ComparisonResult::OtherAccount { account }, None);
        }
        let of_sink = (self.sink.as_str(), digest.as_deref());
        let compared = compare(posts, of_sink, read, ledger_state, cx.now());
        (ComparisonResult::Compared(compared), digest)
    }
}

/// Returns the digests of the accounts with which `sink` sent. Ledgers of version 0.1.0 record none.
fn recorded_accounts<'l>(sink: &str, ledger_state: &'l LedgerState) -> BTreeSet<&'l str> {
    let events = ledger_state.events().into_iter();
    let of_sink = events.filter(|event| event.sink() == Some(sink));
    let accounts = of_sink.filter_map(|event| event.kind.attempt()?.account.as_deref());
    accounts.collect()
}
