//! The events, with tables that find them by id and by attempt.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::attempts::{self, AttemptParts};
use crate::fields::{compare_texts, read_text, text_bytes, write_text};
use crate::kind::Kind;
use crate::line::{NO_SLOTS, is_short, simple_receipt};
use crate::new_event::{EventParts, NewAttempt, NewEvent, Rest};
use crate::numbers::{NONE, index};
use crate::receipts::UrlForms;
use crate::records::Records;
use crate::subject::{self, SubjectParts};
use crate::table::{IndexTable, hash};
use crate::texts::Texts;

/// The form of the end of a record: the fields as they are written.
const FIELDS: u8 = 0;
/// The form of the end of a record: an intent without slots, or a receipt.
const SHORT: u8 = 1;
/// The form of the end of a record: the whole line.
const LINE: u8 = 2;

/// The length of the fields that every record has at its start: kind, time and attempt.
const HEAD: usize = 13;

/// The events of a ledger, by their number in the order in which they were added.
#[derive(Clone, Debug)]
pub struct PackedEvents {
    pub(crate) texts: Texts,
    pub(crate) attempts: Records,
    pub(crate) events: Records,
    /// The events by id: one of each, unless someone edited a copy of a line. It is made for the first question that the
    /// order of the ids does not answer.
    pub(crate) by_id: OnceLock<IndexTable>,
    /// The first event of each attempt, by the attempt's id. Until it is made, each attempt has a greater id than all
    /// before it.
    pub(crate) by_attempt: OnceLock<IndexTable>,
    /// The events with the greatest id, and with the attempt with the greatest id.
    pub(crate) greatest: Option<u32>,
    pub(crate) greatest_attempt: Option<u32>,
    /// The next event of the same attempt, by event.
    pub(crate) next_of_attempt: Vec<u32>,
    pub(crate) url_forms: UrlForms,
    /// The last attempt that was added with its fields, and its last event if that is known.
    pub(crate) last_attempt: u32,
    pub(crate) last_of_attempt: Option<u32>,
    /// Space for the record of a sink and an item.
    pub(crate) subject: Vec<u8>,
}

impl Default for PackedEvents {
    fn default() -> Self {
        Self {
            texts: Texts::default(),
            attempts: Records::default(),
            events: Records::default(),
            by_id: OnceLock::new(),
            by_attempt: OnceLock::new(),
            greatest: None,
            greatest_attempt: None,
            next_of_attempt: Vec::new(),
            url_forms: UrlForms::default(),
            last_attempt: NONE,
            last_of_attempt: None,
            subject: Vec::new(),
        }
    }
}

impl PackedEvents {
    /// Adds `event` and returns its number.
    pub fn push(&mut self, event: &NewEvent<'_>) -> u32 {
        let place = index(self.events.len());
        let attempt = self.push_attempt(event);
        let (form, fields) = match &event.rest {
            Rest::Line(line) => (LINE, *line),
            Rest::Fields(fields) if is_short(event.kind, fields) => (SHORT, fields.as_ref()),
            Rest::Fields(fields) => (FIELDS, fields.as_ref()),
        };
        let out = self.events.open();
        out.push(event.kind as u8 | form << 4);
        out.extend_from_slice(&event.at.to_le_bytes());
        out.extend_from_slice(&attempt.to_le_bytes());
        write_text(event.id, out);
        if attempt == NONE {
            out.extend_from_slice(&self.subject);
        }
        match (form, event.kind) {
            (SHORT, Kind::Sent) => {
                let (id, url) = simple_receipt(fields).unwrap_or_default();
                self.url_forms.write(id, url, &mut self.texts, out);
            }
            (SHORT, _) => {}
            _ => out.extend_from_slice(fields.as_bytes()),
        }
        self.events.close();
        self.next_of_attempt.push(NONE);
        let id = hash(self.id_bytes(place));
        if let Some(by_id) = self.by_id.get_mut() {
            by_id.insert(id, place);
        }
        let is_greatest = |greatest| self.compare_ids(greatest, place).is_le();
        if self.greatest.is_none_or(is_greatest) {
            self.greatest = Some(place);
        }
        if attempt != NONE {
            self.chain(attempt, place);
        }
        place
    }

    /// Takes the attempt of `event` as that of later events with [`NewAttempt::Last`], and returns its number, if it has
    /// one.
    pub fn push_attempt(&mut self, event: &NewEvent<'_>) -> u32 {
        if matches!(event.attempt, NewAttempt::Last) && self.last_attempt != NONE {
            return self.last_attempt;
        }
        self.subject.clear();
        subject::write(
            event.sink,
            event.item,
            event.keys,
            &mut self.texts,
            &mut self.subject,
        );
        let NewAttempt::Of(fields) = &event.attempt else {
            return NONE;
        };
        let out = self.attempts.open();
        attempts::write(fields, &self.subject, &mut self.texts, out);
        self.last_of_attempt = None;
        self.last_attempt = match self.find_attempt(self.attempts.opened()) {
            Some(known) => {
                self.attempts.discard();
                known
            }
            None => {
                self.attempts.close();
                index(self.attempts.len() - 1)
            }
        };
        self.last_attempt
    }

    /// Returns the attempt with this record.
    fn find_attempt(&self, record: &[u8]) -> Option<u32> {
        let places = self.chain_of(attempts::id_bytes(record));
        let mut attempts = places.filter_map(|place| self.attempt(place));
        attempts.find(|attempt| self.attempts.get(*attempt) == record)
    }

    /// Adds the event with the number `place` to those of its attempt.
    fn chain(&mut self, attempt: u32, place: u32) {
        let id = attempts::id_bytes(self.attempts.get(attempt));
        let last = self.last_of_attempt.or_else(|| self.chain_of(id).last());
        match last {
            Some(last) => self.next_of_attempt[last as usize] = place,
            None => {
                let hash = hash(id);
                if let Some(by_attempt) = self.by_attempt.get_mut() {
                    by_attempt.insert(hash, place);
                }
                self.greatest_attempt = Some(place);
            }
        }
        self.last_of_attempt = Some(place);
    }

    /// Returns the events of the attempt with this id, in its stored form.
    fn chain_of(&self, id: &[u8]) -> impl Iterator<Item = u32> + use<'_> {
        let attempt_id = |place| {
            let attempt = self.attempt(place);
            attempt.map(|attempt| attempts::id_bytes(self.attempts.get(attempt)))
        };
        // In this order, no earlier attempt has this id.
        let greatest = self.greatest_attempt.and_then(attempt_id);
        let is_new = self.by_attempt.get().is_none()
            && greatest.is_none_or(|greatest| compare_texts(greatest, id).is_lt());
        let first = match is_new {
            true => None,
            false => {
                let mut places = self.by_attempt().find(hash(id));
                places.find(|place| attempt_id(*place) == Some(id))
            }
        };
        self.chain_from(first)
    }

    fn by_attempt(&self) -> &IndexTable {
        self.by_attempt.get_or_init(|| {
            let mut table = IndexTable::default();
            table.reserve(self.attempts.len());
            // The attempts have their numbers in the order of their first events, and each has another id.
            let mut next = 0;
            for place in 0..index(self.len()) {
                let attempt = self.attempt(place).filter(|attempt| *attempt >= next);
                if let Some(attempt) = attempt {
                    table.insert(hash(attempts::id_bytes(self.attempts.get(attempt))), place);
                    next = attempt + 1;
                }
            }
            table
        })
    }

    fn by_id(&self) -> &IndexTable {
        self.by_id.get_or_init(|| {
            let mut table = IndexTable::default();
            table.reserve(self.len());
            for place in 0..index(self.len()) {
                table.insert(hash(self.id_bytes(place)), place);
            }
            table
        })
    }

    /// Returns the id of an event, in its stored form.
    pub(crate) fn id_bytes(&self, place: u32) -> &[u8] {
        text_bytes(&mut &self.events.get(place)[HEAD..])
    }

    fn chain_from(&self, first: Option<u32>) -> impl Iterator<Item = u32> + use<'_> {
        let next = |place: &u32| self.next_of_attempt.get(*place as usize).copied();
        std::iter::successors(first, move |place| next(place).filter(|next| *next != NONE))
    }

    /// Returns the number of events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Returns `true` if there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.len() == 0
    }

    /// Returns the number of the attempt that [`NewAttempt::Last`] means now.
    #[must_use]
    pub fn last_attempt(&self) -> Option<u32> {
        Some(self.last_attempt).filter(|attempt| *attempt != NONE)
    }

    /// Returns the number of attempts.
    #[must_use]
    pub fn attempt_count(&self) -> usize {
        self.attempts.len()
    }

    /// Returns the texts.
    #[must_use]
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Returns the texts, to add others.
    pub fn texts_mut(&mut self) -> &mut Texts {
        &mut self.texts
    }

    /// Reserves space for `count` more events.
    pub fn reserve(&mut self, count: usize) {
        self.next_of_attempt.reserve(count);
        self.texts.reserve(count);
    }

    /// Returns the kind of an event.
    #[must_use]
    pub fn kind(&self, place: u32) -> Kind {
        Kind::of_number(self.events.get(place)[0] & 15)
    }

    /// Returns the time of an event, in milliseconds since 1970.
    #[must_use]
    pub fn at(&self, place: u32) -> i64 {
        let record = self.events.get(place);
        let at = record[1..9].try_into().ok();
        at.map_or(0, i64::from_le_bytes)
    }

    /// Returns the number of the attempt of an event.
    #[must_use]
    pub fn attempt(&self, place: u32) -> Option<u32> {
        let record = self.events.get(place);
        let attempt = record[9..HEAD].try_into().ok().map(u32::from_le_bytes);
        attempt.filter(|attempt| *attempt != NONE)
    }

    /// Returns `true` if the event is stored as its line.
    #[must_use]
    pub fn is_line(&self, place: u32) -> bool {
        self.events.get(place)[0] >> 4 == LINE
    }

    /// Returns `true` if the event is an intent without slots, or a sent event with a receipt, and has no other field.
    #[must_use]
    pub fn is_short(&self, place: u32) -> bool {
        self.events.get(place)[0] >> 4 == SHORT
    }

    /// Returns the sink and the item of an event.
    #[must_use]
    pub fn subject(&self, place: u32) -> SubjectParts<'_> {
        let mut record = match self.attempt(place) {
            Some(attempt) => attempts::subject_of(self.attempts.get(attempt)),
            None => {
                let mut record = &self.events.get(place)[HEAD..];
                text_bytes(&mut record);
                record
            }
        };
        subject::read(&mut record)
    }

    /// Returns the id of an event.
    #[must_use]
    pub fn id(&self, place: u32) -> Cow<'_, str> {
        read_text(&mut &self.events.get(place)[HEAD..])
    }

    /// Returns the parts of an event that have no function of their own.
    #[must_use]
    pub fn parts(&self, place: u32) -> EventParts<'_> {
        let record = self.events.get(place);
        let (kind, form) = (self.kind(place), record[0] >> 4);
        let mut end = &record[HEAD..];
        let id = read_text(&mut end);
        if self.attempt(place).is_none() {
            subject::read(&mut end);
        }
        let text = |bytes| std::str::from_utf8(bytes).unwrap_or_default();
        let rest = match (form, kind) {
            (LINE, _) => Rest::Line(text(end)),
            (SHORT, Kind::Sent) => Rest::Fields(self.url_forms.read(end, &self.texts).into()),
            (SHORT, _) => Rest::Fields(NO_SLOTS.into()),
            _ => Rest::Fields(text(end).into()),
        };
        EventParts { id, rest }
    }

    /// Appends the address of the post of a sent event, or its identifier if it has no address. The event must be short;
    /// see [`PackedEvents::is_short`].
    pub fn push_link(&self, place: u32, out: &mut String) {
        let mut end = &self.events.get(place)[HEAD..];
        text_bytes(&mut end);
        self.url_forms.push_link(end, &self.texts, out);
    }

    /// Returns the parts of the attempt with this number.
    #[must_use]
    pub fn attempt_parts(&self, attempt: u32) -> AttemptParts<'_> {
        attempts::read(self.attempts.get(attempt))
    }

    /// Returns the number of the digest of an attempt's account.
    #[must_use]
    pub fn account_of(&self, attempt: u32) -> Option<u32> {
        attempts::account_of(self.attempts.get(attempt))
    }

    /// Returns the evidence of an attempt, as JSON.
    #[must_use]
    pub fn evidence_of(&self, attempt: u32) -> Option<&str> {
        attempts::evidence_of(self.attempts.get(attempt))
    }

    /// Returns the events with this id.
    pub fn of_id(&self, id: &str) -> impl Iterator<Item = u32> + use<'_> {
        let mut stored = Vec::with_capacity(id.len() + 2);
        write_text(id, &mut stored);
        let is_greater = |greatest| compare_texts(self.id_bytes(greatest), &stored).is_lt();
        let is_new = self.by_id.get().is_none() && self.greatest.is_none_or(is_greater);
        let places = (!is_new).then(|| self.by_id().find(hash(&stored)));
        let places = places.into_iter().flatten();
        places.filter(move |place| self.id_bytes(*place) == stored)
    }

    /// Returns the events of the attempt with this id, in the order in which they were added.
    pub fn of_attempt(&self, id: &str) -> impl Iterator<Item = u32> + use<'_> {
        let mut stored = Vec::with_capacity(id.len() + 2);
        write_text(id, &mut stored);
        self.chain_of(&stored)
    }

    /// Returns the events of each attempt, in the order in which they were added. The attempts are in the order of their
    /// first events.
    pub fn attempts(&self) -> impl Iterator<Item = impl Iterator<Item = u32> + use<'_>> {
        let mut is_later = vec![false; self.len()];
        for next in self.next_of_attempt.iter().filter(|next| **next != NONE) {
            is_later[*next as usize] = true;
        }
        let is_first =
            move |place: &u32| !is_later[*place as usize] && self.attempt(*place).is_some();
        let first = (0..index(self.len())).filter(is_first);
        first.map(|first| self.chain_from(Some(first)))
    }
}
