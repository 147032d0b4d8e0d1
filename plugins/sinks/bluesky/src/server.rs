//! The server's limits and the account, which `discover` reads without signing in.

use serde_json::{Map, Value};
use syndicate_api::{Context, MediaRules, PublishError, ServerInfo};

use crate::client::Client;
use crate::errors::ERRORS;
use crate::identifier::RecordAddress;
use crate::records;
use crate::standard_site::DID;
use crate::xrpc::{self, DESCRIBE_SERVER};

/// The names of values in [`ServerInfo`], besides [`DID`].
const NAME: &str = "name";
const BLOB_LIMIT: &str = "blob_limit";

/// The largest picture, in bytes (`app.bsky.embed.external`, `app.bsky.embed.images`).
const MAX_PICTURE: u64 = 1_000_000;

/// The pixels of a picture. Bluesky's own program scales larger ones to 2000 by 2000.
const MAX_PIXELS: u64 = 4_000_000;

/// Reads the limit of uploads, and DID and display name of the account.
///
/// # Errors
/// Returns an error unless the server answers.
pub(crate) async fn discover(cx: &Context, client: &Client) -> Result<ServerInfo, PublishError> {
    let pds = &client.identity(cx).await?.pds;
    let response = cx.http.send(xrpc::query(pds, DESCRIBE_SERVER, &[])).await;
    let server = ERRORS.check_repeatable(cx, response)?.json();
    let did = client.did(cx).await?;
    let mut values = Map::new();
    if let Some(limit) = server["blobUploadLimit"].as_u64() {
        values.insert(BLOB_LIMIT.to_owned(), limit.into());
    }
    let profile = RecordAddress::new(&*did, "app.bsky.actor.profile", "self");
    let profile = records::get(cx, client, &profile).await?;
    let name = profile.map(|profile| profile.value["displayName"].clone());
    if let Some(Value::String(name)) = name.filter(|name| *name != "") {
        values.insert(NAME.to_owned(), name.into());
    }
    values.insert(DID.to_owned(), did.into());
    Ok(ServerInfo {
        values,
        as_of: Some(cx.now()),
    })
}

/// Returns the pictures that the server accepts.
pub(crate) fn pictures(info: &ServerInfo) -> MediaRules {
    MediaRules {
        types: &["image/jpeg", "image/png", "image/webp"],
        max_pixels: MAX_PIXELS,
        max_bytes: info
            .number(BLOB_LIMIT)
            .map_or(MAX_PICTURE, |limit| limit.min(MAX_PICTURE)),
        max_frames: 1,
    }
}
