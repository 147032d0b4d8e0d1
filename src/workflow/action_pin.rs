//! A pinned reference to this program's own action.

use std::fmt;
use std::str::FromStr;

use crate::release;

/// The length of a commit hash in hexadecimal digits.
const HASH_LENGTH: usize = 40;

/// An action at one commit, such as `owner/syndicate@0123…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ActionPin {
    repository: String,
    commit: String,
    version: Option<&'static str>,
}

/// A text that is not `OWNER/REPO@SHA` with a full commit hash.
#[derive(Debug, thiserror::Error)]
#[error("invalid action `{0}`: expected `OWNER/REPO@SHA` with the 40 digits of a commit")]
pub(crate) struct InvalidPin(String);

impl ActionPin {
    /// Returns the action of the release that this program is. Other builds know no commit, and an action
    /// that is not pinned could change later.
    pub(crate) fn of_release() -> Option<Self> {
        let repository = release::repository()?.strip_prefix("https://github.com/")?;
        let pin: Self = format!("{repository}@{}", release::commit()?)
            .parse()
            .ok()?;
        Some(Self {
            version: Some(release::version()),
            ..pin
        })
    }
}

impl ActionPin {
    /// Returns the URL of the repository.
    pub(super) fn url(&self) -> String {
        format!("https://github.com/{}", self.repository)
    }

    /// Returns the URL of a file of the repository at this commit.
    pub(super) fn file_url(&self, path: &str) -> String {
        let Self {
            repository, commit, ..
        } = self;
        format!("https://raw.githubusercontent.com/{repository}/{commit}/{path}")
    }
}

impl FromStr for ActionPin {
    type Err = InvalidPin;

    fn from_str(text: &str) -> Result<Self, InvalidPin> {
        let invalid = || InvalidPin(text.to_owned());
        let (repository, commit) = text.split_once('@').ok_or_else(invalid)?;
        let (owner, name) = repository.split_once('/').ok_or_else(invalid)?;
        let is_name = |part: &str| {
            let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            !part.is_empty() && part.chars().all(is_allowed)
        };
        let is_hash = commit.len() == HASH_LENGTH && commit.chars().all(|c| c.is_ascii_hexdigit());
        if !(is_name(owner) && is_name(name) && is_hash) {
            return Err(invalid());
        }
        Ok(Self {
            repository: repository.to_owned(),
            commit: commit.to_ascii_lowercase(),
            version: None,
        })
    }
}

impl fmt::Display for ActionPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.repository, self.commit)?;
        match self.version {
            Some(version) => write!(f, " # v{version}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pin_needs_full_hash() {
        let hash = "0123456789abcdef0123456789ABCDEF01234567";
        let pin: ActionPin = format!("owner/syndicate@{hash}").parse().unwrap();
        assert_eq!(
            pin.to_string(),
            format!("owner/syndicate@{}", hash.to_lowercase())
        );
        for text in [
            "owner/syndicate@v1",
            "owner/syndicate",
            "syndicate@0123456789abcdef0123456789abcdef01234567",
            "a/b/c@0123456789abcdef0123456789abcdef01234567",
            "a b/c@0123456789abcdef0123456789abcdef01234567",
        ] {
            assert!(text.parse::<ActionPin>().is_err(), "{text}");
        }
    }
}
