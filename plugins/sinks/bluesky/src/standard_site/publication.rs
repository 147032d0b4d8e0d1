//! The record of a publication. Other programs may have added to it, for example colours, so only the values of the
//! options are changed.

use serde_json::{Value, json};
use syndicate_api::{Code, Context, PublishError, PublishErrorKind, Receipt, Request, Role};

use super::options::StandardSite;
use crate::client::Client;
use crate::errors::unexpected;
use crate::identifier::{PUBLICATIONS, RecordAddress};
use crate::records::{self, Record};
use crate::write::{Written, put};

/// Returns the record of the publication.
pub(super) fn record(site: &StandardSite) -> Value {
    let mut record = json!({"$type": PUBLICATIONS, "url": site.base()});
    for (name, text) in [("name", &site.name), ("description", &site.description)] {
        let text = text.as_deref().map(str::trim);
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            record[name] = text.into();
        }
    }
    record
}

/// Returns `current` with the values of `ours`.
pub(crate) fn merged(current: &Value, ours: &Value) -> Value {
    let mut merged = current.clone();
    for (name, value) in ours.as_object().into_iter().flatten() {
        merged[name] = value.clone();
    }
    merged
}

/// Writes the publication of `request` unless it exists with the same values.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(crate) async fn put_publication(
    cx: &Context,
    client: &Client,
    request: &Request,
) -> Result<Receipt, PublishError> {
    if let Written::Done(receipt) = put(cx, client, request, Role::Before).await? {
        return Ok(receipt);
    }
    let body = request.body.as_json();
    let current = current(cx, client, body).await?;
    let changed = merged(&current.value, &body["record"]);
    if changed == current.value {
        return Ok(current.receipt());
    }
    let mut update = request.clone();
    if let Some(body) = update.body.as_json_mut() {
        body["record"] = changed;
        body["swapRecord"] = current.cid.into();
    }
    match put(cx, client, &update, Role::Before).await? {
        Written::Done(receipt) => Ok(receipt),
        Written::Differs(_) => {
            let message = "the publication was changed at the same time";
            let kind = PublishErrorKind::Unavailable;
            Err(PublishError::new(kind, Code::Unavailable, message))
        }
    }
}

async fn current(cx: &Context, client: &Client, body: &Value) -> Result<Record, PublishError> {
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    let address = RecordAddress::new(text("repo"), text("collection"), text("rkey"));
    let current = records::get(cx, client, &address).await?;
    current.ok_or_else(|| unexpected("publication"))
}
