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
struct UnreadablePipeline {
    store: InMemory,
    cx: Context,
}

#[async_trait]
impl PipelineProvider for UnreadablePipeline {
    async fn open(&self, _: &mut WatchPaths<'_>) -> Result<WatchedPipeline, PageError> {
        Err(PageError("unreadable".to_owned()))
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
    let cx = Context::new(Http::new(), clock, Env::empty(), memory);
    let store = InMemory::default();
    Arc::new(AppState::new(Box::new(UnreadablePipeline { store, cx })).await)
}

#[tokio::test]
async fn shutdown_waits_for_command() {
    let state = state().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let command = state.lock().await;
    let key = PageKey::new(&[7; 32]);
    let mut page = tokio::spawn(serve(listener, Arc::clone(&state), key, async {}));
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(!page.is_finished());
    drop(command);
    (&mut page).await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn unreadable_pipeline_is_read_again() {
    let state = state().await;
    let versions = state.versions();
    assert_eq!(*versions.borrow(), 1);
    tokio::select! {
        () = super::refresh_on_change(&state) => unreachable!("the loop has no end"),
        () = tokio::time::sleep(super::app_state::RETRY_INTERVAL * 3 + super::app_state::RETRY_INTERVAL / 2) => {}
    }
    assert!(*versions.borrow() >= 3, "{}", *versions.borrow());
}
