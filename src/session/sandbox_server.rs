//! The sandbox server of this process: a [`RunningSandbox`] that any shared owner can stop.

use std::sync::{Mutex, PoisonError};

use linkedin_sandbox::{RunningSandbox, Sandbox, ServeError};

use super::error::SessionError;

/// HTML that the feed shows before the first post.
const EMPTY_FEED_HTML: &str = "<p>In your <code>pipeline.yaml</code>, set these options of the LinkedIn sink:</p>\
                           <pre tabindex=\"0\">endpoint: {url}\ntoken: rehearsal</pre>\
                           <p>and run <code>syndicate build</code>.</p>";

/// A sandbox server that runs until it is stopped or dropped.
pub(crate) struct SandboxServer {
    /// Its base URL.
    pub(crate) url: String,
    /// The sandbox, including the posts it has received.
    pub(crate) sandbox: Sandbox,
    running: Mutex<Option<RunningSandbox>>,
}

impl SandboxServer {
    /// Starts `sandbox` on `port`; port 0 selects a free one.
    pub(crate) async fn start(sandbox: Sandbox, port: u16) -> Result<Self, SessionError> {
        let sandbox = sandbox.with_first_steps(EMPTY_FEED_HTML);
        let running = RunningSandbox::start(sandbox, port).await;
        let running = running.map_err(|error| match &error {
            ServeError::Bind { .. } => {
                let hint = "choose another `--port`, or 0 for any free one";
                SessionError::hinted(format!("{:#}", anyhow::Error::new(error)), hint)
            }
            _ => SessionError::Other(anyhow::Error::new(error)),
        })?;
        Ok(Self {
            url: running.url().to_owned(),
            sandbox: running.sandbox().clone(),
            running: Mutex::new(Some(running)),
        })
    }

    /// Stops the sandbox and waits until it has ended.
    pub(crate) async fn stop(&self) -> anyhow::Result<()> {
        let running = self
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        match running {
            Some(running) => Ok(running.stop().await?),
            None => Ok(()),
        }
    }
}
