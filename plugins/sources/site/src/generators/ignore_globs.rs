//! Globs in generators' configs that exclude files. An invalid pattern matches nothing, as in the
//! generators' own matchers.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Compiles `patterns` to a set in which `*` matches within one folder.
pub(super) fn path_globs<S: AsRef<str>>(patterns: &[S]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = GlobBuilder::new(pattern.as_ref())
            .literal_separator(true)
            .build();
        if let Ok(glob) = glob {
            set.add(glob);
        }
    }
    set.build().unwrap_or_default()
}

/// Returns `true` if `globs` match `start` followed by `path` or by one of its parent folders.
pub(super) fn matches_within(globs: &GlobSet, start: &str, path: &str) -> bool {
    let ends = path
        .match_indices('/')
        .map(|(at, _)| at)
        .chain([path.len()]);
    ends.filter(|end| *end > 0)
        .any(|end| globs.is_match(format!("{start}{}", &path[..end])))
}

#[cfg(test)]
mod tests {
    use super::{matches_within, path_globs};

    #[test]
    fn folder_glob_matches_contents() {
        let path = "source/_posts/private/p.md";
        for (pattern, is_hidden) in [
            ("**/private", true),
            ("**/private/**", true),
            ("**/{private,wip.md}", true),
            ("**/p.md", true),
            ("private", false),
            ("**/priv", false),
            ("[", false),
        ] {
            let globs = path_globs(&[pattern]);
            assert_eq!(matches_within(&globs, "/", path), is_hidden, "{pattern}");
        }
    }
}
