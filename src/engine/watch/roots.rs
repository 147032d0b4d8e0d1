//! Which files a plan is made from, and how often they are read again although none of them changed.

use std::path::PathBuf;
use std::time::Duration;

use crate::engine::StageChain;

/// How often sources are read again that no file changes for, such as a feed on the web.
pub(crate) const REREAD_INTERVAL: Duration = Duration::from_secs(300);

/// Returns the files and folders whose change may change the plan of `stages`.
pub(crate) fn watch_roots(stages: &StageChain) -> Vec<PathBuf> {
    let sources = stages.sources.iter().flat_map(|stage| stage.source.roots());
    let templates = stages.templates.iter().cloned();
    let file = PathBuf::from(&stages.file);
    sources.chain(templates).chain([file]).collect()
}
