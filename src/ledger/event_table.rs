//! The events of a ledger. Each is stored packed, and built when it is first asked for.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use packed_events::{
    AttemptFields, Kind, LastText, NewAttempt, NewEvent, PackedEvents, Rest, Texts, TypedLine,
    index,
};
use syndicate_api::ItemEvidence;
use uuid::Uuid;

use super::lazy::LazyTable;
use super::order::{in_time, rank_of};
use super::typed_line::{self, ItemFields};
use super::wire::{self, LineError};
use super::{Attempt, Event};

/// The events of a ledger, by their index in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub(super) struct EventTable {
    pub(super) packed: PackedEvents,
    /// The events and the attempts that were asked for.
    pub(super) events: LazyTable<Arc<Event>>,
    pub(super) attempts: LazyTable<Arc<Attempt>>,
    /// The events that concern the ledger itself: `created`, `known` and `closed`.
    pub(super) heads: Vec<u32>,
    /// The last event with an account, by the number of its sink.
    pub(super) accounts: HashMap<u32, u32>,
    /// `true` if an event was added after a later one.
    pub(super) is_unordered: bool,
    /// `true` if an event has evidence.
    pub(super) has_evidence: bool,
}

impl EventTable {
    /// Reserves space for `count` more events.
    pub(super) fn reserve(&mut self, count: usize) {
        self.packed.reserve(count);
    }

    /// Adds the event of `line`, unless the table has it. Returns its index. `last` is the text of the attempt of the
    /// line before.
    pub(super) fn add_line(
        &mut self,
        line: &[u8],
        last: &mut LastText,
    ) -> Result<Option<usize>, LineError> {
        if let Some(typed) = TypedLine::parse(line, last) {
            let has_attempt = typed.kind.has_attempt() && !typed.is_same_attempt;
            let is_valid = !has_attempt || typed_line::is_valid_attempt(&typed.attempt);
            if is_valid && typed_line::is_valid(&typed) {
                return Ok(self.add_typed(&typed));
            }
        }
        // The last attempt of the packed events is no longer that of the text.
        *last = LastText::default();
        let event = wire::parse_fields(line)?;
        Ok(self.add_event(&event))
    }

    fn add_typed(&mut self, line: &TypedLine<'_>) -> Option<usize> {
        let new = new_event(line);
        if self.packed.of_id(line.id).next().is_some() && self.has_event_of(line, &new) {
            return None;
        }
        let place = self.packed.push(&new);
        self.note(place);
        Some(place as usize)
    }

    /// Returns `true` if the table has the event of `line`, which is `new`.
    fn has_event_of(&mut self, line: &TypedLine<'_>, new: &NewEvent<'_>) -> bool {
        // Later lines may repeat its attempt.
        self.packed.push_attempt(new);
        self.attempts.grow(self.packed.attempt_count());
        let attempt = self.packed.last_attempt();
        let attempt = attempt.filter(|_| line.kind.has_attempt());
        let attempt = attempt.map_or_else(Arc::default, |attempt| self.attempt(attempt));
        let event = typed_line::event(line, &attempt);
        event.is_some_and(|event| self.of_id(line.id).any(|known| **known == event))
    }

    /// Adds `event`, unless the table has it. Returns its index.
    pub(super) fn add(&mut self, event: Arc<Event>) -> Option<usize> {
        let place = self.add_event(&event)?;
        // Its message may have a secret that the line has not.
        self.events.get_or_make(place, || event);
        Some(place)
    }

    fn add_event(&mut self, event: &Event) -> Option<usize> {
        if self.of_id(&event.id).any(|known| **known == *event) {
            return None;
        }
        let place = self.push(event);
        self.note(place);
        Some(place as usize)
    }

    fn push(&mut self, event: &Event) -> u32 {
        let line = wire::line(event);
        let line = line.trim_end();
        if let Some(typed) = TypedLine::parse(line.as_bytes(), &mut LastText::default())
            && typed_line::is_valid_attempt(&typed.attempt)
            && typed_line::is_valid(&typed)
        {
            return self.packed.push(&new_event(&typed));
        }
        let attempt = event.kind.attempt();
        let digests = attempt.and_then(|attempt| to_json(attempt.digests.as_ref()?));
        let evidence = attempt.and_then(|attempt| to_json(attempt.evidence.as_ref()?));
        let fields = attempt.map(|attempt| AttemptFields {
            id: &attempt.id,
            hash: &attempt.hash,
            digests: digests.as_deref(),
            sink_type: attempt.sink_type.as_deref(),
            account: attempt.account.as_deref(),
            evidence: evidence.as_deref(),
        });
        self.packed.push(&NewEvent {
            id: &event.id,
            at: event.at.as_millisecond(),
            kind: event.kind.number(),
            sink: event.sink(),
            item: event.item(),
            keys: &event.keys(),
            attempt: fields.map_or(NewAttempt::None, NewAttempt::Of),
            rest: Rest::Line(line),
        })
    }

    /// Adds a new event to the other tables.
    fn note(&mut self, place: u32) {
        let count = self.packed.len();
        self.events.grow(count);
        self.attempts.grow(self.packed.attempt_count());
        if let Some(before) = place.checked_sub(1) {
            self.is_unordered |= self.order(before as usize, place as usize).is_gt();
        }
        let kind = self.packed.kind(place);
        if matches!(kind, Kind::Created | Kind::Known | Kind::Closed) {
            self.heads.push(place);
        }
        let has_rest = matches!(kind, Kind::Adopted | Kind::Moved);
        if has_rest && !self.has_evidence {
            self.has_evidence = self.evidence_of(place as usize).is_some();
        }
        let Some(attempt) = self.packed.attempt(place) else {
            return;
        };
        self.has_evidence = self.has_evidence || self.packed.evidence_of(attempt).is_some();
        if self.packed.account_of(attempt).is_none() {
            return;
        }
        if let Some(sink) = self.packed.subject(place).sink {
            let last = self.accounts.get(&sink).copied();
            let is_last = last.is_none_or(|last| self.order(last as usize, place as usize).is_le());
            if is_last {
                self.accounts.insert(sink, place);
            }
        }
    }

    /// Compares two events by time.
    pub(super) fn order(&self, a: usize, b: usize) -> Ordering {
        let (one, other) = (index(a), index(b));
        let packed = &self.packed;
        let by_time = packed.at(one).cmp(&packed.at(other));
        if by_time.is_ne() {
            return by_time;
        }
        // The time of such a line may be more exact.
        if packed.is_line(one) || packed.is_line(other) {
            return in_time(self.get(a), self.get(b));
        }
        let rank = |place| rank_of(packed.kind(place));
        let order = rank(one).cmp(&rank(other));
        let order = order.then_with(|| packed.compare_ids(one, other));
        order.then_with(|| in_time(self.get(a), self.get(b)))
    }

    /// Returns the number of events.
    pub(super) fn len(&self) -> usize {
        self.packed.len()
    }

    /// Returns the packed events.
    pub(super) fn packed(&self) -> &PackedEvents {
        &self.packed
    }

    /// Returns the texts of the events, to add others.
    pub(super) fn texts_mut(&mut self) -> &mut Texts {
        self.packed.texts_mut()
    }

    /// Returns the event with this index.
    pub(super) fn get(&self, place: usize) -> &Arc<Event> {
        self.events
            .get_or_make(place, || Arc::new(self.build(place, |of| self.attempt(of))))
    }

    /// Returns the event with this index, which is not kept.
    pub(super) fn read(&self, place: usize) -> Arc<Event> {
        if let Some(event) = self.events.get(place) {
            return Arc::clone(event);
        }
        let attempt = |of| Arc::new(self.build_attempt(of));
        Arc::new(self.build(place, attempt))
    }

    fn build(&self, place: usize, attempt: impl FnOnce(u32) -> Arc<Attempt>) -> Event {
        let number = index(place);
        let parts = self.packed.parts(number);
        let fields = match parts.rest {
            Rest::Line(line) => {
                let event = wire::parse_fields(line.as_bytes());
                return event.expect("the line was written by this program or parsed before");
            }
            Rest::Fields(fields) => fields,
        };
        let of = match self.packed.attempt(number) {
            Some(of) => (ItemFields::default(), attempt(of)),
            None => (self.item(number), Arc::default()),
        };
        let kind = typed_line::kind(self.packed.kind(number), of.0, &of.1, &fields);
        Event {
            id: parts.id.into_owned(),
            at: Timestamp::from_millisecond(self.packed.at(number)).unwrap_or_default(),
            kind: kind.expect("the fields were checked when they were stored"),
            rest: serde_json::Map::new(),
        }
    }

    fn attempt(&self, number: u32) -> Arc<Attempt> {
        let make = || Arc::new(self.build_attempt(number));
        Arc::clone(self.attempts.get_or_make(number as usize, make))
    }

    fn build_attempt(&self, number: u32) -> Attempt {
        let parts = self.packed.attempt_parts(number);
        let text = |number| self.packed.texts().get(number).to_owned();
        let ItemFields { sink, item, keys } = self.item_of(&parts.subject);
        Attempt {
            id: parts.id.into_owned(),
            item,
            keys,
            sink: sink.unwrap_or_default(),
            hash: parts.hash.into_owned(),
            digests: typed_line::digests(parts.digests).flatten(),
            sink_type: parts.sink_type.map(text),
            account: parts.account.map(text),
            evidence: typed_line::evidence(parts.evidence).flatten(),
        }
    }

    fn item(&self, place: u32) -> ItemFields {
        self.item_of(&self.packed.subject(place))
    }

    fn item_of(&self, subject: &packed_events::SubjectParts<'_>) -> ItemFields {
        let text = |number| self.packed.texts().get(number).to_owned();
        ItemFields {
            sink: subject.sink.map(text),
            item: subject.item.map(text).unwrap_or_default(),
            keys: subject.keys().map(text).collect(),
        }
    }

    /// Returns the evidence of the event with this index.
    pub(super) fn evidence_of(&self, place: usize) -> Option<ItemEvidence> {
        let number = index(place);
        if let Some(attempt) = self.packed.attempt(number) {
            let evidence = self.packed.evidence_of(attempt);
            return typed_line::evidence(evidence).flatten();
        }
        let kind = self.packed.kind(number);
        if !matches!(kind, Kind::Adopted | Kind::Moved) {
            return None;
        }
        match self.packed.parts(number).rest {
            Rest::Fields(fields) => typed_line::evidence_in(kind, &fields),
            Rest::Line(_) => self.read(place).evidence().cloned(),
        }
    }

    /// Returns `true` if an event has evidence.
    pub(super) fn has_evidence(&self) -> bool {
        self.has_evidence
    }

    /// Returns the indices of all events, in time order.
    pub(super) fn places_in_time_order(&self) -> Vec<u32> {
        self.sorted((0..index(self.len())).collect())
    }

    /// Returns `places` in time order.
    fn sorted(&self, mut places: Vec<u32>) -> Vec<u32> {
        if self.is_unordered {
            places.sort_by(|a, b| self.order(*a as usize, *b as usize));
        }
        places
    }

    /// Returns the events whose ids `is_known` does not accept, in time order. The others are not unpacked.
    pub(super) fn unknown(&self, is_known: impl Fn(&str) -> bool) -> Vec<Arc<Event>> {
        let places = 0..index(self.len());
        let unknown = places.filter(|place| !is_known(&self.packed.id(*place)));
        let places = self.sorted(unknown.collect()).into_iter();
        places.map(|place| self.read(place as usize)).collect()
    }

    /// Returns all events, in time order.
    pub(super) fn in_time_order(&self) -> Vec<&Arc<Event>> {
        let places = self.places_in_time_order().into_iter();
        places.map(|place| self.get(place as usize)).collect()
    }

    /// Returns `true` if there is an event with this id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.packed.of_id(id).next().is_some()
    }

    /// Returns the events with this id.
    pub(super) fn of_id(&self, id: &str) -> impl Iterator<Item = &Arc<Event>> {
        let places = self.packed.of_id(id);
        places.map(|place| self.get(place as usize))
    }

    /// Returns the events of this attempt, in the order in which they were added.
    pub(super) fn of_attempt(&self, id: &str) -> impl Iterator<Item = &Arc<Event>> {
        let places = self.packed.of_attempt(id);
        places.map(|place| self.get(place as usize))
    }

    /// Returns the events that concern the ledger itself, in time order.
    pub(super) fn heads(&self) -> Vec<&Event> {
        let places = self.heads.iter();
        let mut heads: Vec<&Event> = places
            .map(|place| self.get(*place as usize).as_ref())
            .collect();
        heads.sort_by(|a, b| in_time(a, b));
        heads
    }

    /// Returns the digest of the account with which `sink` last sent.
    pub(super) fn last_account(&self, sink: &str) -> Option<&str> {
        let texts = self.packed.texts();
        let place = self.accounts.get(&texts.find(sink)?)?;
        let attempt = self.packed.attempt(*place)?;
        let account = self.packed.account_of(attempt)?;
        Some(texts.get(account))
    }

    /// Returns the greatest id among the events at this instant.
    pub(super) fn last_id_at(&self, at: Timestamp) -> Option<Uuid> {
        let milliseconds = at.as_millisecond();
        let places = (0..self.len()).rev();
        let time = |place: &usize| self.packed.at(index(*place));
        let relevant = places.take_while(|place| self.is_unordered || time(place) >= milliseconds);
        let found = relevant.filter(|place| time(place) == milliseconds);
        let events = found.map(|place| self.get(place));
        let events = events.filter(|event| event.at == at);
        let ids = events.filter_map(|event| Uuid::parse_str(&event.id).ok());
        ids.max()
    }
}

fn new_event<'e>(line: &'e TypedLine<'_>) -> NewEvent<'e> {
    NewEvent {
        id: line.id,
        at: line.at,
        kind: line.kind,
        sink: line.subject.sink,
        item: line.subject.item,
        keys: line.subject.keys(),
        attempt: match (line.kind.has_attempt(), line.is_same_attempt) {
            (false, _) => NewAttempt::None,
            (true, true) => NewAttempt::Last,
            (true, false) => NewAttempt::Of(line.attempt),
        },
        rest: Rest::Fields(line.rest.into()),
    }
}

fn to_json(value: &impl serde::Serialize) -> Option<String> {
    serde_json::to_string(value).ok()
}
