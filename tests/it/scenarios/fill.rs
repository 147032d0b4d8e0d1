//! Fills the placeholders of a step with values that only the platform or the program has.

use super::workspace::{Workspace, combined_output};

impl Workspace {
    /// Fills the placeholders `{first:TITLE}` and `{last:TITLE}` with the platform's identifiers of the first
    /// and the last post with this title, and `{hash:PATH}` with the hash of the delivery.
    pub(super) fn fill(&self, text: &str) -> Result<String, String> {
        let mut text = text.to_owned();
        for kind in ["first", "last", "hash"] {
            while let Some((before, rest)) = text.split_once(&format!("{{{kind}:")) {
                let (name, after) = rest.split_once('}').ok_or("a brace is open")?;
                let value = match kind {
                    "hash" => self.hash(name)?,
                    _ => self.urn(name, kind == "last")?,
                };
                text = format!("{before}{value}{after}");
            }
        }
        Ok(text)
    }

    fn urn(&self, title: &str, last: bool) -> Result<String, String> {
        let mut posts = self.platform.posts();
        if last {
            posts.reverse();
        }
        let found = posts.iter().find(|post| {
            let its = post["article"]["title"].as_str();
            its.is_some_and(|its| its.contains(title))
        });
        let id = found.and_then(|post| post["id"].as_str());
        id.map(str::to_owned)
            .ok_or_else(|| format!("no post `{title}` on the platform"))
    }

    fn hash(&self, path: &str) -> Result<String, String> {
        let output = self
            .program(&["preview", "--json", "--only", path])
            .output();
        let output = output.map_err(|error| error.to_string())?;
        let plan: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        let mut entries = plan["plan"].as_array().into_iter().flatten();
        let entry = entries.find(|entry| entry["path"] == path);
        let hash = entry.and_then(|entry| entry["hash"].as_str());
        hash.map(str::to_owned)
            .ok_or_else(|| format!("no hash for `{path}`\n{}", combined_output(&output)))
    }
}
