//! Records facts that only the user knows: the identifier of a post, or the outcome of an attempt.

use syndicate_api::{PublishError, Receipt};

use super::error::SessionError;
use super::load::LoadedPipeline;
use super::open::Session;
use crate::engine::{OpenAttempt, ProbeContext, ProbeError, SettleError, StageChain, settle};
use crate::ledger;

/// The outcome of an attempt as reported by the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AttemptOutcome<'a> {
    /// The post is on the platform, with this identifier or URL.
    Sent(&'a str),
    /// The post is not on the platform.
    NotSent,
    /// Not known; repeat the request and use the platform's response as evidence.
    Probe,
}

impl Session {
    /// Looks up a post by its identifier or URL on the platform of `sink`.
    pub(crate) async fn locate(
        &self,
        stages: Option<&StageChain>,
        sink: &str,
        address: &str,
    ) -> Result<Receipt, SessionError> {
        let mut stages = stages.into_iter().flat_map(|stages| &stages.sinks);
        let Some(stage) = stages.find(|stage| stage.name == sink) else {
            return Err(SessionError::hinted(
                format!("pipeline.yaml has no sink `{sink}`, so its identifiers cannot be parsed"),
                "add the sink again, then name the post",
            ));
        };
        let located = stage.sink.locate(self.cx(), address).await;
        located.map_err(|error| {
            let PublishError { message, hint, .. } = error;
            let hint =
                hint.unwrap_or_else(|| "copy the post's address from the platform".to_owned());
            SessionError::hinted(message, hint)
        })
    }

    /// Records the outcome of `open` in `ledger` and returns a description of it. Only a probe
    /// needs a pipeline that can be loaded.
    pub(crate) async fn settle(
        &self,
        pipeline: Result<LoadedPipeline, SessionError>,
        open: &OpenAttempt,
        answer: AttemptOutcome<'_>,
        ledger: &mut dyn ledger::LedgerSession,
    ) -> Result<&'static str, SessionError> {
        let receipt = match answer {
            AttemptOutcome::Probe => {
                let LoadedPipeline { stages, scanned } = pipeline?;
                let probe = ProbeContext {
                    stages: &stages,
                    scanned: &scanned,
                    cx: self.cx(),
                    ids: self.ids(),
                    run: &self.context.run_id,
                };
                probe.probe(open, ledger).await.map_err(not_proven)?;
                return Ok("sent");
            }
            AttemptOutcome::Sent(address) => {
                let stages = pipeline.as_ref().ok().map(|pipeline| &pipeline.stages);
                Some(self.locate(stages, &open.attempt.sink, address).await?)
            }
            AttemptOutcome::NotSent => None,
        };
        let words = if receipt.is_some() {
            "sent"
        } else {
            "not sent"
        };
        let settled = settle(ledger, open, receipt, self.cx(), self.ids()).await;
        settled.map_err(not_settled)?;
        Ok(words)
    }
}

fn not_settled(error: SettleError) -> SessionError {
    match error {
        SettleError::Ledger(error) => error.into(),
        error @ (SettleError::Changed | SettleError::Contested) => SessionError::hinted(
            error.to_string(),
            "run `syndicate status` to see its state, then answer again if it is still open",
        ),
    }
}

fn not_proven(error: ProbeError) -> SessionError {
    match error {
        ProbeError::Ledger(error) => error.into(),
        ProbeError::Refused(error) => SessionError::Other(anyhow::Error::new(error)),
        error => SessionError::hinted(
            error.to_string(),
            "check the platform, then use `--sent ID` or `--not-sent`",
        ),
    }
}
