//! The store works in every kind of clone, and leaves the clone as it was.

use super::*;

/// Returns everything of a clone that the store must not change.
fn fingerprint(clone: &Path) -> String {
    let index = std::fs::read(clone.join(".git/index")).unwrap_or_default();
    let config = std::fs::read_to_string(clone.join(".git/config")).unwrap_or_default();
    let refs = git(clone, &["for-each-ref"]);
    let refs: Vec<&str> = refs
        .lines()
        .filter(|line| !line.contains("refs/syndicate-fetched/"))
        .collect();
    let head = std::fs::read_to_string(clone.join(".git/HEAD")).unwrap_or_default();
    let has_fetch_head = clone.join(".git/FETCH_HEAD").exists();
    let status = git(clone, &["status", "--porcelain", "--ignored"]);
    let history = git(clone, &["rev-list", "--count", "HEAD"]);
    format!("{index:?}{config}{refs:?}{head}{has_fetch_head}{status}{history}")
}

/// Creates, reads and appends in `clone`, and checks that it is otherwise unchanged.
async fn work(repository: &Repository, clone: &Path) {
    let before = fingerprint(clone);
    let store = open(clone);
    assert!(!store.exists().await.unwrap());
    assert!(matches!(
        store.read().await,
        Err(LedgerError::Missing { .. })
    ));
    store.create(event(1, created())).await.unwrap();
    let again = store.create(event(2, created())).await;
    assert!(matches!(again, Err(LedgerError::Exists { .. })));
    let mut session = lock(&store).await;
    session.append(intent_of(3)).await.unwrap();
    session.append(sent_of(4)).await.unwrap();
    assert!(session.ledger_state().has("0004-sent"));
    session.finish().await.unwrap();
    let other = open(clone);
    assert_eq!(other.read().await.unwrap().events().len(), 3);
    let ids = ["0001-created", "0003-intent", "0004-sent"];
    assert_eq!(repository.ledger_ids(), ids);
    assert_eq!(fingerprint(clone), before);
}

#[tokio::test]
async fn store_works_in_every_clone() {
    for arguments in [
        "",
        "--depth=1",
        "--depth=1 --single-branch --no-tags",
        "--filter=blob:none",
        "--filter=tree:0",
        "--filter=blob:none --depth=1 --sparse",
        "--no-checkout",
        "--origin=upstream",
        "-c protocol.version=0",
        "-c core.hooksPath=missing -c commit.gpgsign=true -c push.gpgSign=if-asked",
        "-c push.default=nothing -c push.followTags=true -c fetch.prune=true",
        "-c remote.origin.mirror=true -c remote.origin.tagOpt=--tags",
        "-c user.useConfigOnly=true -c transfer.fsckObjects=true",
        "-c push.recurseSubmodules=on-demand -c fetch.recurseSubmodules=true",
    ] {
        let repository = Repository::new();
        let clone = repository.clone("clone", arguments);
        work(&repository, &clone).await;
    }
}

#[tokio::test]
async fn store_works_with_detached_head_and_in_linked_work_tree() {
    let repository = Repository::new();
    let clone = repository.clone("clone", "");
    git(&clone, &["checkout", "-q", "--detach"]);
    work(&repository, &clone).await;
    let linked = repository.path("linked");
    git(&clone, &["worktree", "add", "-q", linked.to_str().unwrap()]);
    let store = open(&linked);
    assert_eq!(store.read().await.unwrap().events().len(), 3);
    assert_eq!(store.journal_path(), open(&clone).journal_path());
}

#[tokio::test]
async fn store_works_with_sha256() {
    let repository = Repository::with("--object-format=sha256");
    let clone = repository.clone("clone", "");
    work(&repository, &clone).await;
}

#[tokio::test]
async fn store_works_with_strict_server() {
    let repository = Repository::new();
    for name in [
        "receive.fsckObjects",
        "receive.denyNonFastForwards",
        "receive.denyDeletes",
        "transfer.fsckObjects",
    ] {
        git(&repository.remote(), &["config", name, "true"]);
    }
    let clone = repository.clone("clone", "");
    work(&repository, &clone).await;
}

#[tokio::test]
async fn history_is_orphan_with_only_the_file() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    lock(&open(&clone)).await.append(sent_of(2)).await.unwrap();
    let log = git(
        &repository.remote(),
        &["log", "--format=%an <%ae> %cn <%ce> %at %s", NAME],
    );
    let author = "syndicate <syndicate@localhost> syndicate <syndicate@localhost> 1800000000";
    let expected = format!("{author} sent: https://a.org/x to s\n{author} created");
    assert_eq!(log, expected);
    let files = git(
        &repository.remote(),
        &["ls-tree", "-r", "--name-only", NAME],
    );
    assert_eq!(files, "syndicate.ledger.jsonl");
}

#[tokio::test]
async fn subfolder_has_its_own_ref() {
    let repository = Repository::new();
    let clone = repository.clone("clone", "");
    let store = open(&clone.join("blog/deep"));
    assert_eq!(store.name(), "refs/syndicate/ledger-blog%2Fdeep");
    store.create(event(1, created())).await.unwrap();
    assert_eq!(store.read().await.unwrap().events().len(), 1);
    assert!(!open(&clone).exists().await.unwrap());
    let files = git(
        &repository.remote(),
        &["ls-tree", "-r", "--name-only", store.name()],
    );
    assert_eq!(files, "syndicate.ledger.jsonl");
}

#[tokio::test]
async fn ref_with_same_ending_is_not_the_ledger() {
    let repository = Repository::new();
    let clone = repository.clone("clone", "");
    git(
        &clone,
        &[
            "push",
            "-q",
            "origin",
            "HEAD:refs/heads/refs/syndicate/ledger",
        ],
    );
    let read = open(&clone).read().await;
    assert!(matches!(read, Err(LedgerError::Missing { .. })));
}

#[tokio::test]
async fn branch_option_keeps_orphan_history() {
    let repository = Repository::new();
    let clone = repository.clone("clone", "");
    let options = GitLedger {
        branch: Some("ledger".to_owned()),
        ..GitLedger::default()
    };
    let store = open_with(&clone.join("blog"), &options);
    assert_eq!(store.name(), "refs/heads/ledger");
    store.create(event(1, created())).await.unwrap();
    lock(&store).await.append(sent_of(2)).await.unwrap();
    let ids = repository.ids("ledger", "syndicate.ledger.jsonl");
    assert_eq!(ids, ["0001-created", "0002-sent"]);
}

#[tokio::test]
async fn commit_option_changes_only_the_file() {
    for arguments in [
        "",
        "--depth=1",
        "--filter=tree:0",
        "--depth=1 --branch=other",
    ] {
        let repository = Repository::new();
        git(
            &repository.path("seed"),
            &["push", "-q", &repository.url(), "HEAD~1:refs/heads/other"],
        );
        let clone = repository.clone("clone", arguments);
        let head = git(&clone, &["rev-parse", "HEAD"]);
        let options = GitLedger {
            commit: Some("main".to_owned()),
            ..GitLedger::default()
        };
        // The work tree is not the source of the ledger.
        std::fs::create_dir_all(clone.join("blog")).unwrap();
        std::fs::write(clone.join("blog/syndicate.ledger.jsonl"), "not a ledger").unwrap();
        let store = open_with(&clone.join("blog"), &options);
        assert!(matches!(
            store.read().await,
            Err(LedgerError::Missing { .. })
        ));
        let before = git(&repository.remote(), &["ls-tree", "-r", "main"]);
        store.create(event(1, created())).await.unwrap();
        lock(&store).await.append(sent_of(2)).await.unwrap();
        let ids = repository.ids("main", "blog/syndicate.ledger.jsonl");
        assert_eq!(ids, ["0001-created", "0002-sent"], "{arguments}");
        let after = git(&repository.remote(), &["ls-tree", "-r", "main"]);
        let rest: Vec<&str> = after
            .lines()
            .filter(|line| !line.ends_with("blog/syndicate.ledger.jsonl"))
            .collect();
        assert_eq!(rest.join("\n"), before);
        assert_eq!(
            git(&repository.remote(), &["rev-list", "--count", "main"]),
            "5"
        );
        assert_eq!(git(&clone, &["rev-parse", "HEAD"]), head);
        assert_eq!(
            git(&clone, &["status", "--porcelain"]),
            "?? blog/syndicate.ledger.jsonl"
        );
        git(&repository.remote(), &["fsck", "--strict"]);
    }
}

#[test]
fn repository_without_remote_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refusal = |options: &GitLedger| {
        let error = GitRef::open(options, folder.path(), context()).err()?;
        assert!(matches!(error, LedgerError::Unreachable { .. }));
        let source = std::error::Error::source(&error)?.to_string();
        Some((source, error.hint()?))
    };
    let default = GitLedger::default();
    let other = GitLedger {
        remote: Some("two".to_owned()),
        ..GitLedger::default()
    };
    let assert_refused = |options: &GitLedger, expected: &str, remedy: &str| {
        let (source, hint) = refusal(options).unwrap();
        assert_eq!(source, expected);
        assert!(hint.contains(remedy), "{hint}");
    };
    let outside = "pipeline.yaml is not in a git repository";
    assert_refused(&default, outside, "`git init`");
    git(folder.path(), &["init", "-q"]);
    // pipeline.yaml may not name this store: the ledger may be moving there.
    let without = "the repository has no remote";
    assert_refused(&default, without, "`git remote add origin URL`");
    git(folder.path(), &["remote", "add", "one", "/nowhere"]);
    assert_eq!(refusal(&default), None);
    let without = "the repository has no remote `two`";
    assert_refused(&other, without, "`git remote`");
    git(folder.path(), &["remote", "add", "two", "/nowhere"]);
    assert_eq!(refusal(&other), None);
    let several = "the repository has several remotes";
    assert_refused(&default, several, "`--remote NAME`");
}
