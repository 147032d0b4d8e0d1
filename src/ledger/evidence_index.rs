//! Index of the events by the evidence that they recorded.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash};
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxBuildHasher;
use syndicate_api::{TextDigest, TextKind};

use super::Event;
use super::key_table::index;

/// The events with evidence, by the hashes of its values.
#[derive(Clone, Debug, Default)]
pub(super) struct EvidenceIndex(HashMap<u64, Vec<u32>, FxBuildHasher>);

/// The kinds of values, which tell equal values of different kinds apart.
#[derive(Hash)]
enum EvidenceKey<'k> {
    Title(&'k str),
    Day(Date),
    Text(TextKind, &'k str),
}

impl EvidenceIndex {
    /// Creates the index of `events`.
    pub(super) fn of(events: &[Arc<Event>]) -> Self {
        let mut index = Self::default();
        for (place, event) in events.iter().enumerate() {
            index.add(place, event);
        }
        index
    }

    /// Adds the event with the index `place`.
    pub(super) fn add(&mut self, place: usize, event: &Event) {
        let Some(evidence) = event.evidence() else {
            return;
        };
        let title = evidence.title.as_deref().map(EvidenceKey::Title);
        let day = evidence.day.map(EvidenceKey::Day);
        let text = evidence.text.as_ref().map(text_key);
        for key in [title, day, text].into_iter().flatten() {
            self.0.entry(hash(&key)).or_default().push(index(place));
        }
    }

    /// Returns `true` if no event has evidence.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the indices of the events that may have this title.
    pub(super) fn of_title(&self, title: &str) -> impl Iterator<Item = usize> + use<'_> {
        self.of_key(&EvidenceKey::Title(title))
    }

    /// Returns the indices of the events that may have this day.
    pub(super) fn of_day(&self, day: Date) -> impl Iterator<Item = usize> + use<'_> {
        self.of_key(&EvidenceKey::Day(day))
    }

    /// Returns the indices of the events that may have this text.
    pub(super) fn of_text(&self, text: &TextDigest) -> impl Iterator<Item = usize> + use<'_> {
        self.of_key(&text_key(text))
    }

    fn of_key(&self, key: &EvidenceKey<'_>) -> impl Iterator<Item = usize> + use<'_> {
        let places = self.0.get(&hash(key)).into_iter().flatten();
        places.map(|place| *place as usize)
    }
}

fn text_key(text: &TextDigest) -> EvidenceKey<'_> {
    EvidenceKey::Text(text.kind, &text.digest)
}

fn hash(key: &impl Hash) -> u64 {
    FxBuildHasher.hash_one(key)
}
