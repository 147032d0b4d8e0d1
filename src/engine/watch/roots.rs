//! The files that a plan depends on, and the interval at which they are read again without a change.

use std::path::PathBuf;
use std::time::Duration;

use crate::engine::StageChain;

/// The interval at which sources are read again without a file event, for example feeds on the web.
pub(crate) const REREAD_INTERVAL: Duration = Duration::from_secs(300);

/// Returns the files and folders that the plan of `stages` depends on.
pub(crate) fn watch_roots(stages: &StageChain) -> Vec<PathBuf> {
    let sources = stages.sources.iter().flat_map(|stage| stage.source.roots());
    let templates = stages.templates.iter().cloned();
    let programs = stages.programs.iter().flat_map(|program| program.files());
    let file = PathBuf::from(&stages.file);
    sources
        .chain(templates)
        .chain(programs)
        .chain([file])
        .collect()
}
