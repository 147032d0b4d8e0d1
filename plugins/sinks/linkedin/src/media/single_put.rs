//! The requests that upload a medium in one piece, shared by several APIs: one for an upload
//! URL and one signed `PUT` of all bytes.

use bytes::Bytes;
use serde_json::Value;
use syndicate_api::{Medium, PublishError, canonical_json};

use super::kind::MediaKind;
use super::upload_errors::untrusted_host;
use crate::client::{Client, UploadRequest, json_body};
use crate::errors::{self, Step};

/// Requests an upload URL at `path` and returns `value` of the response.
pub(super) async fn request_upload(
    client: &Client<'_>,
    kind: MediaKind,
    path: &str,
    request: &Value,
) -> Result<Value, PublishError> {
    let body = Bytes::from(canonical_json(request));
    let answer = client.post_for_upload(path, body).await;
    let answer = errors::require_success(client, Step::Upload(kind.noun()), answer)?;
    Ok(json_body(&answer)["value"].clone())
}

/// Uploads the bytes to `upload_url`.
pub(super) async fn put_bytes(
    client: &Client<'_>,
    kind: MediaKind,
    upload_url: &str,
    medium: &Medium,
) -> Result<(), PublishError> {
    let noun = kind.noun();
    let put = UploadRequest {
        upload_url,
        media_type: medium.media_type.clone(),
        bytes: medium.bytes.read()?,
        is_signed: true,
    };
    let answer = client.put(put).await;
    let answer = answer.map_err(|host| untrusted_host(noun, &host))?;
    errors::require_success(client, Step::Put(noun), answer)?;
    Ok(())
}
