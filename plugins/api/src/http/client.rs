//! The common settings of all HTTP clients.

use std::time::Duration;

/// The timeout for connecting.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// Builds a client with the common settings and those of `configure`. It trusts the certificates of the
/// system. A system without any, such as a minimal container, still gets a client, because a run that only
/// uses the sandbox needs no certificate; its HTTPS requests fail.
pub(super) fn build_client(
    configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> reqwest::Result<reqwest::Client> {
    let built = configure(common()).build();
    built.or_else(|_| configure(common()).tls_certs_only([]).build())
}

/// Returns a client builder with the common settings.
#[expect(
    clippy::disallowed_methods,
    reason = "every other client is built from this one"
)]
fn common() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(concat!("syndicate/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        // A server may close a reused connection while a request is being sent, and the outcome is then
        // unknown. A new connection for each request avoids that.
        .pool_max_idle_per_host(0)
        .connect_timeout(CONNECT_TIMEOUT)
}
