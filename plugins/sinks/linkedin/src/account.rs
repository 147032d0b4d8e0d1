//! Looks up the member of a token and the pages that the member administers.
//!
//! A token with the OpenID Connect scope is resolved with `userinfo`, whose subject is part of the
//! member's URN. Tokens of an app for pages cannot have that scope and are resolved with `me`. The
//! author `me` is looked up once for each token and then cached.

use serde_json::Value;
use syndicate_api::{Account, Code, PublishError, PublishErrorKind};

use crate::author::Author;
use crate::client::{Client, json_body};
use crate::errors::{self, Step};
use crate::{scopes, urn};

/// Path of the pages that the member administers, in the query syntax of Rest.li.
const ADMIN_PAGES_PATH: &str =
    "/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED";

/// Returns the URN of the author. The URN of `me` is requested from LinkedIn unless it is cached.
///
/// # Errors
/// Returns an error if LinkedIn does not return the member of the token.
pub(crate) async fn resolve_author(
    author: &Author,
    client: &Client<'_>,
) -> Result<String, PublishError> {
    match (author, client.account()) {
        (Author::Urn(urn), _) => Ok(urn.clone()),
        // The member was looked up at sign-in and stored with the credential.
        (Author::Me, Some(account)) => Ok(account.to_owned()),
        (Author::Me, None) => {
            let key = format!("linkedin.author {}", client.cache_key());
            let remembered = client.cx.kv_cache.get(&key);
            if let Some(urn) = remembered.filter(|urn| urn::is_author(urn)) {
                return Ok(urn);
            }
            let urn = fetch_urn(client).await?;
            client.cx.kv_cache.put(&key, &urn);
            Ok(urn)
        }
    }
}

async fn fetch_urn(client: &Client<'_>) -> Result<String, PublishError> {
    let answer = client.get_userinfo().await;
    let answer = errors::require_success(client, Step::WhoAmI, answer).map_err(|error| {
        if error.code == Code::Forbidden {
            // A token with the right to post may lack the right to read the member's profile.
            let renewal = client.renewal_hint();
            error.with_hint(format!(
                "{renewal}; the token also needs the scopes `openid` and `profile`, unless the \
                 sink's `author` is your URN, `urn:li:person:…`"
            ))
        } else {
            error
        }
    })?;
    let body = json_body(&answer);
    let subject = body.get("sub").and_then(Value::as_str);
    subject
        .and_then(urn::person_urn)
        .ok_or_else(missing_member_id)
}

/// Returns the member of the client's token. `scopes` are the scopes of the token.
pub(crate) async fn fetch_member(
    client: &Client<'_>,
    scopes: &[String],
) -> Result<Account, PublishError> {
    let by_me = !scopes.iter().any(|scope| scope == scopes::OPENID)
        && scopes.iter().any(|scope| scope == "r_basicprofile");
    let (answer, id, names): (_, _, &[&str]) = if by_me {
        let answer = client.get_me().await;
        (answer, "id", &["localizedFirstName", "localizedLastName"])
    } else {
        (client.get_userinfo().await, "sub", &["name"])
    };
    let answer = errors::require_success(client, Step::WhoAmI, answer)?;
    let body = json_body(&answer);
    let text = |key: &str| body.get(key).and_then(Value::as_str);
    let urn = text(id)
        .and_then(urn::person_urn)
        .ok_or_else(missing_member_id)?;
    let names: Vec<&str> = names.iter().filter_map(|key| text(key)).collect();
    let name = errors::quote(&names.join(" "));
    Ok(Account {
        name: if name.is_empty() { urn.clone() } else { name },
        id: urn,
    })
}

/// Returns the URNs of the pages that the member administers.
pub(crate) async fn fetch_pages(client: &Client<'_>) -> Result<Vec<String>, PublishError> {
    let answer = errors::require_success(client, Step::WhoAmI, client.get(ADMIN_PAGES_PATH).await)?;
    let body = json_body(&answer);
    let roles = body.get("elements").and_then(Value::as_array);
    let page = |role: &Value| {
        // `organizationTarget` is the name of the field in versions before 2024.
        let urn = ["organization", "organizationTarget"]
            .iter()
            .find_map(|key| role.get(*key)?.as_str())?;
        (urn::is_author(urn) && urn::is_page(urn)).then(|| urn.to_owned())
    };
    Ok(roles.into_iter().flatten().filter_map(page).collect())
}

fn missing_member_id() -> PublishError {
    let message = "cannot look up the token's member: the response names no member";
    PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
        .with_hint("check that the sink's `endpoint` is the address of LinkedIn's API")
}
