//! Fills placeholders of a step with what only the platform or the program knows.

use super::workspace::{Workspace, spoken};

impl Workspace {
    /// Fills in what only the platform or the program knows: `{first:TITLE}` and `{last:TITLE}`, the
    /// platform's names of the first and the last such post, and `{hash:PATH}`.
    pub(super) fn filled(&self, text: &str) -> Result<String, String> {
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
            .ok_or_else(|| format!("no hash for `{path}`\n{}", spoken(&output)))
    }
}
