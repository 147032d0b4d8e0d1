//! The common settings of all HTTP clients.

use std::time::Duration;

/// The timeout for connecting.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// Returns a client builder with the common settings.
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
