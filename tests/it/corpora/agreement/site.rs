//! A real site, and how it is read.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::sites::{Field, Reading, Truth, lines};

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

    /// Returns every site of the folder.
    pub(super) fn all() -> Vec<Self> {
        let mut sites: Vec<Self> = std::fs::read_dir(crate::corpora::folder())
            .unwrap()
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
        let options = match reading {
            Reading::Pages => {
                let zone = self.timezone.as_deref().unwrap_or("UTC");
                format!(", timezone: {zone}")
            }
            Reading::Markdown | Reading::Joined => String::new(),
        };
        Some(reading.items(&self.folder, root, &options))
    }
}

fn timezone(folder: &Path) -> Option<String> {
    let text = std::fs::read_to_string(folder.join("site.json")).unwrap();
    let about: Value = serde_json::from_str(&text).unwrap();
    about["timezone"].as_str().map(str::to_owned)
}
