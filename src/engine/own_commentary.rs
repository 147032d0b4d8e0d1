//! The commentary that a post sets itself. It takes precedence over templates.

use syndicate_api::Item;

use super::SinkStage;

/// Returns the post's own commentary: the author's for this sink, the author's for all sinks, or that of
/// a transform.
pub(super) fn own_commentary<'i>(item: &'i Item, stage: &SinkStage) -> Option<&'i String> {
    let overrides = &item.overrides;
    overrides
        .sink_commentary
        .get(&stage.name)
        .or_else(|| overrides.sink_commentary.get(&*stage.kind))
        .or(overrides.commentary.as_ref())
        .or(item.commentary.as_ref())
}
