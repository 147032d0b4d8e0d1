//! Changes `ledger` in pipeline.yaml to name another store, and keeps every other byte of the file.

use std::path::Path;

use serde_json::{Value, json};
use syndicate_api::{Code, Diagnostic};

use crate::ledger::{GitLedger, PostgresLedger, StoreOptions};
use crate::preview::front_matter::{edit_yaml, replace_text};

const SECTION: &str = "ledger";
const GIT: &str = "git";
const POSTGRES: &str = "postgres";

/// Sets the store in `file`. Returns `false` if the file names it already.
///
/// # Errors
/// If the file cannot be changed without changing something else; it is unchanged then.
pub(super) fn set_store(file: &Path, store: &StoreOptions) -> Result<bool, Diagnostic> {
    replace_text(file, |text| edited(text, store))
}

fn edited(text: &str, store: &StoreOptions) -> Result<String, Diagnostic> {
    // The old value is removed first: a switch cannot be extended to a mapping in place.
    let mut text = without_git(text)?;
    text = edit_yaml(&text, &[SECTION, POSTGRES], None)?;
    let (key, options) = match store {
        StoreOptions::File => return Ok(without_empty_section(text)),
        StoreOptions::Git(git) => (GIT, git_options(git)),
        StoreOptions::Postgres(postgres) => (POSTGRES, postgres_options(postgres)?),
    };
    if options.is_empty() {
        return match switched(&text, true) {
            Some(text) => Ok(text),
            None => edit_yaml(&text, &[SECTION, key], Some(&json!(true))),
        };
    }
    if let [("url", url)] = options[..] {
        return edit_yaml(&text, &[SECTION, key], Some(&json!(url)));
    }
    for (name, value) in options {
        text = edit_yaml(&text, &[SECTION, key, name], Some(&Value::from(value)))?;
    }
    Ok(text)
}

/// Removes `git`. If it is a switch with a comment, which would be lost, switches it off instead.
fn without_git(text: &str) -> Result<String, Diagnostic> {
    edit_yaml(text, &[SECTION, GIT], None).or_else(|refusal| match is_switch(text, false) {
        true => Ok(text.to_owned()),
        false => switched(text, false).ok_or(refusal),
    })
}

/// Returns `text` with the switch `git` turned on or off in place, which keeps a comment after it. Returns `None` if it is
/// not the opposite switch, or not written as `git: true` or `git: false`.
fn switched(text: &str, is_on: bool) -> Option<String> {
    if !is_switch(text, !is_on) {
        return None;
    }
    let written = format!("{GIT}: {}", !is_on);
    let places = text.match_indices(&written);
    let mut candidates = places.map(|(at, _)| {
        let after = &text[at + written.len()..];
        format!("{}{GIT}: {is_on}{after}", &text[..at])
    });
    candidates.find(|candidate| is_switch(candidate, is_on))
}

/// Returns `true` if `git` is the switch `value`: setting it changes nothing.
fn is_switch(text: &str, value: bool) -> bool {
    let set = edit_yaml(text, &[SECTION, GIT], Some(&json!(value)));
    set.is_ok_and(|set| set == text)
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
fn git_options(git: &GitLedger) -> Vec<(&'static str, &str)> {
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

/// Returns the options of `postgres` that are set, by their names in pipeline.yaml.
///
/// # Errors
/// If the URL is not the name of a variable: this program does not write a password into a file.
fn postgres_options(postgres: &PostgresLedger) -> Result<Vec<(&'static str, &str)>, Diagnostic> {
    let url = postgres.url.expression().ok_or_else(|| {
        let message = "the URL may have a password";
        Diagnostic::new(Code::InvalidConfig, message)
            .with_hint("give the URL as the name of a variable, such as `--url '${DATABASE_URL}'`")
    })?;
    let name = postgres.name.as_deref().map(|name| ("name", name));
    Ok([("url", url)].into_iter().chain(name).collect())
}

/// Returns the section as text, for a person who has to write it.
pub(super) fn section(store: &StoreOptions) -> String {
    let (key, options) = match store {
        StoreOptions::File => return "ledger: {git: false, postgres: null}".to_owned(),
        StoreOptions::Git(git) => (GIT, git_options(git)),
        StoreOptions::Postgres(postgres) => {
            let options = postgres_options(postgres);
            let unnamed = || vec![("url", "${DATABASE_URL}")];
            (POSTGRES, options.unwrap_or_else(|_| unnamed()))
        }
    };
    let written: Vec<String> = options
        .iter()
        .map(|(name, value)| format!("{name}: {}", json!(value)))
        .collect();
    match options[..] {
        [] => format!("ledger: {{{key}: true}}"),
        [("url", url)] => format!("ledger: {{{key}: {}}}", json!(url)),
        _ => format!("ledger: {{{key}: {{{}}}}}", written.join(", ")),
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

    fn database_of(name: Option<&str>) -> StoreOptions {
        StoreOptions::Postgres(PostgresLedger {
            name: name.map(str::to_owned),
            ..PostgresLedger::at("${DATABASE_URL}")
        })
    }

    #[test]
    fn database_is_set_by_its_variable() {
        for (before, name, after) in [
            (
                "a: 1\n",
                None,
                "a: 1\nledger:\n  postgres: \"${DATABASE_URL}\"\n",
            ),
            (
                "ledger: {git: true}\n",
                Some("blog"),
                "ledger: {postgres: {url: \"${DATABASE_URL}\", name: \"blog\"}}\n",
            ),
        ] {
            assert_eq!(edited(before, &database_of(name)).unwrap(), after);
        }
        let literal = StoreOptions::Postgres(PostgresLedger::at("postgresql://u:p@h/d"));
        assert!(edited("a: 1\n", &literal).is_err());
        assert!(!section(&literal).contains("u:p"));
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
            assert_eq!(
                edited(before, &StoreOptions::Git(GitLedger::default())).unwrap(),
                after
            );
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
            assert_eq!(edited(before, &StoreOptions::Git(branch())).unwrap(), after);
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
            assert_eq!(edited(before, &StoreOptions::File).unwrap(), after);
        }
    }

    #[test]
    fn comment_after_switch_is_kept() {
        let git = StoreOptions::Git(GitLedger::default());
        for (on, off) in [
            (
                "ledger:\n  git: true # ours\n",
                "ledger:\n  git: false # ours\n",
            ),
            ("ledger: {git: true}  # ours\n", "ledger: {}  # ours\n"),
            (
                "ledger:\n  git: true   # not `git: true`\na: {git: true}\n",
                "ledger:\n  git: false   # not `git: true`\na: {git: true}\n",
            ),
        ] {
            assert_eq!(edited(on, &git).unwrap(), on, "already on");
            assert_eq!(edited(on, &StoreOptions::File).unwrap(), off);
            assert_eq!(
                edited(off, &StoreOptions::File).unwrap(),
                off,
                "already off"
            );
            assert_eq!(edited(off, &git).unwrap(), on);
        }
        let database = edited("ledger:\n  git: true # ours\n", &database_of(None)).unwrap();
        let expected = "ledger:\n  git: false # ours\n  postgres: \"${DATABASE_URL}\"\n";
        assert_eq!(database, expected);
    }

    #[test]
    fn comment_in_removed_mapping_is_refused() {
        let mapping = "ledger:\n  git:\n    branch: x # ours\n";
        assert!(edited(mapping, &StoreOptions::File).is_err());
    }

    #[test]
    fn section_is_written_for_people() {
        let file = "ledger: {git: false, postgres: null}";
        assert_eq!(section(&StoreOptions::File), file);
        let git = StoreOptions::Git(GitLedger::default());
        assert_eq!(section(&git), "ledger: {git: true}");
        let database = "ledger: {postgres: \"${DATABASE_URL}\"}";
        assert_eq!(section(&database_of(None)), database);
        let expected = "ledger: {git: {branch: \"ledger\", remote: \"fork\"}}";
        assert_eq!(section(&StoreOptions::Git(branch())), expected);
    }
}
