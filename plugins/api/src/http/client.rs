//! The clients of one process. Each is built for its first request, because most runs send none.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::{Client, ClientBuilder};

use super::certificates::tls_config;
use super::public_hosts::PublicNames;

/// The timeout for connecting.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// The clients, which share their TLS settings.
#[derive(Clone, Default)]
pub(super) struct Clients {
    remote: LazyClient,
    loopback: LazyClient,
    public: LazyClient,
    tls: Arc<OnceLock<Arc<rustls::ClientConfig>>>,
    pub(super) names: PublicNames,
}

/// A client that may not be built yet.
type LazyClient = Arc<OnceLock<Client>>;

impl Clients {
    /// Returns the client for platforms. It uses the proxy of the environment.
    pub(super) fn remote(&self) -> reqwest::Result<&Client> {
        self.get(&self.remote, |client| client)
    }

    /// Returns the client for this machine and for private hosts.
    pub(super) fn loopback(&self) -> reqwest::Result<&Client> {
        self.get(&self.loopback, ClientBuilder::no_proxy)
    }

    /// Returns the client that connects only to public hosts. It uses no proxy, which would resolve the names,
    /// so that their addresses could not be checked.
    pub(super) fn public(&self) -> reqwest::Result<&Client> {
        self.get(&self.public, |client| {
            client.no_proxy().dns_resolver(self.names.clone())
        })
    }

    fn get<'a>(
        &self,
        lazy: &'a LazyClient,
        configure: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> reqwest::Result<&'a Client> {
        if let Some(client) = lazy.get() {
            return Ok(client);
        }
        let tls = self.tls.get_or_init(|| Arc::new(tls_config()));
        let client = configure(common(rustls::ClientConfig::clone(tls))).build()?;
        Ok(lazy.get_or_init(|| client))
    }
}

/// Returns a client builder with the common settings.
#[expect(
    clippy::disallowed_methods,
    reason = "every other client is built from this one"
)]
fn common(tls: rustls::ClientConfig) -> ClientBuilder {
    Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(concat!("syndicate/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        // A server may close a reused connection while a request is being sent, and the outcome is then
        // unknown. A new connection for each request avoids that.
        .pool_max_idle_per_host(0)
        .connect_timeout(CONNECT_TIMEOUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_share_tls_settings() {
        let clients = Clients::default();
        assert!(clients.tls.get().is_none());
        // `reqwest` refuses settings of another version of `rustls`.
        for client in [clients.remote(), clients.loopback(), clients.public()] {
            client.unwrap();
        }
        let tls = clients.tls.get().unwrap();
        assert_eq!(tls.alpn_protocols, [b"http/1.1"]);
    }
}
