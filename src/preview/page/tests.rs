//! The page between one look and the next, and at its end.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use syndicate_api::http::Http;
use syndicate_api::{Clock, Context, Env, VolatileMemory};
use tokio::net::TcpListener;

use super::{Attend, Desk, Key, Opened, Trouble, Workshop, serve};
use crate::ledger::{Ids, InMemory, RandomIds, Store};

/// A workshop whose pipeline cannot be read.
struct Closed {
    store: InMemory,
    cx: Context,
}

#[async_trait]
impl Workshop for Closed {
    async fn open(&self, _: &mut Attend<'_>) -> Result<Opened, Trouble> {
        Err(Trouble("closed".to_owned()))
    }

    fn file(&self) -> PathBuf {
        PathBuf::from("pipeline.yaml")
    }

    fn store(&self) -> &dyn Store {
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

async fn desk() -> Arc<Desk> {
    let clock = Clock::fixed("2026-11-22T12:00:00Z".parse().unwrap());
    let memory = Arc::new(VolatileMemory::default());
    let cx = Context::new(Http::new().unwrap(), clock, Env::empty(), memory);
    let store = InMemory::default();
    Arc::new(Desk::new(Box::new(Closed { store, cx })).await)
}

#[tokio::test]
async fn what_is_being_done_at_the_end_is_done_to_its_end() {
    let desk = desk().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let order = desk.alone().await;
    let key = Key::new(&[7; 32]);
    let mut page = tokio::spawn(serve(listener, Arc::clone(&desk), key, async {}));
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(!page.is_finished());
    drop(order);
    (&mut page).await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_could_not_be_read_is_read_again_soon() {
    let desk = desk().await;
    let news = desk.news();
    assert_eq!(*news.borrow(), 1);
    tokio::select! {
        () = super::follow(&desk) => unreachable!("it never ends"),
        () = tokio::time::sleep(super::desk::AFTER_TROUBLE * 3 + super::desk::AFTER_TROUBLE / 2) => {}
    }
    assert!(*news.borrow() >= 3, "{}", *news.borrow());
}
