//! The pages of the sandbox: the feed as HTML and as JSON, its media, and the log of the last
//! requests. All pages are read-only, run no script and load nothing from other hosts. The content of
//! posts is untrusted until it is escaped.

mod card;
mod commentary;
mod content;
mod log;
mod page;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::response::Html;
use axum::routing::get;
use axum::{Json, Router, body::Bytes};

use loopback_page::Escaped;

use crate::app::AppState;
use crate::errors::{ErrorResponse, no_such_resource};
use crate::posts::reader_view::{self, SandboxPost};
use crate::state::medium::MediaStatus;

type Typed<B> = ([(HeaderName, &'static str); 1], B);

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(feed))
        .route("/feed.json", get(feed_json))
        .route("/log", get(requests))
        .route("/media/{id}", get(medium))
        .route("/feed.css", get(style))
        .route("/icon.svg", get(icon))
        .route(loopback_page::ICON_PATH, get(icon))
}

async fn feed(State(app): State<AppState>) -> Html<String> {
    let now = app.now();
    let posts = reader_view::posts(&app.state(), now);
    Html(page::render(&posts, &first_steps(&app), now))
}

/// Returns the instructions of an empty feed, with the base URL filled in.
fn first_steps(app: &AppState) -> String {
    let url = Escaped(&app.base_url).to_string();
    app.settings.first_steps.replace("{url}", &url)
}

async fn feed_json(State(app): State<AppState>) -> Json<Vec<SandboxPost>> {
    Json(reader_view::posts(&app.state(), app.now()))
}

async fn requests(State(app): State<AppState>) -> Html<String> {
    Html(log::render(app.state().journal.iter().rev()))
}

async fn medium(
    State(app): State<AppState>,
    Path(id): Path<String>,
    uri: axum::http::Uri,
) -> Result<Typed<Bytes>, ErrorResponse> {
    let now = app.now();
    let shown = match app
        .state()
        .medium_by_id(&id)
        .map(|medium| medium.state(now))
    {
        Some(MediaStatus::Available { media_type, bytes }) => Some((media_type, bytes.clone())),
        _ => None,
    };
    match shown {
        Some((media_type, bytes)) => Ok(([(CONTENT_TYPE, media_type)], bytes)),
        None => Err(no_such_resource(uri).await),
    }
}

async fn style() -> Typed<&'static str> {
    let style = concat!(
        include_str!("frame.css"),
        include_str!("feed.css"),
        include_str!("content.css")
    );
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], style)
}

async fn icon() -> Typed<&'static str> {
    ([(CONTENT_TYPE, "image/svg+xml")], include_str!("icon.svg"))
}
