//! Index of the vanished posts by title, date and text.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use syndicate_api::{ItemEvidence, TextDigest, TextKind};

use crate::ledger::GroupId;

/// The vanished posts by title, date and text.
#[derive(Default)]
pub(super) struct Vanished {
    by_title: HashMap<String, Vec<GroupId>>,
    by_day: HashMap<Date, Vec<GroupId>>,
    by_text: HashMap<(TextKind, String), Vec<GroupId>>,
}

impl Vanished {
    /// Adds a version of a post.
    pub(super) fn insert(&mut self, group: GroupId, version: &ItemEvidence) {
        if let Some(title) = &version.title {
            self.by_title.entry(title.clone()).or_default().push(group);
        }
        if let Some(day) = version.day {
            self.by_day.entry(day).or_default().push(group);
        }
        if let Some(text) = &version.text {
            self.by_text.entry(text_key(text)).or_default().push(group);
        }
    }

    /// Returns the posts that have a version of which any value agrees with `evidence`.
    pub(super) fn alike(&self, evidence: &ItemEvidence) -> BTreeSet<GroupId> {
        let title = evidence
            .title
            .as_ref()
            .and_then(|title| self.by_title.get(title));
        let day = evidence.day.and_then(|day| self.by_day.get(&day));
        let text = evidence
            .text
            .as_ref()
            .and_then(|text| self.by_text.get(&text_key(text)));
        title
            .into_iter()
            .chain(day)
            .chain(text)
            .flatten()
            .copied()
            .collect()
    }
}

/// Returns the kind and digest of a text, the key under which posts with this text are found.
pub(super) fn text_key(text: &TextDigest) -> (TextKind, String) {
    (text.kind, text.digest.clone())
}
