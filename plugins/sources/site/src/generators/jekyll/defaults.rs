//! Reads `defaults:` of `_config.yml`: front matter for all files of a folder or a collection ("Front
//! Matter Defaults", Jekyll's documentation).

use globset::{GlobBuilder, GlobMatcher};
use serde_json::{Map, Value};

/// The sets of defaults in the order of the config.
#[derive(Clone, Debug, Default)]
pub(super) struct Defaults(Vec<DefaultSet>);

#[derive(Clone, Debug)]
struct DefaultSet {
    path: String,
    /// The matcher for a `path` with wildcards.
    glob: Option<GlobMatcher>,
    kind: Option<String>,
    values: Map<String, Value>,
}

impl Defaults {
    /// Reads the value of `defaults`. Paths may begin with the folder of collections.
    pub(super) fn read(value: Option<&Value>, collections_dir: &str) -> Self {
        let sets = value.and_then(Value::as_array).into_iter().flatten();
        Self(
            sets.filter_map(|set| DefaultSet::read(set, collections_dir))
                .collect(),
        )
    }

    /// Returns the values for a document of the collection `kind` at `path`, relative to the folder of
    /// collections. The set with the longer path wins, then the one with a type.
    pub(super) fn values_for(&self, path: &str, kind: &str) -> Map<String, Value> {
        let mut merged = Map::new();
        let mut last: Option<&DefaultSet> = None;
        for set in self.0.iter().filter(|set| set.applies(path, kind)) {
            if last.is_none_or(|last| set.precedes(last)) {
                merge(&mut merged, &set.values);
                last = Some(set);
            } else {
                let mut weaker = set.values.clone();
                merge(&mut weaker, &merged);
                merged = weaker;
            }
        }
        merged
    }
}

impl DefaultSet {
    fn read(set: &Value, collections_dir: &str) -> Option<Self> {
        let values = set.get("values")?.as_object()?.clone();
        let scope = |key| set.get("scope").and_then(|scope| scope.get(key)?.as_str());
        let path = scope("path").unwrap_or_default().trim_start_matches('/');
        let path = match path.strip_prefix(collections_dir) {
            Some(rest) if !collections_dir.is_empty() => rest.trim_start_matches('/'),
            _ => path,
        };
        let glob = || GlobBuilder::new(path).literal_separator(true).build().ok();
        Some(Self {
            glob: if path.contains('*') {
                glob().map(|glob| glob.compile_matcher())
            } else {
                None
            },
            path: path.to_owned(),
            kind: scope("type").map(|kind| match kind {
                "post" => "posts".to_owned(),
                kind => kind.to_owned(),
            }),
            values,
        })
    }

    fn applies(&self, path: &str, kind: &str) -> bool {
        if self.kind.as_ref().is_some_and(|own| own != kind) {
            return false;
        }
        match &self.glob {
            Some(glob) => above(path).any(|path| glob.is_match(path)),
            None => path.starts_with(self.path.trim_start_matches("./")),
        }
    }

    fn precedes(&self, other: &Self) -> bool {
        if self.path.len() == other.path.len() {
            self.kind.is_some() || other.kind.is_none()
        } else {
            self.path.len() > other.path.len()
        }
    }
}

/// Returns `path` and its parent folders.
fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| Some(path.rsplit_once('/')?.0))
}

/// Merges `other` into `map` recursively. A null keeps the present value.
fn merge(map: &mut Map<String, Value>, other: &Map<String, Value>) {
    for (key, value) in other {
        match (map.get_mut(key), value) {
            (Some(_), Value::Null) => {}
            (Some(Value::Object(inner)), Value::Object(over)) => merge(inner, over),
            _ => {
                map.insert(key.clone(), value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Defaults;
    use serde_json::{Value, json};

    #[test]
    fn narrower_defaults_win() {
        let config = json!([
            {"scope": {"path": "", "type": "posts"}, "values": {"b": "posts"}},
            {"scope": {"path": "_posts/news", "type": "posts"}, "values": {"a": "news", "m": {"x": 1}}},
            {"scope": {"path": ""}, "values": {"a": "all", "b": "all", "m": {"x": 0, "y": 2}}},
            {"scope": {"path": "_posts/*/deep"}, "values": {"c": "deep"}},
            {"scope": {"path": "", "type": "recipes"}, "values": {"b": "recipes"}},
            {"values": {"d": 1}},
            {"scope": {"path": "x"}},
        ]);
        let defaults = Defaults::read(Some(&config), "");
        let all = |path: &str, kind: &str| Value::Object(defaults.values_for(path, kind));
        assert_eq!(
            all("_posts/news/deep/2024-01-01-x.md", "posts"),
            json!({"a": "news", "b": "posts", "c": "deep", "d": 1, "m": {"x": 1, "y": 2}})
        );
        assert_eq!(
            all("_recipes/x.md", "recipes"),
            json!({"a": "all", "b": "recipes", "d": 1, "m": {"x": 0, "y": 2}})
        );
    }

    #[test]
    fn defaults_path_with_collections_folder() {
        let config = json!([{"scope": {"path": "all/_posts"}, "values": {"a": 1}}]);
        let defaults = Defaults::read(Some(&config), "all");
        assert_eq!(defaults.values_for("_posts/x.md", "posts").len(), 1);
    }
}
