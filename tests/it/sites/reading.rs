//! The ways to read a site.

use std::path::Path;

use serde_json::Value;

use crate::support::Project;

/// A way to read a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Only the built pages.
    Pages,
    /// Only the Markdown files.
    Markdown,
    /// Each Markdown file with its built page.
    Joined,
}

impl Reading {
    /// Returns the items of the site in `folder`. The generator's config is in `site/ROOT` and the built pages
    /// are in `output`. `options` are further options of the source, each after a comma.
    pub(crate) fn items(self, folder: &Path, root: &str, options: &str) -> Vec<Value> {
        let up = if root == "." { ".." } else { "../.." };
        let output = match self {
            Self::Markdown => String::new(),
            Self::Joined => format!(", output: {up}/output"),
            Self::Pages => format!(", output: {up}/output, content: false"),
        };
        let project = Project::with_pipeline(&format!(
            "sources: {{blog: {{type: site, path: site/{root}{output}{options}}}}}\n"
        ));
        for part in ["site", "output"] {
            std::os::unix::fs::symlink(folder.join(part), project.path(part)).unwrap();
        }
        let run = project.run("items --json");
        assert!(
            matches!(run.code, Some(0 | 3)),
            "{}: {run}",
            folder.display()
        );
        run.json_lines()
    }
}
