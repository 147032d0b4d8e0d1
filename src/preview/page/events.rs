//! The news, as server-sent events: one for each time that the plan was made anew. What changed, the
//! page looks up itself.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};

use super::app_state::AppState;

pub(super) async fn stream(
    State(state): State<Arc<AppState>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut news = state.news();
    // A page that lost its connection may have missed something: the first event comes at once.
    news.mark_changed();
    let events = unfold(news, |mut news| async move {
        news.changed().await.ok()?;
        let version = news.borrow_and_update().to_string();
        Some((Ok(Event::default().data(version)), news))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}
