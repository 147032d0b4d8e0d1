//! Names of sinks that are most likely slips: in front matter, and in a pipeline whose sinks had other
//! names before.

use syndicate_api::{Skip, suggest};

use crate::engine::{Scanned, Stages};
use crate::ledger::Book;

/// Front matter that speaks of sinks that are not there.
pub(super) fn unknown(stages: &Stages, scanned: &Scanned) -> Vec<String> {
    let mut names = stages.sink_names();
    if names.is_empty() {
        return Vec::new();
    }
    names.extend(stages.sinks.iter().map(|stage| stage.kind));
    let mut notes = Vec::new();
    for (_, item) in &scanned.items {
        let skipped = match &item.overrides.skip {
            Skip::Sinks(sinks) => sinks.as_slice(),
            _ => &[],
        };
        let named = item.overrides.sink_commentary.keys().chain(skipped);
        for name in named.filter(|name| !names.contains(&name.as_str())) {
            let hint = suggest(name, &names).unwrap_or_default();
            notes.push(format!(
                "{}: `syndicate.{name}` names no sink; {hint}",
                item.label()
            ));
        }
    }
    notes
}

/// A sink that sent nothing yet, while one is gone that did: what a sink sent is on record under its
/// name, so that under another one it would all be new.
pub(super) fn lost(stages: &Stages, book: &Book) -> Option<String> {
    let names = stages.sink_names();
    let senders = book.senders();
    let quoted = |names: Vec<&str>| format!("`{}`", names.join("`, `"));
    let gone: Vec<&str> = senders
        .iter()
        .copied()
        .filter(|sender| !names.contains(sender))
        .collect();
    let new: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| !senders.contains(name))
        .collect();
    (!gone.is_empty() && !new.is_empty()).then(|| {
        format!(
            "the ledger knows what {} sent, which the pipeline has no more, and {} sent nothing yet; if \
             it is the same one under another name, give it its old name back, or posts go out again",
            quoted(gone),
            quoted(new)
        )
    })
}
