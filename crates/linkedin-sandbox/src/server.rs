//! Serves a sandbox on a port of this machine.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::sandbox::Sandbox;

/// The time that a stopped server waits for open requests.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);

/// An error of the server.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The port cannot be bound.
    #[error("cannot listen on port {port} of this machine")]
    Bind {
        /// The port.
        port: u16,
        /// The error of the operating system.
        #[source]
        error: io::Error,
    },
    /// The listener has no address.
    #[error("cannot read the address of the sandbox")]
    NoAddress(#[source] io::Error),
    /// The listener is reachable from other machines.
    #[error(
        "the sandbox accepts any token, so it must not listen on `{0}`, which other machines can \
         reach; bind it to `127.0.0.1`"
    )]
    NotLoopback(SocketAddr),
    /// The server failed.
    #[error("the sandbox on `{address}` failed")]
    Failed {
        /// The address of the listener.
        address: SocketAddr,
        /// The error of the operating system.
        #[source]
        error: io::Error,
    },
    /// The server's task panicked.
    #[error("the sandbox panicked")]
    Panicked(#[source] tokio::task::JoinError),
}

/// A sandbox that is served on a port of this machine until it is stopped or dropped.
#[derive(Debug)]
pub struct RunningSandbox {
    url: String,
    sandbox: Sandbox,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), ServeError>>,
}

impl RunningSandbox {
    /// Starts `sandbox` on `port` of 127.0.0.1, or on any free port if `port` is 0.
    ///
    /// # Errors
    /// Fails if the port cannot be bound.
    pub async fn start(sandbox: Sandbox, port: u16) -> Result<Self, ServeError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(|error| ServeError::Bind { port, error })?;
        let address = listener.local_addr().map_err(ServeError::NoAddress)?;
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = serve(listener, sandbox.clone(), async {
            // An error means that the sender was dropped, which also stops the server.
            drop(stopped.await);
        });
        Ok(Self {
            url: format!("http://{address}"),
            sandbox,
            stop,
            task: tokio::spawn(serving),
        })
    }

    /// Returns the base URL, such as `http://127.0.0.1:4747`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the sandbox that is served.
    #[must_use]
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Stops the server after the open requests.
    ///
    /// # Errors
    /// Fails if the server failed before.
    pub async fn stop(self) -> Result<(), ServeError> {
        // An error means that the server has ended already; its task returns the reason.
        self.stop.send(()).ok();
        self.task.await.map_err(ServeError::Panicked)?
    }
}

/// Serves the sandbox on `listener` until `shutdown` completes.
///
/// # Errors
/// Fails if `listener` is reachable from other machines, or if the server fails.
pub async fn serve(
    listener: TcpListener,
    sandbox: Sandbox,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let address = listener.local_addr().map_err(ServeError::NoAddress)?;
    if !address.ip().is_loopback() {
        return Err(ServeError::NotLoopback(address));
    }
    let router = sandbox.router(&format!("http://{address}"));
    loopback_page::serve(listener, router, shutdown, SHUTDOWN_TIMEOUT)
        .await
        .map_err(|error| ServeError::Failed { address, error })
}
