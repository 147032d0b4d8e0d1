//! Explains in a plan that posts are recorded under another name.

use syndicate_api::{Code, Item};

use super::guard::SkipReason;
use crate::engine::PipelineScan;
use crate::engine::identity::{Identities, Identity, Relation};

/// Adds the name under which the post of `item` is recorded to the reason.
pub(super) fn with_known_name(
    mut skip_reason: SkipReason,
    item: &Item,
    identity: &Identity,
) -> SkipReason {
    match &identity.relation {
        Relation::Moved(old) => skip_reason
            .reason
            .push_str(&format!("; it was `{}` then", old.name_beside(item))),
        Relation::Replaced(_) if skip_reason.code == Code::AlreadySent => skip_reason.reason.push_str(
            "; title, day and text all differ from that post, and a `syndicate.id` makes this one \
             a post of its own",
        ),
        _ => {}
    }
    skip_reason
}

/// Returns a note for each post that is recorded under another name.
pub(super) fn moved_notes(identities: &Identities, scanned: &PipelineScan) -> Vec<String> {
    let items = scanned.items.iter().enumerate();
    items
        .filter_map(|(index, (_, item))| match &identities.get(index).relation {
            Relation::Moved(old) if old.name != item.label() => Some(format!(
                "`{}` is the post recorded as `{}`",
                item.label(),
                old.name
            )),
            _ => None,
        })
        .collect()
}
