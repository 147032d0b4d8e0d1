//! Questions that the user must answer before a post is sent: whether it is a renamed recorded post, and
//! whether a new source or sink may send.

use syndicate_api::Code;

use super::entry::PlanEntry;
use super::guard::SkipReason;
use super::planner::Planner;
use crate::engine::identity::{Identity, KnownPost, Relation};

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
        let sinks = self.stages.sink_names().into_iter();
        let mut states = sinks.map(|sink| self.ledger_state.state_of(&identity.groups, sink));
        if self.unseen.has_source(source) && !states.any(|state| state.is_on_record()) {
            let reason = format!("the ledger has no record of the source `{source}`");
            return Some(SkipReason::new(Code::NewSource, reason));
        }
        self.unseen.has_sink(&entry.sink).then(|| {
            let reason = format!("the ledger has no record of the sink `{}`", entry.sink);
            SkipReason::new(Code::NewSink, reason)
        })
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
