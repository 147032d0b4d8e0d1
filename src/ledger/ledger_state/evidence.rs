//! Queries for the evidence that events recorded.

use std::collections::BTreeSet;

use jiff::civil::Date;
use syndicate_api::{ItemEvidence, TextDigest};

use super::LedgerState;
use crate::ledger::groups::GroupId;

impl LedgerState {
    /// Returns the evidence of each event of a group that recorded some, in no particular order.
    pub(crate) fn evidence_of(&self, group: GroupId) -> impl Iterator<Item = ItemEvidence> {
        let places = self.places_in(group);
        places.filter_map(|place| self.contents.events.evidence_of(place))
    }

    /// Returns the groups with an event whose evidence has this title.
    #[must_use]
    pub(crate) fn groups_with_title(&self, title: &str) -> BTreeSet<GroupId> {
        let places = self.contents.evidence().of_title(title);
        self.contents
            .groups_with(places, |evidence| evidence.title.as_deref() == Some(title))
    }

    /// Returns the groups with an event whose evidence has this day.
    #[must_use]
    pub(crate) fn groups_with_day(&self, day: Date) -> BTreeSet<GroupId> {
        let places = self.contents.evidence().of_day(day);
        self.contents
            .groups_with(places, |evidence| evidence.day == Some(day))
    }

    /// Returns `true` if any event has evidence. Otherwise the texts of items need not be read.
    pub(crate) fn has_evidence(&self) -> bool {
        self.contents.events.has_evidence()
    }

    /// Returns the groups with an event whose evidence has this text.
    pub(crate) fn groups_with_text(&self, text: &TextDigest) -> BTreeSet<GroupId> {
        let places = self.contents.evidence().of_text(text);
        self.contents
            .groups_with(places, |evidence| evidence.text.as_ref() == Some(text))
    }
}
