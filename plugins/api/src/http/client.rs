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
        // A reused connection may be closed under a request, and then nobody knows whether it was
        // read; a new one for each call keeps the outcome clear.
        .pool_max_idle_per_host(0)
        .connect_timeout(CONNECT_TIMEOUT)
}
