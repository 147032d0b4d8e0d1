//! Updates and deletes published posts.
//!
//! Of a post only the card can be changed, and only if the options allow it: likes and quotes name the version that
//! they saw. The update reads the post and replaces its card, so that the rest stays as it was sent. It names the
//! version that it replaces, so that the server refuses it if the post was changed meanwhile. The document of
//! standard.site has no such readers, so it is always updated.

use serde_json::{Value, json};
use syndicate_api::{
    Code, Context, Payload, Prepared, PublishError, PublishErrorKind, Receipt, Request, Revision,
    Role, Step, slot,
};

use crate::client::Client;
use crate::errors::rejected;
use crate::identifier::RecordAddress;
use crate::options::Options;
use crate::records::{self, DOCUMENT};
use crate::standard_site::{DOCUMENT_STEP, PUBLICATION_STEP, REFERENCE_STEP, put_publication};
use crate::write::{Written, put};

/// The name of the step that replaces the card.
const CARD_STEP: &str = "card";

/// Returns the changes that `payload` allows to a post made from an earlier payload.
pub(crate) fn revise(options: &Options, payload: &Payload) -> Option<Revision> {
    let create = payload.create()?;
    let mut fixed = create.body.as_json()["record"].clone();
    let pictures = payload.media.iter().map(|medium| medium.source_sha256());
    let pictures: Value = pictures.collect();
    let card = card(options, &mut fixed);
    let document = body(payload, DOCUMENT_STEP).map(|body| body["record"].clone());
    let (changes, keeps) = match (&card, &document) {
        (Some(_), Some(_)) => ("card or document", "the text"),
        (Some(_), None) => ("the card", "the text"),
        (None, Some(_)) => ("the document", "the post"),
        (None, None) => return None,
    };
    let mut steps = Vec::new();
    for step in &payload.steps {
        match (step.role, &card) {
            (Role::Create, Some(card)) => {
                let request = replace_card(create, card);
                steps.push(Step::new(CARD_STEP, Role::FollowUp, request));
            }
            (Role::Create, None) => {}
            // Without a new card, the document is written once.
            (_, None) if step.name == DOCUMENT_STEP => {}
            _ => steps.push(Step::new(
                step.name.clone(),
                Role::FollowUp,
                dated(&step.request),
            )),
        }
    }
    let mut editable = json!({"card": card, "document": document});
    let part = if card.is_some() {
        &mut editable
    } else {
        &mut fixed
    };
    part["pictures"] = pictures;
    Some(Revision {
        steps,
        editable,
        fixed,
        changes: changes.into(),
        keeps: keeps.into(),
    })
}

/// Removes the card from `record` and returns it if it can be changed.
fn card(options: &Options, record: &mut Value) -> Option<Value> {
    let is_card = record["embed"]["$type"] == "app.bsky.embed.external";
    let record = record
        .as_object_mut()
        .filter(|_| options.update_card && is_card)?;
    record.remove("embed")
}

/// Returns the request that replaces the card of the post, which is changed to the whole record when it is sent.
fn replace_card(create: &Request, card: &Value) -> Request {
    let mut request = create.clone();
    if let Some(body) = request.body.as_json_mut() {
        body["rkey"] = slot("receipt:/extra/rkey");
        body["swapRecord"] = slot("receipt:/extra/cid");
        body["record"] = json!({"embed": card});
    }
    request
}

/// Returns `request` with the time of the post instead of that of the update.
fn dated(request: &Request) -> Request {
    let mut request = request.clone();
    if let Some(body) = request.body.as_json_mut() {
        let time = &mut body["record"]["publishedAt"];
        if *time == slot("now") {
            *time = slot("receipt:/at");
        }
    }
    request
}

fn body<'a>(payload: &'a Payload, name: &str) -> Option<&'a Value> {
    let step = payload.steps.iter().find(|step| step.name == name)?;
    Some(step.request.body.as_json())
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
    let mut document = Value::Null;
    for step in &change.steps {
        let mut request = step.request.clone();
        let record = request.body.as_json_mut().map(|body| &mut body["record"]);
        match (&*step.name, record) {
            (CARD_STEP, Some(record)) => {
                // The version that was written just now, if the card refers to a document.
                if let Some(version) = record.pointer_mut("/embed/external/associatedRefs/0/cid") {
                    *version = document.take();
                }
                let written = update_card(cx, client, receipt, &request).await?;
                updated.extra.insert("cid".to_owned(), version(&written));
            }
            (PUBLICATION_STEP, _) => drop(put_publication(cx, client, &request).await?),
            (REFERENCE_STEP, Some(record)) => {
                record["bskyPostRef"]["cid"] = version(&updated);
                write(cx, client, receipt, &request).await?;
            }
            _ => document = version(&write(cx, client, receipt, &request).await?),
        }
    }
    Ok(updated)
}

/// Replaces the card of the post.
async fn update_card(
    cx: &Context,
    client: &Client,
    receipt: &Receipt,
    request: &Request,
) -> Result<Receipt, PublishError> {
    let current = records::get(cx, client, &address(receipt)?).await?;
    let current = current.ok_or_else(|| gone(receipt))?;
    let mut request = request.clone();
    let body = request.body.as_json_mut().ok_or_else(|| gone(receipt))?;
    let mut record = current.value.clone();
    record["embed"] = body["record"]["embed"].take();
    if record == current.value {
        return Ok(current.receipt());
    }
    body["record"] = record;
    write(cx, client, receipt, &request).await
}

async fn write(
    cx: &Context,
    client: &Client,
    receipt: &Receipt,
    request: &Request,
) -> Result<Receipt, PublishError> {
    match put(cx, client, request, Role::FollowUp).await? {
        Written::Done(written) => Ok(written),
        Written::Differs(Some(_)) => {
            let message = format!("the post `{}` was changed on Bluesky", receipt.label());
            let kind = PublishErrorKind::Conflict;
            Err(PublishError::new(kind, Code::Conflict, message))
        }
        Written::Differs(None) => Err(gone(receipt)),
    }
}

/// Returns the version in a receipt.
fn version(receipt: &Receipt) -> Value {
    receipt.extra.get("cid").cloned().unwrap_or_default()
}

fn gone(receipt: &Receipt) -> PublishError {
    let message = format!("`{}` is no longer on Bluesky", receipt.label());
    rejected(Code::PostGone, message).with_hint("run `syndicate retract` to record that")
}

/// Deletes the post of `receipt` and its document.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(crate) async fn retract(
    cx: &Context,
    client: &Client,
    receipt: &Receipt,
) -> Result<(), PublishError> {
    let post = address(receipt)?;
    let document = receipt.extra.get(DOCUMENT).and_then(Value::as_str);
    let document = document.and_then(RecordAddress::parse);
    for address in document.iter().chain([&post]) {
        records::delete(cx, client, address).await?;
    }
    Ok(())
}

/// Returns the address of the post of a receipt.
fn address(receipt: &Receipt) -> Result<RecordAddress, PublishError> {
    let address = receipt.id.as_deref().and_then(RecordAddress::parse);
    address.ok_or_else(|| {
        let message = format!("`{}` is not a post on Bluesky", receipt.label());
        rejected(Code::Unsupported, message)
    })
}
