//! Looks on the remote for a ref under `refs/syndicate/` with the same ledger as a file. Such a file is
//! outdated: runs that use the ref would not see events recorded in the file.

use std::path::Path;

use super::copies::{readable_events, resolved};
use super::git::Git;

const PATTERN: &str = "refs/syndicate/*";

/// The remote used if the branch has no upstream.
const DEFAULT_REMOTE: &str = "origin";

/// Returns the remote ref whose ledger has one of `ids`, the ids of the `created` events of the file
/// `ledger`. Contacts the remote, within time limits. Also returns `None` if the remote does not
/// answer.
#[must_use]
pub(crate) fn moved_to_ref(ledger: &Path, ids: &[String]) -> Option<String> {
    let git = Git::around(resolved(ledger).parent()?)?;
    let remote = remote(&git);
    let listed = git.ask_remote(&["ls-remote", "--refs", &remote, PATTERN])?;
    let listed = String::from_utf8(listed).ok()?;
    let refs = listed.lines().filter_map(|line| line.split_once('\t'));
    let mut refs = refs.filter(|(commit, name)| {
        fetch(&git, &remote, name).is_some()
            && created_ids(&git, commit).iter().any(|id| ids.contains(id))
    });
    refs.next().map(|(_, name)| name.to_owned())
}

/// Returns the remote of the upstream branch.
fn remote(git: &Git) -> String {
    let branch = git.ask_line(&["symbolic-ref", "-q", "HEAD"]);
    let upstream = branch.and_then(|branch| {
        git.ask_line(&["for-each-ref", "--format=%(upstream:remotename)", &branch])
    });
    // A branch that follows another local branch has the remote `.`.
    upstream
        .filter(|remote| remote != ".")
        .unwrap_or_else(|| DEFAULT_REMOTE.to_owned())
}

/// Fetches the objects of a ref without changing any ref or work tree file.
fn fetch(git: &Git, remote: &str, name: &str) -> Option<Vec<u8>> {
    let mut arguments = vec![
        "fetch",
        "--quiet",
        "--no-tags",
        "--no-write-fetch-head",
        "--no-recurse-submodules",
        "--refmap=",
    ];
    // In other clones, a depth would make the whole clone shallow.
    let is_shallow = git.ask_line(&["rev-parse", "--is-shallow-repository"]);
    if is_shallow.as_deref() == Some("true") {
        arguments.push("--depth=1");
    }
    arguments.extend([remote, name]);
    git.ask_remote(&arguments)
}

/// Returns the ids of the `created` events in the files of `commit`. A partial clone fetches these
/// files from the remote.
fn created_ids(git: &Git, commit: &str) -> Vec<String> {
    let listed = git.ask_remote(&["ls-tree", "-r", "-z", "--full-tree", commit]);
    let listed = listed.unwrap_or_default();
    let blobs = listed.split(|byte| *byte == 0).filter_map(blob);
    let texts = blobs.filter_map(|blob| git.ask_remote(&["cat-file", "blob", blob]));
    let events = texts.flat_map(|text| readable_events(&text));
    events
        .filter(|event| event.kind.name() == "created")
        .map(|event| event.id)
        .collect()
}

/// Returns the object id in an entry of `git ls-tree`: mode, type and object, then the path.
fn blob(entry: &[u8]) -> Option<&str> {
    let pipeline_names = entry.split(|byte| *byte == b'\t').next()?;
    let mut fields = std::str::from_utf8(pipeline_names).ok()?.split(' ').skip(1);
    (fields.next()? == "blob").then(|| fields.next()).flatten()
}
