//! The set of a ledger's events, with queries for the state of each delivery.
//!
//! Inserting an event twice, or in another order, changes no result.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use syndicate_api::Receipt;
use uuid::Uuid;

use super::delivery_state::{DeliveryState, live_attempts, replay};
use super::groups::{Group, GroupId, Groups};
use super::item_record::ItemRecord;
use super::key::IdentityKeys;
use super::lineage::{Lineage, StateVersion};
use super::live_runs::LiveRuns;
use super::order::in_time;
use super::{Attempt, Event, EventKind, KnownNames, SendHistory, Settlement, send_history};

/// Maximum number of new events that are grouped one by one; more of them regroup all events.
const FEW: usize = 16;

/// The set of a ledger's events.
#[derive(Clone, Debug, Default)]
pub(crate) struct LedgerState {
    events: Vec<Event>,
    /// The indices of the events of each id: one, unless someone edited a copy of a line.
    by_id: HashMap<String, Vec<usize>>,
    groups: Groups,
    /// The index of the last event in time order, which is the last one grouped.
    last: Option<usize>,
    /// The time from which earlier adoptions for every sink no longer cover a sink.
    backfilled: HashMap<String, Timestamp>,
    /// The runs that may still be active.
    live: LiveRuns,
    lineage: Lineage,
}

impl LedgerState {
    /// Returns the version of the set of events.
    #[must_use]
    pub(crate) fn version(&self) -> StateVersion {
        self.lineage.version()
    }

    /// Returns the events that were appended since the earlier `version`. Group numbers of that version stay valid.
    /// Returns `None` if this state was not made from it by appending.
    #[must_use]
    pub(crate) fn appended_since(&self, version: StateVersion) -> Option<&[Event]> {
        match self.lineage.count_of(version) {
            Some(count) => self.events.get(count..),
            None => (version == self.version()).then_some(&[]),
        }
    }

    /// Adds `event`. Returns `true` if it is new.
    pub(crate) fn insert(&mut self, event: Event) -> bool {
        let Some(place) = self.add(event) else {
            return false;
        };
        let is_latest = self
            .last
            .is_none_or(|last| in_time(&self.events[last], &self.events[place]).is_lt());
        if is_latest {
            self.groups.insert(place, &self.events[place]);
            self.last = Some(place);
            self.lineage.append(place);
        } else {
            self.group();
        }
        true
    }

    fn add(&mut self, event: Event) -> Option<usize> {
        let places = self.by_id.entry(event.id.clone()).or_default();
        if places.iter().any(|place| self.events[*place] == event) {
            return None;
        }
        let place = self.events.len();
        places.push(place);
        if let EventKind::Known { backfill, .. } = &event.kind {
            for sink in backfill {
                let since = self.backfilled.entry(sink.clone()).or_insert(event.at);
                *since = event.at.max(*since);
            }
        }
        self.events.push(event);
        Some(place)
    }

    /// Regroups all events.
    fn group(&mut self) {
        let mut places: Vec<usize> = (0..self.events.len()).collect();
        places.sort_by(|a, b| in_time(&self.events[*a], &self.events[*b]));
        self.groups = Groups::default();
        for place in &places {
            self.groups.insert(*place, &self.events[*place]);
        }
        self.last = places.last().copied();
        self.lineage.restart();
    }

    /// Returns the digest of the account with which `sink` last sent.
    #[must_use]
    pub(crate) fn last_account(&self, sink: &str) -> Option<&str> {
        let of_sink = self
            .events
            .iter()
            .filter(|event| event.sink() == Some(sink));
        let accounts =
            of_sink.filter_map(|event| Some((event, event.kind.attempt()?.account.as_deref()?)));
        let last = accounts.max_by(|(a, _), (b, _)| in_time(a, b));
        last.map(|(_, account)| account)
    }

    /// Returns when the post `id` of an item with these keys was retracted from `sink`.
    #[must_use]
    pub(crate) fn retracted(&self, keys: &[String], sink: &str, id: &str) -> Option<Timestamp> {
        let events = self.concerning(&self.groups_of(keys), sink);
        let created = events.iter().find_map(|event| match &event.kind {
            EventKind::Sent {
                attempt, remote, ..
            } if remote.id.as_deref() == Some(id) => Some(&attempt.id),
            EventKind::Settled {
                attempt,
                settlement:
                    Settlement::Sent {
                        remote: Some(remote),
                    },
            } if remote.id.as_deref() == Some(id) => Some(&attempt.id),
            _ => None,
        })?;
        events.iter().find_map(|event| match &event.kind {
            EventKind::Retracted { attempt } if attempt.id == *created => Some(event.at),
            _ => None,
        })
    }

    /// Returns the ids of the existing posts of one delivery if there is more than one.
    #[must_use]
    pub(crate) fn live_posts(&self, groups: &[GroupId], sink: &str) -> Vec<String> {
        let receipts = self.live_attempts(groups, sink).into_iter();
        let ids: BTreeSet<String> = receipts.filter_map(|(_, receipt)| receipt?.id).collect();
        ids.into_iter().collect()
    }

    /// Returns the attempts of one delivery whose posts exist.
    #[must_use]
    pub(crate) fn live_attempts(
        &self,
        groups: &[GroupId],
        sink: &str,
    ) -> Vec<(Attempt, Option<Receipt>)> {
        live_attempts(&self.concerning(groups, sink))
    }

    /// Returns the groups of the item with these keys.
    #[must_use]
    pub(crate) fn groups_of(&self, keys: &[String]) -> Vec<GroupId> {
        let keys = IdentityKeys::of(keys.iter().map(String::as_str));
        let found = self.groups.find(&keys);
        found.into_iter().map(GroupId::new).collect()
    }

    /// Returns the groups of all items that ever had this source path, regardless of their URLs.
    #[must_use]
    pub(crate) fn groups_at_path(&self, path: &str) -> Vec<GroupId> {
        let path = syndicate_api::normalise_key(path);
        let found = self.groups.at_path(&path);
        found.into_iter().map(GroupId::new).collect()
    }

    /// Returns all groups.
    #[must_use]
    pub(crate) fn groups(&self) -> Vec<GroupId> {
        self.groups.all().map(|(id, _)| id).collect()
    }

    /// Returns the recorded events and keys of a group.
    #[must_use]
    pub(crate) fn record(&self, group: GroupId) -> ItemRecord<'_> {
        let Group {
            members,
            ids,
            urls,
            paths,
        } = self.groups.group(group.number());
        let mut events: Vec<&Event> = members.iter().map(|place| &self.events[*place]).collect();
        events.sort_by(|a, b| in_time(a, b));
        ItemRecord {
            events,
            ids,
            urls,
            paths,
        }
    }

    /// Returns the state of the delivery of an item with these keys to `sink`.
    #[must_use]
    pub(crate) fn state(&self, keys: &[String], sink: &str) -> DeliveryState {
        self.state_of(&self.groups_of(keys), sink)
    }

    /// Returns the state of the delivery of the item with these groups to `sink`.
    #[must_use]
    pub(crate) fn state_of(&self, groups: &[GroupId], sink: &str) -> DeliveryState {
        replay(self.concerning(groups, sink).into_iter())
    }

    /// Returns the events that concern deliveries to `sink` of the item with these groups.
    fn concerning(&self, groups: &[GroupId], sink: &str) -> Vec<&Event> {
        let backfilled = self.backfilled(sink);
        self.members(groups)
            .filter(|event| concerns(event, sink, backfilled))
            .collect()
    }

    fn members<'b>(&'b self, groups: &[GroupId]) -> impl Iterator<Item = &'b Event> {
        let unique: BTreeSet<GroupId> = groups.iter().copied().collect();
        let places = unique
            .into_iter()
            .flat_map(|group| self.groups.group(group.number()).members.iter());
        places.map(|place| &self.events[*place])
    }

    /// Returns the time at which `sink` was backfilled. Adoptions for all sinks before that time do not
    /// apply to it.
    pub(super) fn backfilled(&self, sink: &str) -> Option<Timestamp> {
        self.backfilled.get(sink).copied()
    }

    /// Returns the runs that may still be active.
    #[must_use]
    pub(crate) fn live(&self) -> &LiveRuns {
        &self.live
    }

    /// Sets the runs that may still be active.
    pub(crate) fn set_live(&mut self, live: LiveRuns) {
        self.live = live;
    }

    /// Returns the ids in the ledger's `created` events, the earliest first. There are several after a merge
    /// of two ledgers.
    #[must_use]
    pub(crate) fn ledger_ids(&self) -> Vec<&str> {
        let is_created = |event: &&Event| matches!(event.kind, EventKind::Created { .. });
        let mut created: Vec<&Event> = self.events.iter().filter(is_created).collect();
        created.sort_by(|a, b| in_time(a, b));
        created.into_iter().map(|event| event.id.as_str()).collect()
    }

    /// Returns the last `closed` event, if the ledger was ever moved. A ledger that was moved back has
    /// several.
    #[must_use]
    pub(crate) fn last_move(&self) -> Option<&Event> {
        let is_closed = |event: &&Event| matches!(event.kind, EventKind::Closed { .. });
        self.events
            .iter()
            .filter(is_closed)
            .max_by(|a, b| in_time(a, b))
    }

    /// Returns the store that the ledger was last moved to, if that is another one than the store `own`.
    #[must_use]
    pub(crate) fn closed_to_other(&self, own: &str) -> Option<&str> {
        match &self.last_move()?.kind {
            EventKind::Closed { to } if to != own => Some(to),
            _ => None,
        }
    }

    /// Returns the sites, sources and sinks recorded in the ledger.
    #[must_use]
    pub(crate) fn seen(&self) -> KnownNames {
        KnownNames::of(&self.events())
    }

    /// Returns the greatest id among the events at this instant.
    pub(super) fn last_id_at(&self, at: Timestamp) -> Option<Uuid> {
        let events = self.events.iter().filter(|event| event.at == at);
        events
            .filter_map(|event| Uuid::parse_str(&event.id).ok())
            .max()
    }

    /// Returns `true` if the ledger has an event with this id.
    #[must_use]
    pub(crate) fn has(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// Returns `true` if the ledger has this event, unchanged.
    #[must_use]
    pub(crate) fn has_exactly(&self, event: &Event) -> bool {
        let places = self.by_id.get(&event.id).into_iter().flatten();
        places
            .into_iter()
            .any(|place| self.events[*place] == *event)
    }

    /// Returns `true` if the payload with this `hash` was approved for the delivery to `sink` of the item
    /// with these groups.
    #[must_use]
    pub(crate) fn is_approved_of(&self, groups: &[GroupId], sink: &str, hash: &str) -> bool {
        self.members(groups).any(|event| match &event.kind {
            EventKind::Approved {
                sink: to, hash: of, ..
            } => to == sink && of == hash,
            _ => false,
        })
    }

    /// Returns the events of this attempt, in time order.
    #[must_use]
    pub(crate) fn attempt(&self, id: &str) -> Vec<&Event> {
        let of = |event: &&Event| event.kind.attempt().is_some_and(|of| of.id == id);
        let mut events: Vec<_> = self.events.iter().filter(of).collect();
        events.sort_by(|a, b| in_time(a, b));
        events
    }

    /// Returns the posts that were or may have been sent to `sink`, and when it accepts the next one.
    #[must_use]
    pub(crate) fn send_history(&self, sink: &str) -> SendHistory {
        send_history::of(
            self.events
                .iter()
                .filter(|event| event.sink() == Some(sink)),
        )
    }

    /// Returns the events of each item, with its group.
    pub(super) fn items(&self) -> impl Iterator<Item = (GroupId, Vec<&Event>)> {
        self.groups.all().map(|(id, group)| {
            let places = group.members.iter();
            (id, places.map(|place| &self.events[*place]).collect())
        })
    }

    /// Returns `true` if a post of the item with these groups was retracted from `sink`.
    pub(crate) fn has_retraction(&self, groups: &[GroupId], sink: &str) -> bool {
        let mut events = self.concerning(groups, sink).into_iter();
        events.any(|event| matches!(event.kind, EventKind::Retracted { .. }))
    }

    /// Returns the events of the delivery to `sink` of the item with these groups, in time order.
    #[must_use]
    pub(crate) fn events_of(&self, groups: &[GroupId], sink: &str) -> Vec<&Event> {
        let mut events = self.concerning(groups, sink);
        events.sort_by(|a, b| in_time(a, b));
        events
    }

    /// Returns the number of events.
    #[must_use]
    pub(crate) fn event_count(&self) -> usize {
        self.events.len()
    }

    /// Returns all events, in time order.
    #[must_use]
    pub(crate) fn events(&self) -> Vec<&Event> {
        let mut events: Vec<_> = self.events.iter().collect();
        events.sort_by(|a, b| in_time(a, b));
        events
    }
}

impl Extend<Event> for LedgerState {
    fn extend<I: IntoIterator<Item = Event>>(&mut self, events: I) {
        let events: Vec<Event> = events.into_iter().collect();
        if events.len() <= FEW {
            for event in events {
                self.insert(event);
            }
            return;
        }
        for event in events {
            self.add(event);
        }
        self.group();
    }
}

impl FromIterator<Event> for LedgerState {
    fn from_iter<I: IntoIterator<Item = Event>>(events: I) -> Self {
        let mut ledger_state = Self::default();
        ledger_state.extend(events);
        ledger_state
    }
}

/// Returns `true` if `event` concerns deliveries to `sink`. Adoptions for every sink do not, if they are
/// older than `backfilled`.
pub(super) fn concerns(event: &Event, sink: &str, backfilled: Option<Timestamp>) -> bool {
    match event.sink() {
        Some(named) => named == sink,
        None => {
            matches!(event.kind, EventKind::Adopted { .. })
                && backfilled.is_none_or(|since| event.at > since)
        }
    }
}
