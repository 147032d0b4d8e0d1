//! Names of sinks in front matter that are most likely slips.

use syndicate_api::{Skip, suggest};

use crate::engine::{Scanned, StageChain};

/// Front matter that speaks of sinks that are not there.
pub(super) fn unknown(stages: &StageChain, scanned: &Scanned) -> Vec<String> {
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
