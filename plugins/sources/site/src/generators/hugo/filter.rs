//! Filters the files of a mount by `files`, or before version 0.153 by `includeFiles` and `excludeFiles`
//! ("Module mounts", Hugo's documentation). The first matching glob decides. If none matches, a file is
//! accepted unless there are including globs. An excluded folder excludes all files in it.

use regex::{Regex, RegexBuilder};
use serde_json::Value;

use crate::value::scalar;

/// The globs of one mount, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter(Vec<Rule>);

#[derive(Clone, Debug)]
struct Rule {
    pattern: Regex,
    excludes: bool,
}

impl Filter {
    /// Reads the filter of a mount.
    pub(super) fn read(mount: &Value) -> Self {
        let list = |key: &str| -> Vec<String> {
            match mount.get(key) {
                Some(Value::Array(values)) => values.iter().filter_map(scalar).collect(),
                Some(value) => scalar(value).into_iter().collect(),
                None => Vec::new(),
            }
        };
        let excluded = list("excludefiles").into_iter().map(|glob| (glob, true));
        let included = list("includefiles").into_iter().map(|glob| (glob, false));
        let files = list("files")
            .into_iter()
            .map(|glob| match glob.strip_prefix("! ") {
                Some(glob) => (glob.trim().to_owned(), true),
                None => (glob, false),
            });
        let rules = excluded.chain(included).chain(files);
        Self(
            rules
                .filter_map(|(glob, excludes)| {
                    Some(Rule {
                        pattern: pattern(&glob)?,
                        excludes,
                    })
                })
                .collect(),
        )
    }

    /// Returns `true` if Hugo accepts the file at `path`, relative to the mount's source.
    pub(super) fn accepts(&self, path: &str) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        let decision = |path: &str| {
            let mut rules = self.0.iter();
            rules.find(|rule| rule.pattern.is_match(path))
        };
        let mut hidden = folders.filter_map(decision);
        if hidden.any(|rule| rule.excludes) {
            return false;
        }
        match decision(path) {
            Some(rule) => !rule.excludes,
            None => self.0.iter().all(|rule| rule.excludes),
        }
    }
}

/// Compiles a glob of Hugo's, ignoring case: `**` matches anything, `*` anything within one folder.
/// Returns `None` if it is invalid.
fn pattern(glob: &str) -> Option<Regex> {
    let glob = glob.trim_start_matches('/');
    let mut pattern = String::from("^");
    let mut depth = 0_usize;
    let mut chars = glob.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '*' if chars.peek() == Some(&'*') => {
                chars.next();
                pattern.push_str(".*");
            }
            '*' => pattern.push_str("[^/]*"),
            '?' => pattern.push_str("[^/]"),
            '{' => {
                depth += 1;
                pattern.push_str("(?:");
            }
            '}' if depth > 0 => {
                depth -= 1;
                pattern.push(')');
            }
            ',' if depth > 0 => pattern.push('|'),
            '[' => {
                pattern.push('[');
                if chars.peek() == Some(&'!') {
                    chars.next();
                    pattern.push('^');
                }
            }
            ']' | '-' => pattern.push(c),
            '\\' => pattern.push_str(&regex::escape(&chars.next()?.to_string())),
            c => pattern.push_str(&regex::escape(&c.to_string())),
        }
    }
    pattern.push('$');
    RegexBuilder::new(&pattern)
        .case_insensitive(true)
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::Filter;
    use serde_json::{Value, json};

    /// Expected files are those that Hugo 0.168 lists (0.150 for the older keys).
    #[track_caller]
    fn assert_accepts(mount: Value, expected: &[&str]) {
        let files = [
            "draft.md",
            "posts/WIP/u.md",
            "posts/a.md",
            "posts/secret-x.md",
            "wip/deep/v.md",
            "wip/w.md",
        ];
        let filter = Filter::read(&mount);
        let taken = files.into_iter().filter(|file| filter.accepts(file));
        assert_eq!(taken.collect::<Vec<_>>(), expected, "{mount}");
    }

    #[test]
    fn mount_filter_selects_files() {
        let posts = ["posts/WIP/u.md", "posts/a.md", "posts/secret-x.md"];
        let not_wip = [
            "draft.md",
            "posts/WIP/u.md",
            "posts/a.md",
            "posts/secret-x.md",
        ];
        assert_accepts(json!({"files": ["! wip/**"]}), &not_wip);
        assert_accepts(json!({"files": "! /wip/**"}), &not_wip);
        assert_accepts(json!({"files": ["! wip"]}), &not_wip);
        assert_accepts(json!({"files": ["! wip/*"]}), &not_wip);
        assert_accepts(json!({"files": ["!wip/**"]}), &[]);
        assert_accepts(json!({"files": ["posts/**"]}), &posts);
        assert_accepts(json!({"files": ["posts/**", "! posts/secret*"]}), &posts);
        assert_accepts(
            json!({"files": ["! posts/secret*", "posts/**"]}),
            &posts[..2],
        );
        assert_accepts(json!({"files": ["*.md"]}), &["draft.md"]);
        assert_accepts(json!({"files": ["! {wip,posts}/**"]}), &["draft.md"]);
        assert_accepts(
            json!({"files": ["! **/wip/**"]}),
            &[
                "draft.md",
                "posts/a.md",
                "posts/secret-x.md",
                "wip/deep/v.md",
                "wip/w.md",
            ],
        );
        assert_accepts(json!({"excludefiles": "wip/**"}), &not_wip);
        assert_accepts(
            json!({"includefiles": "posts/**", "excludefiles": ["**secret**"]}),
            &posts[..2],
        );
    }
}
