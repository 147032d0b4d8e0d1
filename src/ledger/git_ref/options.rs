//! The options of a ledger in git: `ledger: {git: true}` or `ledger: {git: {…}}`.

use std::fmt;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use syndicate_api::Diagnostic;

/// The options of a ledger that a ref of the repository's remote keeps.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct GitLedger {
    /// The full name of the ref that keeps the ledger's history. Default: `refs/syndicate/ledger`, and
    /// `refs/syndicate/ledger-FOLDER` if pipeline.yaml is in a folder of the repository.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// The name of the remote. Default: the remote of the upstream branch, then `origin`, then the only
    /// remote.
    pub remote: Option<String>,
    /// A branch that keeps the ledger's history, separate from all other branches, for hosts that accept
    /// only branches.
    pub branch: Option<String>,
    /// The branch in which the ledger is a file beside pipeline.yaml. Each change is a commit on that
    /// branch of the remote.
    pub commit: Option<String>,
}

/// The forms in which `git` can be written.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only its schema is used")]
pub(crate) enum GitLedgerForm {
    /// `true` or `false`.
    Switch(bool),
    /// The options.
    Options(GitLedger),
}

impl GitLedger {
    /// Reads `true`, `false` or a mapping of options.
    ///
    /// # Errors
    /// If the value has another type, or if an option is invalid.
    pub(crate) fn from_option<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(GitLedgerVisitor)
    }

    /// Returns errors that the types cannot express.
    #[must_use]
    pub(crate) fn faults(&self) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let named = [
            ("ref", &self.reference),
            ("branch", &self.branch),
            ("commit", &self.commit),
        ];
        let mut given = named.iter().filter(|(_, value)| value.is_some());
        if let (Some((first, _)), Some((second, _))) = (given.next(), given.next()) {
            let message = format!("`{first}` and `{second}` exclude each other");
            let fault = Diagnostic::option(&["git", second], message);
            faults.push(fault.with_hint("remove one of them"));
        }
        if let Some(name) = &self.reference
            && !(name.starts_with("refs/") && is_ref_name(name))
        {
            let message = format!("invalid ref `{name}`");
            let fault = Diagnostic::option(&["git", "ref"], message);
            faults.push(fault.with_hint("write the full name, such as `refs/syndicate/ledger`"));
        }
        for (key, branch) in [("branch", &self.branch), ("commit", &self.commit)] {
            if let Some(name) = branch
                && (name.starts_with("refs/") || !is_ref_name(name))
            {
                let message = format!("invalid branch `{name}`");
                let fault = Diagnostic::option(&["git", key], message);
                faults.push(fault.with_hint("write the branch's short name, such as `main`"));
            }
        }
        if let Some(name) = &self.remote
            && !is_ref_name(name)
        {
            let message = format!("invalid remote `{name}`");
            let fault = Diagnostic::option(&["git", "remote"], message);
            faults.push(fault.with_hint("write the name of a remote from `git remote`"));
        }
        faults
    }
}

struct GitLedgerVisitor;

impl<'de> Visitor<'de> for GitLedgerVisitor {
    type Value = Option<GitLedger>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("`true`, `false` or a mapping of options")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, is_on: bool) -> Result<Self::Value, E> {
        Ok(is_on.then(GitLedger::default))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let key = if text.starts_with("refs/") {
            "ref"
        } else {
            "branch"
        };
        Err(E::custom(format!(
            "`git` must be `true`, `false` or a mapping of options, not `{text}`; hint: write `git: true`, or \
             `git: {{{key}: NAME}}` for another {key}"
        )))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        GitLedger::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }
}

/// Returns `true` if `name` is a valid name of a ref or of a part of one, by the rules of `git
/// check-ref-format --allow-onelevel`. A name must not start with a dash either, so that no command
/// reads it as an option.
fn is_ref_name(name: &str) -> bool {
    let is_forbidden = |c: char| c.is_ascii_control() || " ~^:?*[\\\u{7f}".contains(c);
    let is_component =
        |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock");
    name != "@"
        && !name.starts_with('-')
        && !name.ends_with('.')
        && !name.contains("..")
        && !name.contains("@{")
        && !name.contains(is_forbidden)
        && name.split('/').all(is_component)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: &serde_json::Value) -> Option<GitLedger> {
        GitLedger::from_option(value).unwrap()
    }

    #[test]
    fn git_option_is_switch_or_mapping() {
        assert_eq!(read(&json!(true)), Some(GitLedger::default()));
        assert_eq!(read(&json!(false)), None);
        assert_eq!(read(&json!(null)), None);
        assert_eq!(read(&json!({})), Some(GitLedger::default()));
        let options = read(&json!({"branch": "ledger", "remote": "o"})).unwrap();
        assert_eq!(options.branch.as_deref(), Some("ledger"));
        assert_eq!(options.remote.as_deref(), Some("o"));
        let error = GitLedger::from_option(&json!({"brunch": "x"})).unwrap_err();
        assert!(error.to_string().contains("brunch"));
        assert!(GitLedger::from_option(&json!("refs/x")).is_err());
    }

    #[test]
    fn options_exclude_each_other() {
        let options = read(&json!({"ref": "refs/x/y", "commit": "main"})).unwrap();
        let faults = options.faults();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].message, "`ref` and `commit` exclude each other");
        assert!(
            read(&json!({"commit": "main"}))
                .unwrap()
                .faults()
                .is_empty()
        );
    }

    #[test]
    fn ref_names_follow_git() {
        for (name, is_valid) in [
            ("main", true),
            ("feature/a-b", true),
            ("refs/syndicate/ledger-a%2Fb", true),
            ("ä", true),
            ("", false),
            ("-x", false),
            ("a..b", false),
            ("a b", false),
            ("a:b", false),
            ("+a", true),
            ("a/", false),
            ("/a", false),
            ("a//b", false),
            ("a/.b", false),
            ("a.lock", false),
            ("a.lock/b", false),
            ("a.", false),
            ("a@{1}", false),
            ("@", false),
            ("a\\b", false),
            ("a\nb", false),
        ] {
            assert_eq!(is_ref_name(name), is_valid, "{name:?}");
        }
    }
}
