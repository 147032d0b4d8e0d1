//! Pictures and documents: one call that names an address, one `PUT` of all bytes. Sent in parts, each
//! would overwrite the one before.

use bytes::Bytes;
use serde_json::json;
use syndicate_api::{Medium, PublishError, canonical_json};

use super::status::{PICTURES, State, state, wait};
use super::{Sort, incomplete, json, not_sent_to, unprocessable};
use crate::client::{Client, Put};
use crate::errors::{self, Step};

/// An interface for media of one sort.
pub(super) struct Interface {
    sort: Sort,
    path: &'static str,
    /// The key of the URN in the answer.
    key: &'static str,
    /// How the URN begins. Of those that older interfaces give, such as that of a
    /// `digitalmediaAsset`, no post may make use.
    prefix: &'static str,
}

pub(super) static IMAGES: Interface = Interface {
    sort: Sort::Picture,
    path: "/rest/images",
    key: "image",
    prefix: "urn:li:image:",
};

pub(super) static DOCUMENTS: Interface = Interface {
    sort: Sort::Document,
    path: "/rest/documents",
    key: "document",
    prefix: "urn:li:document:",
};

pub(super) async fn upload(
    client: &Client<'_>,
    interface: &Interface,
    owner: &str,
    medium: &Medium,
) -> Result<String, PublishError> {
    let noun = interface.sort.noun();
    let (address, urn) = initialize(client, interface, owner).await?;
    let put = Put {
        address: &address,
        media_type: medium.media_type,
        bytes: medium.bytes.clone(),
        signed: true,
    };
    let answer = client.put(put).await;
    let answer = answer.map_err(|host| not_sent_to(noun, &host))?;
    errors::accepted(client, Step::Upload(noun), answer)?;
    match wait(&PICTURES, || state(client, interface.path, &urn)).await {
        State::Failed(reason) => Err(unprocessable(interface.sort, medium, reason.as_deref())),
        State::Ready | State::Processing | State::Untold => Ok(urn),
    }
}

/// The address for the bytes, and the URN of what they will be.
async fn initialize(
    client: &Client<'_>,
    interface: &Interface,
    owner: &str,
) -> Result<(String, String), PublishError> {
    let noun = interface.sort.noun();
    let body = canonical_json(&json!({"initializeUploadRequest": {"owner": owner}}));
    let path = format!("{}?action=initializeUpload", interface.path);
    let answer = client.send("POST", &path, Bytes::from(body)).await;
    let answer = errors::accepted(client, Step::Upload(noun), answer)?;
    let body = json(&answer);
    let value = |key: &str| body["value"][key].as_str().map(str::to_owned);
    let urn = value(interface.key).filter(|urn| urn.starts_with(interface.prefix));
    let named = value("uploadUrl").zip(urn);
    named.ok_or_else(|| incomplete(noun, "address or URN"))
}
