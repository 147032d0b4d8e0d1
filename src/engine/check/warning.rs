//! Warnings before a run: conditions that will soon prevent a sink from sending, and plugins that are not confined.

use syndicate_api::{Context, Finding};

use super::plugins::{CONFINE_HINT, NOT_CONFINED};
use crate::engine::StageChain;
use crate::host::PluginComponent;

/// The cache key of the fact that the user knows that plugins are not confined.
const KNOWN_UNCONFINED: &str = "plugins-not-confined";

/// A warning before a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UpcomingWarning {
    /// The component, such as "sink `linkedin`".
    pub(crate) about: String,
    /// The condition.
    pub(crate) message: String,
    /// The remedy, in the imperative.
    pub(crate) hint: String,
}

/// Returns the warnings of all sinks, such as a token that expires soon. Conditions that prevent sending
/// now are not included: a run reports them for the affected posts. The first time, also warns of plugins that the
/// system cannot confine.
pub(crate) fn upcoming_warnings(stages: &StageChain, cx: &Context) -> Vec<UpcomingWarning> {
    let mut warnings: Vec<UpcomingWarning> = unconfined(stages, cx).into_iter().collect();
    for stage in stages
        .sinks
        .iter()
        .filter(|stage| !stage.skipped_in_sandbox)
    {
        for finding in stage.sink.check(cx) {
            if let Finding::Warning { message, hint } = finding {
                let about = format!("sink `{}`", stage.name);
                warnings.push(UpcomingWarning {
                    about,
                    message,
                    hint,
                });
            }
        }
    }
    warnings
}

fn unconfined(stages: &StageChain, cx: &Context) -> Option<UpcomingWarning> {
    let is_unconfined = |program: &&std::sync::Arc<PluginComponent>| program.layers().is_none();
    let program = stages.programs.iter().find(is_unconfined)?;
    if cx.kv_cache.get(KNOWN_UNCONFINED).is_some() {
        return None;
    }
    cx.kv_cache.put(KNOWN_UNCONFINED, "warned");
    Some(UpcomingWarning {
        about: program.label(),
        message: NOT_CONFINED.to_owned(),
        hint: CONFINE_HINT.to_owned(),
    })
}
