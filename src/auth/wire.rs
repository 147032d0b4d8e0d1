//! The file of one grant. This is the one place where tokens are written in clear.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use syndicate_api::{ExposeSecret as _, Grant, SecretString};

#[derive(Deserialize, Serialize)]
struct File {
    v: u8,
    issuer: String,
    client_id: String,
    access_token: String,
    issued: Timestamp,
    expires: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_until: Option<Timestamp>,
    scopes: Vec<String>,
    account: String,
    who: String,
}

/// The bytes of a file.
pub(super) fn write(grant: &Grant) -> serde_json::Result<Vec<u8>> {
    let grant = grant.clone();
    serde_json::to_vec_pretty(&File {
        v: 1,
        issuer: grant.issuer,
        client_id: grant.client_id,
        access_token: grant.access_token.expose_secret().to_owned(),
        issued: grant.issued,
        expires: grant.expires,
        refresh_token: grant
            .refresh_token
            .map(|token| token.expose_secret().to_owned()),
        refresh_until: grant.refresh_until,
        scopes: grant.scopes,
        account: grant.account,
        who: grant.who,
    })
}

/// What the bytes of a file say. The error names a place and nothing that stands there.
pub(super) fn read(bytes: &[u8]) -> Result<Grant, String> {
    let at = |error: &serde_json::Error| format!("line {} of it is damaged", error.line());
    let file: File = serde_json::from_slice(bytes).map_err(|error| at(&error))?;
    if file.v != 1 {
        return Err(format!("it is of version {}, not 1", file.v));
    }
    Ok(Grant {
        issuer: file.issuer,
        client_id: file.client_id,
        access_token: SecretString::from(file.access_token),
        issued: file.issued,
        expires: file.expires,
        refresh_token: file.refresh_token.map(SecretString::from),
        refresh_until: file.refresh_until,
        scopes: file.scopes,
        account: file.account,
        who: file.who,
    })
}
