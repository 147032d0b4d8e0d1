//! Uploads media for the older dialects: registers an asset, then sends one `PUT`. The URNs of
//! assets are valid in these dialects only.

use serde_json::json;
use syndicate_api::{Medium, PublishError};

use super::kind::MediaKind;
use super::single_put::{put_bytes, request_upload};
use super::upload_errors::incomplete_answer;
use crate::client::Client;

/// The key of the upload mechanism in the response.
const BY_HTTP: &str = "com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest";

pub(super) async fn upload(
    client: &Client<'_>,
    kind: MediaKind,
    owner: &str,
    medium: &Medium,
) -> Result<String, PublishError> {
    let (upload_url, urn) = register(client, kind, owner).await?;
    put_bytes(client, kind, &upload_url, medium).await?;
    Ok(urn)
}

/// Registers an asset. Returns its upload URL and its URN.
async fn register(
    client: &Client<'_>,
    kind: MediaKind,
    owner: &str,
) -> Result<(String, String), PublishError> {
    let recipe = match kind {
        MediaKind::Video => "urn:li:digitalmediaRecipe:feedshare-video",
        MediaKind::Picture | MediaKind::Document => "urn:li:digitalmediaRecipe:feedshare-image",
    };
    let request = json!({"registerUploadRequest": {
        "owner": owner,
        "recipes": [recipe],
        "serviceRelationships": [
            {"relationshipType": "OWNER", "identifier": "urn:li:userGeneratedContent"}
        ],
    }});
    let path = "/v2/assets?action=registerUpload";
    let value = request_upload(client, kind, path, &request).await?;
    let upload_url = value["uploadMechanism"][BY_HTTP]["uploadUrl"].as_str();
    let urn = value["asset"].as_str();
    let urn = urn.filter(|urn| urn.starts_with("urn:li:digitalmediaAsset:"));
    match (upload_url, urn) {
        (Some(upload_url), Some(urn)) => Ok((upload_url.to_owned(), urn.to_owned())),
        _ => Err(incomplete_answer(kind.noun(), "address or URN")),
    }
}
