//! The record of a post from the site's own generator.

use std::path::Path;

use serde_json::Value;

/// The generator's record of one post.
pub(crate) struct Truth(Value);

impl Truth {
    /// Returns the records of all posts of a site.
    pub(crate) fn of(folder: &Path) -> Vec<Self> {
        lines(&folder.join("truth.jsonl"))
            .into_iter()
            .map(Self)
            .collect()
    }

    /// Returns the text of a field.
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        self.0[field].as_str()
    }

    /// Returns `true` if the generator built the post.
    pub(crate) fn is_built(&self) -> bool {
        self.0["html"].is_string()
    }

    /// Returns the accepted titles: the head's title, with and without the site's name.
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

/// Parses a file of JSON Lines. Returns an empty vector if the file does not exist.
pub(crate) fn lines(file: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
