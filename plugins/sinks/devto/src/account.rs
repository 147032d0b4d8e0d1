//! Looks up the account of the API key. It is asked once for each key and then cached.

use serde_json::{Value, json};
use syndicate_api::{Account, PublishError, Request, Sender};

use crate::client::Client;
use crate::errors::unreadable;

/// Returns the account of the API key, from the cache if it is known.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(crate) async fn get(client: &Client<'_>) -> Result<Account, PublishError> {
    match cached(client) {
        Some(account) => Ok(account),
        None => fetch(client).await,
    }
}

/// Requests the account of the API key and caches it.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(crate) async fn fetch(client: &Client<'_>) -> Result<Account, PublishError> {
    let request = Request::new("GET", "/api/users/me");
    let body = client.get(&request).await?;
    let account = parse(&body).ok_or_else(|| unreadable("account"))?;
    let value = json!({"id": account.id, "username": account.name});
    let key = cache_name(client);
    client.cx.kv_cache.put(&key, &value.to_string());
    Ok(account)
}

/// Returns the account as far as it is known without a request.
pub(crate) fn sender(client: &Client<'_>) -> Sender {
    cached(client).map_or_else(Sender::default, |account| Sender {
        name: Some(format!("@{}", account.name)),
        id: Some(account.id),
        profile: None,
    })
}

fn cached(client: &Client<'_>) -> Option<Account> {
    let text = client.cx.kv_cache.get(&cache_name(client))?;
    parse(&serde_json::from_str(&text).ok()?)
}

fn cache_name(client: &Client<'_>) -> String {
    format!("devto.account {}", client.cache_key())
}

fn parse(body: &Value) -> Option<Account> {
    let id = match body.get("id")? {
        Value::Number(id) => id.to_string(),
        Value::String(id) if !id.is_empty() => id.clone(),
        _ => return None,
    };
    let name = body.get("username")?.as_str()?.to_owned();
    Some(Account { id, name })
}
