//! Asks the server for its limits, its software and the account of the token.

use syndicate_api::{PublishError, Request, ServerInfo};

use crate::client::Client;
use crate::errors::ERRORS;
use crate::server_limits::{key, read_limits};
use crate::{account, software};

/// Returns what the server says about itself. Only the limits are required: without a usable token the account is
/// left out, and `check` reports the token.
///
/// # Errors
/// Returns any kind but `Unknown` if the server does not return its limits.
pub(crate) async fn discover(client: &Client<'_>) -> Result<ServerInfo, PublishError> {
    let mut values = read_limits(&fetch_instance(client).await?);
    if let Some(software) = software::fetch(client).await {
        values.insert(key::SOFTWARE.to_owned(), software.name.into());
        if let Some(version) = software.version {
            values.insert(key::SOFTWARE_VERSION.to_owned(), version.into());
        }
    }
    if client.cache_key().is_some()
        && let Ok(account) = account::fetch(client).await
    {
        values.insert(key::ACCOUNT.to_owned(), account.id.into());
        values.insert(key::ACCOUNT_NAME.to_owned(), account.name.into());
    }
    Ok(ServerInfo {
        values,
        as_of: Some(client.cx.now()),
    })
}

/// Returns the description of the server by the second version of its API, or by the first one if it has no second.
async fn fetch_instance(client: &Client<'_>) -> Result<serde_json::Value, PublishError> {
    let second = client.send(&Request::new("GET", "/api/v2/instance")).await;
    let has_no_second = second.as_ref().is_ok_and(|response| response.status == 404);
    let response = match has_no_second {
        true => client.send(&Request::new("GET", "/api/v1/instance")).await,
        false => second,
    };
    Ok(ERRORS.check_repeatable(client.cx, response)?.json())
}
