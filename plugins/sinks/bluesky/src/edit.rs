//! Updates and deletes published posts.
//!
//! Only the card can be changed, and only if the options allow it: likes and quotes name the version that they saw. An
//! update names the version that it replaces, so that the server refuses it if the post was changed meanwhile.

use serde_json::{Value, json};
use syndicate_api::{
    Code, Context, Payload, Prepared, PublishError, PublishErrorKind, Receipt, Revision, Role,
    Step, slot,
};

use crate::client::Client;
use crate::create::{self, Written};
use crate::errors::rejected;
use crate::identifier::RecordAddress;
use crate::options::Options;
use crate::records;

/// Returns the changes that `payload` allows to a post made from an earlier payload.
pub(crate) fn revise(options: &Options, payload: &Payload) -> Option<Revision> {
    if !options.update_card {
        return None;
    }
    let create = payload.create()?;
    let mut fixed = create.body.as_json()["record"].clone();
    let card = fixed.as_object_mut()?.remove("embed")?;
    if card["$type"] != "app.bsky.embed.external" {
        return None;
    }
    let mut request = create.clone();
    let body = request.body.as_json_mut()?;
    body["rkey"] = slot("receipt:/extra/rkey");
    body["swapRecord"] = slot("receipt:/extra/cid");
    body["record"]["createdAt"] = slot("receipt:/extra/created_at");
    let pictures = payload.media.iter().map(|medium| medium.source_sha256());
    Some(Revision {
        steps: vec![Step::new("card", Role::FollowUp, request)],
        editable: json!({"card": card, "pictures": pictures.collect::<Vec<_>>()}),
        fixed,
        changes: "the card".into(),
        keeps: "the text".into(),
    })
}

/// Sends the steps of a revision.
///
/// # Errors
/// Returns `Conflict` if the post has another version than the receipt.
pub(crate) async fn update(
    cx: &Context,
    client: &Client,
    receipt: &Receipt,
    change: &Prepared,
) -> Result<Receipt, PublishError> {
    let mut updated = receipt.clone();
    for step in &change.steps {
        match create::put(cx, client, &step.request, Role::FollowUp).await? {
            Written::Done(written) => updated = with_version(receipt, &written),
            Written::Differs(Some(_)) => {
                let message = format!("the post `{}` was changed on Bluesky", receipt.label());
                let kind = PublishErrorKind::Conflict;
                return Err(PublishError::new(kind, Code::Conflict, message));
            }
            Written::Differs(None) => {
                let message = format!("`{}` is no longer on Bluesky", receipt.label());
                return Err(rejected(Code::PostGone, message)
                    .with_hint("run `syndicate retract` to record that"));
            }
        }
    }
    Ok(updated)
}

/// Returns `receipt` with the version of `written`.
fn with_version(receipt: &Receipt, written: &Receipt) -> Receipt {
    let mut updated = receipt.clone();
    let cid = written.extra.get("cid").cloned().unwrap_or(Value::Null);
    updated.extra.insert("cid".to_owned(), cid);
    updated
}

/// Deletes the post of `receipt`.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(crate) async fn retract(
    cx: &Context,
    client: &Client,
    receipt: &Receipt,
) -> Result<(), PublishError> {
    let address = receipt.id.as_deref().and_then(RecordAddress::parse);
    let address = address.ok_or_else(|| {
        let message = format!("`{}` is not a post on Bluesky", receipt.label());
        rejected(Code::Unsupported, message)
    })?;
    records::delete(cx, client, &address).await
}
