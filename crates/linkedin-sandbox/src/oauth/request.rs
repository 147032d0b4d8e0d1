//! Parses an authorization request, which an app puts into the URL of the consent page.

use url::{Url, form_urlencoded};

use super::apps;
use crate::members::is_id;
use crate::state::scopes::Scopes;

/// An authorization request that can be shown to the member.
#[derive(Debug)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client: String,
    pub(crate) scopes: Scopes,
    pub(crate) redirect: Url,
    /// The redirect URL as the app wrote it; the token request must repeat it.
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    /// The member to ask, if the request names one.
    pub(crate) member: Option<String>,
}

impl AuthorizationRequest {
    /// Parses a query. The error is shown in the browser.
    pub(crate) fn parse(query: &str) -> Result<Self, String> {
        let get = |name: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
        };
        let client = get("client_id").unwrap_or_default();
        if !apps::exists(&client) {
            return Err(format!("unknown client_id `{client}`"));
        }
        let redirect_uri = get("redirect_uri").unwrap_or_default();
        let Some(redirect) = apps::redirect(&redirect_uri) else {
            return Err(format!(
                "the redirect_uri `{redirect_uri}` does not match the registered value"
            ));
        };
        if get("response_type").as_deref() != Some("code") {
            return Err("response_type must be `code`".to_owned());
        }
        let scopes = Scopes::parse(&get("scope").unwrap_or_default()).map_err(|name| {
            if name.is_empty() {
                "missing `scope`".to_owned()
            } else {
                format!("unknown scope `{name}`")
            }
        })?;
        Ok(Self {
            client,
            scopes,
            redirect,
            redirect_uri,
            state: get("state"),
            member: get("member").filter(|sub| is_id(sub)),
        })
    }
}
