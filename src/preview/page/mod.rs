//! The local page: the queue as cards, kept up to date while files are saved, and what one can decide
//! about it. Whatever is done there goes through the plan, the ledger and the run that the command line
//! uses, and names the payload's hash that was looked at; if that is no longer the one, nothing is
//! done. It listens on loopback, lets in whoever has the address with its token, and holds no secret.

mod act;
mod app_state;
mod buttons;
mod events;
mod guard;
mod history;
mod order;
mod previewed_plan;
mod provider;
mod views;
mod words;
mod write;

use std::future::{Future, pending};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use axum::routing::{get, post};
use axum::{Router, middleware};
use tokio::net::TcpListener;
use tokio::time::timeout_at;

pub(crate) use self::app_state::AppState;
pub(crate) use self::guard::PageKey;
pub(crate) use self::provider::{PageError, PipelineProvider, WatchPaths, WatchedPipeline};

/// The whole page, for requests to `port`.
pub(crate) fn router(state: &Arc<AppState>, key: PageKey, port: u16) -> Router {
    let gate = guard::AccessGuard::new(key, port);
    Router::new()
        .route("/", get(views::queue))
        .route("/events", get(events::stream))
        .route("/act", post(act::act))
        .route("/media/{sha256}", get(views::medium))
        .route("/style.css", get(views::style))
        .route("/page.js", get(views::script))
        .layer(middleware::from_fn_with_state(gate, guard::admit))
        .with_state(Arc::clone(state))
}

/// Answers on `listener` until `shutdown` ends, and reads everything anew whenever something is saved.
///
/// # Errors
/// When `listener` can be reached from other machines, or when it fails.
pub(crate) async fn serve(
    listener: TcpListener,
    state: Arc<AppState>,
    key: PageKey,
    shutdown: impl Future<Output = ()> + Send,
) -> anyhow::Result<()> {
    let address = listener
        .local_addr()
        .context("cannot tell where the preview listens")?;
    ensure!(
        address.ip().is_loopback(),
        "the preview can send posts, so it must not listen on `{address}`, which other machines can \
         reach; bind it to `127.0.0.1`"
    );
    let router = router(&state, key, address.port());
    // A stream of events would keep a server that waits for its connections alive for ever.
    let ended = tokio::select! {
        served = loopback_page::serve(listener, router, pending(), Duration::ZERO) => {
            served.with_context(|| format!("the preview on `{address}` failed"))
        }
        () = follow(&state) => Ok(()),
        () = shutdown => Ok(()),
    };
    // What is being sent is sent to its end, or nobody would know what became of it.
    drop(state.alone().await);
    ended
}

/// Reads everything anew whenever something has changed, be it only the time.
async fn follow(state: &AppState) {
    let mut notices = state.notices.lock().await;
    loop {
        // A time that comes is news as well.
        drop(timeout_at(state.due(), notices.next()).await);
        state.refresh(&mut notices).await;
    }
}

#[cfg(test)]
mod tests;
