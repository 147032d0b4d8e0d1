//! The clients of one process. Each is built for its first request, because most runs send none.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::{Client, ClientBuilder};

use super::certificates::tls_config;
use super::public_hosts::PublicNames;

/// The timeout for connecting.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// The time after which an idle connection is closed. Common servers keep theirs for at least five seconds.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);

/// The connections that a request may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Connections {
    /// A new one. A server may close a kept connection while a request is being sent, and the outcome is then unknown.
    New,
    /// One that was kept, or a new one.
    Kept,
}

/// The clients, which share their TLS settings.
#[derive(Clone, Default)]
pub(super) struct Clients {
    remote: [LazyClient; 2],
    loopback: [LazyClient; 2],
    public: LazyClient,
    tls: Arc<OnceLock<Arc<rustls::ClientConfig>>>,
    pub(super) names: PublicNames,
}

/// A client that may not be built yet.
type LazyClient = Arc<OnceLock<Client>>;

impl Connections {
    fn configure(self, client: ClientBuilder) -> ClientBuilder {
        match self {
            Self::New => client.pool_max_idle_per_host(0),
            Self::Kept => client.pool_idle_timeout(IDLE_TIMEOUT),
        }
    }
}

impl Clients {
    /// Returns the client for platforms. It uses the proxy of the environment.
    pub(super) fn remote(&self, connections: Connections) -> reqwest::Result<&Client> {
        self.get(&self.remote[connections as usize], |client| {
            connections.configure(client)
        })
    }

    /// Returns the client for this machine and for private hosts.
    pub(super) fn loopback(&self, connections: Connections) -> reqwest::Result<&Client> {
        self.get(&self.loopback[connections as usize], |client| {
            connections.configure(client.no_proxy())
        })
    }

    /// Returns the client that connects only to public hosts. It uses no proxy, which would resolve the names,
    /// so that their addresses could not be checked.
    pub(super) fn public(&self) -> reqwest::Result<&Client> {
        self.get(&self.public, |client| {
            let client = Connections::New.configure(client);
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
        for client in [
            clients.remote(Connections::New),
            clients.loopback(Connections::Kept),
            clients.public(),
        ] {
            client.unwrap();
        }
        let tls = clients.tls.get().unwrap();
        assert_eq!(tls.alpn_protocols, [b"http/1.1"]);
    }
}
