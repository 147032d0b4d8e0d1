//! Values that a section or the site passes to its pages ("Cascade", Hugo's documentation): a map, or a
//! list of maps that select pages by `target`.

use globset::GlobBuilder;
use serde_json::{Map, Value};

/// Keys of the map that selects pages, since and before Hugo 0.76.
const TARGET_KEYS: &[&str] = &["target", "_target"];

/// The rules of one `cascade` key, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cascade(Vec<Rule>);

#[derive(Clone, Debug, Default, PartialEq)]
struct Rule {
    /// A glob of paths such as `/posts/**`.
    path: Option<String>,
    /// A glob of language keys.
    language: Option<String>,
    /// A glob of page kinds. Posts have the kind `page`.
    kind: Option<String>,
    values: Map<String, Value>,
}

impl Cascade {
    pub(super) fn read(value: &Value) -> Self {
        let rules = match value {
            Value::Array(rules) => rules.iter().filter_map(parse_rule).collect(),
            value => parse_rule(value).into_iter().collect(),
        };
        Self(rules)
    }

    /// Returns `true` if it passes no values.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the values for the page at `path`. The first rule that sets a key wins.
    pub(super) fn values_for(&self, path: &str, language: &str) -> Map<String, Value> {
        let mut values = Map::new();
        for rule in self.0.iter().filter(|rule| rule.applies_to(path, language)) {
            for (key, value) in &rule.values {
                values.entry(key).or_insert_with(|| value.clone());
            }
        }
        values
    }
}

impl Rule {
    fn applies_to(&self, path: &str, language: &str) -> bool {
        let path = path.to_lowercase();
        [
            (&self.path, path.as_str()),
            (&self.language, language),
            (&self.kind, "page"),
        ]
        .into_iter()
        .all(|(pattern, text)| {
            pattern
                .as_ref()
                .is_none_or(|pattern| matches(pattern, text))
        })
    }
}

/// Returns `true` if `text` matches the glob `pattern`, ignoring case.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let glob = GlobBuilder::new(pattern)
        .literal_separator(true)
        .case_insensitive(true)
        .build();
    glob.is_ok_and(|glob| glob.compile_matcher().is_match(text))
}

fn parse_rule(value: &Value) -> Option<Rule> {
    let mut values = value.as_object()?.clone();
    let target = TARGET_KEYS.iter().find_map(|key| values.remove(*key));
    let text = |key: &str| Some(target.as_ref()?.get(key)?.as_str()?.to_owned());
    let mut rule = Rule {
        path: text("path"),
        language: text("lang"),
        kind: text("kind"),
        values: Map::new(),
    };
    // Sites are published in the environment `production`, so rules for others never apply.
    if text("environment").is_some_and(|environment| !matches(&environment, "production")) {
        return None;
    }
    let own = values.remove("params");
    rule.values = values;
    if let Some(Value::Object(params)) = own {
        for (key, value) in params {
            rule.values.entry(key).or_insert(value);
        }
    }
    Some(rule)
}

#[cfg(test)]
mod tests {
    use super::Cascade;
    use serde_json::json;

    #[test]
    fn cascade_rule_applies_to_target() {
        let cascade = Cascade::read(&json!([
            {"target": {"path": "/posts/**", "kind": "{page,section}"}, "draft": true},
            {"_target": {"lang": "fr"}, "params": {"image": "fr.png"}, "draft": false},
            {"target": {"kind": "home"}, "image": "no.png"},
            {"target": {"environment": "staging"}, "image": "no.png"},
        ]));
        for (path, language, expected) in [
            ("/Posts/a", "en", json!({"draft": true})),
            ("/posts/a", "fr", json!({"draft": true, "image": "fr.png"})),
            ("/docs/a", "fr", json!({"draft": false, "image": "fr.png"})),
            ("/docs/a", "en", json!({})),
        ] {
            assert_eq!(
                json!(cascade.values_for(path, language)),
                expected,
                "{path}"
            );
        }
    }

    #[test]
    fn cascade_map_applies_to_all_pages() {
        let cascade = Cascade::read(&json!({"type": "post", "params": {"author": "Ann"}}));
        let values = json!({"type": "post", "author": "Ann"});
        assert_eq!(json!(cascade.values_for("/a", "en")), values);
        assert_eq!(
            json!(Cascade::read(&json!(3)).values_for("/a", "en")),
            json!({})
        );
    }
}
