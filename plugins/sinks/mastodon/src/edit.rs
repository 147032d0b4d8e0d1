//! Changes the text, the content warning and the language of a published post.
//!
//! The API replaces the whole post: media and content warning that an edit does not repeat are removed. So the
//! post is read first, its media are sent again, and a post that was edited on the server is not overwritten.

use serde_json::{Value, json};
use syndicate_api::{
    Body, Code, Payload, Prepared, PublishError, PublishErrorKind, Receipt, Request, Revision,
    Role, Step, slot,
};

use crate::client::Client;
use crate::compose::STATUSES;
use crate::errors::ERRORS;
use crate::locate::fetch;
use crate::status::{EDITED_AT, Status};

/// The fields of a creating request that an edit changes.
const EDITABLE: &[&str] = &["status", "language", "spoiler_text", "sensitive"];

/// Returns the edit that makes an earlier post equal to `payload`; `None` if the payload is broken.
pub(crate) fn revise(payload: &Payload) -> Option<Revision> {
    let mut fixed = payload.create()?.body.as_json().clone();
    let create = fixed.as_object_mut()?;
    create.remove("media_ids");
    // An edit that leaves them out keeps the old values on some servers.
    let mut edit = json!({"spoiler_text": "", "sensitive": false});
    for name in EDITABLE {
        if let Some(value) = create.remove(*name) {
            edit[*name] = value;
        }
    }
    let request = Request::new("PUT", STATUSES)
        .segment(slot("receipt:/id"))
        .json(edit.clone());
    Some(Revision {
        steps: vec![Step::new("edit", Role::FollowUp, request)],
        editable: edit,
        fixed: json!({"post": fixed, "media": media(payload)}),
        changes: "the text, the content warning and the language".into(),
        keeps: "the pictures and the audience".into(),
    })
}

/// Returns the media of `payload` with their alternative texts, which are in the uploads.
fn media(payload: &Payload) -> Vec<Value> {
    let uploads = payload
        .steps
        .iter()
        .filter(|step| step.role == Role::Prepare);
    let files = payload
        .media
        .iter()
        .map(syndicate_api::Medium::source_sha256);
    let described = files.zip(uploads).map(|(file, upload)| {
        let alt = match &upload.request.body {
            Body::Parts(parts) => serde_json::to_value(parts.get(1..)).unwrap_or_default(),
            _ => Value::Null,
        };
        json!({"file": file, "alt": alt})
    });
    described.collect()
}

/// Changes the post of `receipt` as the only step of `change` says, and returns the new receipt.
///
/// # Errors
/// Returns `Conflict` if the post was edited on the server since `receipt`, and any other kind but `Unknown`.
pub(crate) async fn update(
    client: &Client<'_>,
    receipt: &Receipt,
    change: &Prepared,
) -> Result<Receipt, PublishError> {
    let (Some(id), Some(step)) = (receipt.id.as_deref(), change.steps.first()) else {
        return Err(rejected("the receipt or the change is empty"));
    };
    let Some(post) = fetch(client, id).await? else {
        return Err(rejected("the post does not exist on the server"));
    };
    let mut body = step.request.body.as_json().clone();
    if is_edited_since(&post, receipt) {
        // The change may have arrived before, and only its answer was lost.
        return match is_text(client, id, &body).await? {
            true => Ok(post.receipt()),
            false => Err(conflict()),
        };
    }
    if post.has_poll {
        return Err(rejected("the post has a poll, which an edit would remove"));
    }
    body["media_ids"] = post.media.into();
    let request = step.request.clone().json(body);
    let response = client.call(&request).await?;
    let post = Status::parse(&response.json());
    post.map(|post| post.receipt()).ok_or_else(|| {
        let message = "the server did not return the changed post";
        PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
    })
}

/// Returns `true` if the time of the last edit differs from the one in `receipt`. A receipt without it, such as
/// one of a post that must be overwritten, matches every post.
fn is_edited_since(post: &Status, receipt: &Receipt) -> bool {
    let known = receipt.extra.get(EDITED_AT);
    known.is_some_and(|known| *known != post.edited_at)
}

/// Returns `true` if text and content warning of the post `id` are those of `edit`.
async fn is_text(client: &Client<'_>, id: &str, edit: &Value) -> Result<bool, PublishError> {
    let request = Request::new("GET", STATUSES).segment(id).segment("source");
    let response = client.send(&request).await;
    if response
        .as_ref()
        .is_ok_and(|response| response.status == 404)
    {
        return Ok(false);
    }
    let source = ERRORS.check_repeatable(client.cx, response)?.json();
    Ok(source["text"] == edit["status"] && source["spoiler_text"] == edit["spoiler_text"])
}

fn conflict() -> PublishError {
    let message = "the post was edited on the server since it was sent";
    PublishError::new(PublishErrorKind::Conflict, Code::Conflict, message)
}

fn rejected(message: &str) -> PublishError {
    PublishError::new(PublishErrorKind::Rejected, Code::Rejected, message)
}
