//! Explains in a plan that posts are recorded under another name.

use syndicate_api::Code;

use super::guard::SkipReason;
use crate::engine::PipelineScan;
use crate::engine::identity::{Identities, Identity, Relation};

/// Adds the known identity of the post to the reason.
pub(super) fn named(mut hold: SkipReason, identity: &Identity) -> SkipReason {
    match &identity.relation {
        Relation::Moved(old) => hold
            .reason
            .push_str(&format!("; it was `{}` then", old.name)),
        Relation::Replaced(_) if hold.code == Code::AlreadySent => hold.reason.push_str(
            "; title, day and text all differ from that post, and a `syndicate.id` makes this one \
             a post of its own",
        ),
        _ => {}
    }
    hold
}

/// Returns a note for each post that is recorded under another name.
pub(super) fn moved(identities: &Identities, scanned: &PipelineScan) -> Vec<String> {
    let items = scanned.items.iter().enumerate();
    items
        .filter_map(|(index, (_, item))| match &identities.get(index).relation {
            Relation::Moved(old) if old.name != item.label() => Some(format!(
                "`{}` is the post that was on record as `{}`",
                item.label(),
                old.name
            )),
            _ => None,
        })
        .collect()
}
