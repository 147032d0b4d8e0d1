//! What a person has to decide before a post is sent: whether it is one on record under another name, and
//! whether a source or sink that the ledger has never seen may send at all.

use syndicate_api::Code;

use super::entry::PlanEntry;
use super::guard::SkipReason;
use super::planner::Planner;
use crate::engine::identity::{Identity, KnownPost, Relation};

impl Planner<'_> {
    /// Returns what to ask about a delivery that would be sent otherwise. Naming the post answers it;
    /// naming a payload does not, since its text may be just what two posts share.
    pub(super) fn asked(&self, entry: &PlanEntry, identity: &Identity) -> Option<SkipReason> {
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
            // Where the file has kept its name, the address tells which post is meant.
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
            let reason = format!("the ledger has never seen the source `{source}`");
            return Some(SkipReason::new(Code::NewSource, reason));
        }
        self.unseen.has_sink(&entry.sink).then(|| {
            let reason = format!("the ledger has never seen the sink `{}`", entry.sink);
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
