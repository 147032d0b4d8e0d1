//! A sandbox that runs in this process, on a loopback port.

use std::sync::{Mutex, PoisonError};

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::error::SessionError;
use crate::sandbox::{Sandbox, serve};

/// A sandbox that runs until it is stopped or dropped.
pub(crate) struct SandboxServer {
    /// Its address.
    pub(crate) url: String,
    /// The sandbox, with what was posted to it.
    pub(crate) sandbox: Sandbox,
    stop: CancellationToken,
    task: Mutex<Option<JoinHandle<anyhow::Result<()>>>>,
}

impl SandboxServer {
    /// Starts `sandbox` on `port`, or on any free one for 0.
    pub(crate) async fn start(sandbox: Sandbox, port: u16) -> Result<Self, SessionError> {
        let listener = TcpListener::bind(("127.0.0.1", port))
            .await
            .map_err(|error| {
                SessionError::hinted(
                    format!("cannot listen on port {port} of this machine: {error}"),
                    "give another `--port`, or 0 for any that is free",
                )
            })?;
        let address = listener.local_addr().map_err(anyhow::Error::new)?;
        let stop = CancellationToken::new();
        let stopped = stop.clone().cancelled_owned();
        let task = tokio::spawn(serve(listener, sandbox.clone(), stopped));
        Ok(Self {
            url: format!("http://{address}"),
            sandbox,
            stop,
            task: Mutex::new(Some(task)),
        })
    }

    /// Stops the sandbox and waits for its end.
    pub(crate) async fn stop(&self) -> anyhow::Result<()> {
        self.stop.cancel();
        let task = self
            .task
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(task) = task else {
            return Ok(());
        };
        match task.await {
            Ok(result) => result,
            Err(error) => Err(anyhow::Error::new(error).context("the sandbox broke")),
        }
    }
}

impl Drop for SandboxServer {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
