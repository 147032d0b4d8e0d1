//! The commentary that a post has of its own; it has precedence over templates.

use syndicate_api::Item;

use super::SinkStage;

/// Returns the post's own commentary: its author's for this sink, its author's for all sinks, or a
/// transform's.
pub(super) fn own_commentary<'i>(item: &'i Item, stage: &SinkStage) -> Option<&'i String> {
    let overrides = &item.overrides;
    overrides
        .sink_commentary
        .get(&stage.name)
        .or_else(|| overrides.sink_commentary.get(stage.kind))
        .or(overrides.commentary.as_ref())
        .or(item.commentary.as_ref())
}
