//! The events of a ledger state, and what is derived from them.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use syndicate_api::ItemEvidence;

use crate::ledger::event_table::EventTable;
use crate::ledger::evidence_index::EvidenceIndex;
use crate::ledger::groups::{GroupId, Groups};
use crate::ledger::lineage::Lineage;
use crate::ledger::order::in_time;
use crate::ledger::quiet::is_quiet;
use crate::ledger::send_index::SendIndex;
use crate::ledger::{Event, EventKind, KnownNames};

/// Maximum number of new events that are grouped one by one; more of them regroup all events.
const FEW: usize = 16;

/// The events of a ledger state, and what is derived from them.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents {
    pub(super) events: EventTable,
    pub(super) groups: Groups,
    /// The index of the last event in time order, which is the last one grouped.
    last: Option<usize>,
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
    /// Adds `event`. Returns `true` if it is new.
    pub(super) fn insert(&mut self, event: Arc<Event>) -> bool {
        let Some(place) = self.add(event) else {
            return false;
        };
        let event = Arc::clone(self.events.get(place));
        let is_latest = self
            .last
            .is_none_or(|last| in_time(self.events.get(last), &event).is_lt());
        if !is_latest {
            self.group();
            return true;
        }
        let group = self.groups.insert(place, &event);
        self.last = Some(place);
        if let (Some(mut unsettled), Some(group)) = (self.unsettled.take(), group) {
            unsettled.retain(|other| self.groups.is_root(*other) && *other != group);
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
            self.add(event);
        }
        // Events that follow the known ones in time change no earlier group.
        let is_later = self.last.is_none_or(|last| last + 1 == first);
        if is_later && self.events.is_ordered() {
            self.unsettled.take();
            for place in first..self.events.len() {
                self.groups.insert(place, self.events.get(place));
            }
            self.last = self.events.len().checked_sub(1);
            return;
        }
        self.group();
    }

    fn add(&mut self, event: Arc<Event>) -> Option<usize> {
        let place = self.events.add(event)?;
        let event = self.events.get(place);
        if let EventKind::Known { backfill, .. } = &event.kind {
            for sink in backfill {
                let since = self.backfilled.entry(sink.clone()).or_insert(event.at);
                *since = event.at.max(*since);
            }
        }
        if let Some(evidence) = self.evidence.get_mut() {
            evidence.add(place, event);
        }
        if let (Some(sends), Some(attempt)) = (self.sends.get_mut(), event.kind.attempt()) {
            let events = self.events.of_attempt(&attempt.id);
            let events: Vec<&Event> = events.map(Arc::as_ref).collect();
            sends.add_last(&events);
        }
        let is_head = matches!(
            event.kind,
            EventKind::Created { .. } | EventKind::Known { .. }
        );
        if is_head || self.names.get().is_some_and(|names| !names.is_stated) {
            self.names.take();
        }
        Some(place)
    }

    /// Regroups all events.
    fn group(&mut self) {
        let mut places: Vec<usize> = (0..self.events.len()).collect();
        places.sort_by(|a, b| in_time(self.events.get(*a), self.events.get(*b)));
        self.groups = Groups::default();
        self.unsettled.take();
        for place in &places {
            self.groups.insert(*place, self.events.get(*place));
        }
        self.last = places.last().copied();
        self.lineage.forget_earlier();
    }

    /// Returns `true` if no delivery of this group can be open.
    fn is_settled(&self, group: usize) -> bool {
        let members = self.groups.members(group);
        is_quiet(members.map(|place| self.events.get(place).as_ref()))
    }

    /// Returns the groups of items that are not settled.
    pub(super) fn unsettled(&self) -> &BTreeSet<usize> {
        self.unsettled.get_or_init(|| {
            let groups = self.groups.all().map(GroupId::number);
            groups.filter(|group| !self.is_settled(*group)).collect()
        })
    }

    /// Returns the events by the evidence that they recorded.
    pub(super) fn evidence(&self) -> &EvidenceIndex {
        self.evidence
            .get_or_init(|| EvidenceIndex::of(self.events.all()))
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
        let places = places.filter(|place| self.events.get(*place).evidence().is_some_and(&is_it));
        let groups = places.filter_map(|place| self.groups.of_event(place));
        groups.map(GroupId::new).collect()
    }
}
