//! One file with every value that its fields could have had.

use std::path::Path;

use syndicate_api::FileExplanation;

use super::error::SessionError;
use super::open::Session;
use crate::engine::{SourceStage, did_you_mean_post};

impl Session {
    /// Explains the file or page `path`, relative to pipeline.yaml or to the folder `here`.
    pub(crate) async fn explain(
        &self,
        path: &str,
        here: &Path,
    ) -> Result<FileExplanation, SessionError> {
        let stages = self.load()?;
        for name in names(here, &stages.base, path) {
            for SourceStage {
                name: source,
                source: stage,
                spans,
                ..
            } in &stages.sources
            {
                let explained = stage.explain(self.cx(), &name).await;
                let explained = explained.map_err(|error| {
                    let about = format!("source `{source}`");
                    spans.locate(error, &stages.file, about)
                })?;
                if let Some(explanation) = explained {
                    return Ok(explanation);
                }
            }
        }
        let near = match self.scan(stages).await {
            Ok(pipeline) => did_you_mean_post(path, &pipeline.scanned),
            // Why the sources cannot be read does not matter here.
            Err(_) => None,
        };
        let general = "name a Markdown file or a built page, relative to pipeline.yaml; files that \
                       `include`, `exclude` or a `.gitignore` leave out are read by none";
        let hint = near.unwrap_or_else(|| general.to_owned());
        Err(SessionError::hinted(
            format!("no source reads `{path}`"),
            hint,
        ))
    }
}

/// Returns what `path` may be called relative to pipeline.yaml: itself, or what it is from `here`.
fn names(here: &Path, base: &Path, path: &str) -> Vec<String> {
    let from_here = || {
        let file = here.join(path).canonicalize().ok()?;
        let base = if base.as_os_str().is_empty() {
            Path::new(".")
        } else {
            base
        };
        let relative = file.strip_prefix(base.canonicalize().ok()?).ok()?;
        Some(relative.to_str()?.replace('\\', "/"))
    };
    let mut names = vec![path.replace('\\', "/")];
    names.extend(from_here().filter(|name| *name != path));
    names
}
