//! Access to the tables of a ledger state, for the modules of the ledger.

use std::sync::Arc;

use packed_events::LastText;

use super::{Contents, LedgerState};
use crate::ledger::event_table::EventTable;
use crate::ledger::groups::GroupId;
use crate::ledger::live_runs::LiveRuns;
use crate::ledger::wire::LineError;

impl LedgerState {
    /// Returns the indices of the events of a group, in no particular order.
    pub(in crate::ledger) fn places_in(&self, group: GroupId) -> impl Iterator<Item = usize> {
        self.contents.groups().members(group.number())
    }

    /// Returns the group of the event with this index, if it has keys.
    pub(in crate::ledger) fn group_of_event(&self, place: usize) -> Option<GroupId> {
        self.contents.groups().of_event(place).map(GroupId::new)
    }

    /// Returns a number that is greater than that of each group.
    pub(in crate::ledger) fn group_number_limit(&self) -> usize {
        self.contents.groups().limit()
    }

    pub(in crate::ledger) fn event_table(&self) -> &EventTable {
        &self.contents.events
    }

    pub(in crate::ledger) fn contents(&self) -> &Contents {
        &self.contents
    }

    pub(in crate::ledger) fn from_contents(mut contents: Contents) -> Self {
        // The tables are those of a state without events to which all events were appended.
        contents.lineage.append(0);
        Self {
            contents: Arc::new(contents),
            live: LiveRuns::default(),
        }
    }

    /// Adds the events of the lines that `read` passes to its argument. There are about `count` of them.
    pub(in crate::ledger) fn extend_lines<T>(
        &mut self,
        count: usize,
        read: impl FnOnce(&mut dyn FnMut(&[u8]) -> Result<(), LineError>) -> T,
    ) -> T {
        let contents = self.change();
        let first = contents.events.len();
        contents.events.reserve(count);
        let mut last = LastText::default();
        let read = read(&mut |line| contents.add_line(line, &mut last));
        contents.group_from(first);
        read
    }
}
