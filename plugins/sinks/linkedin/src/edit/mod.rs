//! Updates and deletes published posts.
//!
//! Only the commentary of a post can be changed ("Posts API", partial update); another card
//! requires a new post. Both requests are idempotent. Deleting a post that no longer exists is a
//! success.

use bytes::Bytes;
use serde_json::{Value, json};
use syndicate_api::http::{HttpError, HttpResponse};
use syndicate_api::{
    Code, Payload, PublishError, PublishErrorKind, Receipt, Request, Revision, canonical_json,
};

use crate::client::Client;
use crate::dialect::Dialect;
use crate::errors::{self, Step};
use crate::{little_text, plain_text, urn};

/// Path of a post. `{id}` is replaced with its percent-encoded URN.
const POST_PATH: &str = "/rest/posts/{id}";

/// Returns the update that changes the commentary of an already sent post to that of `payload`.
/// Returns `None` if the payload's dialect does not support updates. Posts sent through
/// `v2/ugcPosts` can be updated and deleted too, because their URNs are valid in the Posts API.
pub(crate) fn revise(payload: &Payload) -> Option<Revision> {
    let mut fixed = payload.requests.first()?.body.clone();
    let commentary = take_commentary(payload.dialect, &mut fixed)?;
    let media: Vec<String> = payload
        .media
        .iter()
        .map(|medium| medium.source_sha256())
        .collect();
    Some(Revision {
        requests: vec![Request {
            method: "POST",
            path: POST_PATH.to_owned(),
            body: json!({"patch": {"$set": {"commentary": commentary}}}),
        }],
        fixed: json!({"post": fixed, "media": media}),
        changes: "the commentary",
        keeps: "the card or other content",
    })
}

/// Removes the commentary from the body of a creating request and returns it in little text.
fn take_commentary(dialect: &str, body: &mut Value) -> Option<Value> {
    if dialect == Dialect::Posts.as_str() {
        return body.as_object_mut()?.remove("commentary");
    }
    if dialect == Dialect::Ugc.as_str() {
        let share = body.pointer_mut("/specificContent/com.linkedin.ugc.ShareContent")?;
        let commentary = share.as_object_mut()?.remove("shareCommentary")?;
        let text = plain_text::decode(commentary["text"].as_str()?);
        return Some(little_text::encode(&text).into());
    }
    None
}

/// Updates the post of `receipt`.
///
/// # Errors
/// Returns an error if LinkedIn does not accept the update.
pub(crate) async fn update(
    client: &Client<'_>,
    receipt: &Receipt,
    revision: &Revision,
) -> Result<(), PublishError> {
    check_not_activity(receipt, Step::Update)?;
    for request in &revision.requests {
        let path = post_path(&request.path, receipt);
        let body = canonical_json(&request.body);
        let answer = client
            .send_with_method("POST", &path, "PARTIAL_UPDATE", Bytes::from(body))
            .await;
        if is_gone(&answer) {
            return Err(post_gone(receipt));
        }
        errors::require_success(client, Step::Update, answer)?;
    }
    Ok(())
}

/// Deletes the post of `receipt`.
///
/// # Errors
/// Returns an error if LinkedIn does not accept the deletion.
pub(crate) async fn retract(client: &Client<'_>, receipt: &Receipt) -> Result<(), PublishError> {
    check_not_activity(receipt, Step::Retract)?;
    let path = post_path(POST_PATH, receipt);
    let answer = client
        .send_with_method("DELETE", &path, "DELETE", Bytes::new())
        .await;
    if is_gone(&answer) {
        return Ok(());
    }
    errors::require_success(client, Step::Retract, answer).map(drop)
}

/// Returns an error if the receipt holds the URN of a feed entry. Such URNs are copied from the
/// feed, and the Posts API does not accept them.
fn check_not_activity(receipt: &Receipt, step: Step) -> Result<(), PublishError> {
    if !receipt.id.starts_with(urn::ACTIVITY) {
        return Ok(());
    }
    let kind = PublishErrorKind::Rejected;
    let prefix = step.message_prefix(kind);
    let message = format!("{prefix}: LinkedIn's API does not accept `{}`", receipt.id);
    let verb = if step == Step::Retract {
        "delete"
    } else {
        "edit"
    };
    let hint = format!("{verb} it on LinkedIn: {}", urn::public_link(&receipt.id));
    Err(PublishError::new(kind, Code::Unsupported, message).with_hint(hint))
}

fn post_path(pattern: &str, receipt: &Receipt) -> String {
    pattern.replace("{id}", &urn::encode_for_path(&receipt.id))
}

/// Returns `true` if LinkedIn itself responds that the post does not exist. A 404 in another form
/// is from a proxy or gateway and proves nothing.
fn is_gone(answer: &Result<HttpResponse, HttpError>) -> bool {
    let answer = answer.as_ref().ok();
    answer.is_some_and(|answer| answer.status == 404 && errors::is_from_linkedin(answer))
}

fn post_gone(receipt: &Receipt) -> PublishError {
    let message = format!("`{}` is no longer on LinkedIn", receipt.id);
    PublishError::new(PublishErrorKind::Rejected, Code::PostGone, message)
        .with_hint("run `syndicate retract` to record that")
}

#[cfg(test)]
mod tests;
