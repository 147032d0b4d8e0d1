//! A run against the sandbox: a LinkedIn in this very process, on a free loopback port.

use linkedin_sandbox::{RunningSandbox, Sandbox, ServeError};
use syndicate_api::Clock;

use super::{Failure, Hinted};

/// What the feed shows before the first post.
const FIRST_STEPS: &str = "<p>In your <code>pipeline.yaml</code>, let the LinkedIn sink come here:</p>\
                           <pre tabindex=\"0\">endpoint: {url}\ntoken: rehearsal</pre>\
                           <p>and run <code>syndicate build</code>.</p>";

/// A sandbox that runs beside us until it is stopped.
pub(super) struct Rehearsal {
    /// Its address.
    pub(super) url: String,
    /// What it got.
    pub(super) sandbox: Sandbox,
    running: RunningSandbox,
}

impl Rehearsal {
    /// The address to show a rehearsal's plan with when no sandbox runs. Endpoints are not part of
    /// a payload, so any will do.
    pub(super) const ELSEWHERE: &'static str = "http://127.0.0.1:9";

    /// Starts a sandbox on `port`, or on any free one.
    pub(super) async fn start(clock: Clock, port: u16) -> Result<Self, Failure> {
        Self::of(Sandbox::new(move || clock.now()), port).await
    }

    /// Starts `sandbox` on `port`, or on any free one.
    pub(super) async fn of(sandbox: Sandbox, port: u16) -> Result<Self, Failure> {
        let running = RunningSandbox::start(sandbox.with_first_steps(FIRST_STEPS), port)
            .await
            .map_err(failure)?;
        Ok(Self {
            url: running.url().to_owned(),
            sandbox: running.sandbox().clone(),
            running,
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
        self.running.stop().await.map_err(failure)
    }
}

fn failure(error: ServeError) -> Failure {
    let bound = matches!(error, ServeError::Bind { .. });
    let error = anyhow::Error::new(error);
    Failure::Other(if bound {
        let hint = "give another `--port`, or 0 for any that is free";
        anyhow::Error::new(Hinted::new(format!("{error:#}"), hint))
    } else {
        error
    })
}
