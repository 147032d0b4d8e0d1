//! Records facts that only the user knows: the identifier of a post, or the outcome of an attempt.

use syndicate_api::{PublishError, Receipt};

use super::error::SessionError;
use super::load::LoadedPipeline;
use super::open::Session;
use crate::engine::{
    HINT_OF_OTHER, OpenAttempt, ProbeContext, ProbeError, SettleError, SinkStage, StageChain,
    sent_option, settle,
};
use crate::ledger;

/// The outcome of an attempt as reported by the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AttemptOutcome<'a> {
    /// The post is on the platform, with this identifier or URL. `None` if the user gave neither.
    Sent(Option<&'a str>),
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
        let Some(stage) = stage(stages, sink) else {
            return Err(SessionError::hinted(
                format!("pipeline.yaml has no sink `{sink}`, so its identifiers cannot be parsed"),
                "add the sink again, then name the post",
            ));
        };
        let located = stage.locate(self.cx(), address).await;
        located.map_err(|error| {
            let PublishError { message, hint, .. } = error;
            let hint =
                hint.unwrap_or_else(|| "copy the post's address from the platform".to_owned());
            SessionError::hinted(message, hint)
        })
    }

    /// Returns the receipt of the post of `attempt` at `address`, which is needed unless its platform returns no
    /// identifiers.
    async fn sent(
        &self,
        stages: Option<&StageChain>,
        attempt: &ledger::Attempt,
        address: Option<&str>,
    ) -> Result<Receipt, SessionError> {
        let sink = &attempt.sink;
        if let Some(address) = address {
            return self.locate(stages, sink, address).await;
        }
        if stage(stages, sink).is_some_and(|stage| stage.sink.capabilities().omits_id) {
            return Ok(Receipt::default());
        }
        Err(SessionError::usage(
            format!("`--sent` needs the identifier or URL of the post on `{sink}`"),
            format!(
                "run `syndicate settle {} --sink {sink} --sent ID`",
                attempt.item
            ),
        ))
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
                let sent = sent_option_of(Some(&stages), &open.attempt.sink);
                let probe = ProbeContext {
                    stages: &stages,
                    scanned: &scanned,
                    cx: self.cx(),
                    ids: self.ids(),
                    run: &self.context.run_id,
                };
                probe
                    .probe(open, ledger)
                    .await
                    .map_err(|error| not_proven(error, sent))?;
                return Ok("sent");
            }
            AttemptOutcome::Sent(address) => {
                let stages = pipeline.as_ref().ok().map(|pipeline| &pipeline.stages);
                Some(self.sent(stages, &open.attempt, address).await?)
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

fn stage<'s>(stages: Option<&'s StageChain>, sink: &str) -> Option<&'s SinkStage> {
    let mut stages = stages.into_iter().flat_map(|stages| &stages.sinks);
    stages.find(|stage| stage.name == sink)
}

/// Returns the option of `settle` that records a post of `sink` as sent. A sink that is not in `stages` may need an
/// identifier.
pub(crate) fn sent_option_of(stages: Option<&StageChain>, sink: &str) -> &'static str {
    let stage = stage(stages, sink);
    sent_option(stage.is_some_and(|stage| stage.sink.capabilities().omits_id))
}

fn not_settled(error: SettleError) -> SessionError {
    match error {
        SettleError::Ledger(error) => error.into(),
        error @ SettleError::OfOther { .. } => {
            SessionError::hinted(error.to_string(), HINT_OF_OTHER)
        }
        error @ (SettleError::Changed | SettleError::Contested) => SessionError::hinted(
            error.to_string(),
            "run `syndicate status` to see its state, then answer again if it is still open",
        ),
    }
}

fn not_proven(error: ProbeError, sent: &str) -> SessionError {
    match error {
        ProbeError::Ledger(error) => error.into(),
        ProbeError::Refused(error) => SessionError::Other(anyhow::Error::new(error)),
        error => SessionError::hinted(
            error.to_string(),
            format!("check the platform, then use `{sent}` or `--not-sent`"),
        ),
    }
}
