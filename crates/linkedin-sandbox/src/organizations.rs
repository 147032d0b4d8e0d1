//! Handles `GET /rest/organizationAcls?q=roleAssignee`, which lists the pages that a member has a role
//! on ("Organization Access Control by Role"). Only vetted apps can call it.

use axum::extract::RawQuery;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::app::AppState;
use crate::errors::ErrorResponse;
use crate::members::{PAGES, organization_urn};
use crate::protocol::{RestCall, illegal_argument};

/// The role of every member on every page of the sandbox.
const ROLE: &str = "ADMINISTRATOR";

/// The state of every role in the sandbox.
const STATE: &str = "APPROVED";

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/rest/organizationAcls", get(roles))
}

async fn roles(call: RestCall, RawQuery(query): RawQuery) -> Result<Json<Value>, ErrorResponse> {
    call.require_scope(
        &["rw_organization_admin", "r_organization_admin"],
        "organizationAcls.FINDER-roleAssignee",
    )?;
    call.check_method("FINDER")?;
    let query = query.unwrap_or_default();
    let asked = |name: &str| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    };
    if asked("q").as_deref() != Some("roleAssignee") {
        return Err(illegal_argument(
            "the sandbox supports organizationAcls only with q=roleAssignee",
        ));
    }
    let wanted = |name: &str, own: &str| asked(name).is_none_or(|value| value == own);
    let elements: Vec<Value> = PAGES
        .iter()
        .filter(|_| wanted("role", ROLE) && wanted("state", STATE))
        .map(|id| {
            json!({
                "organization": organization_urn(id),
                "role": ROLE,
                "roleAssignee": call.member.urn(),
                "state": STATE,
            })
        })
        .collect();
    Ok(Json(json!({
        "paging": {"start": 0, "count": 10, "links": [], "total": elements.len()},
        "elements": elements,
    })))
}
