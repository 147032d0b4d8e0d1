//! Explains how one file becomes a post: every candidate value of each field, with its origin.

use std::path::Path;

use syndicate_api::FileExplanation;

use super::error::SessionError;
use super::open::Session;
use crate::engine::{SourceStage, did_you_mean_post};

impl Session {
    /// Explains the file or page `path`, which is relative to pipeline.yaml or to the folder
    /// `here`.
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
            // The sources are read only for a better hint, so their errors are ignored.
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

/// Returns the candidates for `path` relative to pipeline.yaml: `path` itself, and `path` resolved
/// from `here`.
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
