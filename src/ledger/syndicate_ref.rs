//! Looks on the remote for a ref under `refs/syndicate/` with the same ledger as a file. Such a file is
//! outdated: runs that use the ref would not see events recorded in the file.

use std::path::Path;

use syndicate_api::Env;

use super::LedgerState;
use super::copies::{readable_events, resolved};
use super::git::{Git, Remote, default_remote};

const PATTERN: &str = "refs/syndicate/*";

/// Returns the remote ref whose ledger has one of `ids`, the ids of the `created` events of the file
/// `ledger`. Contacts the remote, within time limits. Also returns `None` if the remote does not
/// answer.
#[must_use]
pub(crate) fn moved_to_ref(ledger: &Path, ids: &[String], env: &Env) -> Option<String> {
    let git = Git::around(resolved(ledger).parent()?)?;
    let name = default_remote(&git)?;
    let remote = Remote::find(git, &name, env)?;
    let listed = ask(&remote, &["ls-remote", "--refs", &name, PATTERN])?;
    let listed = String::from_utf8(listed).ok()?;
    let refs = listed.lines().filter_map(|line| line.split_once('\t'));
    let mut refs = refs.filter(|(commit, name)| {
        fetch(&remote, name).is_some() && is_open_with(&remote, (commit, name), ids)
    });
    refs.next().map(|(_, name)| name.to_owned())
}

fn ask(remote: &Remote, arguments: &[&str]) -> Option<Vec<u8>> {
    remote.run(arguments, b"").into_stdout().ok()
}

/// Fetches the objects of a ref without changing any ref or work tree file.
fn fetch(remote: &Remote, name: &str) -> Option<Vec<u8>> {
    let mut arguments = vec![
        "fetch",
        "--quiet",
        "--no-tags",
        "--no-write-fetch-head",
        "--no-recurse-submodules",
        "--refmap=",
    ];
    // In other clones, a depth would make the whole clone shallow.
    let is_shallow = remote
        .git()
        .ask_line(&["rev-parse", "--is-shallow-repository"]);
    if is_shallow.as_deref() == Some("true") {
        arguments.push("--depth=1");
    }
    arguments.extend([remote.name(), name]);
    ask(remote, &arguments)
}

/// Returns `true` if a file of `commit` is a ledger with one of `ids` that was not moved away from the
/// ref. A partial clone fetches these files from the remote.
fn is_open_with(remote: &Remote, (commit, name): (&str, &str), ids: &[String]) -> bool {
    let listed = ask(remote, &["ls-tree", "-r", "-z", "--full-tree", commit]);
    let listed = listed.unwrap_or_default();
    let blobs = listed.split(|byte| *byte == 0).filter_map(blob);
    let mut texts = blobs.filter_map(|blob| ask(remote, &["cat-file", "blob", blob]));
    texts.any(|text| {
        let ledger_state: LedgerState = readable_events(&text).into_iter().collect();
        let is_of = |id: &&str| ids.iter().any(|of| of == id);
        ledger_state.ledger_ids().iter().any(is_of) && ledger_state.closed_to_other(name).is_none()
    })
}

/// Returns the object id in an entry of `git ls-tree`: mode, type and object, then the path.
fn blob(entry: &[u8]) -> Option<&str> {
    let fields = entry.split(|byte| *byte == b'\t').next()?;
    let mut fields = std::str::from_utf8(fields).ok()?.split(' ').skip(1);
    (fields.next()? == "blob").then(|| fields.next()).flatten()
}
