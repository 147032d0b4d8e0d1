//! Media: LinkedIn names an address, takes the bytes there, and works on them for a while ("Images",
//! "Documents" and "Videos API" of its documentation; for the older dialect "Assets API"). Nothing of
//! it is visible to readers, so all of it may be done again.

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

/// Uploads `medium` for `owner`, which has to be the author of the post, and returns its URN.
///
/// # Errors
/// When LinkedIn does not take it.
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
