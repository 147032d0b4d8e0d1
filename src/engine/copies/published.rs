//! Finds the posts of the items on platforms.

use jiff::Timestamp;

use crate::engine::identity::Identities;
use crate::engine::{PipelineScan, StageChain};
use crate::ledger::{DeliveryState, LedgerState};

/// A post on a platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublishedCopy {
    /// The name of the sink in pipeline.yaml.
    pub sink: String,
    /// The type of the sink, such as `mastodon`.
    pub platform: String,
    /// The address of the post.
    pub url: String,
    /// When it was published; if the platform did not say, when this was recorded.
    pub at: Timestamp,
}

/// An item and its posts on platforms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ItemCopies {
    /// The file, relative to pipeline.yaml.
    pub path: Option<String>,
    /// The address on the site.
    pub url: Option<String>,
    /// The posts, in the order of the sinks.
    pub copies: Vec<PublishedCopy>,
}

/// Returns the items of the scan that are on a platform, sorted by file and address. Posts without a public address, such
/// as those of the sink `file`, are left out, and so are retracted ones.
#[must_use]
pub(crate) fn published_copies(
    stages: &StageChain,
    scanned: &PipelineScan,
    ledger_state: &LedgerState,
) -> Vec<ItemCopies> {
    let identities = Identities::of(scanned, ledger_state, stages);
    let items = scanned.items.iter().enumerate();
    let all = items.filter_map(|(index, (_, item))| {
        let groups = &identities.get(index).groups;
        let sinks = stages.sinks.iter();
        let copies: Vec<PublishedCopy> = sinks
            .filter_map(|stage| {
                let DeliveryState::Sent { at, receipt, .. } =
                    ledger_state.state_of(groups, &stage.name)
                else {
                    return None;
                };
                let receipt = receipt?;
                let url = receipt.url.filter(|url| is_public(url))?;
                Some(PublishedCopy {
                    sink: stage.name.clone(),
                    platform: stage.kind.to_string(),
                    url,
                    at: receipt.at.unwrap_or(at),
                })
            })
            .collect();
        (!copies.is_empty()).then(|| ItemCopies {
            path: item.path.clone(),
            url: item.url.clone(),
            copies,
        })
    });
    let mut all: Vec<ItemCopies> = all.collect();
    all.sort_by(|a, b| (&a.path, &a.url).cmp(&(&b.path, &b.url)));
    all
}

fn is_public(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
