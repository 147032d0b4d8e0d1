//! The set of a ledger's events, with queries for the state of each delivery.
//!
//! Inserting an event twice, or in another order, changes no result.

mod append;
mod contents;
mod evidence;
mod record;
mod tables;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use packed_events::{Kind, Texts, index};
use syndicate_api::Receipt;
use uuid::Uuid;

pub(super) use self::contents::Contents;
pub(crate) use self::record::ItemRecord;
pub(super) use self::record::concerns;
use crate::ledger::delivery_state::{DeliveryState, live_attempts, replay};
use crate::ledger::groups::GroupId;
use crate::ledger::key::IdentityKeys;
use crate::ledger::key_numbers::KeyNumbers;
use crate::ledger::live_runs::LiveRuns;
use crate::ledger::order::in_time;
use crate::ledger::{Attempt, Event, EventKind, KnownNames, SendHistory, Settlement, send_history};

/// The set of a ledger's events. A clone shares them until one of the two changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct LedgerState {
    contents: Arc<Contents>,
    /// The runs that may still be active.
    live: LiveRuns,
}

impl LedgerState {
    /// Returns the digest of the account with which `sink` last sent.
    #[must_use]
    pub(crate) fn last_account(&self, sink: &str) -> Option<&str> {
        self.contents.events.last_account(sink)
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
    ) -> Vec<(Arc<Attempt>, Option<Receipt>)> {
        live_attempts(&self.concerning(groups, sink))
    }

    /// Returns the groups of the item with these keys.
    #[must_use]
    pub(crate) fn groups_of(&self, keys: &[String]) -> Vec<GroupId> {
        let keys = IdentityKeys::of(keys.iter().map(String::as_str));
        let keys = KeyNumbers::find(&keys, self.texts());
        let found = self.contents.groups().find(&keys);
        found.into_iter().map(GroupId::new).collect()
    }

    /// Returns the groups of all items that ever had this source path, regardless of their URLs.
    #[must_use]
    pub(crate) fn groups_at_path(&self, path: &str) -> Vec<GroupId> {
        let path = self.texts().find(&syndicate_api::normalise_key(path));
        let found = path.map(|path| self.contents.groups().at_path(path));
        let found = found.into_iter().flatten();
        found.map(GroupId::new).collect()
    }

    /// Returns all groups.
    #[must_use]
    pub(crate) fn groups(&self) -> Vec<GroupId> {
        self.contents.groups().all().collect()
    }

    /// Returns the recorded events and keys of a group.
    #[must_use]
    pub(crate) fn record(&self, group: GroupId) -> ItemRecord<'_> {
        ItemRecord::of(self.events_in(group))
    }

    /// Returns the events of a group, in no particular order.
    fn events_in(&self, group: GroupId) -> impl Iterator<Item = &Event> {
        let places = self.places_in(group);
        places.map(|place| self.contents.events.get(place).as_ref())
    }

    /// Returns `true` if the item of this group ever had this key.
    #[must_use]
    pub(crate) fn has_key(&self, group: GroupId, key: &str) -> bool {
        let keys = KeyNumbers::find(&IdentityKeys::of([key]), self.texts());
        let mut keys = keys.all();
        keys.any(|key| self.contents.groups().has_key(group.number(), key))
    }

    fn texts(&self) -> &Texts {
        self.contents.events.packed().texts()
    }

    /// Returns `true` if the delivery of the item with this group to `sink` has a post that exists, may exist,
    /// existed, or was known before anything was sent.
    #[must_use]
    pub(crate) fn is_on_record(&self, group: GroupId, sink: &str) -> bool {
        let backfilled = self.backfilled(sink);
        let certainly = |place| self.sent_or_adopted(place, sink, backfilled);
        self.places_in(group).any(certainly) || self.state_of(&[group], sink).is_on_record()
    }

    /// Returns `true` if the event with this index says that a post was sent to `sink` or adopted. Most items have such
    /// an event, which need not be built to see that.
    fn sent_or_adopted(&self, place: usize, sink: &str, backfilled: Option<Timestamp>) -> bool {
        let (packed, number) = (self.contents.events.packed(), index(place));
        if !matches!(packed.kind(number), Kind::Sent | Kind::Adopted) {
            return false;
        }
        if packed.is_line(number) {
            return concerns(self.contents.events.get(place), sink, backfilled);
        }
        match packed.subject(number).sink {
            Some(named) => self.texts().get(named) == sink,
            None => backfilled.is_none_or(|since| {
                let at = Timestamp::from_millisecond(packed.at(number));
                at.unwrap_or_default() > since
            }),
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
        unique.into_iter().flat_map(|group| self.events_in(group))
    }

    /// Returns the time at which `sink` was backfilled. Adoptions for all sinks before that time do not
    /// apply to it.
    pub(in crate::ledger) fn backfilled(&self, sink: &str) -> Option<Timestamp> {
        self.contents.backfilled.get(sink).copied()
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
        let heads = self.contents.events.heads().into_iter();
        let created = heads.filter(|event| matches!(event.kind, EventKind::Created { .. }));
        created.map(|event| event.id.as_str()).collect()
    }

    /// Returns the last `closed` event, if the ledger was ever moved. A ledger that was moved back has
    /// several.
    #[must_use]
    pub(crate) fn last_move(&self) -> Option<&Event> {
        let mut heads = self.contents.events.heads().into_iter().rev();
        heads.find(|event| matches!(event.kind, EventKind::Closed { .. }))
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
    pub(crate) fn seen(&self) -> &KnownNames {
        self.contents.names.get_or_init(|| {
            let stated = KnownNames::of(&self.contents.events.heads());
            match stated.is_stated {
                true => stated,
                false => KnownNames::inferred(&self.contents.events),
            }
        })
    }

    /// Returns the greatest id among the events at this instant.
    pub(in crate::ledger) fn last_id_at(&self, at: Timestamp) -> Option<Uuid> {
        self.contents.last_id_at(at)
    }

    /// Returns `true` if the ledger has an event with this id.
    #[must_use]
    pub(crate) fn has(&self, id: &str) -> bool {
        self.contents.events.has(id)
    }

    /// Returns the event with this id.
    pub(in crate::ledger) fn event(&self, id: &str) -> Option<&Event> {
        let mut events = self.contents.events.of_id(id);
        events.next().map(|event| event.as_ref())
    }

    /// Returns `true` if the ledger has this event, unchanged.
    #[must_use]
    pub(crate) fn has_exactly(&self, event: &Event) -> bool {
        let mut events = self.contents.events.of_id(&event.id);
        events.any(|known| **known == *event)
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
        let events = self.contents.events.of_attempt(id);
        let mut events: Vec<&Event> = events.map(Arc::as_ref).collect();
        events.sort_by(|a, b| in_time(a, b));
        events
    }

    /// Returns the posts that were or may have been sent to `sink`, and when it accepts the next one.
    #[must_use]
    pub(crate) fn send_history(&self, sink: &str) -> SendHistory {
        send_history::of(&self.contents.events, sink)
    }

    /// Returns the time of the last attempt that sent or may have sent a post to `sink`.
    #[must_use]
    pub(crate) fn last_sent(&self, sink: &str) -> Option<Timestamp> {
        self.contents.sends().get(sink)?.last()
    }

    /// Returns the number of attempts after `instant` that sent or may have sent a post to `sink`.
    #[must_use]
    pub(crate) fn sent_after(&self, sink: &str, instant: Timestamp) -> usize {
        let sends = self.contents.sends().get(sink);
        sends.map_or(0, |sends| sends.after(instant))
    }

    /// Returns the time before which `sink` accepts no further post, with its message. Returns `None` once a later
    /// request succeeded.
    #[must_use]
    pub(crate) fn throttled(&self, sink: &str) -> Option<(Timestamp, String)> {
        self.contents.sends().get(sink)?.throttled()
    }

    /// Returns the events of each item, with its group.
    pub(in crate::ledger) fn items(&self) -> impl Iterator<Item = (GroupId, Vec<&Event>)> {
        let groups = self.contents.groups().all();
        groups.map(|group| (group, self.events_in(group).collect()))
    }

    /// Returns the events of each item that is not settled, with its group.
    pub(in crate::ledger) fn unsettled_items(
        &self,
    ) -> impl Iterator<Item = (GroupId, Vec<&Event>)> {
        let groups = self.contents.unsettled().iter().copied().map(GroupId::new);
        groups.map(|group| (group, self.events_in(group).collect()))
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
        self.contents.events.len()
    }

    /// Returns all events, in time order.
    #[must_use]
    pub(crate) fn events(&self) -> Vec<&Event> {
        let events = self.contents.events.in_time_order().into_iter();
        events.map(Arc::as_ref).collect()
    }

    /// Returns the events whose ids `is_known` does not accept, in time order.
    pub(in crate::ledger) fn unknown_events(
        &self,
        is_known: impl Fn(&str) -> bool,
    ) -> Vec<Arc<Event>> {
        self.contents.events.unknown(is_known)
    }
}
