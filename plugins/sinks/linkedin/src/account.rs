//! Whose token it is, and for which pages it may post. A token with OpenID Connect's scope tells by
//! `userinfo`, which names the member by a subject that is part of the member's URN; one of an app for
//! pages, which cannot have that scope, by `me`. The author `me` is looked up once for each token and
//! remembered.

use serde_json::Value;
use syndicate_api::{Account, Code, PublishError, PublishErrorKind};

use crate::author::Author;
use crate::client::{Client, json_body};
use crate::errors::{self, Step};
use crate::{scopes, urn};

/// The pages on which the member may administer, in Rest.li's words.
const ADMIN_PAGES_PATH: &str =
    "/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED";

/// The URN, asking LinkedIn for that of `me` unless it is remembered.
///
/// # Errors
/// When LinkedIn does not tell.
pub(crate) async fn resolve_author(
    author: &Author,
    client: &Client<'_>,
) -> Result<String, PublishError> {
    match (author, client.account()) {
        (Author::Urn(urn), _) => Ok(urn.clone()),
        // Whoever signed in was asked for then.
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
            // A token that may post need not be one that may say whose it is.
            error.with_hint(
                "get a token by `syndicate auth login linkedin`, or make one with the scopes `openid` \
                 and `profile` too, or write your URN, `urn:li:person:…`, into the sink's `author`",
            )
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

/// The member that the client's token belongs to, granted with these scopes.
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
    let name = errors::quote(client, &names.join(" "));
    Ok(Account {
        name: if name.is_empty() { urn.clone() } else { name },
        id: urn,
    })
}

/// The pages that the member administers.
pub(crate) async fn fetch_pages(client: &Client<'_>) -> Result<Vec<String>, PublishError> {
    let answer = errors::require_success(client, Step::WhoAmI, client.get(ADMIN_PAGES_PATH).await)?;
    let body = json_body(&answer);
    let roles = body.get("elements").and_then(Value::as_array);
    let page = |role: &Value| {
        // The second is what versions before 2024 called it.
        let urn = ["organization", "organizationTarget"]
            .iter()
            .find_map(|key| role.get(*key)?.as_str())?;
        (urn::is_author(urn) && urn::is_page(urn)).then(|| urn.to_owned())
    };
    Ok(roles.into_iter().flatten().filter_map(page).collect())
}

fn missing_member_id() -> PublishError {
    let message = "cannot find out whose token it is: the answer names nobody";
    PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
        .with_hint("does `endpoint` lead to LinkedIn's API?")
}
