//! Changes `ledger` in pipeline.yaml to name another store, and keeps every other byte of the file.

use std::path::Path;

use serde_json::{Value, json};
use syndicate_api::Diagnostic;

use crate::ledger::GitLedger;
use crate::preview::front_matter::{edit_yaml, replace_text};

const SECTION: &str = "ledger";
const KEY: &str = "git";

/// Sets the store in `file`. Returns `false` if the file names it already.
///
/// # Errors
/// If the file cannot be changed without changing something else; it is unchanged then.
pub(super) fn set_store(file: &Path, git: Option<&GitLedger>) -> Result<bool, Diagnostic> {
    replace_text(file, |text| edited(text, git))
}

fn edited(text: &str, git: Option<&GitLedger>) -> Result<String, Diagnostic> {
    // The old value is removed first: a switch cannot be extended to a mapping in place.
    let mut text = edit_yaml(text, &[SECTION, KEY], None)?;
    let Some(git) = git else {
        return Ok(without_empty_section(text));
    };
    let options = options(git);
    if options.is_empty() {
        return edit_yaml(&text, &[SECTION, KEY], Some(&json!(true)));
    }
    for (name, value) in options {
        text = edit_yaml(&text, &[SECTION, KEY, name], Some(&Value::from(value)))?;
    }
    Ok(text)
}

/// Removes `ledger` if it has no other option. If that is not possible, the empty section stays, which
/// means the same.
fn without_empty_section(text: String) -> String {
    let is_empty = |line: &str| matches!(line.trim_end(), "ledger:" | "ledger: {}");
    if !text.lines().any(is_empty) {
        return text;
    }
    edit_yaml(&text, &[SECTION], None).unwrap_or(text)
}

/// Returns the options of `git` that are set, by their names in pipeline.yaml.
pub(super) fn options(git: &GitLedger) -> Vec<(&'static str, &str)> {
    let all = [
        ("ref", &git.reference),
        ("branch", &git.branch),
        ("commit", &git.commit),
        ("remote", &git.remote),
    ];
    all.into_iter()
        .filter_map(|(name, value)| Some((name, value.as_deref()?)))
        .collect()
}

/// Returns the section as text, for a person who has to write it.
pub(super) fn section(git: Option<&GitLedger>) -> String {
    let Some(git) = git else {
        return "ledger: {git: false}".to_owned();
    };
    let options: Vec<String> = options(git)
        .into_iter()
        .map(|(name, value)| format!("{name}: {}", json!(value)))
        .collect();
    match options.is_empty() {
        true => "ledger: {git: true}".to_owned(),
        false => format!("ledger: {{git: {{{}}}}}", options.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn branch() -> GitLedger {
        GitLedger {
            branch: Some("ledger".to_owned()),
            remote: Some("fork".to_owned()),
            ..GitLedger::default()
        }
    }

    #[test]
    fn git_store_is_set_in_any_notation() {
        for (before, after) in [
            (
                "sources: {} # a\n",
                "sources: {} # a\nledger:\n  git: true\n",
            ),
            ("a: 1\r\n", "a: 1\r\nledger:\r\n  git: true\r\n"),
            (
                "ledger: {ci: true}\na: 1\n",
                "ledger: {ci: true, git: true}\na: 1\n",
            ),
            (
                "ledger:\n  git: false\na: 1\n",
                "ledger:\n  git: true\na: 1\n",
            ),
            ("ledger: {git: {ref: refs/a/b}}\n", "ledger: {git: true}\n"),
            (
                "ledger:\n  # why\n  ci: true\na: 1\n",
                "ledger:\n  # why\n  ci: true\n  git: true\na: 1\n",
            ),
        ] {
            assert_eq!(edited(before, Some(&GitLedger::default())).unwrap(), after);
        }
        for (before, after) in [
            (
                "ledger: {git: true}\n",
                "ledger: {git: {branch: \"ledger\", remote: \"fork\"}}\n",
            ),
            (
                "ledger:\n  git: true\n",
                "ledger:\n  git:\n    branch: \"ledger\"\n    remote: \"fork\"\n",
            ),
        ] {
            assert_eq!(edited(before, Some(&branch())).unwrap(), after);
        }
    }

    #[test]
    fn file_store_removes_git() {
        for (before, after) in [
            ("ledger: {git: true}\na: 1 # b\n", "a: 1 # b\n"),
            ("ledger:\n  git:\n    branch: x\na: 1\n", "a: 1\n"),
            ("ledger: {ci: true, git: true}\n", "ledger: {ci: true}\n"),
            ("a: 1\n", "a: 1\n"),
        ] {
            assert_eq!(edited(before, None).unwrap(), after);
        }
    }

    #[test]
    fn comment_in_removed_value_is_refused() {
        assert!(edited("ledger:\n  git: true # ours\n", None).is_err());
    }

    #[test]
    fn section_is_written_for_people() {
        assert_eq!(section(None), "ledger: {git: false}");
        assert_eq!(section(Some(&GitLedger::default())), "ledger: {git: true}");
        let expected = "ledger: {git: {branch: \"ledger\", remote: \"fork\"}}";
        assert_eq!(section(Some(&branch())), expected);
    }
}
