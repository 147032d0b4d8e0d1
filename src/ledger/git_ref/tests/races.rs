//! Two machines append to one ref.

use super::*;
use crate::ledger::tests::adopted;

#[tokio::test]
async fn intent_that_loses_race_is_dropped() {
    let repository = Repository::new();
    let one = open(&repository.clone_with_ledger("one").await);
    let two = open(&repository.clone("two", ""));
    let mut first = lock(&one).await;
    let mut second = lock(&two).await;
    first.append(intent_of(2)).await.unwrap();
    let lost = second
        .append_all(vec![event(3, adopted(&["k"], None)), intent_of(4)])
        .await;
    assert!(matches!(lost, Err(LedgerError::Overtaken { .. })));
    assert!(second.ledger_state().has("0002-intent"));
    assert!(!second.ledger_state().has("0004-intent"));
    assert!(second.unrecorded().is_empty());
    assert_eq!(repository.ledger_ids(), ["0001-created", "0002-intent"]);
    second.append(intent_of(5)).await.unwrap();
    assert_eq!(repository.ledger_ids().len(), 3);
}

#[tokio::test]
async fn outcome_that_loses_race_is_carried_over() {
    let repository = Repository::new();
    let one = open(&repository.clone_with_ledger("one").await);
    let two = open(&repository.clone("two", ""));
    let mut first = lock(&one).await;
    let mut second = lock(&two).await;
    first.append(sent_of(2)).await.unwrap();
    second
        .append_all(vec![event(3, adopted(&["k"], None)), sent_of(4)])
        .await
        .unwrap();
    first.append(event(5, adopted(&["l"], None))).await.unwrap();
    let ids = [
        "0001-created",
        "0002-sent",
        "0003-adopted",
        "0004-sent",
        "0005-adopted",
    ];
    assert_eq!(repository.ledger_ids(), ids);
    assert!(second.ledger_state().has("0002-sent"));
    second.refresh().await.unwrap();
    assert!(second.ledger_state().has("0005-adopted"));
}

#[tokio::test]
async fn intent_survives_commits_of_other_files() {
    let repository = Repository::new();
    let options = GitLedger {
        commit: Some("main".to_owned()),
        ..GitLedger::default()
    };
    let store = open_with(&repository.clone("clone", ""), &options);
    store.create(event(1, created())).await.unwrap();
    let mut session = lock(&store).await;
    let author = repository.clone("author", "");
    git(
        &author,
        &["commit", "-q", "--allow-empty", "-m", "another post"],
    );
    git(&author, &["push", "-q", "origin", "HEAD:main"]);
    session.append(intent_of(2)).await.unwrap();
    let ids = repository.ids("main", "syndicate.ledger.jsonl");
    assert_eq!(ids, ["0001-created", "0002-intent"]);
    assert_eq!(
        git(&repository.remote(), &["rev-list", "--count", "main"]),
        "6"
    );
}

#[tokio::test]
async fn two_machines_create_one_ledger() {
    let repository = Repository::new();
    let one = open(&repository.clone("one", ""));
    let two = open(&repository.clone("two", ""));
    let mut first = one.session().await.unwrap();
    let mut second = two.session().await.unwrap();
    first.create(vec![event(1, created())]).await.unwrap();
    let refused = second.create(vec![event(2, created())]).await;
    assert!(matches!(refused, Err(LedgerError::Exists { .. })));
    assert_eq!(repository.ledger_ids(), ["0001-created"]);
}

#[tokio::test]
async fn processes_of_one_clone_fetch_at_the_same_time() {
    let repository = Repository::new();
    let one = open(&repository.clone_with_ledger("one").await);
    let clone = repository.clone("clone", "--depth=1");
    for round in 2..6 {
        lock(&one).await.append(sent_of(round)).await.unwrap();
        let reads = (0..4).map(|_| {
            let store = open(&clone);
            tokio::spawn(async move { store.read().await.unwrap().events().len() })
        });
        for read in reads.collect::<Vec<_>>() {
            assert_eq!(i64::try_from(read.await.unwrap()).unwrap(), round);
        }
    }
}

#[tokio::test]
async fn many_machines_lose_no_outcome() {
    let repository = Repository::new();
    repository.clone_with_ledger("zero").await;
    let tasks: Vec<_> = (0..4)
        .map(|machine| {
            let clone = repository.clone(&format!("m{machine}"), "--depth=1");
            tokio::spawn(async move {
                let mut context = context();
                context.clock = Clock::system();
                context.random = || u32::MAX / 2;
                let store = GitRef::open(&GitLedger::default(), &clone, context).unwrap();
                let mut session = lock(&store).await;
                for count in 0..3 {
                    session
                        .append(sent_of(100 * (machine + 1) + count))
                        .await
                        .unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let mut ids = repository.ledger_ids();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 13);
}
