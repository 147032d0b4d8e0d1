//! Uploads videos in parts. LinkedIn returns the byte range and the URL of each part, and combines
//! the parts when it receives their IDs. A post with a video whose processing fails later shows
//! nothing, so this module waits until the video is processed.

use std::ops::Range;

use bytes::Bytes;
use serde_json::{Value, json};
use syndicate_api::http::HttpResponse;
use syndicate_api::{Code, Medium, PublishError, PublishErrorKind, canonical_json};

use super::kind::MediaKind;
use super::status::{MediaStatus, VIDEO_POLLING, fetch_status, wait_until_ready};
use super::upload_errors::{incomplete_answer, unprocessable, untrusted_host};
use crate::client::{Client, UploadRequest, json_body};
use crate::errors::{self, Step};

const PATH: &str = "/rest/videos";
const STEP: Step = Step::Upload("video");

/// The response to an initialized upload.
struct UploadInstructions {
    urn: String,
    /// Sent back unchanged when the upload is finalized. May be empty.
    token: String,
    parts: Vec<UploadPart>,
}

/// A byte range of the file and its upload URL.
#[derive(Debug, PartialEq, Eq)]
struct UploadPart {
    upload_url: String,
    bytes: Range<usize>,
}

pub(super) async fn upload(
    client: &Client<'_>,
    owner: &str,
    medium: &Medium,
) -> Result<String, PublishError> {
    let bytes = medium.bytes.read()?;
    let instructions = initialize(client, owner, bytes.len()).await?;
    let mut ids = Vec::new();
    for part in &instructions.parts {
        ids.push(put_part(client, part, &bytes).await?);
    }
    finalize(client, &instructions, &ids).await?;
    match wait_until_ready(&VIDEO_POLLING, || {
        fetch_status(client, "video", PATH, &instructions.urn)
    })
    .await
    {
        MediaStatus::Failed(reason) => {
            Err(unprocessable(MediaKind::Video, medium, reason.as_deref()))
        }
        MediaStatus::Ready | MediaStatus::Unknown => Ok(instructions.urn),
        MediaStatus::Throttled(error) => Err(error),
        MediaStatus::Processing | MediaStatus::NoAnswer => {
            let message = "LinkedIn is still processing the video";
            let kind = PublishErrorKind::Unavailable;
            Err(PublishError::new(kind, Code::Unavailable, message)
                .with_hint("nothing was created; run the command again later"))
        }
    }
}

async fn initialize(
    client: &Client<'_>,
    owner: &str,
    length: usize,
) -> Result<UploadInstructions, PublishError> {
    let request = json!({
        "owner": owner,
        "fileSizeBytes": length,
        "uploadCaptions": false,
        "uploadThumbnail": false,
    });
    let answer = call_action(client, "initializeUpload", request).await?;
    let value = &json_body(&answer)["value"];
    let urn = value["video"].as_str();
    let urn = urn.filter(|urn| urn.starts_with("urn:li:video:"));
    let parts = parts(&value["uploadInstructions"], length);
    match (urn, parts) {
        (Some(urn), Some(parts)) => Ok(UploadInstructions {
            urn: urn.to_owned(),
            token: value["uploadToken"].as_str().unwrap_or_default().to_owned(),
            parts,
        }),
        (None, _) => Err(incomplete_answer("video", "URN")),
        (_, None) => Err(incomplete_answer("video", "complete list of parts")),
    }
}

/// Parses the parts in their order. Returns `None` unless they cover the whole file exactly once.
fn parts(instructions: &Value, length: usize) -> Option<Vec<UploadPart>> {
    let mut next = 0;
    let mut parts = Vec::new();
    for instruction in instructions.as_array()? {
        let number = |key: &str| usize::try_from(instruction[key].as_u64()?).ok();
        let (first, last) = (number("firstByte")?, number("lastByte")?);
        if first != next || last < first || last >= length {
            return None;
        }
        next = last + 1;
        parts.push(UploadPart {
            upload_url: instruction["uploadUrl"].as_str()?.to_owned(),
            bytes: first..next,
        });
    }
    (next == length).then_some(parts)
}

/// Uploads one part and returns its ID. The upload URL needs no token, so none is sent.
async fn put_part(
    client: &Client<'_>,
    part: &UploadPart,
    bytes: &Bytes,
) -> Result<String, PublishError> {
    let put = UploadRequest {
        upload_url: &part.upload_url,
        media_type: "application/octet-stream".into(),
        bytes: bytes.slice(part.bytes.clone()),
        is_signed: false,
    };
    let answer = client.put(put).await;
    let answer = answer.map_err(|host| untrusted_host("video", &host))?;
    let answer = errors::require_success(client, Step::Put("video"), answer)?;
    let id = answer
        .header("etag")
        .map(|etag| etag.trim().trim_matches('"'));
    let id = id.filter(|id| !id.is_empty());
    id.map(str::to_owned)
        .ok_or_else(|| incomplete_answer("video", "`ETag`"))
}

async fn finalize(
    client: &Client<'_>,
    instructions: &UploadInstructions,
    ids: &[String],
) -> Result<(), PublishError> {
    let request = json!({
        "video": instructions.urn,
        "uploadToken": instructions.token,
        "uploadedPartIds": ids,
    });
    call_action(client, "finalizeUpload", request)
        .await
        .map(drop)
}

/// Calls an action. The body contains the request under the name of the action.
async fn call_action(
    client: &Client<'_>,
    name: &'static str,
    request: Value,
) -> Result<HttpResponse, PublishError> {
    let path = format!("{PATH}?action={name}");
    let mut body = serde_json::Map::new();
    body.insert(format!("{name}Request"), request);
    let body = canonical_json(&Value::Object(body));
    let answer = client.post_for_upload(&path, Bytes::from(body)).await;
    errors::require_success(client, STEP, answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn video_parts_must_cover_file() {
        let part =
            |first: u64, last: u64| json!({"uploadUrl": "u", "firstByte": first, "lastByte": last});
        let read = |instructions: Value| parts(&instructions, 10).map(|parts| parts.len());
        assert_eq!(read(json!([part(0, 9)])), Some(1));
        assert_eq!(read(json!([part(0, 3), part(4, 9)])), Some(2));
        for odd in [
            json!([]),
            json!(null),
            json!([part(0, 8)]),
            json!([part(0, 10)]),
            json!([part(1, 9)]),
            json!([part(0, 3), part(5, 9)]),
            json!([part(4, 9), part(0, 3)]),
            json!([part(0, 3), part(3, 9)]),
            json!([part(0, u64::MAX)]),
            json!([{"uploadUrl": 1, "firstByte": 0, "lastByte": 9}]),
            json!([{"uploadUrl": "u", "firstByte": -1, "lastByte": 9}]),
        ] {
            assert_eq!(read(odd.clone()), None, "{odd}");
        }
    }
}
