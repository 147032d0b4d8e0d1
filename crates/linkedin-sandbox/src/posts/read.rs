//! Handles reads of posts, which LinkedIn grants only to vetted apps. With the permission to post
//! alone, a single post, several by their URNs and the posts of an author are all refused. A client
//! must therefore record what it sent.

use axum::extract::RawQuery;
use axum::http::Uri;
use axum::response::Response;

use crate::errors::ErrorResponse;
use crate::protocol::{RestCall, urn_of};

pub(crate) async fn one(call: RestCall, uri: Uri) -> Result<Response, ErrorResponse> {
    call.check_method("GET")?;
    urn_of(&uri)?;
    Err(refused(&call, "GET"))
}

/// Handles the posts of an author (`q=author`) and several posts (`ids=List(…)`).
pub(crate) async fn list(
    call: RestCall,
    RawQuery(query): RawQuery,
) -> Result<Response, ErrorResponse> {
    let query = query.unwrap_or_default();
    let finder = query.split('&').any(|pair| pair.starts_with("q="));
    if finder {
        call.require_method("FINDER")?;
        return Err(refused(&call, "FINDER-author"));
    }
    call.check_method("BATCH_GET")?;
    Err(refused(&call, "BATCH_GET"))
}

fn refused(call: &RestCall, method: &str) -> ErrorResponse {
    if call.member.has(&["r_organization_social"]) {
        return ErrorResponse::not_in_sandbox("the sandbox does not return posts; use /feed.json");
    }
    call.no_access(&format!("partnerApiPostsExternal.{method}"))
}
