//! What a reader sees: the feed as a page and as JSON, the pictures in it, and the record of the
//! last requests. Everything here is read-only, runs no script and takes nothing from elsewhere;
//! posts are hostile until they are escaped.

mod card;
mod commentary;
mod content;
pub(super) mod html;
mod log;
mod page;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::response::Html;
use axum::routing::get;
use axum::{Json, Router, body::Bytes};

use super::App;
use super::errors::{Refusal, no_such_resource};
use super::media;
use super::posts::SandboxPost;

type Typed<B> = ([(HeaderName, &'static str); 1], B);

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(feed))
        .route("/feed.json", get(feed_json))
        .route("/log", get(requests))
        .route("/media/{id}", get(medium))
        .route("/feed.css", get(style))
        .route("/icon.svg", get(icon))
}

async fn feed(State(app): State<App>) -> Html<String> {
    let posts = app.sandbox.posts();
    Html(page::render(&posts, &app.base_url, app.sandbox.clock.now()))
}

async fn feed_json(State(app): State<App>) -> Json<Vec<SandboxPost>> {
    Json(app.sandbox.posts())
}

async fn requests(State(app): State<App>) -> Html<String> {
    Html(log::render(app.sandbox.world().journal.iter().rev()))
}

async fn medium(
    State(app): State<App>,
    Path(id): Path<String>,
    uri: axum::http::Uri,
) -> Result<Typed<Bytes>, Refusal> {
    let now = app.sandbox.clock.now();
    let shown = match media::find(&app.sandbox.world(), &id).map(|medium| medium.state(now)) {
        Some(media::State::Available { media_type, bytes }) => Some((media_type, bytes.clone())),
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
