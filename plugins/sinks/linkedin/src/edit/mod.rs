//! Changing and taking back what is out. LinkedIn lets one change a post's commentary and nothing
//! else that a reader sees: another card would be another post ("Posts API", partial update). Both
//! requests may be repeated without harm, and a post that is gone already is a success for whoever
//! wants it gone.

use bytes::Bytes;
use serde_json::json;
use syndicate_api::http::{Answer, CallError};
use syndicate_api::{
    Code, Payload, PublishError, PublishErrorKind, Receipt, Request, Revision, canonical_json,
};

use crate::client::{Client, json_body};
use crate::errors::{self, Step};
use crate::urn;

/// Where a post is changed; `{id}` stands for its URN, encoded.
const POST: &str = "/rest/posts/{id}";

/// How the URN of a post's entry in the feed starts, which the Posts API does not take.
const ACTIVITY: &str = "urn:li:activity:";

/// What `payload` could change about the post that was made of an earlier one. Only posts of the
/// Posts API can be changed there.
pub(crate) fn revise(payload: &Payload) -> Option<Revision> {
    if payload.dialect != "posts" {
        return None;
    }
    let mut fixed = payload.requests.first()?.body.clone();
    let commentary = fixed.as_object_mut()?.remove("commentary")?;
    let media: Vec<String> = payload
        .media
        .iter()
        .map(|medium| medium.source_sha256())
        .collect();
    Some(Revision {
        requests: vec![Request {
            method: "POST",
            path: POST.to_owned(),
            body: json!({"patch": {"$set": {"commentary": commentary}}}),
        }],
        fixed: json!({"post": fixed, "media": media}),
        changes: "the commentary",
        keeps: "the card or other content",
    })
}

/// Changes the post that `receipt` names.
///
/// # Errors
/// When LinkedIn does not do so.
pub(crate) async fn update(
    client: &Client<'_>,
    receipt: &Receipt,
    revision: &Revision,
) -> Result<(), PublishError> {
    check_addressable(receipt, Step::Update)?;
    for request in &revision.requests {
        let path = path(&request.path, receipt);
        let body = canonical_json(&request.body);
        let answer = client
            .restli("POST", &path, "PARTIAL_UPDATE", Bytes::from(body))
            .await;
        if is_gone(&answer) {
            return Err(gone(receipt));
        }
        errors::accepted(client, Step::Update, answer)?;
    }
    Ok(())
}

/// Deletes the post that `receipt` names.
///
/// # Errors
/// When LinkedIn does not do so.
pub(crate) async fn retract(client: &Client<'_>, receipt: &Receipt) -> Result<(), PublishError> {
    check_addressable(receipt, Step::Retract)?;
    let path = path(POST, receipt);
    let answer = client.restli("DELETE", &path, "DELETE", Bytes::new()).await;
    if is_gone(&answer) {
        return Ok(());
    }
    errors::accepted(client, Step::Retract, answer).map(drop)
}

/// Refuses identifiers that people copied from the feed and that the Posts API does not take.
fn check_addressable(receipt: &Receipt, step: Step) -> Result<(), PublishError> {
    if !receipt.id.starts_with(ACTIVITY) {
        return Ok(());
    }
    let kind = PublishErrorKind::Rejected;
    let lead = step.lead(kind);
    let message = format!("{lead}: LinkedIn's API does not take `{}`", receipt.id);
    let verb = if step == Step::Retract {
        "delete"
    } else {
        "edit"
    };
    let hint = format!("{verb} it on LinkedIn: {}", urn::public_link(&receipt.id));
    Err(PublishError::new(kind, Code::Unsupported, message).hinted(hint))
}

fn path(pattern: &str, receipt: &Receipt) -> String {
    pattern.replace("{id}", &urn::in_path(&receipt.id))
}

/// Whether LinkedIn says that there is no such post. A 404 in another shape comes from somebody in
/// between.
fn is_gone(answer: &Result<Answer, CallError>) -> bool {
    let Ok(answer) = answer else {
        return false;
    };
    let body = json_body(answer);
    answer.status == 404 && body.is_object()
}

fn gone(receipt: &Receipt) -> PublishError {
    let message = format!("`{}` is no longer on LinkedIn", receipt.id);
    PublishError::new(PublishErrorKind::Rejected, Code::Rejected, message)
        .hinted("`syndicate retract` puts that on record")
}

#[cfg(test)]
mod tests;
