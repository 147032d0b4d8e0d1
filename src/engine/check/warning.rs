//! Warnings about conditions that will soon prevent a sink from sending.

use syndicate_api::{Context, Finding};

use crate::engine::StageChain;

/// A condition that will soon prevent a sink from sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UpcomingWarning {
    /// The sink's name.
    pub(crate) sink: String,
    /// The condition.
    pub(crate) message: String,
    /// The remedy, in the imperative.
    pub(crate) hint: String,
}

/// Returns the warnings of all sinks, such as a token that expires soon. Conditions that prevent sending
/// now are not included: a run reports them for the affected posts.
pub(crate) fn upcoming_warnings(stages: &StageChain, cx: &Context) -> Vec<UpcomingWarning> {
    let mut warnings = Vec::new();
    for stage in stages
        .sinks
        .iter()
        .filter(|stage| !stage.skipped_in_sandbox)
    {
        for finding in stage.sink.check(cx) {
            if let Finding::Warning { message, hint } = finding {
                let sink = stage.name.clone();
                warnings.push(UpcomingWarning {
                    sink,
                    message,
                    hint,
                });
            }
        }
    }
    warnings
}
