//! What will keep sinks from sending soon.

use syndicate_api::{Context, Finding};

use crate::engine::StageChain;

/// What will keep a sink from sending soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UpcomingWarning {
    /// The sink's name.
    pub(crate) sink: String,
    /// What will happen.
    pub(crate) message: String,
    /// What to do.
    pub(crate) hint: String,
}

/// Returns what will keep sinks from sending soon, such as a token that expires. What keeps them from
/// sending now, a run reports with the posts that it does not send.
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
