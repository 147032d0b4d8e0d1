//! A run against the sandbox: a LinkedIn in this very process, on a free loopback port.

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use syndicate_api::Clock;

use super::{Failure, Hinted};
use crate::sandbox::{Sandbox, serve};

/// A sandbox that runs beside us until it is stopped.
pub(super) struct Rehearsal {
    /// Its address.
    pub(super) url: String,
    /// What it got.
    pub(super) sandbox: Sandbox,
    stop: oneshot::Sender<()>,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Rehearsal {
    /// The address to show a rehearsal's plan with when no sandbox runs. Endpoints are not part of
    /// a payload, so any will do.
    pub(super) const ELSEWHERE: &'static str = "http://127.0.0.1:9";

    /// Starts a sandbox on `port`, or on any free one.
    pub(super) async fn start(clock: Clock, port: u16) -> Result<Self, Failure> {
        Self::of(Sandbox::new(clock), port).await
    }

    /// Starts `sandbox` on `port`, or on any free one.
    pub(super) async fn of(sandbox: Sandbox, port: u16) -> Result<Self, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", port))
            .await
            .map_err(|error| {
                Failure::Other(anyhow::Error::new(Hinted::new(
                    format!("cannot listen on port {port} of this machine: {error}"),
                    "give another `--port`, or 0 for any that is free",
                )))
            })?;
        let address = listener
            .local_addr()
            .map_err(|error| Failure::Other(error.into()))?;
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = serve(listener, sandbox.clone(), async {
            // An error means that the other end is gone, which is a stop as well.
            drop(stopped.await);
        });
        let task = tokio::spawn(serving);
        Ok(Self {
            url: format!("http://{address}"),
            sandbox,
            stop,
            task,
        })
    }

    /// Waits until the user asks to stop (Ctrl-C), then stops.
    pub(super) async fn until_interrupted(self) -> Result<(), Failure> {
        // Without a signal handler there is nothing to wait for.
        drop(tokio::signal::ctrl_c().await);
        self.stop().await
    }

    /// Stops the sandbox.
    pub(super) async fn stop(self) -> Result<(), Failure> {
        // A server that has ended already hears nothing, and what it ended with comes next.
        self.stop.send(()).ok();
        match self.task.await {
            Ok(result) => result.map_err(Failure::Other),
            Err(error) => Err(Failure::Other(
                anyhow::Error::new(error).context("the sandbox broke"),
            )),
        }
    }
}
