//! Inserts the events of a table into groups, by the keys of each event.

use packed_events::{Kind, index};

use super::EventKind;
use super::event_table::EventTable;
use super::groups::{Groups, MovedFrom};
use super::key::IdentityKeys;
use super::key_numbers::KeyNumbers;

/// The keys by which an event is grouped.
pub(super) struct GroupingKeys {
    own: KeyNumbers,
    from: MovedFrom,
}

impl GroupingKeys {
    /// Returns the keys of the event with the index `place`. Keys that are not in their normal form are added to the
    /// texts of `events` in that form.
    fn intern(events: &mut EventTable, place: usize) -> Self {
        let is_move = events.packed().kind(index(place)) == Kind::Moved;
        if !is_move && let Some(own) = normal_keys(events, place) {
            let from = MovedFrom::Nothing;
            return Self { own, from };
        }
        let event = events.read(place);
        let mut keys = event.keys();
        if let EventKind::Moved {
            from: Some(from), ..
        } = &event.kind
        {
            keys.extend(from.iter().map(String::as_str));
        }
        KeyNumbers::intern(&IdentityKeys::of(keys), events.texts_mut());
        Self::find(events, place)
    }

    /// Returns the keys of an event whose keys were interned before.
    fn find(events: &EventTable, place: usize) -> Self {
        let texts = events.packed().texts();
        let find =
            |keys: &mut dyn Iterator<Item = &str>| KeyNumbers::find(&IdentityKeys::of(keys), texts);
        let own = normal_keys(events, place);
        let own = own.unwrap_or_else(|| {
            let subject = events.packed().subject(index(place));
            find(&mut subject.keys().map(|number| texts.get(number)))
        });
        if events.packed().kind(index(place)) != Kind::Moved {
            let from = MovedFrom::Nothing;
            return Self { own, from };
        }
        let from = match &events.read(place).kind {
            EventKind::Moved { from: None, .. } => MovedFrom::EverySharedKey,
            EventKind::Moved {
                from: Some(from), ..
            } if !from.is_empty() => MovedFrom::Keys(find(&mut from.iter().map(String::as_str))),
            _ => MovedFrom::Nothing,
        };
        Self { own, from }
    }
}

/// Returns the keys of an event if all are in their normal form.
fn normal_keys(events: &EventTable, place: usize) -> Option<KeyNumbers> {
    let numbers: Vec<u32> = events.packed().subject(index(place)).keys().collect();
    KeyNumbers::of_normal(&numbers, events.packed().texts())
}

/// Returns the groups of all events, whose keys were interned before.
pub(super) fn group_all(events: &EventTable) -> Groups {
    let mut groups = Groups::default();
    for place in events.places_in_time_order() {
        let attempt = events.packed().attempt(place);
        let place = place as usize;
        let is_grouped = attempt.and_then(|of| groups.insert_same(place, of));
        if is_grouped.is_none() {
            let keys = GroupingKeys::find(events, place);
            groups.insert(place, &keys.own, keys.from, attempt);
        }
    }
    groups
}

/// Inserts the last event in time order into its group, and returns the group, unless the event has no keys.
pub(super) fn group_last(
    groups: &mut Groups,
    events: &mut EventTable,
    place: usize,
) -> Option<usize> {
    let attempt = events.packed().attempt(index(place));
    if let Some(group) = attempt.and_then(|of| groups.insert_same(place, of)) {
        return Some(group);
    }
    let keys = GroupingKeys::intern(events, place);
    groups.insert(place, &keys.own, keys.from, attempt)
}

/// Interns the keys of an event that is grouped later.
pub(super) fn intern_keys(events: &mut EventTable, place: usize) {
    GroupingKeys::intern(events, place);
}
