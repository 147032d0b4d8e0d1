//! Dependencies that are compiled in two versions. Each that cannot be avoided is listed with its
//! reason; a new one fails, and so does a reason that is no longer needed.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::report::print_line;
use crate::workspace::cargo;

/// Dependencies of which others need two versions, and why.
const KNOWN: &[(&str, &str)] = &[
    (
        "base64",
        "the tests' mock server `wiremock` is a version behind reqwest",
    ),
    (
        "getrandom",
        "`ring` stays on 0.2 for its minimum Rust version",
    ),
    ("miniz_oxide", "`png` and its `flate2` differ"),
    ("phf", "`emojis` is a version behind `cssparser`"),
    ("phf_shared", "`emojis` is a version behind `cssparser`"),
    (
        "syn",
        "derive macros are moving from 2 to 3; nothing of it is in the program",
    ),
];

/// Prints every unexpected duplicate. Returns whether there is none.
///
/// # Errors
/// When cargo cannot read the dependencies.
pub(crate) fn check() -> Result<bool> {
    let arguments = "tree --workspace --all-features --duplicates --depth 0 --prefix none";
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let complaints = complaints(&cargo(&arguments)?, KNOWN);
    for complaint in &complaints {
        print_line(complaint);
    }
    if complaints.is_empty() {
        print_line("no unexpected duplicate dependencies");
    }
    Ok(complaints.is_empty())
}

/// Returns what is wrong with the duplicates that `tree`, the output of `cargo tree`, lists.
fn complaints(tree: &str, known: &[(&str, &str)]) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in tree.lines() {
        let mut words = line.split(' ');
        if let (Some(name), Some(version)) = (words.next(), words.next()) {
            versions.entry(name).or_default().insert(version);
        }
    }
    // Cargo also lists a crate that is compiled twice with other features.
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
    use super::complaints;

    const TREE: &str = "a v1.0.0\na v2.0.0\n\nb v1.0.0\nb v1.0.0 (*)\n";

    #[test]
    fn listed_duplicate_passes() {
        assert!(complaints(TREE, &[("a", "why")]).is_empty());
    }

    #[test]
    fn new_duplicate_fails() {
        let complaints = complaints(TREE, &[]);
        assert_eq!(complaints.len(), 1);
        assert!(complaints[0].contains("`a` is compiled in v1.0.0 and v2.0.0"));
    }

    #[test]
    fn stale_reason_fails() {
        let complaints = complaints(TREE, &[("a", "why"), ("b", "why")]);
        assert_eq!(complaints.len(), 1);
        assert!(complaints[0].contains("`b` has one version now"));
    }
}
