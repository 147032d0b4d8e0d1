//! Reads of posts, which LinkedIn keeps for apps that it has vetted: with the right to post alone,
//! a single post, several by their URNs and the posts of an author are all refused. Whoever sends
//! must therefore keep what it sent in mind.

use axum::extract::RawQuery;
use axum::http::Uri;
use axum::response::Response;

use crate::errors::Refusal;
use crate::protocol::{RestCall, urn_in};

pub(crate) async fn one(call: RestCall, uri: Uri) -> Result<Response, Refusal> {
    call.may_be("GET")?;
    urn_in(&uri)?;
    Err(refused(&call, "GET"))
}

/// The posts of an author (`q=author`), or several posts (`ids=List(…)`).
pub(crate) async fn list(call: RestCall, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let query = query.unwrap_or_default();
    let finder = query.split('&').any(|pair| pair.starts_with("q="));
    if finder {
        call.must_be("FINDER")?;
        return Err(refused(&call, "FINDER-author"));
    }
    call.may_be("BATCH_GET")?;
    Err(refused(&call, "BATCH_GET"))
}

fn refused(call: &RestCall, method: &str) -> Refusal {
    if call.member.has(&["r_organization_social"]) {
        return Refusal::not_in_sandbox("the sandbox gives no posts back; look at /feed.json");
    }
    call.no_access(&format!("partnerApiPostsExternal.{method}"))
}
