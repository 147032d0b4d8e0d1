//! Finds the server of an account: the handle names a DID, and the DID document names the server (PDS).

use serde_json::Value;
use syndicate_api::http::HttpRequest;
use syndicate_api::{Code, Context, Endpoint, PlainHttp, PublishError, url_is_loopback};

use crate::errors::{ERRORS, is_refusal, rejected, unexpected};
use crate::identifier::{is_did, is_handle};
use crate::options::Options;
use crate::xrpc::{self, RESOLVE_HANDLE};

/// The account and its server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The DID; `None` if `endpoint` names the server and no request was necessary.
    pub(crate) did: Option<String>,
    /// The URL of the server.
    pub(crate) pds: String,
}

/// Finds the server of the configured account.
///
/// # Errors
/// Returns an error if the account has no server or does not own its handle.
pub(crate) async fn resolve(cx: &Context, options: &Options) -> Result<Identity, PublishError> {
    let account = options.account();
    let known = is_did(&account).then(|| account.clone());
    if let Some(endpoint) = &options.endpoint {
        let pds = endpoint.trim_end_matches('/').to_owned();
        return Ok(Identity { did: known, pds });
    }
    let did = match &known {
        Some(did) => did.clone(),
        None => resolve_handle(cx, &options.resolver, &account).await?,
    };
    let document = did_document(cx, &options.plc, &did).await?;
    if known.is_none() && !owns_handle(&document, &account) {
        let message = format!("the account `{did}` does not have the handle `{account}`");
        let hint = "correct `handle` in pipeline.yaml, or set it to the DID of the account";
        return Err(rejected(Code::Rejected, message).with_hint(hint));
    }
    let pds = server(&document, url_is_loopback(&options.plc))
        .ok_or_else(|| rejected(Code::Rejected, format!("the account `{did}` has no server")))?;
    Ok(Identity {
        did: Some(did),
        pds,
    })
}

/// Looks up the DID of a handle at `server`.
///
/// # Errors
/// Returns `Rejected` if no account has the handle.
pub(crate) async fn resolve_handle(
    cx: &Context,
    server: &str,
    handle: &str,
) -> Result<String, PublishError> {
    let request = xrpc::query(server, RESOLVE_HANDLE, &[("handle", handle)]);
    let response = cx.http.send(request).await;
    let is_missing = |response: &_| {
        is_refusal(response, "InvalidRequest") || is_refusal(response, "HandleNotFound")
    };
    if response.as_ref().is_ok_and(is_missing) {
        let message = format!("no account has the handle `{handle}`");
        return Err(rejected(Code::Rejected, message).with_hint("correct the handle"));
    }
    let answer = ERRORS.check_repeatable(cx, response)?.json();
    let did = answer["did"].as_str().filter(|did| is_did(did));
    did.map(str::to_owned).ok_or_else(|| unexpected("DID"))
}

/// Reads the document of a DID, from the directory or from the DID's own host.
async fn did_document(cx: &Context, plc: &str, did: &str) -> Result<Value, PublishError> {
    let url = if did.starts_with("did:plc:") {
        format!("{}/{did}", plc.trim_end_matches('/'))
    } else if let Some(host) = did.strip_prefix("did:web:").filter(|host| is_handle(host)) {
        format!("https://{host}/.well-known/did.json")
    } else {
        let message = format!("cannot look up the account `{did}`");
        let hint = "set `endpoint` to the URL of the account's server";
        return Err(rejected(Code::Unsupported, message).with_hint(hint));
    };
    let response = cx.http.send(HttpRequest::new("GET", url)).await;
    if response
        .as_ref()
        .is_ok_and(|response| response.status == 404)
    {
        return Err(rejected(
            Code::Rejected,
            format!("the account `{did}` does not exist"),
        ));
    }
    let document = ERRORS.check_repeatable(cx, response)?.json();
    if document["id"] == did {
        Ok(document)
    } else {
        Err(unexpected("document of the account"))
    }
}

/// Returns `true` if the document names the handle. A handle that names the DID is not enough: its host may be
/// another person's.
fn owns_handle(document: &Value, handle: &str) -> bool {
    let names = document["alsoKnownAs"].as_array().into_iter().flatten();
    let mut names = names.filter_map(Value::as_str);
    names.any(|name| name.strip_prefix("at://") == Some(handle))
}

/// Returns the server that the document names. It gets the password, so it must be a public host with encryption,
/// unless the directory itself is on this machine.
fn server(document: &Value, is_local: bool) -> Option<String> {
    let services = document["service"].as_array()?;
    let is_pds = |service: &&Value| {
        let id = service["id"].as_str().unwrap_or_default();
        id.ends_with("#atproto_pds") && service["type"] == "AtprotoPersonalDataServer"
    };
    let url = services.iter().find(is_pds)?["serviceEndpoint"].as_str()?;
    let is_fit = Endpoint::parse_root(url, PlainHttp::Loopback).is_ok()
        && (is_local || !url_is_loopback(url));
    is_fit.then(|| url.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(endpoint: &str) -> Value {
        json!({
            "id": "did:plc:abc",
            "alsoKnownAs": ["at://jane.example"],
            "service": [
                {"id": "#other", "type": "Other", "serviceEndpoint": "https://other.example"},
                {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": endpoint},
            ],
        })
    }

    #[test]
    fn server_must_be_encrypted_and_remote() {
        let local = "http://localhost:2583";
        for (endpoint, is_local, expected) in [
            ("https://pds.example/", false, Some("https://pds.example")),
            ("http://pds.example", false, None),
            (local, false, None),
            (local, true, Some(local)),
            ("https://localhost", false, None),
            ("https://user@pds.example", false, None),
        ] {
            let found = server(&document(endpoint), is_local);
            assert_eq!(found.as_deref(), expected, "{endpoint}");
        }
        assert_eq!(server(&json!({}), false), None);
    }

    #[test]
    fn handle_needs_both_directions() {
        let document = document("https://pds.example");
        assert!(owns_handle(&document, "jane.example"));
        assert!(!owns_handle(&document, "joe.example"));
    }
}
