//! Streams a server-sent event for each new version of the plan. The event carries only the version; the
//! page then fetches the queue.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};

use super::app_state::AppState;

pub(super) async fn stream(
    State(state): State<Arc<AppState>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut versions = state.versions();
    // The first event is sent at once, because a page that reconnects may have missed a version.
    versions.mark_changed();
    let events = unfold(versions, |mut versions| async move {
        versions.changed().await.ok()?;
        let version = versions.borrow_and_update().to_string();
        Some((Ok(Event::default().data(version)), versions))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}
