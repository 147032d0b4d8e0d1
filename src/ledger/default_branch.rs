//! Asks the clone for the default branch of its remote.

use std::path::Path;

use super::copies::resolved;
use super::git::Git;

/// Returns the default branch of the remote that the clone around `ledger` was made from, without
/// contacting it. `git clone` records it in `refs/remotes/origin/HEAD`; a clone of another single branch
/// and a `git fetch` into a new repository do not.
#[must_use]
pub(crate) fn default_branch(ledger: &Path) -> Option<String> {
    let git = Git::around(resolved(ledger).parent()?)?;
    let head = git.ask_line(&["symbolic-ref", "-q", "refs/remotes/origin/HEAD"])?;
    let name = head.strip_prefix("refs/remotes/origin/")?;
    Some(name.to_owned())
}

/// Returns the branch that is checked out in the clone around `ledger`.
#[must_use]
pub(crate) fn current_branch(ledger: &Path) -> Option<String> {
    let git = Git::around(resolved(ledger).parent()?)?;
    let head = git.ask_line(&["symbolic-ref", "-q", "HEAD"])?;
    Some(head.strip_prefix("refs/heads/")?.to_owned())
}
