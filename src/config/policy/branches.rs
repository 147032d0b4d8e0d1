//! The patterns of `policy.branches`.

use globset::{Error, Glob, GlobBuilder};
use syndicate_api::Diagnostic;

/// Returns `true` if one of `patterns` matches the name of `branch`. An invalid pattern matches nothing.
pub(super) fn lists(patterns: &[String], branch: &str) -> bool {
    let mut globs = patterns.iter().filter_map(|pattern| glob(pattern).ok());
    globs.any(|glob| glob.compile_matcher().is_match(branch))
}

/// Returns an error for each pattern that is not valid.
pub(super) fn faults(patterns: &[String]) -> impl Iterator<Item = Diagnostic> + '_ {
    patterns.iter().enumerate().filter_map(|(index, pattern)| {
        let error = match glob(pattern) {
            Ok(_) if !pattern.is_empty() => return None,
            Ok(_) => "it is empty".to_owned(),
            Err(error) => error.kind().to_string(),
        };
        let message = format!("invalid branch pattern `{pattern}`: {error}");
        let fault = Diagnostic::option(&["branches", &index.to_string()], message);
        Some(fault.with_hint("write the name of a branch, or a glob such as `release/*`"))
    })
}

/// Compiles a pattern. `*` does not match `/`, and `**` does, as in the filters of GitHub Actions.
fn glob(pattern: &str) -> Result<Glob, Error> {
    GlobBuilder::new(pattern).literal_separator(true).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn star_stops_at_slash() {
        let lists = |pattern: &str, branch| lists(&[pattern.to_owned()], branch);
        assert!(lists("main", "main"));
        assert!(!lists("main", "mainline"));
        assert!(!lists("main", "feature/main"));
        assert!(lists("release/*", "release/2"));
        assert!(!lists("release/*", "release/2/fix"));
        assert!(lists("release/**", "release/2/fix"));
        assert!(lists("{main,trunk}", "trunk"));
    }

    #[test]
    fn invalid_pattern_is_fault() {
        let patterns = ["main", "a[", ""].map(str::to_owned);
        assert_eq!(faults(&patterns).count(), 2);
        assert!(!super::lists(&patterns, "a["));
    }
}
