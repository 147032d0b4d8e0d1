//! Tests refreshes and the shutdown of the page.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use syndicate_api::http::Http;
use syndicate_api::{Clock, Context, Env, InMemoryKvCache};
use tokio::net::TcpListener;

use super::{AppState, PageError, PageKey, PipelineProvider, WatchPaths, WatchedPipeline, serve};
use crate::ledger::{Ids, InMemory, LedgerStore, RandomIds};

/// A provider whose pipeline cannot be read.
struct Closed {
    store: InMemory,
    cx: Context,
}

#[async_trait]
impl PipelineProvider for Closed {
    async fn open(&self, _: &mut WatchPaths<'_>) -> Result<WatchedPipeline, PageError> {
        Err(PageError("closed".to_owned()))
    }

    fn file(&self) -> PathBuf {
        PathBuf::from("pipeline.yaml")
    }

    fn store(&self) -> &dyn LedgerStore {
        &self.store
    }

    fn ids(&self) -> &dyn Ids {
        &RandomIds
    }

    fn run(&self) -> &str {
        "run"
    }

    fn context(&self) -> &Context {
        &self.cx
    }
}

async fn state() -> Arc<AppState> {
    let clock = Clock::fixed("2026-11-22T12:00:00Z".parse().unwrap());
    let memory = Arc::new(InMemoryKvCache::default());
    let cx = Context::new(Http::new().unwrap(), clock, Env::empty(), memory);
    let store = InMemory::default();
    Arc::new(AppState::new(Box::new(Closed { store, cx })).await)
}

#[tokio::test]
async fn what_is_being_done_at_the_end_is_done_to_its_end() {
    let state = state().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let order = state.alone().await;
    let key = PageKey::new(&[7; 32]);
    let mut page = tokio::spawn(serve(listener, Arc::clone(&state), key, async {}));
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(!page.is_finished());
    drop(order);
    (&mut page).await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_could_not_be_read_is_read_again_soon() {
    let state = state().await;
    let news = state.news();
    assert_eq!(*news.borrow(), 1);
    tokio::select! {
        () = super::follow(&state) => unreachable!("it never ends"),
        () = tokio::time::sleep(super::app_state::RETRY_INTERVAL * 3 + super::app_state::RETRY_INTERVAL / 2) => {}
    }
    assert!(*news.borrow() >= 3, "{}", *news.borrow());
}
