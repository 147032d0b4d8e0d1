//! A real site, and the ways to read it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::sites::{Field, Reading, Truth, lines};

/// A real site with the records of its generator.
pub(super) struct Site {
    pub(super) name: String,
    pub(super) truth: Vec<Truth>,
    /// Built pages that are not posts.
    pub(super) nonposts: Vec<String>,
    /// The time zone that a user would have to set, because only the site's program code has it.
    timezone: Option<String>,
    folder: PathBuf,
}

/// Folders of the generator's config below `site/`, for sites that keep it in a subfolder.
const ROOTS: &[(&str, &str)] = &[
    ("docusaurus-babel", "website"),
    ("jekyll-basically", "docs"),
    ("zola-testsite", "test_site"),
];

/// Sites whose themes print no tags on a post's page.
const WITHOUT_TAGS: &[&str] = &["jekyll-basically"];

impl Site {
    /// Returns `true` if this reading of the site can provide the field at all.
    pub(super) fn has_field(&self, field: Field, reading: Reading) -> bool {
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

    /// Returns the output of `items`, or `None` if the site does not support this reading.
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
