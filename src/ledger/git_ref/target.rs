//! The ref that keeps a ledger: its names on the remote and in this clone, and the ledger's path in its
//! commits.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use syndicate_api::Env;

use super::context::GitRefContext;
use super::options::GitLedger;
use crate::ledger::error::RemoteError;
use crate::ledger::git::{Git, Remote, default_remote};
use crate::ledger::{FILE_NAME, LedgerError};

/// The default ref of a pipeline in the root of a repository.
const DEFAULT_REF: &str = "refs/syndicate/ledger";

/// The prefix of local refs with the last fetched states. git fetches and pushes no such ref by default.
const FETCHED: &str = "refs/syndicate-fetched";

/// Hints for a folder without the repository or the remote that the ledger needs. pipeline.yaml names this store, or
/// the user moves the ledger there; each hint fits both.
const NO_GIT_HINT: &str =
    "run `git init` and `git remote add origin URL`; a ledger in a file needs no remote";
const NO_REMOTE_HINT: &str = "run `git remote add origin URL`; a ledger in a file needs no remote";
const OTHER_REMOTE_HINT: &str =
    "run `git remote` to list the remotes, and name one of them, or add it with `git remote add`";
const CHOOSE_HINT: &str = "name one of them: with `ledger: {git: {remote: NAME}}` in pipeline.yaml, or with \
    `--remote NAME` after `ledger move git`";
const BROKEN_HINT: &str = "check that `git status` works in the folder of pipeline.yaml";

/// A ref of a remote, with the ledger's path in it.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) remote: Remote,
    /// The full name of the ref on the remote.
    pub(super) name: String,
    /// The ref of this clone with the last fetched state.
    pub(super) fetched: String,
    /// The folders and the file of the ledger in the tree of a commit.
    pub(super) path: Vec<Vec<u8>>,
    /// `true` if the ref is a branch of the user, with other files and with commits by others.
    pub(super) is_shared: bool,
    /// The folder of the repository that all its work trees share.
    pub(super) common: PathBuf,
}

impl Target {
    /// Finds the ref for the pipeline in `folder`.
    ///
    /// # Errors
    /// [`LedgerError::Unreachable`] outside a repository, and if the repository has no such remote.
    pub(super) fn find(
        options: &GitLedger,
        folder: &Path,
        context: &GitRefContext,
    ) -> Result<Self, LedgerError> {
        let unusable = |message: &str, hint: &str| LedgerError::Unreachable {
            ledger: options.ref_name(b""),
            source: RemoteError(message.to_owned()),
            hint: Some(hint.to_owned()),
        };
        let broken = |error: RemoteError| unusable(&error.0, BROKEN_HINT);
        let git = Git::around(folder);
        let git =
            git.ok_or_else(|| unusable("pipeline.yaml is not in a git repository", NO_GIT_HINT))?;
        let prefix = folder_in_repository(&git).map_err(broken)?;
        let common = common_folder(&git, folder).map_err(broken)?;
        let name = options.ref_name(&prefix);
        let remote = options.remote.clone().or_else(|| default_remote(&git));
        let remote = remote.ok_or_else(|| match git.ask_line(&["remote"]) {
            Some(_) => unusable("the repository has several remotes", CHOOSE_HINT),
            None => unusable("the repository has no remote", NO_REMOTE_HINT),
        })?;
        let remote = Remote::find(git, &remote, &context.env).ok_or_else(|| {
            let message = format!("the repository has no remote `{remote}`");
            unusable(&message, OTHER_REMOTE_HINT)
        })?;
        let remote = remote.with_timeout(context.timeout);
        let is_shared = options.commit.is_some();
        let folders = prefix.split(|byte| *byte == b'/').map(<[u8]>::to_vec);
        let folders = folders.filter(|folder| is_shared && !folder.is_empty());
        Ok(Self {
            fetched: format!(
                "{FETCHED}/{}/{}",
                remote.name(),
                name.strip_prefix("refs/").unwrap_or(&name)
            ),
            remote,
            name,
            path: folders.chain([FILE_NAME.as_bytes().to_vec()]).collect(),
            is_shared,
            common,
        })
    }

    /// Returns the ledger's name in messages about its lines.
    pub(super) fn display_name(&self) -> String {
        if !self.is_shared {
            return self.name.clone();
        }
        let path = String::from_utf8_lossy(&self.path.join(&b'/')).into_owned();
        format!("{}:{path}", self.name)
    }

    /// Returns `true` if pushes to the ref start pipelines of GitLab.
    pub(super) fn starts_gitlab_pipeline(&self, env: &Env) -> bool {
        let is_gitlab = env.get("GITLAB_CI").is_some_and(|value| !value.is_empty())
            || self
                .remote
                .host()
                .is_some_and(|host| host.contains("gitlab"));
        is_gitlab && self.name.starts_with("refs/heads/")
    }
}

impl GitLedger {
    /// Returns the full name of the ref for a pipeline in the folder `prefix` of the repository.
    fn ref_name(&self, prefix: &[u8]) -> String {
        if let Some(name) = &self.reference {
            return name.clone();
        }
        if let Some(branch) = self.branch.as_ref().or(self.commit.as_ref()) {
            return format!("refs/heads/{branch}");
        }
        let folder = prefix.strip_suffix(b"/").unwrap_or(prefix);
        if folder.is_empty() {
            return DEFAULT_REF.to_owned();
        }
        format!("{DEFAULT_REF}-{}", escape(folder))
    }
}

/// Returns `bytes` as a part of the name of a ref: bytes outside `[A-Za-z0-9_-]` become `%XX`.
pub(super) fn escape(bytes: &[u8]) -> String {
    let mut escaped = String::with_capacity(bytes.len());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') {
            escaped.push(char::from(*byte));
        } else {
            // Writing to a string cannot fail.
            write!(escaped, "%{byte:02X}").ok();
        }
    }
    escaped
}

/// Returns the path of the folder in its repository, with a trailing slash; empty for the root.
fn folder_in_repository(git: &Git) -> Result<Vec<u8>, RemoteError> {
    let printed = git
        .run(&["rev-parse", "--show-prefix"], b"")
        .into_stdout()?;
    Ok(printed.strip_suffix(b"\n").unwrap_or(&printed).to_vec())
}

fn common_folder(git: &Git, folder: &Path) -> Result<PathBuf, RemoteError> {
    let printed = git
        .run(&["rev-parse", "--git-common-dir"], b"")
        .into_stdout()?;
    let printed = String::from_utf8_lossy(&printed);
    let path = folder.join(printed.trim_end_matches(['\n', '\r']));
    Ok(path.canonicalize().unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ref_of_subfolder_is_escaped() {
        let options = GitLedger::default();
        for (prefix, name) in [
            ("", "refs/syndicate/ledger"),
            ("blog/", "refs/syndicate/ledger-blog"),
            ("sites/my blog/", "refs/syndicate/ledger-sites%2Fmy%20blog"),
            ("a_b-c.d/", "refs/syndicate/ledger-a_b-c%2Ed"),
            ("ä/", "refs/syndicate/ledger-%C3%A4"),
            ("a%2Fb/", "refs/syndicate/ledger-a%252Fb"),
        ] {
            assert_eq!(options.ref_name(prefix.as_bytes()), name);
        }
    }

    #[test]
    fn ref_is_set_by_options() {
        let named = |reference: Option<&str>, branch: Option<&str>, commit: Option<&str>| {
            let text = |text: Option<&str>| text.map(str::to_owned);
            let options = GitLedger {
                reference: text(reference),
                branch: text(branch),
                commit: text(commit),
                remote: None,
            };
            options.ref_name(b"blog/")
        };
        assert_eq!(named(Some("refs/x/y"), None, None), "refs/x/y");
        assert_eq!(named(None, Some("ledger"), None), "refs/heads/ledger");
        assert_eq!(named(None, None, Some("main")), "refs/heads/main");
    }
}
