//! Uploads media. LinkedIn returns an upload URL, accepts the bytes there, and then processes
//! them for some time ("Images", "Documents" and "Videos API" of its documentation; "Assets API"
//! for the older dialects). Uploads are not visible to readers, so they may be repeated.

mod asset;
mod image_document;
mod kind;
mod rules;
mod single_put;
mod status;
mod upload_errors;
mod video;

use syndicate_api::{Medium, PublishError};

use self::kind::MediaKind;
pub(crate) use self::rules::{DOCUMENTS, PICTURES, VIDEOS};
use crate::client::Client;
use crate::dialect::Dialect;

/// Uploads `medium` and returns its URN. `owner` must be the author of the post.
///
/// # Errors
/// Returns an error if LinkedIn does not accept the medium.
pub(crate) async fn upload(
    client: &Client<'_>,
    dialect: Dialect,
    owner: &str,
    medium: &Medium,
) -> Result<String, PublishError> {
    match (dialect, MediaKind::of(medium)) {
        (Dialect::Posts, MediaKind::Video) => video::upload(client, owner, medium).await,
        (Dialect::Posts, MediaKind::Picture) => {
            image_document::upload(client, &image_document::IMAGES, owner, medium).await
        }
        (Dialect::Posts, MediaKind::Document) => {
            image_document::upload(client, &image_document::DOCUMENTS, owner, medium).await
        }
        (Dialect::Ugc | Dialect::Shares, kind) => asset::upload(client, kind, owner, medium).await,
    }
}
