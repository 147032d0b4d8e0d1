//! Questions that the user must answer before a post is sent: whether it is a renamed recorded post, and
//! whether a new source or sink may send.

use syndicate_api::Code;

use super::entry::PlanEntry;
use super::guard::SkipReason;
use super::planner::Planner;
use crate::engine::identity::{Identity, KnownPost, Relation};
use crate::ledger::GroupId;

impl Planner<'_> {
    /// Returns the question about a delivery that would otherwise be sent. Selecting the post by name
    /// answers it; selecting a payload does not, since two posts may have the same text.
    pub(super) fn question(&self, entry: &PlanEntry, identity: &Identity) -> Option<SkipReason> {
        if let Relation::Displaced(old) = &identity.relation {
            let reason = format!(
                "its address or file name was that of `{}`, and what it sends would be recorded as \
                 that post; a `syndicate.id` makes it a post of its own",
                old.name
            );
            return Some(SkipReason::new(Code::Replaced, reason));
        }
        if self.selection.names(&entry.item) {
            return None;
        }
        let similar = similar(identity).into_iter().find(|(_, old, _)| {
            let state = self.ledger_state.state_of(&[old.group], &entry.sink);
            state.is_on_record()
        });
        if let Some((code, old, what)) = similar {
            let name = old.name_beside(&entry.item);
            return Some(SkipReason {
                same_as: Some(name.to_owned()),
                ..SkipReason::new(code, format!("{what} `{name}`"))
            });
        }
        let source = &entry.item.source;
        if self.unseen.has_source(source) && !self.is_on_record(&identity.groups) {
            let reason = format!("the ledger has no record of the source `{source}`");
            return Some(SkipReason::new(Code::NewSource, reason));
        }
        self.unseen.has_sink(&entry.sink).then(|| {
            let reason = format!("the ledger has no record of the sink `{}`", entry.sink);
            SkipReason::new(Code::NewSink, reason)
        })
    }

    /// Returns the question about a delivery that is otherwise sent, if an earlier delivery of this plan sends the same text
    /// to the same sink. It is asked under the conditions under which a later run would ask it: the post is not recorded,
    /// and the user has not selected it by name.
    pub(super) fn question_about_planned(&self, entry: &PlanEntry) -> Option<SkipReason> {
        if self.selection.names(&entry.item) || self.is_on_record(&entry.groups) {
            return None;
        }
        let original = self.texts.original_of(&entry.read_item, entry.sink_index)?;
        Some(SkipReason {
            same_as: Some(original.to_owned()),
            ..SkipReason::new(Code::Copy, format!("it has the same text as `{original}`"))
        })
    }

    /// Returns `true` if any sink has, or may have, the post with these events.
    fn is_on_record(&self, groups: &[GroupId]) -> bool {
        let sinks = self.stages.sink_names().into_iter();
        let mut states = sinks.map(|sink| self.ledger_state.state_of(groups, sink));
        states.any(|state| state.is_on_record())
    }
}

/// Returns the recorded posts that the item may be or is a copy of, the most probable first.
fn similar(identity: &Identity) -> Vec<(Code, &KnownPost, &'static str)> {
    let renamed = |old| (Code::Renamed, old, "it may be a new name of");
    match &identity.relation {
        Relation::Renamed(old) => vec![renamed(old)],
        Relation::Copy { of, or_renamed } => {
            let copy = (Code::Copy, of, "it has the same text as");
            let or_renamed = or_renamed.as_deref().map(renamed);
            std::iter::once(copy).chain(or_renamed).collect()
        }
        Relation::Keys | Relation::Moved(_) | Relation::Replaced(_) | Relation::Displaced(_) => {
            Vec::new()
        }
    }
}
