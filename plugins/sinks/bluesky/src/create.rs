//! Sends the steps of a delivery.

use syndicate_api::{Code, Context, Prepared, PublishError, Receipt, Role};

use crate::client::Client;
use crate::errors::rejected;
use crate::records::DOCUMENT;
use crate::standard_site::{DOCUMENT_URI, PUBLICATION_STEP, put_publication};
use crate::write::{Written, put};

/// Sends a step once.
///
/// # Errors
/// Returns `Unknown` if the post may have been created.
pub(crate) async fn send(
    cx: &Context,
    client: &Client,
    prepared: &Prepared,
    step: usize,
) -> Result<Receipt, PublishError> {
    let Some(step) = prepared.steps.get(step) else {
        let message = "the payload was not composed by this sink";
        return Err(rejected(Code::Rejected, message));
    };
    if step.name == PUBLICATION_STEP {
        return put_publication(cx, client, &step.request).await;
    }
    match put(cx, client, &step.request, step.role).await? {
        Written::Done(mut receipt) if step.role == Role::Create => {
            if let Some(document) = prepared.slots.get(DOCUMENT_URI) {
                receipt.extra.insert(DOCUMENT.to_owned(), document.clone());
            }
            Ok(receipt)
        }
        Written::Done(receipt) => Ok(receipt),
        Written::Differs(current) => {
            let message = "the key of this attempt has another record";
            let mut error = rejected(Code::Duplicate, message);
            error.existing = current;
            Err(error)
        }
    }
}
