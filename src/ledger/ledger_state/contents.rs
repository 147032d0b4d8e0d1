//! The events of a ledger state, and what is derived from them.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use packed_events::{Kind, LastText, index};
use syndicate_api::ItemEvidence;
use uuid::Uuid;

use crate::ledger::event_table::EventTable;
use crate::ledger::evidence_index::EvidenceIndex;
use crate::ledger::grouping::{group_all, group_last, intern_keys};
use crate::ledger::groups::{GroupId, Groups};
use crate::ledger::lineage::Lineage;
use crate::ledger::quiet::is_quiet;
use crate::ledger::send_index::SendIndex;
use crate::ledger::wire::LineError;
use crate::ledger::{Event, EventKind, KnownNames};

/// Maximum number of new events that are grouped one by one; more of them regroup all events.
const FEW: usize = 16;

/// The events of a ledger state, and what is derived from them.
#[derive(Clone, Debug, Default)]
pub(in crate::ledger) struct Contents {
    pub(in crate::ledger) events: EventTable,
    /// The groups of the events. They depend on the order of the events in time, so that after an event was added before
    /// another one they are made when they are next asked for.
    groups: OnceLock<Groups>,
    /// The index of the last event in time order.
    pub(in crate::ledger) last: Option<usize>,
    /// The greatest id among the events at the instant of the last one.
    last_id: OnceLock<Option<Uuid>>,
    /// The time from which earlier adoptions for every sink no longer cover a sink.
    pub(super) backfilled: HashMap<String, Timestamp>,
    /// The groups of items that are not quiet; see [`is_quiet`].
    unsettled: OnceLock<BTreeSet<usize>>,
    /// The events by the evidence that they recorded.
    evidence: OnceLock<EvidenceIndex>,
    /// The posts sent to each sink.
    sends: OnceLock<SendIndex>,
    /// The recorded names of the pipeline.
    pub(super) names: OnceLock<KnownNames>,
    /// The version of these events, and those that they were made from.
    pub(super) lineage: Lineage,
}

impl Contents {
    /// Returns contents with these events and groups.
    pub(in crate::ledger) fn of_tables(
        events: EventTable,
        groups: Groups,
        last: Option<usize>,
        unsettled: BTreeSet<usize>,
    ) -> Self {
        Self {
            events,
            groups: OnceLock::from(groups),
            last,
            unsettled: OnceLock::from(unsettled),
            ..Self::default()
        }
    }

    /// Adds `event`. Returns `true` if it is new.
    pub(super) fn insert(&mut self, event: Arc<Event>) -> bool {
        let Some(place) = self.events.add(event) else {
            return false;
        };
        self.note(place);
        self.note_id(place);
        self.note_time(place);
        if let Some(group) = self.group_event(place)
            && let Some(mut unsettled) = self.unsettled.take()
        {
            let groups = self.groups();
            unsettled.retain(|other| groups.is_root(*other) && *other != group);
            if !self.is_settled(group) {
                unsettled.insert(group);
            }
            self.unsettled = OnceLock::from(unsettled);
        }
        true
    }

    /// Adds `events`.
    pub(super) fn extend(&mut self, events: impl ExactSizeIterator<Item = Arc<Event>>) {
        if events.len() <= FEW {
            for event in events {
                self.insert(event);
            }
            return;
        }
        self.events.reserve(events.len());
        let first = self.events.len();
        for event in events {
            if let Some(place) = self.events.add(event) {
                self.note(place);
            }
        }
        self.group_from(first);
    }

    /// Adds the event of a line. The events must be grouped afterwards; see [`Contents::group_from`].
    pub(super) fn add_line(&mut self, line: &[u8], last: &mut LastText) -> Result<(), LineError> {
        if let Some(place) = self.events.add_line(line, last)? {
            self.note(place);
        }
        Ok(())
    }

    /// Groups the events from the index `first` on, which were just added.
    pub(super) fn group_from(&mut self, first: usize) {
        self.unsettled.take();
        self.last_id.take();
        for place in first..self.events.len() {
            self.note_time(place);
            self.group_event(place);
        }
    }

    /// Adds a new event to what is derived from the events, except the groups.
    pub(in crate::ledger) fn note(&mut self, place: usize) {
        let kind = self.events.packed().kind(index(place));
        if kind == Kind::Known
            && let EventKind::Known { backfill, .. } = &self.events.get(place).kind
        {
            let at = self.events.get(place).at;
            for sink in backfill {
                let since = self.backfilled.entry(sink.clone()).or_insert(at);
                *since = at.max(*since);
            }
        }
        if let Some(index) = self.evidence.get_mut()
            && let Some(evidence) = self.events.evidence_of(place)
        {
            index.add(place, &evidence);
        }
        if let Some(sends) = self.sends.get_mut()
            && let Some(attempt) = self.events.packed().attempt(index(place))
        {
            let id = &self.events.packed().attempt_parts(attempt).id;
            let events = self.events.of_attempt(id);
            let events: Vec<&Event> = events.map(Arc::as_ref).collect();
            sends.add_last(&events);
        }
        let is_head = matches!(kind, Kind::Created | Kind::Known);
        if is_head || self.names.get().is_some_and(|names| !names.is_stated) {
            self.names.take();
        }
    }

    /// Compares the time of a new event with that of the last one.
    fn note_time(&mut self, place: usize) {
        let Some(last) = self.last else {
            self.groups = OnceLock::from(Groups::default());
            self.last = Some(place);
            return;
        };
        if self.events.order(last, place).is_lt() {
            self.last = Some(place);
        } else {
            self.groups.take();
            self.unsettled.take();
            self.lineage.forget_earlier();
        }
    }

    /// Updates the greatest id at the instant of the last event with a new event.
    fn note_id(&mut self, place: usize) {
        let event = self.events.read(place);
        let id = Uuid::parse_str(&event.id).ok();
        let last = self.last.map(|last| self.events.read(last).at);
        if last.is_none_or(|last| last < event.at) {
            self.last_id = OnceLock::from(id);
        } else if last == Some(event.at)
            && let Some(known) = self.last_id.get_mut()
        {
            *known = id.max(*known);
        }
    }

    /// Returns the greatest id among the events at this instant.
    pub(super) fn last_id_at(&self, at: Timestamp) -> Option<Uuid> {
        let last = self.events.read(self.last?).at;
        match at.cmp(&last) {
            Ordering::Greater => None,
            Ordering::Equal => *self.last_id.get_or_init(|| self.events.last_id_at(at)),
            Ordering::Less => self.events.last_id_at(at),
        }
    }

    /// Inserts an event into its group, and returns the group, unless the event has no keys or all groups are made later.
    fn group_event(&mut self, place: usize) -> Option<usize> {
        match self.groups.get_mut() {
            Some(groups) => group_last(groups, &mut self.events, place),
            None => {
                intern_keys(&mut self.events, place);
                None
            }
        }
    }

    /// Returns the groups of the events.
    pub(in crate::ledger) fn groups(&self) -> &Groups {
        self.groups.get_or_init(|| group_all(&self.events))
    }

    /// Returns `true` if no delivery of this group can be open.
    fn is_settled(&self, group: usize) -> bool {
        is_quiet(&self.events, self.groups().members(group))
    }

    /// Returns the groups of items that are not settled.
    pub(in crate::ledger) fn unsettled(&self) -> &BTreeSet<usize> {
        self.unsettled.get_or_init(|| {
            let groups = self.groups().all().map(GroupId::number);
            groups.filter(|group| !self.is_settled(*group)).collect()
        })
    }

    /// Returns the events by the evidence that they recorded.
    pub(super) fn evidence(&self) -> &EvidenceIndex {
        self.evidence.get_or_init(|| {
            let mut index = EvidenceIndex::default();
            for place in 0..self.events.len() {
                if let Some(evidence) = self.events.evidence_of(place) {
                    index.add(place, &evidence);
                }
            }
            index
        })
    }

    /// Returns the posts sent to each sink.
    pub(super) fn sends(&self) -> &SendIndex {
        self.sends.get_or_init(|| SendIndex::of(&self.events))
    }

    /// Returns the groups of the events with these indices whose evidence `is_it` accepts.
    pub(super) fn groups_with(
        &self,
        places: impl Iterator<Item = usize>,
        is_it: impl Fn(&ItemEvidence) -> bool,
    ) -> BTreeSet<GroupId> {
        let places =
            places.filter(|place| self.events.evidence_of(*place).as_ref().is_some_and(&is_it));
        let groups = places.filter_map(|place| self.groups().of_event(place));
        groups.map(GroupId::new).collect()
    }
}
