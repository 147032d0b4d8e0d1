//! Finds the posts that no sink gets because each sink has another filter, such as one for each author. A post that one
//! shared filter keeps from all sinks is left out on purpose and not reported.

use std::collections::BTreeMap;
use std::fmt;

use syndicate_api::{Code, Diagnostic};

use super::entry::PlanEntry;

/// Maximum number of posts that are reported.
const MAX_REPORTED: usize = 5;

/// A transform that keeps a post from a sink.
#[derive(Clone, Debug)]
pub(super) struct SkippedByTransform {
    /// The code of the delivery.
    pub(super) code: Code,
    /// The name of the transform.
    pub(super) transform: String,
    /// The reason of the transform.
    pub(super) reason: String,
}

impl fmt::Display for SkippedByTransform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.transform, self.reason)
    }
}

/// Returns the code and the reason of a delivery whose transform fails. The file of the post may have changed.
pub(super) fn failure(error: &anyhow::Error) -> (Code, String) {
    match error.downcast_ref::<Diagnostic>() {
        Some(changed) if changed.code == Code::FileChanged => {
            (changed.code, changed.message.clone())
        }
        _ => (Code::TransformFailed, format!("{error:#}")),
    }
}

/// The posts that transforms keep from sinks although nothing else does.
#[derive(Debug, Default)]
pub(super) struct Unrouted {
    /// The transforms by their reason, by the label of the post.
    skips: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Unrouted {
    /// Adds a delivery that a transform skips.
    pub(super) fn add(&mut self, label: &str, skip: &SkippedByTransform) {
        let reasons = self.skips.entry(label.to_owned()).or_default();
        let transforms = reasons.entry(skip.reason.clone()).or_default();
        transforms.push(format!("`{}`", skip.transform));
    }

    /// Returns `true` if no delivery was added.
    pub(super) fn is_empty(&self) -> bool {
        self.skips.is_empty()
    }

    /// Returns a note for each post that no sink gets, up to a maximum.
    pub(super) fn notes(&self, entries: &[PlanEntry]) -> Vec<String> {
        let mut deliveries: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in entries {
            *deliveries.entry(entry.item.label()).or_default() += 1;
        }
        let is_unrouted = |label: &str, reasons: &BTreeMap<String, Vec<String>>| {
            let transforms: Vec<&String> = reasons.values().flatten().collect();
            let differs = transforms.iter().any(|other| *other != transforms[0]);
            differs && deliveries.get(label) == Some(&transforms.len())
        };
        let all = self.skips.iter();
        let all: Vec<_> = all
            .filter(|(label, reasons)| is_unrouted(label, reasons))
            .collect();
        let mut notes: Vec<String> = all
            .iter()
            .take(MAX_REPORTED)
            .map(|(label, reasons)| note(label, reasons))
            .collect();
        if let Some(more @ 1..) = all.len().checked_sub(MAX_REPORTED) {
            let posts = if more == 1 { "post" } else { "posts" };
            notes.push(format!(
                "no sink gets {more} more {posts}; run `syndicate preview --all` to list them"
            ));
        }
        notes
    }
}

fn note(label: &str, reasons: &BTreeMap<String, Vec<String>>) -> String {
    let reasons: Vec<String> = reasons
        .iter()
        .map(|(reason, transforms)| format!("{reason} ({})", transforms.join(", ")))
        .collect();
    format!("no sink gets `{label}`: {}", reasons.join("; "))
}
