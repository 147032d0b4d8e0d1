//! Serves the queue, the media of its payloads, and the page's style sheet and script.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::Html;

use super::app_state::AppState;
use super::guard::FromPage;
use super::shown::Shown;
use super::{buttons, history};
use crate::engine::Plan;
use crate::preview::html::{
    DeliveryId, PageFrame, STYLE, changes_html, message, page, queue as render_queue,
};
use loopback_page::Escaped;

type Typed = ([(header::HeaderName, String); 1], Bytes);

const HEAD: &str = "<link rel=\"stylesheet\" href=\"/style.css\">\n\
                    <script src=\"/page.js\" defer></script>";

/// Renders the page. A browser that opens the URL gets an empty queue; the script then fetches the queue
/// with the page's secret.
pub(super) async fn queue(
    State(state): State<Arc<AppState>>,
    from_page: Option<Extension<FromPage>>,
) -> Html<String> {
    if from_page.is_none() {
        return Html(empty_page());
    }
    let shown = state.shown();
    let extra = |entry: &_, of: &DeliveryId<'_>| {
        let changes = shown.changes.get(of.id);
        let changes = changes.map(|changes| changes_html(changes, of));
        let history = history::render(entry, &shown.ledger_state, of);
        changes.unwrap_or_default() + &buttons::render(entry, of, &shown) + &history
    };
    let pictures = |medium: &syndicate_api::Medium| format!("/media/{}", medium.sha256());
    // Before the pipeline was read once, it is not known whether it has posts.
    let queue = match shown.is_read() {
        true => render_queue(&shown.previewed.plan, &pictures, &extra),
        false => String::new(),
    };
    let frame = PageFrame {
        head: HEAD,
        file: &shown.file,
        above: &above(&shown, state.provider.feed()),
    };
    Html(page(&frame, &shown.previewed.plan, &queue))
}

fn empty_page() -> String {
    let frame = PageFrame {
        head: HEAD,
        file: "",
        above: &above(&Shown::default(), None),
    };
    page(&frame, &Plan::default(), "")
}

/// Renders the part above the queue: the status line, notes and the last error.
fn above(shown: &Shown, feed: Option<&str>) -> String {
    let error = shown.error.as_ref().map(|error| {
        let below = match shown.is_read() {
            true => "<p class=\"muted\">Below is the last version that could be read.</p>",
            false => "",
        };
        let error = message(&error.0);
        format!("<pre class=\"fault\" tabindex=\"0\">{error}</pre>{below}")
    });
    let feed = feed.map(|feed| {
        format!(
            "<p class=\"note\">Sandbox: posts are sent to <a href=\"{0}\" \
             target=\"_blank\" rel=\"noopener\">the sandbox feed</a>.</p>",
            Escaped(feed)
        )
    });
    format!(
        "<div id=\"status\" role=\"status\" aria-live=\"polite\"></div>\
         <noscript><p class=\"note\">This page needs JavaScript. To export a page \
         without it, run <code>syndicate preview --html DIR</code>.</p></noscript>{}<div id=\"error\" role=\"alert\">{}</div>",
        feed.unwrap_or_default(),
        error.unwrap_or_default(),
    )
}

/// Returns the bytes of a medium of the plan by their hash, unless its file has changed.
pub(super) async fn medium(
    State(state): State<Arc<AppState>>,
    Path(sha256): Path<String>,
) -> Result<Typed, StatusCode> {
    let shown = state.shown();
    let medium = shown.media.get(&sha256).ok_or(StatusCode::NOT_FOUND)?;
    let typed = [(header::CONTENT_TYPE, medium.media_type.to_string())];
    let bytes = medium.bytes.read().map_err(|_| StatusCode::NOT_FOUND)?;
    Ok((typed, bytes))
}

pub(super) async fn style() -> Typed {
    let style = format!("{STYLE}{}", include_str!("page.css"));
    let typed = [(header::CONTENT_TYPE, "text/css; charset=utf-8".to_owned())];
    (typed, Bytes::from(style))
}

pub(super) async fn script() -> Typed {
    let script = Bytes::from_static(include_bytes!("page.js"));
    let typed = [(
        header::CONTENT_TYPE,
        "text/javascript; charset=utf-8".to_owned(),
    )];
    (typed, script)
}
