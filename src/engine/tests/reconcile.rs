//! Listings of a scripted sink, compared with items and a ledger.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::Value;
use syndicate_api::{
    Capabilities, Clock, Code, Context, Diagnostic, Env, InMemoryKvCache, Item, Limits, ListPage,
    Listed, Payload, Post, Prepared, PublishError, PublishErrorKind, Receipt, ServerInfo, Sink,
};

use super::model::pipeline::{http, item, stages};
use crate::config::Policy;
use crate::engine::account::digest;
use crate::engine::reconcile::{Comparison, ComparisonResult, Listings, SinkReport, record};
use crate::engine::tests::ledger::FlakyLedger;
use crate::engine::{PipelineScan, Plan, StageChain};
use crate::ledger::{
    Attempt, Event, EventKind, Ids as _, LedgerState, LedgerStore as _, RandomIds, Settlement,
};

const SINK: &str = "platform";

/// A sink that lists these pages as the account `me`.
struct ListingSink(Mutex<VecDeque<Result<ListPage, PublishError>>>);

#[async_trait]
impl Sink for ListingSink {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            lists: true,
            ..Capabilities::default()
        }
    }

    fn limits(&self, _: &ServerInfo) -> Limits {
        Limits::text(1000)
    }

    fn compose(&self, _: &Post, _: &ServerInfo) -> Result<Payload, Diagnostic> {
        Ok(Payload::post(SINK, "/", Value::Null))
    }

    async fn send(&self, _: &Context, _: &Prepared, _: usize) -> Result<Receipt, PublishError> {
        panic!("a listing sends nothing")
    }

    async fn account(&self, _: &Context) -> Result<Option<String>, PublishError> {
        Ok(Some("me".to_owned()))
    }

    async fn list(&self, _: &Context, from: Option<&str>) -> Result<ListPage, PublishError> {
        let mut pages = self.0.lock().unwrap();
        let number = from.map_or(0, |from| from.parse().unwrap());
        let next = (pages.len() > 1).then(|| (number + 1).to_string());
        let page = pages.pop_front().expect("no page follows the last one");
        page.map(|page| ListPage { next, ..page })
    }
}

fn now() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn context() -> Context {
    let memory = Arc::new(InMemoryKvCache::default());
    Context::new(http(), Clock::fixed(now()), Env::empty(), memory)
}

/// Returns the post `id` as the platform lists it.
fn listed(id: &str, title: &str, links: &[&str]) -> Listed {
    Listed {
        receipt: Receipt::new(id),
        links: links.iter().map(|link| (*link).to_owned()).collect(),
        title: Some(title.to_owned()),
    }
}

fn page(posts: Vec<Listed>) -> Result<ListPage, PublishError> {
    Ok(ListPage { posts, next: None })
}

fn refusal() -> Result<ListPage, PublishError> {
    let message = "the platform refuses the page";
    Err(PublishError::new(
        PublishErrorKind::Rejected,
        Code::Rejected,
        message,
    ))
}

/// Returns three items, of which the last two have the same title.
fn items() -> PipelineScan {
    let titled = |number: usize, title: &str| Item {
        title: Some(title.to_owned()),
        ..item(number)
    };
    let items = [
        titled(0, "First  post"),
        titled(1, "Weekly notes"),
        titled(2, "Weekly notes"),
    ];
    PipelineScan {
        items: items.map(|item| (0, Arc::new(item))).into(),
        ..PipelineScan::default()
    }
}

/// Returns a ledger in which the account `account` sent the post `id` of the first item.
fn ledger_of(sent: &[(&str, Option<&str>)]) -> LedgerState {
    let sent = sent.iter().map(|(id, account)| {
        let attempt = Attempt {
            id: RandomIds.next(now()),
            item: "https://a.org/0".to_owned(),
            keys: vec!["https://a.org/0".to_owned()],
            sink: SINK.to_owned(),
            hash: String::new(),
            digests: None,
            sink_type: Some(SINK.to_owned()),
            account: account.map(|account| digest(SINK, account)),
            evidence: None,
        };
        let settlement = Settlement::Sent {
            remote: Some(Receipt::new(*id)),
        };
        let settled = EventKind::Settled {
            attempt: attempt.into(),
            settlement,
        };
        Event::new(&RandomIds, now(), settled)
    });
    sent.collect()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(future)
}

fn stages_of(pages: Vec<Result<ListPage, PublishError>>) -> StageChain {
    let sink = ListingSink(Mutex::new(pages.into()));
    stages(Box::new(sink), Policy::default())
}

/// Compares these pages with the items and `ledger_state`.
fn report(
    pages: Vec<Result<ListPage, PublishError>>,
    ledger_state: &LedgerState,
) -> (SinkReport, StageChain) {
    let (stages, cx) = (stages_of(pages), context());
    let sinks: Vec<_> = stages.sinks.iter().collect();
    let listings = block_on(Listings::read(&sinks, &cx));
    let mut reports = listings.compare((&stages, &items()), ledger_state, &cx);
    (reports.remove(0), stages)
}

#[track_caller]
fn comparison(pages: Vec<Result<ListPage, PublishError>>, ledger: &LedgerState) -> Comparison {
    match report(pages, ledger).0.result {
        ComparisonResult::Compared(comparison) => comparison,
        result => panic!("{result:?}"),
    }
}

/// Returns the events that recording `report` appends to an empty ledger.
fn recorded(report: SinkReport, stages: &StageChain) -> Vec<Event> {
    let [ledger, _] = FlakyLedger::git_ref(LedgerState::default());
    let cx = context();
    block_on(async {
        let mut session = ledger.lock(std::time::Duration::ZERO).await.unwrap();
        let env = (&cx, &RandomIds as &dyn crate::ledger::Ids);
        let read = (stages, &items());
        record(&[report], read, &Plan::default(), session.as_mut(), env)
            .await
            .unwrap();
    });
    let state = ledger.content().unwrap();
    state.events().into_iter().cloned().collect()
}

#[test]
fn link_matches_before_title() {
    let posts = vec![
        listed("1", "Weekly notes", &["https://a.org/0?utm_source=x"]),
        listed("2", "Of no item", &["https://b.org/"]),
    ];
    let comparison = comparison(vec![page(posts)], &LedgerState::default());
    let [found] = comparison.found.as_slice() else {
        panic!("{comparison:?}")
    };
    assert_eq!((found.index, found.by.as_str()), (0, "link"));
    assert_eq!(comparison.without_item.len(), 1);
    assert_eq!(comparison.unsent, 2);
}

#[test]
fn only_unique_title_without_link_matches() {
    for (post, found, ambiguous) in [
        (listed("1", " First post\n", &[]), 1, 0),
        (listed("1", "First post", &["https://b.org/"]), 0, 1),
        (listed("1", "Weekly notes", &[]), 0, 1),
        (listed("1", "First post and more of its text", &[]), 0, 0),
        (listed("1", "", &[]), 0, 0),
    ] {
        let case = format!("{post:?}");
        let comparison = comparison(vec![page(vec![post])], &LedgerState::default());
        let counts = (comparison.found.len(), comparison.ambiguous.len());
        assert_eq!(counts, (found, ambiguous), "{case}");
        assert!(
            comparison
                .found
                .iter()
                .all(|found| found.by.as_str() == "title"),
            "{case}"
        );
        assert_eq!(
            comparison.without_item.len(),
            1 - found - ambiguous,
            "{case}"
        );
    }
}

#[test]
fn failing_later_page_proves_nothing() {
    let first = || page(vec![listed("1", "First post", &["https://a.org/0"])]);
    for pages in [
        vec![first(), refusal()],
        vec![first(), first(), refusal()],
        vec![refusal()],
        vec![page(Vec::new())],
    ] {
        let case = format!("{pages:?}");
        let ledger = ledger_of(&[("9", Some("me"))]);
        let (report, stages) = report(pages, &ledger);
        assert!(
            matches!(report.result, ComparisonResult::Incomplete { .. }),
            "{case}: {report:?}"
        );
        assert!(!report.is_complete(), "{case}");
        assert!(recorded(report, &stages).is_empty(), "{case}");
    }
}

#[test]
fn pages_are_compared_together() {
    let posts = |id: &str, link: &str| page(vec![listed(id, "", &[link])]);
    let pages = vec![
        posts("1", "https://a.org/0"),
        page(Vec::new()),
        // A post that was published meanwhile moved this one to the next page.
        posts("1", "https://a.org/0"),
        posts("2", "https://a.org/1"),
    ];
    let (report, stages) = report(pages, &LedgerState::default());
    assert_eq!(report.found().len(), 2, "{report:?}");
    let events = recorded(report, &stages);
    assert_eq!(events.len(), 2);
    for event in events {
        let account = event.kind.attempt().unwrap().account.clone();
        assert_eq!(account, Some(digest(SINK, "me")));
    }
}

#[test]
fn listing_of_other_account_is_not_used() {
    let pages = || vec![page(vec![listed("1", "", &["https://a.org/1"])])];
    let ledger = ledger_of(&[("9", Some("someone-else"))]);
    let (report, stages) = report(pages(), &ledger);
    assert!(
        matches!(&report.result, ComparisonResult::OtherAccount { account } if account == "me"),
        "{report:?}"
    );
    assert!(recorded(report, &stages).is_empty());
    // Ledgers of version 0.1.0 record no account.
    let comparison = comparison(pages(), &ledger_of(&[("9", None)]));
    assert_eq!((comparison.found.len(), comparison.missing.len()), (1, 1));
}

#[test]
fn post_of_former_account_is_not_missing() {
    let ledger = ledger_of(&[("8", Some("former")), ("9", Some("me"))]);
    let pages = vec![page(vec![listed("1", "", &["https://a.org/1"])])];
    let comparison = comparison(pages, &ledger);
    let missing = comparison.missing.iter().map(|post| post.receipt.label());
    assert_eq!(missing.collect::<Vec<_>>(), ["9"]);
}
