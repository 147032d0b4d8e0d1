//! Compares stored events and attempts with lines and with each other, without building them.

use std::cmp::Ordering;

use crate::attempts;
use crate::events::PackedEvents;
use crate::fields::compare_texts;
use crate::line::{AttemptFields, Subject, TypedLine};
use crate::new_event::Rest;

impl PackedEvents {
    /// Returns `true` if the event is that of `line`, whose id it has. `last` is the attempt whose text is that of the line
    /// before.
    #[must_use]
    pub fn is_event_of(&self, place: u32, line: &TypedLine<'_>, last: Option<u32>) -> bool {
        let has_rest = || match self.parts(place).rest {
            Rest::Fields(fields) => fields == line.rest,
            Rest::Line(_) => false,
        };
        let attempt = self.attempt(place);
        let has_subject = || match line.is_same_attempt {
            true => last.is_some() && attempt == last,
            false => {
                self.has_subject_of(place, &line.subject)
                    && attempt.is_none_or(|attempt| self.has_attempt_of(attempt, &line.attempt))
            }
        };
        self.kind(place) == line.kind && self.at(place) == line.at && has_subject() && has_rest()
    }

    /// Returns `true` if two attempts have the same id.
    #[must_use]
    pub fn is_same_attempt(&self, a: u32, b: u32) -> bool {
        let id = |attempt| attempts::id_bytes(self.attempts.get(attempt));
        a == b || id(a) == id(b)
    }

    /// Compares the ids of two events.
    #[must_use]
    pub fn compare_ids(&self, a: u32, b: u32) -> Ordering {
        compare_texts(self.id_bytes(a), self.id_bytes(b))
    }

    fn has_subject_of(&self, place: u32, subject: &Subject<'_>) -> bool {
        let stored = self.subject(place);
        let text = |number: Option<u32>| number.map(|number| self.texts.get(number));
        let keys = stored.keys().map(|key| self.texts.get(key));
        text(stored.sink) == subject.sink
            && text(stored.item) == subject.item
            && keys.eq(subject.keys().iter().copied())
    }

    fn has_attempt_of(&self, attempt: u32, fields: &AttemptFields<'_>) -> bool {
        let stored = self.attempt_parts(attempt);
        let text = |number: Option<u32>| number.map(|number| self.texts.get(number));
        stored.id == fields.id
            && stored.hash == fields.hash
            && stored.digests == fields.digests
            && stored.evidence == fields.evidence
            && text(stored.sink_type) == fields.sink_type
            && text(stored.account) == fields.account
    }
}
