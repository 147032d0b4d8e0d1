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

use syndicate_api::Context;

use self::compare::compare;
pub(crate) use self::comparison::{Comparison, ComparisonResult, SinkReport};
use self::listing::{Listing, list_posts};
pub(crate) use self::record::{begin, record};
use super::{PipelineScan, SinkStage, StageChain};
use crate::ledger::LedgerState;

/// The complete lists of posts of some sinks, or the reasons why there is none.
pub(crate) struct Listings(Vec<(String, Listing)>);

impl Listings {
    /// Reads the posts of each of these sinks from its platform.
    pub(crate) async fn read(stages: &[&SinkStage], cx: &Context) -> Self {
        let mut listings = Vec::new();
        for stage in stages {
            listings.push((stage.name.clone(), list_posts(stage, cx).await));
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
        let report = |(sink, listing): &(String, Listing)| SinkReport {
            sink: sink.clone(),
            result: match listing {
                Listing::Unsupported => ComparisonResult::Unsupported,
                Listing::Incomplete { posts, reason } => ComparisonResult::Incomplete {
                    posts: *posts,
                    reason: reason.clone(),
                },
                Listing::Complete(posts) => {
                    let read = (stages, scanned);
                    let compared = compare(posts, sink, read, ledger_state, cx.now());
                    ComparisonResult::Compared(compared)
                }
            },
        };
        self.0.iter().map(report).collect()
    }
}
