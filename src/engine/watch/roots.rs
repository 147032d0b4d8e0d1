//! The files that a plan depends on, and the interval at which they are read again without a change.

use std::path::PathBuf;
use std::time::Duration;

use crate::engine::StageChain;
use crate::host::ProgramSpec;

/// The interval at which sources are read again without a file event, for example feeds on the web.
pub(crate) const REREAD_INTERVAL: Duration = Duration::from_secs(300);

/// Returns the files and folders that the plan of `stages` depends on.
pub(crate) fn watch_roots(stages: &StageChain) -> Vec<PathBuf> {
    let sources = stages.sources.iter().flat_map(|stage| stage.source.roots());
    let templates = stages.templates.iter().cloned();
    let programs = stages.programs.iter().map(|program| program.spec());
    let failed = stages.failed_programs.iter().map(|failed| &failed.spec);
    let programs = programs.chain(failed).flat_map(ProgramSpec::own_files);
    let file = PathBuf::from(&stages.file);
    sources
        .chain(templates)
        .chain(programs)
        .chain([file])
        .collect()
}
