//! Whose token it is, and for which pages it may post. A token with OpenID Connect's scope tells by
//! `userinfo`; one of an app for pages, which cannot have that scope, by `me`.

use serde_json::Value;
use syndicate_api::{Account, Code, PublishError, PublishErrorKind};

use super::scopes;
use crate::client::Client;
use crate::errors::{self, Step};
use crate::urn;

/// The pages on which the member may administer, in Rest.li's words.
const ROLES: &str = "/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED";

/// The member that the client's token belongs to, granted with these scopes.
pub(super) async fn whose(client: &Client<'_>, scopes: &[String]) -> Result<Account, PublishError> {
    let by_me = !scopes.iter().any(|scope| scope == scopes::OPENID)
        && scopes.iter().any(|scope| scope == "r_basicprofile");
    let (answer, id, names): (_, _, &[&str]) = if by_me {
        let answer = client.me().await;
        (answer, "id", &["localizedFirstName", "localizedLastName"])
    } else {
        (client.who_am_i().await, "sub", &["name"])
    };
    let answer = errors::accepted(client, Step::WhoAmI, answer)?;
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let text = |key: &str| body.get(key).and_then(Value::as_str);
    let urn = text(id).and_then(urn::person).ok_or_else(nobody)?;
    let names: Vec<&str> = names.iter().filter_map(|key| text(key)).collect();
    let name = errors::line(client, &names.join(" "));
    Ok(Account {
        name: if name.is_empty() { urn.clone() } else { name },
        id: urn,
    })
}

/// The pages that the member administers.
pub(super) async fn pages(client: &Client<'_>) -> Result<Vec<String>, PublishError> {
    let answer = errors::accepted(client, Step::WhoAmI, client.get(ROLES).await)?;
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
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

fn nobody() -> PublishError {
    let message = "cannot find out whose token it is: the answer names nobody";
    PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
        .hinted("does `endpoint` lead to LinkedIn's API?")
}
