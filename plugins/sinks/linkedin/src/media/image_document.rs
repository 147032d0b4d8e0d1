//! Uploads pictures and documents with the Images and Documents APIs: one request for an upload
//! URL, then one `PUT` of all bytes. A `PUT` of a part would overwrite the part before it.

use serde_json::json;
use syndicate_api::{Medium, PublishError};

use super::kind::MediaKind;
use super::single_put::{put_bytes, request_upload};
use super::status::{MediaStatus, PICTURE_POLLING, fetch_status, wait_until_ready};
use super::upload_errors::{incomplete_answer, unprocessable};
use crate::client::Client;

/// An API for media of one kind.
pub(super) struct MediaApi {
    kind: MediaKind,
    path: &'static str,
    /// The key of the medium's URN in the response to `initializeUpload`.
    key: &'static str,
    /// The prefix of valid URNs. A post cannot use URNs of older APIs, such as `digitalmediaAsset`.
    prefix: &'static str,
}

pub(super) static IMAGES: MediaApi = MediaApi {
    kind: MediaKind::Picture,
    path: "/rest/images",
    key: "image",
    prefix: "urn:li:image:",
};

pub(super) static DOCUMENTS: MediaApi = MediaApi {
    kind: MediaKind::Document,
    path: "/rest/documents",
    key: "document",
    prefix: "urn:li:document:",
};

pub(super) async fn upload(
    client: &Client<'_>,
    api: &MediaApi,
    owner: &str,
    medium: &Medium,
) -> Result<String, PublishError> {
    let (upload_url, urn) = initialize(client, api, owner).await?;
    put_bytes(client, api.kind, &upload_url, medium).await?;
    let noun = api.kind.noun();
    match wait_until_ready(&PICTURE_POLLING, || {
        fetch_status(client, noun, api.path, &urn)
    })
    .await
    {
        MediaStatus::Failed(reason) => Err(unprocessable(api.kind, medium, reason.as_deref())),
        MediaStatus::Ready
        | MediaStatus::Processing
        | MediaStatus::Unknown
        | MediaStatus::NoAnswer
        | MediaStatus::Throttled(_) => Ok(urn),
    }
}

/// Starts an upload. Returns its upload URL and the URN of the medium.
async fn initialize(
    client: &Client<'_>,
    api: &MediaApi,
    owner: &str,
) -> Result<(String, String), PublishError> {
    let request = json!({"initializeUploadRequest": {"owner": owner}});
    let path = format!("{}?action=initializeUpload", api.path);
    let value = request_upload(client, api.kind, &path, &request).await?;
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    let urn = text(api.key).filter(|urn| urn.starts_with(api.prefix));
    let named = text("uploadUrl").zip(urn);
    named.ok_or_else(|| incomplete_answer(api.kind.noun(), "address or URN"))
}
