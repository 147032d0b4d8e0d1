//! Media: pictures, documents and videos ("Images API", "Documents API", "Videos API"), and the assets
//! of the older API. An upload is opened by a call, sent by `PUT`, and then processed. As on LinkedIn,
//! the `PUT` succeeds for any bytes; a file that cannot be used has the status of a failure, and its
//! post stays invisible.

mod asset;
mod file_type;
mod open;
mod picture;
mod upload;
mod video;

use axum::Router;

use crate::app::AppState;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .merge(open::routes())
        .merge(upload::routes())
        .merge(video::routes())
        .merge(asset::routes())
}
