//! Serves the local preview page: the queue as cards, updated when files are saved, and forms to
//! approve, send, edit, schedule and skip posts. Commands use the plan, ledger and run of the command
//! line, and carry the hash of the payload shown; if it has changed, nothing is done. The server
//! listens on loopback only, requires the token in its printed URL, and stores no credentials.

mod act;
mod app_state;
mod buttons;
mod command;
mod commentary;
mod events;
mod guard;
mod history;
mod live_page;
mod previewed_plan;
mod provider;
mod shown;
mod views;
mod write;

use std::future::{Future, pending};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use axum::routing::{get, post};
use axum::{Router, middleware};
use tokio::net::TcpListener;
use tokio::time::timeout_at;

use crate::engine::watch::ChangedFiles;

pub(crate) use self::app_state::AppState;
pub(crate) use self::guard::PageKey;
pub(crate) use self::provider::{PageError, PipelineProvider, WatchPaths, WatchedPipeline};

/// Builds the routes of the page for requests to `port`.
pub(crate) fn router(state: &Arc<AppState>, key: PageKey, port: u16) -> Router {
    let access = guard::AccessGuard::new(key, port);
    Router::new()
        .route("/", get(views::queue))
        .route("/events", get(events::stream))
        .route("/act", post(act::act))
        .route("/media/{sha256}", get(views::medium))
        .route("/style.css", get(views::style))
        .route("/page.js", get(views::script))
        .layer(middleware::from_fn_with_state(access, guard::authorize))
        .with_state(Arc::clone(state))
}

/// Serves the page on `listener` until `shutdown` completes, and refreshes it when files change.
///
/// # Errors
/// Returns an error if other machines can reach `listener`, or if the server fails.
pub(crate) async fn serve(
    listener: TcpListener,
    state: Arc<AppState>,
    key: PageKey,
    shutdown: impl Future<Output = ()> + Send,
) -> anyhow::Result<()> {
    let address = listener
        .local_addr()
        .context("cannot determine the address of the preview")?;
    ensure!(
        address.ip().is_loopback(),
        "the preview must not listen on `{address}`, because other machines could reach it and send \
         posts; bind it to `127.0.0.1`"
    );
    let router = router(&state, key, address.port());
    // Open event streams would delay a graceful shutdown forever, so the server stops at once.
    let ended = tokio::select! {
        served = loopback_page::serve(listener, router, pending(), Duration::ZERO) => {
            served.with_context(|| format!("the preview on `{address}` failed"))
        }
        () = refresh_on_change(&state) => Ok(()),
        () = shutdown => Ok(()),
    };
    // A command in progress is finished first; otherwise its outcome would be unknown.
    drop(state.lock().await);
    ended
}

/// Refreshes the page when a file changes or a planned time arrives.
async fn refresh_on_change(state: &AppState) {
    let mut notices = state.notices.lock().await;
    loop {
        let change = timeout_at(state.next_refresh(), notices.next()).await;
        // A timeout is not an error: it means that a planned time has arrived.
        let files = change.ok().filter(|change| !change.has_ledger);
        let is_updated = match files.and_then(|change| change.files) {
            Some(ChangedFiles::Named(files)) => state.update(&files).await,
            _ => false,
        };
        // The new plan may have pictures in other folders.
        if !is_updated || notices.set_roots(state.roots()) {
            state.refresh(&mut notices).await;
        }
    }
}

#[cfg(test)]
mod tests;
