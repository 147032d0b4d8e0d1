//! The remote refuses a push, or its answer is lost.

use std::error::Error as _;

use syndicate_api::{Code, CodedError as _};

use super::*;
use crate::ledger::git_ref::push::PushAnswer;
use crate::ledger::tests::settled;
use crate::ledger::{GitRef, PushProof, Settlement};

fn cause(error: &LedgerError) -> String {
    error.source().unwrap().to_string()
}

/// Appends an intent and an outcome, which must both be refused. Returns the message of the remote.
async fn is_refused(repository: &Repository, store: &GitRef) -> String {
    let before = repository.ledger_ids();
    let mut session = lock(store).await;
    let error = session.append(intent_of(8)).await.unwrap_err();
    assert_eq!(error.code(), Some(Code::LedgerPushRefused), "{error:?}");
    assert!(error.hint().unwrap().contains("SYNDICATE_GIT_TOKEN"));
    assert!(session.unrecorded().is_empty());
    let error = session.append(sent_of(9)).await.unwrap_err();
    assert!(
        matches!(error, LedgerError::PushRefused { .. }),
        "{error:?}"
    );
    assert_eq!(session.unrecorded(), [sent_of(9)]);
    assert!(!session.ledger_state().has("0009-sent"));
    assert!(session.finish().await.is_err());
    assert_eq!(repository.ledger_ids(), before);
    cause(&error)
}

#[tokio::test]
async fn refusing_hook_is_not_a_race() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    for (hook, script) in [
        ("pre-receive", "echo 'not today' >&2; exit 1"),
        (
            "update",
            "test \"$1\" != refs/syndicate/ledger || { echo 'not today' >&2; exit 1; }",
        ),
    ] {
        repository.hook(hook, script);
        let message = is_refused(&repository, &open(&clone)).await;
        assert!(message.contains("not today"), "{message}");
        assert!(message.contains("hook declined"), "{message}");
        std::fs::remove_file(repository.remote().join("hooks").join(hook)).unwrap();
    }
    lock(&open(&clone)).await.append(sent_of(10)).await.unwrap();
}

#[tokio::test]
async fn checked_out_branch_is_refused() {
    let repository = Repository::new();
    let clone = repository.clone("clone", "");
    let options = GitLedger {
        commit: Some("main".to_owned()),
        ..GitLedger::default()
    };
    open_with(&clone, &options)
        .create(event(1, created()))
        .await
        .unwrap();
    git(&repository.remote(), &["config", "core.bare", "false"]);
    let error = lock(&open_with(&clone, &options))
        .await
        .append(sent_of(2))
        .await;
    let message = cause(&error.unwrap_err());
    assert!(
        message.contains("branch is currently checked out"),
        "{message}"
    );
}

#[tokio::test]
async fn repository_without_write_access_is_refused() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    // Root may write everywhere, so the server fails instead of the file system.
    let wrapper = repository.path("refuse");
    write_script(
        &wrapper,
        "echo 'write access to repository not granted' >&2; exit 128",
    );
    git(
        &clone,
        &[
            "config",
            "remote.origin.receivepack",
            wrapper.to_str().unwrap(),
        ],
    );
    let message = is_refused(&repository, &open(&clone)).await;
    assert!(
        message.contains("write access to repository not granted"),
        "{message}"
    );
    let proof = open(&clone).prove_push().await.unwrap_err();
    assert_eq!(proof.code(), Some(Code::LedgerPushRefused));
}

#[tokio::test]
async fn push_whose_answer_is_lost_counts() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    let wrapper = repository.path("lose");
    write_script(&wrapper, "git-receive-pack \"$@\"; exit 1");
    git(
        &clone,
        &[
            "config",
            "remote.origin.receivepack",
            wrapper.to_str().unwrap(),
        ],
    );
    let store = open(&clone);
    let mut session = lock(&store).await;
    session.append(intent_of(2)).await.unwrap();
    session.append(sent_of(3)).await.unwrap();
    assert_eq!(
        repository.ledger_ids(),
        ["0001-created", "0002-intent", "0003-sent"]
    );
}

#[tokio::test]
async fn push_without_answer_in_time_is_decided_by_fetch() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    let wrapper = repository.path("hang");
    git(
        &clone,
        &[
            "config",
            "remote.origin.receivepack",
            wrapper.to_str().unwrap(),
        ],
    );
    let context = GitRefContext {
        timeout: Duration::from_secs(5),
        ..context()
    };
    let store = GitRef::open(&GitLedger::default(), &clone, context).unwrap();
    write_script(&wrapper, "git-receive-pack \"$@\"; sleep 600");
    let mut session = lock(&store).await;
    session.append(intent_of(2)).await.unwrap();
    write_script(&wrapper, "sleep 600");
    let error = session.append(intent_of(3)).await.unwrap_err();
    assert_eq!(error.code(), Some(Code::LedgerUnreachable));
    assert!(
        cause(&error).starts_with("no answer after 5 seconds"),
        "{error:?}"
    );
    assert_eq!(repository.ledger_ids(), ["0001-created", "0002-intent"]);
}

#[tokio::test]
async fn push_that_is_killed_after_the_update_counts() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    repository.hook("post-receive", "kill -9 $PPID");
    let store = open(&clone);
    let mut session = lock(&store).await;
    session.append(intent_of(2)).await.unwrap();
    session.append(sent_of(3)).await.unwrap();
    assert!(session.ledger_state().has("0003-sent"));
    assert_eq!(
        repository.ledger_ids(),
        ["0001-created", "0002-intent", "0003-sent"]
    );
}

#[tokio::test]
async fn commit_known_to_remote_is_not_accepted() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    let store = open(&clone);
    let tip = git(&repository.remote(), &["rev-parse", NAME]);
    let answer = store.shared.target.push(&tip, false);
    assert!(matches!(answer, PushAnswer::UpToDate), "{answer:?}");
}

#[tokio::test]
async fn outcome_that_failed_is_pushed_at_the_end() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    let store = open(&clone);
    let mut session = lock(&store).await;
    session.append(intent_of(2)).await.unwrap();
    repository.hook("pre-receive", "exit 1");
    assert!(session.append(sent_of(3)).await.is_err());
    repository.hook("pre-receive", "exit 0");
    session.finish().await.unwrap();
    assert!(session.unrecorded().is_empty());
    assert_eq!(
        repository.ledger_ids(),
        ["0001-created", "0002-intent", "0003-sent"]
    );
}

#[tokio::test]
async fn answer_of_a_person_is_carried_over() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    let (one, two) = (open(&clone), open(&repository.clone("two", "--depth=1")));
    let mut session = lock(&one).await;
    lock(&two).await.append(intent_of(2)).await.unwrap();
    let answer = settled(
        attempt("a0", &["https://a.org/y"], "s"),
        Settlement::NotSent,
    );
    session.append(event(3, answer)).await.unwrap();
    assert_eq!(
        repository.ledger_ids(),
        ["0001-created", "0002-intent", "0003-settled"]
    );
}

#[tokio::test]
async fn proof_of_push_changes_nothing() {
    let repository = Repository::new();
    let clone = repository.clone("clone", "");
    let store = open(&clone);
    assert_eq!(store.prove_push().await.unwrap(), PushProof::Readable);
    store.create(event(1, created())).await.unwrap();
    let before = git(&repository.remote(), &["for-each-ref"]);
    assert_eq!(store.prove_push().await.unwrap(), PushProof::Repository);
    assert_eq!(git(&repository.remote(), &["for-each-ref"]), before);
}
