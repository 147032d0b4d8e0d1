//! Reading: missing, damaged, unreachable, offline and set back.

use std::error::Error as _;
use std::sync::Arc;

use syndicate_api::{Code, CodedError as _};

use super::*;
use crate::ledger::tests::adopted;
use crate::ledger::{FILE_NAME, JournaledStore, Journals, JsonLines, file_beside_ref, ledger_line};

fn offline(folder: &Path) -> GitRef {
    let context = GitRefContext {
        is_offline: true,
        ..context()
    };
    GitRef::open(&GitLedger::default(), folder, context).unwrap()
}

/// Replaces the ledger's text on the remote, by force.
fn replace(repository: &Repository, clone: &Path, text: &str) {
    let file = clone.join("replacement");
    std::fs::write(&file, text).unwrap();
    let blob = git(clone, &["hash-object", "-w", "replacement"]);
    std::fs::remove_file(&file).unwrap();
    let list = repository.path("list");
    std::fs::write(&list, format!("100644 blob {blob}\t{FILE_NAME}\n")).unwrap();
    let tree = git(clone, &["-c", "alias.m=!git mktree <../list", "m"]);
    let commit = git(clone, &["commit-tree", "-m", "replaced", &tree]);
    git(
        clone,
        &[
            "push",
            "-q",
            "--force",
            "origin",
            &format!("{commit}:{NAME}"),
        ],
    );
}

fn journaled(repository: &Repository, clone: &Path) -> JournaledStore<GitRef> {
    let journals = Arc::new(Journals::new(Some(repository.path("state"))));
    let store = open(clone);
    let (path, name) = (store.journal_path(), store.name().to_owned());
    let file = clone.join(FILE_NAME);
    JournaledStore::new(store, journals, &path)
        .with_name(name)
        .with_copies(move |_, state| file_beside_ref(&file, state))
}

#[tokio::test]
async fn unreachable_remote_is_not_missing_ledger() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    git(
        &clone,
        &[
            "remote",
            "set-url",
            "origin",
            "https://u:pw-7@127.0.0.1:9/x.git",
        ],
    );
    let store = open(&clone);
    for error in [
        store.read().await.unwrap_err(),
        store.exists().await.unwrap_err(),
        store.lock(Duration::ZERO).await.err().unwrap(),
        store.create(event(2, created())).await.unwrap_err(),
        store.prove_push().await.unwrap_err(),
    ] {
        assert_eq!(error.code(), Some(Code::LedgerUnreachable), "{error:?}");
        let cause = error.source().unwrap().to_string();
        assert!(
            cause.contains("127.0.0.1") && !cause.contains("pw-7"),
            "{cause}"
        );
    }
}

#[tokio::test]
async fn view_falls_back_to_last_fetched_state() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    assert!(open(&clone).view().await.unwrap().notes.is_empty());
    git(&clone, &["remote", "set-url", "origin", "/nowhere"]);
    let view = open(&clone).view().await.unwrap();
    assert!(view.ledger_state.has("0001-created"));
    assert!(matches!(
        view.trouble,
        Some(LedgerError::Unreachable { .. })
    ));
    assert_eq!(
        view.notes,
        [
            "this is the ledger `refs/syndicate/ledger` as fetched on 2027-01-15 at 08:00:00 UTC; \
          other machines may have sent posts since"
        ]
    );
    let journaled = journaled(&repository, &clone).view().await.unwrap();
    assert_eq!(journaled.notes, view.notes);
    assert!(matches!(
        journaled.trouble,
        Some(LedgerError::Unreachable { .. })
    ));
}

#[tokio::test]
async fn offline_store_reads_last_fetched_state() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    let other = repository.clone("other", "");
    let unread = offline(&other).read().await.unwrap_err();
    assert_eq!(unread.code(), Some(Code::LedgerUnreachable));
    open(&other).read().await.unwrap();
    lock(&open(&clone)).await.append(sent_of(2)).await.unwrap();
    let view = offline(&other).view().await.unwrap();
    assert_eq!(view.ledger_state.events().len(), 1);
    assert_eq!(view.notes.len(), 1);
    assert!(view.trouble.is_none());
    assert!(offline(&other).lock(Duration::ZERO).await.is_err());
    assert!(offline(&other).create(event(3, created())).await.is_err());
    assert_eq!(open(&other).read().await.unwrap().events().len(), 2);
}

#[tokio::test]
async fn recent_state_is_reused_for_display_only() {
    let repository = Repository::new();
    let one = open(&repository.clone_with_ledger("one").await);
    let two = open(&repository.clone("two", ""));
    assert_eq!(two.read().await.unwrap().events().len(), 1);
    lock(&one).await.append(sent_of(2)).await.unwrap();
    assert_eq!(two.read().await.unwrap().events().len(), 1);
    assert_eq!(lock(&two).await.ledger_state().events().len(), 2);
    lock(&two).await.append(sent_of(3)).await.unwrap();
    assert_eq!(two.read().await.unwrap().events().len(), 3);
}

#[tokio::test]
async fn damaged_line_is_named() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    let line = ledger_line(&event(1, created()));
    for text in [
        format!("{line}{{broken\n"),
        format!("{line}{{\"v\":1,\"id\""),
    ] {
        replace(&repository, &clone, &text);
        let error = open(&clone).read().await.unwrap_err();
        assert_eq!(error.code(), Some(Code::LedgerDamaged));
        assert!(
            error.to_string().starts_with("refs/syndicate/ledger:2: "),
            "{error}"
        );
        assert!(open(&clone).exists().await.unwrap());
    }
}

#[tokio::test]
async fn line_without_line_feed_is_continued() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    replace(
        &repository,
        &clone,
        ledger_line(&event(1, created())).trim_end(),
    );
    lock(&open(&clone)).await.append(sent_of(2)).await.unwrap();
    assert_eq!(repository.ledger_ids(), ["0001-created", "0002-sent"]);
}

#[tokio::test]
async fn ref_that_is_set_back_is_rewound() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    let old = git(&repository.remote(), &["rev-parse", NAME]);
    let store = journaled(&repository, &clone);
    let mut session = store.lock(Duration::from_secs(5)).await.unwrap();
    session.append(intent_of(2)).await.unwrap();
    session.append(sent_of(3)).await.unwrap();
    drop(session);
    git(&repository.remote(), &["update-ref", NAME, &old]);
    let view = journaled(&repository, &clone).view().await.unwrap();
    assert!(
        matches!(view.trouble, Some(LedgerError::Rewound { .. })),
        "{view:?}"
    );
    let session = store.lock(Duration::from_secs(5)).await.unwrap();
    assert!(matches!(session.verify(), Err(LedgerError::Rewound { .. })));
}

#[tokio::test]
async fn events_that_are_lost_during_session_are_pushed_again() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    let store = open(&clone);
    let mut session = lock(&store).await;
    session.append(intent_of(2)).await.unwrap();
    replace(&repository, &clone, &ledger_line(&event(1, created())));
    session.append(sent_of(3)).await.unwrap();
    assert!(session.take_overwritten());
    assert_eq!(session.notes().len(), 1);
    assert_eq!(
        repository.ledger_ids(),
        ["0001-created", "0002-intent", "0003-sent"]
    );
}

#[tokio::test]
async fn deleted_ref_is_missing() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    let store = open(&clone);
    let mut session = lock(&store).await;
    git(&repository.remote(), &["update-ref", "-d", NAME]);
    assert!(matches!(
        session.refresh().await,
        Err(LedgerError::Missing { .. })
    ));
    assert!(matches!(
        open(&clone).read().await,
        Err(LedgerError::Missing { .. })
    ));
}

#[tokio::test]
async fn session_reads_what_was_pushed_while_it_waited() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    let sending = journaled(&repository, &clone);
    let mut session = sending.lock(Duration::from_secs(5)).await.unwrap();
    let waiting = journaled(&repository, &clone);
    let waiting = tokio::spawn(async move {
        let session = waiting.lock(Duration::from_secs(60)).await.unwrap();
        session.ledger_state().has("0002-intent")
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    session.append(intent_of(2)).await.unwrap();
    drop(session);
    assert!(waiting.await.unwrap());
}

#[tokio::test]
async fn file_beside_the_ref_is_compared() {
    let repository = Repository::new();
    let clone = repository.clone_with_ledger("clone").await;
    let file = JsonLines::new(clone.join(FILE_NAME));
    file.create(event(1, created())).await.unwrap();
    let trouble = || async { journaled(&repository, &clone).view().await.unwrap().trouble };
    assert!(trouble().await.is_none());
    let mut session = file.lock(Duration::from_secs(5)).await.unwrap();
    let of_file = event(2, adopted(&["https://a.org/x"], None));
    session.append(of_file.clone()).await.unwrap();
    let behind = trouble().await.unwrap();
    assert!(behind.hint().unwrap().contains("syndicate ledger move git"));
    assert!(matches!(behind, LedgerError::Behind { .. }));
    let to = NAME.to_owned();
    let closed = event(3, crate::ledger::EventKind::Closed { to });
    session.append(closed).await.unwrap();
    // The line may be from a clone that did not know of the move.
    assert!(matches!(trouble().await, Some(LedgerError::Behind { .. })));
    let of_ref = open(&clone).lock(Duration::from_secs(5)).await;
    of_ref.unwrap().append(of_file).await.unwrap();
    assert!(trouble().await.is_none());
}
