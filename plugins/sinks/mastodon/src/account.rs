//! The account of a token, which is looked up once for each token and then cached.

use serde_json::{Value, json};
use syndicate_api::{Account, Code, Endpoint, PublishError, PublishErrorKind, Request};

use crate::client::{CHECK_ENDPOINT, Client};

/// Returns the account of the client's token. It is requested unless it is cached.
///
/// # Errors
/// Returns any kind but `Unknown` if the server does not return the account.
pub(crate) async fn account(client: &Client<'_>) -> Result<Account, PublishError> {
    match cached(client) {
        Some(account) => Ok(account),
        None => fetch(client).await,
    }
}

/// Requests the account of the client's token and caches it.
///
/// # Errors
/// Returns any kind but `Unknown` if the server does not return the account.
pub(crate) async fn fetch(client: &Client<'_>) -> Result<Account, PublishError> {
    let request = Request::new("GET", "/api/v1/accounts/verify_credentials");
    let body = client.call_first(&request).await?.json();
    let account = parse(client.endpoint, &body).ok_or_else(|| {
        let message = "the response of the server names no account";
        PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
            .with_hint(CHECK_ENDPOINT)
    })?;
    if let Some(key) = key(client) {
        let value = json!({"id": account.id, "name": account.name});
        client.cx.kv_cache.put(&key, &value.to_string());
    }
    Ok(account)
}

/// Returns the account of the client's token if it was looked up before.
pub(crate) fn cached(client: &Client<'_>) -> Option<Account> {
    let stored = client.cx.kv_cache.get(&key(client)?)?;
    let stored: Value = serde_json::from_str(&stored).ok()?;
    let text = |key: &str| Some(stored[key].as_str()?.to_owned());
    Some(Account {
        id: text("id")?,
        name: text("name")?,
    })
}

fn key(client: &Client<'_>) -> Option<String> {
    Some(format!("mastodon.account {}", client.cache_key()?))
}

/// Returns the account with its full address, such as `@jane@example.social`, as the name. The server shortens the
/// address of its own accounts.
fn parse(endpoint: &Endpoint, body: &Value) -> Option<Account> {
    let text = |key: &str| body[key].as_str().filter(|text| !text.is_empty());
    let id = text("id")?.to_owned();
    let address = text("acct").or_else(|| text("username")).unwrap_or(&id);
    let name = match address.contains('@') {
        true => format!("@{address}"),
        false => format!("@{address}@{}", endpoint.host()),
    };
    Some(Account { id, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_name_has_host() {
        let endpoint =
            Endpoint::parse_root("https://example.social", syndicate_api::PlainHttp::Loopback)
                .unwrap();
        let name = |body: Value| parse(&endpoint, &body).map(|account| account.name);
        let own = json!({"id": "1", "acct": "jane", "username": "jane"});
        assert_eq!(name(own).as_deref(), Some("@jane@example.social"));
        let full = json!({"id": "1", "acct": "jane@other.example"});
        assert_eq!(name(full).as_deref(), Some("@jane@other.example"));
        assert_eq!(name(json!({"acct": "jane"})), None);
        assert_eq!(name(json!(null)), None);
    }
}
