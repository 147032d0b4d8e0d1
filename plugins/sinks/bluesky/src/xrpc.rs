//! The requests of the AT Protocol's HTTP API (XRPC) as URLs and bodies.

use serde_json::Value;
use syndicate_api::canonical_json;
use syndicate_api::http::HttpRequest;
use url::Url;

/// The procedures and queries of this sink.
pub(crate) const CREATE_SESSION: &str = "com.atproto.server.createSession";
pub(crate) const REFRESH_SESSION: &str = "com.atproto.server.refreshSession";
pub(crate) const GET_SESSION: &str = "com.atproto.server.getSession";
pub(crate) const DELETE_SESSION: &str = "com.atproto.server.deleteSession";
pub(crate) const DESCRIBE_SERVER: &str = "com.atproto.server.describeServer";
pub(crate) const RESOLVE_HANDLE: &str = "com.atproto.identity.resolveHandle";
pub(crate) const PUT_RECORD: &str = "com.atproto.repo.putRecord";
pub(crate) const GET_RECORD: &str = "com.atproto.repo.getRecord";
pub(crate) const LIST_RECORDS: &str = "com.atproto.repo.listRecords";
pub(crate) const DELETE_RECORD: &str = "com.atproto.repo.deleteRecord";
pub(crate) const UPLOAD_BLOB: &str = "com.atproto.repo.uploadBlob";

/// The longest answer that is read, in bytes: a page of 100 long posts is larger than the default.
const MAX_RESPONSE: usize = 8 << 20;

/// Returns the path of a procedure or query.
pub(crate) fn path(name: &str) -> String {
    format!("/xrpc/{name}")
}

/// Returns the request of a query.
pub(crate) fn query(server: &str, name: &str, parameters: &[(&str, &str)]) -> HttpRequest {
    let url = format!("{}{}", server.trim_end_matches('/'), path(name));
    let url = Url::parse_with_params(&url, parameters).map_or(url, String::from);
    HttpRequest::new("GET", url).max_response(MAX_RESPONSE)
}

/// Returns the request of a procedure with a JSON body.
pub(crate) fn procedure(server: &str, name: &str, body: &Value) -> HttpRequest {
    let url = format!("{}{}", server.trim_end_matches('/'), path(name));
    HttpRequest::new("POST", url)
        .header("content-type", "application/json")
        .body(canonical_json(body).into())
}
