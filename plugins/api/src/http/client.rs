//! The settings of every HTTP client.

use std::time::Duration;

/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// Returns the settings of a client, to be completed.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the door that all others take"
)]
pub(super) fn client() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(concat!("syndicate/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        // A server may close a reused connection while a request is on its way, and whether it was read
        // is then unknown; a new connection for each call keeps the outcome clear.
        .pool_max_idle_per_host(0)
        .connect_timeout(CONNECT_TIMEOUT)
}
