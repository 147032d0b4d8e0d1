//! Updates and deletes published posts.
//!
//! Only the commentary of a post can be changed ("Posts API", partial update); another card
//! requires a new post. Both requests are idempotent. Deleting a post that no longer exists is a
//! success.

use serde_json::{Value, json};
use syndicate_api::http::{HttpError, HttpResponse};
use syndicate_api::{
    Code, Payload, Prepared, PublishError, PublishErrorKind, Receipt, Request, Revision, Role,
    Step as PayloadStep, slot,
};

use crate::client::Client;
use crate::dialect::Dialect;
use crate::errors::{self, Step};
use crate::{little_text, plain_text, urn};

/// Path of all posts. The URN of a post is the next segment.
const POSTS_PATH: &str = "/rest/posts";

/// The header that names the operation, because both operations share the path of the post.
const OPERATION_HEADER: &str = "X-RestLi-Method";

/// Returns the update that changes the commentary of an already sent post to that of `payload`.
/// Returns `None` if the payload's dialect does not support updates. Posts sent through
/// `v2/ugcPosts` can be updated and deleted too, because their URNs are valid in the Posts API.
pub(crate) fn revise(payload: &Payload) -> Option<Revision> {
    let mut fixed = payload.create()?.body.as_json().clone();
    let commentary = take_commentary(&payload.dialect, &mut fixed)?;
    let media: Vec<&str> = payload
        .media
        .iter()
        .map(|medium| medium.source_sha256())
        .collect();
    let body = json!({"patch": {"$set": {"commentary": commentary}}});
    // Earlier versions recorded the digest of this value for each sent post. Another value would mark all
    // of them as changed.
    let editable = json!([{"method": "POST", "path": "/rest/posts/{id}", "body": body}]);
    let request = Request::post(POSTS_PATH)
        .segment(slot("receipt:/id"))
        .header(OPERATION_HEADER, "PARTIAL_UPDATE")
        .json(body);
    Some(Revision {
        steps: vec![PayloadStep::new("update", Role::FollowUp, request)],
        editable,
        fixed: json!({"post": fixed, "media": media}),
        changes: "the commentary".into(),
        keeps: "the card or other content".into(),
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

/// Updates the post of `receipt` with the steps of `change` and returns its receipt, which stays the
/// same: LinkedIn returns no version of the post.
///
/// # Errors
/// Returns an error if LinkedIn does not accept the update.
pub(crate) async fn update(
    client: &Client<'_>,
    receipt: &Receipt,
    change: &Prepared,
) -> Result<Receipt, PublishError> {
    let urn = editable_urn(receipt, Step::Update)?;
    for step in &change.steps {
        let answer = client.send_request(&step.request).await;
        if is_gone(&answer) {
            return Err(post_gone(urn));
        }
        errors::require_success(client, Step::Update, answer)?;
    }
    Ok(receipt.clone())
}

/// Deletes the post of `receipt`.
///
/// # Errors
/// Returns an error if LinkedIn does not accept the deletion.
pub(crate) async fn retract(client: &Client<'_>, receipt: &Receipt) -> Result<(), PublishError> {
    let urn = editable_urn(receipt, Step::Retract)?;
    let request = Request::new("DELETE", POSTS_PATH)
        .segment(urn)
        .header(OPERATION_HEADER, "DELETE");
    let answer = client.send_request(&request).await;
    if is_gone(&answer) {
        return Ok(());
    }
    errors::require_success(client, Step::Retract, answer).map(drop)
}

/// Returns the URN of the post of `receipt`.
///
/// # Errors
/// Returns an error if the receipt has no URN or that of a feed entry. Such URNs are copied from the
/// feed, and the Posts API does not accept them.
fn editable_urn(receipt: &Receipt, step: Step) -> Result<&str, PublishError> {
    let kind = PublishErrorKind::Rejected;
    let prefix = step.message_prefix(kind);
    let verb = if step == Step::Retract {
        "delete"
    } else {
        "edit"
    };
    let (message, hint) = match receipt.id.as_deref() {
        Some(urn) if urn.starts_with(urn::ACTIVITY) => (
            format!("{prefix}: LinkedIn's API does not accept `{urn}`"),
            format!("{verb} it on LinkedIn: {}", urn::public_link(urn)),
        ),
        Some(urn) => return Ok(urn),
        None => (
            format!("{prefix}: its URN is not recorded"),
            format!("{verb} it on LinkedIn"),
        ),
    };
    Err(PublishError::new(kind, Code::Unsupported, message).with_hint(hint))
}

/// Returns `true` if LinkedIn itself responds that the post does not exist. A 404 in another form
/// is from a proxy or gateway and proves nothing.
fn is_gone(answer: &Result<HttpResponse, HttpError>) -> bool {
    let answer = answer.as_ref().ok();
    answer.is_some_and(|answer| answer.status == 404 && errors::is_from_linkedin(answer))
}

fn post_gone(urn: &str) -> PublishError {
    let message = format!("`{urn}` is no longer on LinkedIn");
    PublishError::new(PublishErrorKind::Rejected, Code::PostGone, message)
        .with_hint("run `syndicate retract` to record that")
}

#[cfg(test)]
mod tests;
