//! A real site, and how it is read.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::compare::Field;
use super::truth::{Truth, lines};
use crate::support::Project;

/// How a site is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// The built pages alone.
    Pages,
    /// The Markdown alone.
    Markdown,
    /// Each Markdown file with its page.
    Joined,
}

/// A real site with what its generator made of it.
pub(super) struct Site {
    pub(super) name: String,
    pub(super) truth: Vec<Truth>,
    /// The built pages that are no posts.
    pub(super) nonposts: Vec<String>,
    /// What a user would have to say where only a program file of the site does.
    timezone: Option<String>,
    folder: PathBuf,
}

/// Where the generator's config lies below `site/`, for the sites where that is not `site/` itself.
const ROOTS: &[(&str, &str)] = &[
    ("docusaurus-babel", "website"),
    ("jekyll-basically", "docs"),
    ("zola-testsite", "test_site"),
];

/// Sites whose themes print no tags anywhere on a post's page.
const WITHOUT_TAGS: &[&str] = &["jekyll-basically"];

impl Site {
    /// Whether a site read so can tell a field at all.
    pub(super) fn tells(&self, field: Field, reading: Reading) -> bool {
        let silent = reading == Reading::Pages && WITHOUT_TAGS.contains(&self.name.as_str());
        !(silent && field == Field::Tags)
    }

    /// Every site that is there.
    pub(super) fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
        let Ok(entries) = std::fs::read_dir(&folder) else {
            said_skipped(&folder);
            return Vec::new();
        };
        let mut sites: Vec<Self> = entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.join("truth.jsonl").is_file())
            .map(|folder| Self {
                name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
                truth: Truth::of(&folder),
                timezone: timezone(&folder),
                nonposts: lines(&folder.join("nonposts.jsonl"))
                    .iter()
                    .map(|line| line["html"].as_str().unwrap().to_owned())
                    .collect(),
                folder,
            })
            .collect();
        sites.sort_by(|a, b| a.name.cmp(&b.name));
        sites
    }

    /// What `items` says, or nothing where this site cannot be read so.
    pub(super) fn read(&self, reading: Reading) -> Option<Vec<Value>> {
        let output = self.folder.join("output");
        if reading != Reading::Markdown && !output.is_dir() {
            return None;
        }
        let root = ROOTS
            .iter()
            .find(|(name, _)| *name == self.name)
            .map_or(".", |(_, root)| root);
        let up = if root == "." { ".." } else { "../.." };
        let options = match reading {
            Reading::Markdown => String::new(),
            Reading::Joined => format!(", output: {up}/output"),
            Reading::Pages => {
                let zone = self.timezone.as_deref().unwrap_or("UTC");
                format!(", output: {up}/output, content: false, timezone: {zone}")
            }
        };
        let project = Project::with_pipeline(&format!(
            "sources: {{blog: {{type: site, path: site/{root}{options}}}}}\n"
        ));
        for folder in ["site", "output"] {
            std::os::unix::fs::symlink(self.folder.join(folder), project.path(folder)).unwrap();
        }
        let run = project.run("items --json");
        assert!(matches!(run.code, Some(0 | 3)), "{}: {run}", self.name);
        Some(run.json_lines())
    }
}

#[expect(
    clippy::print_stdout,
    reason = "a test that checks nothing has to say so"
)]
fn said_skipped(folder: &Path) {
    println!("skipped: there is no {}", folder.display());
}

fn timezone(folder: &Path) -> Option<String> {
    let text = std::fs::read_to_string(folder.join("site.json")).unwrap();
    let about: Value = serde_json::from_str(&text).unwrap();
    about["timezone"].as_str().map(str::to_owned)
}
