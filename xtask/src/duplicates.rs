//! Finds dependencies that are compiled in two versions. Each unavoidable one is listed with its
//! reason. The check fails on any other, and on a listed one that has one version again.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::report::print_line;
use crate::workspace::cargo;

/// Dependencies with two unavoidable versions, and the reasons.
const KNOWN: &[(&str, &str)] = &[
    (
        "base64",
        "`wiremock`, which the tests use, needs an older version than reqwest",
    ),
    (
        "bit-set",
        "`fancy-regex`, which the tests use, needs an older version than `cel`",
    ),
    (
        "bit-vec",
        "`fancy-regex`, which the tests use, needs an older version than `cel`",
    ),
    (
        "deadpool",
        "`wiremock`, which the tests use, needs an older version than `deadpool-postgres`",
    ),
    (
        "deadpool-runtime",
        "`wiremock`, which the tests use, needs an older version than `deadpool-postgres`",
    ),
    ("getrandom", "`ring` needs 0.2 for its minimum Rust version"),
    (
        "miniz_oxide",
        "`png` and its `flate2` need different versions",
    ),
    ("phf", "`emojis` needs an older version than `cssparser`"),
    (
        "phf_shared",
        "`emojis` needs an older version than `cssparser`",
    ),
    (
        "syn",
        "derive macros are moving from 2 to 3; it is used at build time only",
    ),
];

/// Prints every unexpected duplicate. Returns `true` if there are none.
///
/// # Errors
/// Fails if cargo cannot read the dependencies.
pub(crate) fn check() -> Result<bool> {
    let arguments = "tree --workspace --all-features --duplicates --depth 0 --prefix none";
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let errors = find_errors(&cargo(&arguments)?, KNOWN);
    for error in &errors {
        print_line(error);
    }
    if errors.is_empty() {
        print_line("no unexpected duplicate dependencies");
    }
    Ok(errors.is_empty())
}

/// Returns an error for each unexpected duplicate in `tree`, the output of `cargo tree`, and for each
/// entry of `known` that is not a duplicate.
fn find_errors(tree: &str, known: &[(&str, &str)]) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in tree.lines() {
        let mut words = line.split(' ');
        if let (Some(name), Some(version)) = (words.next(), words.next()) {
            versions.entry(name).or_default().insert(version);
        }
    }
    // Cargo also lists a crate that is compiled twice with different features.
    versions.retain(|_, versions| versions.len() > 1);
    let unexpected = versions
        .iter()
        .filter(|(name, _)| !known.iter().any(|(known, _)| known == *name))
        .map(|(name, versions)| {
            let versions: Vec<&str> = versions.iter().copied().collect();
            format!(
                "error: `{name}` is compiled in {}\nhint: run `cargo tree --duplicates`; add it to {} if it cannot be avoided",
                versions.join(" and "),
                file!()
            )
        });
    let stale = known
        .iter()
        .filter(|(name, _)| !versions.contains_key(name))
        .map(|(name, _)| {
            format!(
                "error: `{name}` has one version now\nhint: remove it from {}",
                file!()
            )
        });
    unexpected.chain(stale).collect()
}

#[cfg(test)]
mod tests {
    use super::find_errors;

    const TREE: &str = "a v1.0.0\na v2.0.0\n\nb v1.0.0\nb v1.0.0 (*)\n";

    #[test]
    fn listed_duplicate_passes() {
        assert!(find_errors(TREE, &[("a", "why")]).is_empty());
    }

    #[test]
    fn new_duplicate_fails() {
        let errors = find_errors(TREE, &[]);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].contains("`a` is compiled in v1.0.0 and v2.0.0"));
    }

    #[test]
    fn stale_reason_fails() {
        let errors = find_errors(TREE, &[("a", "why"), ("b", "why")]);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].contains("`b` has one version now"));
    }
}
