//! Pictures and documents: one call that names an address, one `PUT` of all bytes. Sent in parts, each
//! would overwrite the one before.

use serde_json::json;
use syndicate_api::{Medium, PublishError};

use super::failures::{incomplete, unprocessable};
use super::kind::MediaKind;
use super::status::{PICTURES, State, state, wait};
use super::whole::{begin, put};
use crate::client::Client;

/// An interface for media of one kind.
pub(super) struct Interface {
    kind: MediaKind,
    path: &'static str,
    /// The key of the URN in the answer.
    key: &'static str,
    /// How the URN begins. Of those that older interfaces give, such as that of a
    /// `digitalmediaAsset`, no post may make use.
    prefix: &'static str,
}

pub(super) static IMAGES: Interface = Interface {
    kind: MediaKind::Picture,
    path: "/rest/images",
    key: "image",
    prefix: "urn:li:image:",
};

pub(super) static DOCUMENTS: Interface = Interface {
    kind: MediaKind::Document,
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
    let (address, urn) = initialize(client, interface, owner).await?;
    put(client, interface.kind, &address, medium).await?;
    let noun = interface.kind.noun();
    match wait(&PICTURES, || state(client, noun, interface.path, &urn)).await {
        State::Failed(reason) => Err(unprocessable(interface.kind, medium, reason.as_deref())),
        State::Ready
        | State::Processing
        | State::Untold
        | State::Unanswered
        | State::Throttled(_) => Ok(urn),
    }
}

/// The address for the bytes, and the URN of what they will be.
async fn initialize(
    client: &Client<'_>,
    interface: &Interface,
    owner: &str,
) -> Result<(String, String), PublishError> {
    let request = json!({"initializeUploadRequest": {"owner": owner}});
    let path = format!("{}?action=initializeUpload", interface.path);
    let value = begin(client, interface.kind, &path, &request).await?;
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    let urn = text(interface.key).filter(|urn| urn.starts_with(interface.prefix));
    let named = text("uploadUrl").zip(urn);
    named.ok_or_else(|| incomplete(interface.kind.noun(), "address or URN"))
}
