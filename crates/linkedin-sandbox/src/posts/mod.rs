//! Posts ("Posts API"): creation with every check that LinkedIn makes before it answers 201, edits and
//! deletions, reads (which need more than the permission to post), and posts as readers see them.

mod change;
mod create;
mod duplicate;
mod fields;
mod legacy;
mod post_body;
mod read;
pub(crate) mod reader_view;
mod values;

use axum::Router;
use axum::routing::{get, post};

use crate::app::AppState;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/v2/ugcPosts", legacy::ugc_posts())
        .route("/v2/shares", legacy::shares())
        .route("/rest/posts", post(create::create).get(read::list))
        .route(
            "/rest/posts/{urn}",
            get(read::one).post(change::update).delete(change::delete),
        )
}
