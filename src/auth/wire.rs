//! The file format of a credential. Tokens are written in plain text here and nowhere else. If the
//! keychain holds the secrets, the file contains everything but them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use syndicate_api::{Account, Credential, ExposeSecret as _, SecretString, masked_secret};

#[derive(Deserialize, Serialize)]
struct File {
    v: u8,
    issuer: String,
    client_id: String,
    /// `None` if the keychain holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    access_token: Option<String>,
    issued: Timestamp,
    expires: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_until: Option<Timestamp>,
    scopes: Vec<String>,
    account: String,
    who: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    extra: BTreeMap<String, String>,
    /// The time of a renewal that has begun and has no answer yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    renewal_started: Option<Timestamp>,
}

/// The part of a credential that the keychain holds.
#[derive(Deserialize, Serialize)]
struct Secrets {
    access_token: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

/// Serializes a credential with its secrets.
pub(super) fn serialize(credential: &Credential) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec_pretty(&file(credential, Some(secrets(credential))))
}

/// Serializes a credential without its secrets, and the secrets for the keychain.
pub(super) fn serialize_without_secrets(
    credential: &Credential,
) -> serde_json::Result<(Vec<u8>, SecretString)> {
    let bytes = serde_json::to_vec_pretty(&file(credential, None))?;
    let secrets = serde_json::to_string(&secrets(credential))?;
    Ok((bytes, SecretString::from(secrets)))
}

fn secrets(credential: &Credential) -> Secrets {
    Secrets {
        access_token: credential.access_token.expose_secret().to_owned(),
        refresh_token: credential
            .refresh_token
            .as_ref()
            .map(|token| token.expose_secret().to_owned()),
    }
}

fn file(credential: &Credential, secrets: Option<Secrets>) -> File {
    let credential = credential.clone();
    let (access_token, refresh_token) = match secrets {
        Some(secrets) => (Some(secrets.access_token), secrets.refresh_token),
        None => (None, None),
    };
    File {
        v: 1,
        issuer: credential.issuer,
        client_id: credential.client_id,
        access_token,
        issued: credential.issued,
        expires: credential.expires,
        refresh_token,
        refresh_until: credential.refresh_until,
        scopes: credential.scopes,
        account: credential.account,
        who: credential.account_name,
        extra: credential.extra,
        renewal_started: None,
    }
}

/// Returns `true` if the keychain holds the secrets of this file.
pub(super) fn has_external_secrets(bytes: &[u8]) -> bool {
    serde_json::from_slice::<File>(bytes).is_ok_and(|file| file.access_token.is_none())
}

/// Adds to a file that a renewal begins at `now`.
pub(super) fn serialize_renewal_started(
    bytes: &[u8],
    now: Timestamp,
) -> serde_json::Result<Vec<u8>> {
    let mut file: File = serde_json::from_slice(bytes)?;
    file.renewal_started = Some(now);
    serde_json::to_vec_pretty(&file)
}

/// Parses the time of a renewal that got no answer.
pub(super) fn parse_renewal_started(bytes: &[u8]) -> Option<Timestamp> {
    serde_json::from_slice::<File>(bytes).ok()?.renewal_started
}

/// Parses the issuer and the account of a file. Returns `None` if the file is damaged.
pub(super) fn parse_account(bytes: &[u8]) -> Option<(String, Account)> {
    let file: File = serde_json::from_slice(bytes).ok()?;
    let account = Account {
        id: file.account,
        name: file.who,
    };
    Some((file.issuer, account))
}

/// Parses a file. Calls `keychain` for the secrets if the file has none. Errors give a line number
/// and never quote the file.
pub(super) fn parse(
    bytes: &[u8],
    keychain: impl FnOnce() -> Result<SecretString, String>,
) -> Result<Credential, String> {
    let at = |error: &serde_json::Error| format!("line {} is damaged", error.line());
    let mut file: File = serde_json::from_slice(bytes).map_err(|error| at(&error))?;
    if file.v != 1 {
        return Err(format!("unsupported version {}, expected 1", file.v));
    }
    let access_token = match file.access_token.take() {
        Some(token) => token,
        None => {
            let secrets: Secrets = serde_json::from_str(keychain()?.expose_secret())
                .map_err(|_| "its keychain entry is damaged".to_owned())?;
            file.refresh_token = secrets.refresh_token;
            secrets.access_token
        }
    };
    Ok(Credential {
        issuer: file.issuer,
        client_id: file.client_id,
        access_token: masked_secret(access_token),
        issued: file.issued,
        expires: file.expires,
        refresh_token: file.refresh_token.map(masked_secret),
        refresh_until: file.refresh_until,
        scopes: file.scopes,
        account: file.account,
        account_name: file.who,
        extra: file.extra,
    })
}
