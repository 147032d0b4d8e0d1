//! Writes records. `putRecord` with a key of its own is repeatable: the server changes nothing if the key has the same
//! record, and refuses another one if the request names the expected version.

use serde_json::Value;
use syndicate_api::http::HttpResponse;
use syndicate_api::{Code, Context, PublishError, PublishErrorKind, Receipt, Request, Role};

use crate::client::Client;
use crate::errors::{ERRORS, is_refusal, unexpected};
use crate::identifier::RecordAddress;
use crate::records;

/// The result of writing a record.
pub(crate) enum Written {
    /// The record is there.
    Done(Receipt),
    /// The record was not written, because its key has another version than expected: this one, or none.
    Differs(Option<Receipt>),
}

/// Sends a `putRecord` request.
///
/// # Errors
/// Returns `Unknown` only for the role [`Role::Create`].
pub(crate) async fn put(
    cx: &Context,
    client: &Client,
    request: &Request,
    role: Role,
) -> Result<Written, PublishError> {
    let body = request.body.as_json();
    let address = address(body).ok_or_else(|| unexpected("address"))?;
    let outcome = client.send(cx, |pds| request.to_http(pds)).await?;
    if matches!(&outcome, Ok(response) if is_refusal(response, "InvalidSwap")) {
        let current = records::get(cx, client, &address).await?;
        return Ok(match current {
            // A server may compare keys before it compares records.
            Some(current) if current.value == body["record"] => Written::Done(current.receipt()),
            current => Written::Differs(current.map(|record| record.receipt())),
        });
    }
    let response = match role {
        Role::Create => ERRORS.check_create(cx, outcome)?,
        Role::Prepare | Role::Before | Role::FollowUp => ERRORS.check_repeatable(cx, outcome)?,
    };
    receipt(&response, &address, &body["record"], role).map(Written::Done)
}

fn receipt(
    response: &HttpResponse,
    address: &RecordAddress,
    record: &Value,
    role: Role,
) -> Result<Receipt, PublishError> {
    let answer = response.json();
    let is_ours = answer["uri"].as_str() == Some(&address.uri());
    if let Some(cid) = answer["cid"].as_str().filter(|_| is_ours) {
        return Ok(records::receipt(address, cid, record));
    }
    let mut error = unexpected("address of the record");
    if role == Role::Create {
        error.kind = PublishErrorKind::Unknown;
        error.code = Code::OutcomeUnknown;
    }
    Err(error)
}

/// Returns the address of the record that a `putRecord` request writes.
fn address(body: &Value) -> Option<RecordAddress> {
    let text = |name: &str| body[name].as_str();
    Some(RecordAddress::new(
        text("repo")?,
        text("collection")?,
        text("rkey")?,
    ))
}
