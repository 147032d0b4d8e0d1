//! What a site's own generator made of a post.

use std::path::Path;

use serde_json::Value;

/// One post, as the generator has it.
pub(crate) struct Truth(Value);

impl Truth {
    /// Every post of a site.
    pub(crate) fn of(folder: &Path) -> Vec<Self> {
        lines(&folder.join("truth.jsonl"))
            .into_iter()
            .map(Self)
            .collect()
    }

    /// A field's text.
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        self.0[field].as_str()
    }

    /// Whether the post was built.
    pub(crate) fn is_built(&self) -> bool {
        self.0["html"].is_string()
    }

    /// Titles that are all right: the head's, and those without the site's name.
    pub(crate) fn titles(&self) -> Vec<&str> {
        let model = self.0["model"]["title"].as_str();
        [self.text("title"), self.text("fm_title"), model]
            .into_iter()
            .flatten()
            .collect()
    }

    pub(crate) fn tags(&self) -> Vec<String> {
        let tags = self.0["tags"].as_array().into_iter().flatten();
        tags.filter_map(Value::as_str)
            .map(str::to_lowercase)
            .collect()
    }

    pub(crate) fn is_draft(&self) -> bool {
        self.0["draft"] == true
    }
}

/// A file of JSON Lines; none where there is no such file.
pub(crate) fn lines(file: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
