//! Reads the patterns of `permalinks` ("Permalinks", Hugo's documentation) in each of their three forms:
//! a pattern per section, patterns per kind and section, and since 0.15x a list of targets.

use serde_json::Value;

use super::super::cascade::matches;
use crate::generators::settings::Settings;

/// The patterns of a site, the most specific first.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Rules(Vec<Rule>);

#[derive(Clone, Debug)]
struct Rule {
    target: Target,
    language: Option<String>,
    pattern: String,
}

#[derive(Clone, Debug)]
enum Target {
    /// A section with all its subsections; empty for pages outside of sections.
    Section(String),
    /// A glob of paths.
    Glob(String),
}

impl Rules {
    /// Reads the rules of the settings and those of each language, which take precedence.
    pub(in super::super) fn read(settings: &Settings) -> Self {
        let mut rules = Vec::new();
        for (key, value) in settings.members("languages") {
            if let Some(permalinks) = value.get("permalinks") {
                rules.extend(read(permalinks, Some(key)));
            }
        }
        if let Some(permalinks) = settings.get("permalinks") {
            rules.extend(read(permalinks, None));
        }
        Self(rules)
    }

    /// Returns the pattern for the page at `path` in `folder`. Few sites have rules that depend on the path.
    pub(in super::super) fn pattern(
        &self,
        path: &dyn Fn() -> String,
        folder: &str,
        language: &str,
    ) -> Option<&str> {
        let rule = self.0.iter().find(|rule| {
            let has_language = rule
                .language
                .as_ref()
                .is_none_or(|pattern| matches(pattern, language));
            has_language && rule.target.includes(path, folder)
        });
        rule.map(|rule| rule.pattern.as_str())
    }
}

impl Target {
    fn includes(&self, path: &dyn Fn() -> String, folder: &str) -> bool {
        match self {
            Self::Glob(pattern) => matches(pattern, &path()),
            Self::Section(section) if section.is_empty() => folder.is_empty(),
            Self::Section(section) => {
                let folder = folder.to_lowercase();
                folder
                    .strip_prefix(section.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
        }
    }
}

fn read(permalinks: &Value, language: Option<&str>) -> Vec<Rule> {
    match permalinks {
        Value::Array(rules) => rules.iter().filter_map(parse_target_rule).collect(),
        Value::Object(map) => {
            // `permalinks.page` takes precedence over the older form without a kind.
            let pages = map.get("page").and_then(Value::as_object);
            let patterns = pages.into_iter().flatten().chain(map);
            let mut rules: Vec<Rule> = patterns
                .filter_map(|(section, pattern)| {
                    Some(Rule {
                        target: Target::Section(section.trim_matches([' ', '/']).to_owned()),
                        language: language.map(str::to_owned),
                        pattern: pattern.as_str()?.to_owned(),
                    })
                })
                .collect();
            // Deeper sections are more specific. The sort is stable, so equal ones keep their order.
            rules.sort_by_key(|rule| match &rule.target {
                Target::Section(section) => std::cmp::Reverse(section.len()),
                Target::Glob(_) => std::cmp::Reverse(0),
            });
            rules
        }
        _ => Vec::new(),
    }
}

/// Parses a rule of the list form; `None` if it is for another kind of pages.
fn parse_target_rule(rule: &Value) -> Option<Rule> {
    let target = |key: &str| rule.get("target")?.get(key)?.as_str();
    if target("kind").is_some_and(|kind| !matches(kind, "page")) {
        return None;
    }
    Some(Rule {
        target: Target::Glob(target("path").unwrap_or("**").to_owned()),
        language: target("lang").map(str::to_owned),
        pattern: rule.get("pattern")?.as_str()?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::Rules;
    use crate::generators::settings::Settings;
    use serde_json::{Value, json};

    fn rules(permalinks: Value) -> Rules {
        let settings =
            json!({"permalinks": permalinks, "languages": {"fr": {"permalinks": {"blog": "/fr"}}}});
        Rules::read(&Settings(settings.as_object().cloned().unwrap()))
    }

    #[test]
    fn most_specific_pattern_wins() {
        let by_section = rules(
            json!({"blog": "/b", "blog/deep": "/d", "/": "/root", "section": {"blog": "/s"}}),
        );
        let by_kind =
            rules(json!({"page": {"blog": "/p"}, "term": {"blog": "/t"}, "blog": "/old"}));
        let by_list = rules(json!([
            {"target": {"kind": "section"}, "pattern": "/s"},
            {"target": {"path": "/blog/**"}, "pattern": "/l"},
            {"pattern": "/any"},
        ]));
        for (rules, folder, language, pattern) in [
            (&by_section, "Blog", "en", Some("/b")),
            (&by_section, "blog/other", "en", Some("/b")),
            (&by_section, "blog/deep/er", "en", Some("/d")),
            (&by_section, "blogs", "en", None),
            (&by_section, "", "en", Some("/root")),
            (&by_section, "blog", "fr", Some("/fr")),
            (&by_kind, "blog", "en", Some("/p")),
            (&by_list, "blog/deep", "en", Some("/l")),
            (&by_list, "docs", "en", Some("/any")),
        ] {
            let path = format!("/{folder}/page");
            assert_eq!(
                rules.pattern(&|| path.clone(), folder, language),
                pattern,
                "{folder}"
            );
        }
    }
}
