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
        if let Some((code, old, what)) = similar(identity)
            && self
                .ledger_state
                .state_of(&[old.group], &entry.sink)
                .is_on_record()
        {
            // If the file name is unchanged, the URL shows which post is meant.
            let url = self.ledger_state.record(old.group).urls.last().cloned();
            let is_same_file = entry
                .item
                .path
                .as_ref()
                .is_some_and(|path| path.ends_with(&old.name));
            let name = url
                .filter(|_| is_same_file)
                .unwrap_or_else(|| old.name.clone());
            return Some(SkipReason {
                reason: format!("{what} `{name}`"),
                same_as: Some(name),
                ..SkipReason::new(code, "")
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

fn similar(identity: &Identity) -> Option<(Code, &KnownPost, &'static str)> {
    match &identity.relation {
        Relation::Renamed(old) => Some((Code::Renamed, old, "it may be a new name of")),
        Relation::Copy(old) => Some((Code::Copy, old, "it has the same text as")),
        Relation::Keys | Relation::Moved(_) | Relation::Replaced(_) | Relation::Displaced(_) => {
            None
        }
    }
}
