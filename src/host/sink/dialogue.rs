//! Dialogues: requests to a plugin that it answers after the host has sent HTTP requests for it. Each of these may be
//! repeated, and none is the creating request. The plugin waits on a thread of its own while the host sends.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use jiff::SignedDuration;
use plugin_protocol::{Call, CallAnswers, Cancel, ErrorAnswer, HttpAnswer, Reply, Task};
use serde::de::DeserializeOwned;
use serde_json::Value;
use syndicate_api::{Code, Context, Medium, PublishError, PublishErrorKind, Request};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::access::Access;
use super::guard::{below_endpoint, is_creating};
use super::outcome::error_of;
use super::requests::request_of;
use super::settings::SinkSettings;
use super::transport::Transport;
use crate::host::answer_fields::read_fields;
use crate::host::background;
use crate::host::component::PluginComponent;
use crate::host::conversation::{CANCEL_TIME, Conversation, unexpected};
use crate::host::failure::{FailureKind, PluginFailure};

/// Maximum number of requests of one dialogue.
const MAX_REQUESTS: usize = 200;

/// Maximum duration of one dialogue.
const MAX_TIME: SignedDuration = SignedDuration::from_mins(5);

/// Maximum size of the responses to one call, in bytes, which become one line.
const MAX_CALL_BYTES: usize = 8 << 20;

/// A dialogue with the plugin of a sink.
pub(super) struct Dialogue<'a> {
    pub(super) component: &'a Arc<PluginComponent>,
    pub(super) settings: &'a SinkSettings,
    pub(super) cx: &'a Context,
    /// The media that requests refer to.
    pub(super) media: &'a [Medium],
    /// The creating request, which is not sent here.
    pub(super) create: Option<&'a Request>,
    pub(super) access: Access<'a>,
}

/// The result of a dialogue on the plugin's side. `None` if it was cancelled.
type Ended = Result<Option<Result<Value, ErrorAnswer>>, PluginFailure>;

impl Dialogue<'_> {
    /// Sends `task`, whose name is `name`, and returns the plugin's result.
    ///
    /// # Errors
    /// Returns any kind but `Unknown`.
    pub(super) async fn run<T: DeserializeOwned>(
        &self,
        name: &str,
        task: Task,
    ) -> Result<T, PublishError> {
        let (calls, mut asked) = unbounded_channel();
        let (answers, answered) = mpsc::channel();
        let component = Arc::clone(self.component);
        let work = move || converse(&component, task, &calls, &answered);
        let running = background::run(work, || ());
        let mut running = running.map_err(|error| not_started(&error))?;
        let served = tokio::select! {
            ended = &mut running => return self.result(name, ended),
            served = self.serve(&mut asked, &answers) => served,
        };
        // The plugin is asked to stop when both channels are dropped.
        match served {
            Err(error) => Err(error),
            Ok(()) => self.result(name, running.await),
        }
    }

    /// Serves the calls of the plugin until it makes no more.
    async fn serve(
        &self,
        asked: &mut UnboundedReceiver<Call>,
        answers: &mpsc::Sender<Vec<HttpAnswer>>,
    ) -> Result<(), PublishError> {
        let began = self.cx.now();
        let mut requests = 0;
        while let Some(call) = asked.recv().await {
            requests += call.call.len();
            if requests > MAX_REQUESTS {
                return Err(broken(format!(
                    "it asks for more than {MAX_REQUESTS} requests"
                )));
            }
            self.wait(&call, began).await?;
            let mut responses = Vec::with_capacity(call.call.len());
            let share = MAX_CALL_BYTES / call.call.len().max(1);
            for spec in &call.call {
                let is_create = |create: &Request| {
                    request_of(spec).is_ok_and(|request| {
                        let endpoint = self.settings.endpoint.as_ref();
                        let request = match (&spec.url, endpoint) {
                            (Some(url), Some(endpoint)) => {
                                below_endpoint(request, url, endpoint.as_str())
                            }
                            _ => request,
                        };
                        is_creating(create, &request)
                    })
                };
                if self.create.is_some_and(is_create) {
                    return Err(broken("it asks for the creating request".to_owned()));
                }
                let transport = Transport {
                    cx: self.cx,
                    settings: self.settings,
                    access: self.access,
                };
                responses.push(transport.call(spec, self.media, share).await?);
            }
            // A plugin that has ended is noticed by its result.
            drop(answers.send(responses));
        }
        Ok(())
    }

    async fn wait(&self, call: &Call, began: jiff::Timestamp) -> Result<(), PublishError> {
        let wait = call.wait.unwrap_or_default().max(0.0);
        let wait = SignedDuration::try_from_secs_f64(wait).unwrap_or(SignedDuration::MAX);
        let spent = self.cx.now().duration_since(began);
        if spent.saturating_add(wait) > MAX_TIME {
            let message = "the platform was not ready within five minutes";
            let kind = PublishErrorKind::Unavailable;
            return Err(PublishError::new(kind, Code::Unavailable, message));
        }
        if let Ok(wait) = Duration::try_from(wait)
            && !wait.is_zero()
        {
            self.cx.clock.sleep(wait).await;
        }
        Ok(())
    }

    fn result<T: DeserializeOwned>(
        &self,
        name: &str,
        ended: Option<Ended>,
    ) -> Result<T, PublishError> {
        let value = match ended {
            Some(Ok(Some(Ok(value)))) => value,
            Some(Ok(Some(Err(error)))) => return Err(refused(&error)),
            Some(Err(failure)) => return Err(failed(&failure)),
            Some(Ok(None)) | None => return Err(broken("its answer was not read".to_owned())),
        };
        read_fields(value).map_err(|error| broken(format!("the answer to `{name}`: {error}")))
    }
}

/// Talks with the plugin. Stops it when its calls are no longer served.
fn converse(
    component: &PluginComponent,
    task: Task,
    calls: &UnboundedSender<Call>,
    answers: &mpsc::Receiver<Vec<HttpAnswer>>,
) -> Ended {
    component.with(|conversation, _| {
        let id = conversation.begin_request(task)?;
        loop {
            match conversation.next_reply(id, None)? {
                Reply::Ok(ok) => return Ok(Some(Ok(ok))),
                Reply::Error(error) => return Ok(Some(Err(error))),
                Reply::Item(_) | Reply::Fault(_) => return Err(unexpected()),
                Reply::Call(call) => {
                    let asked = calls.send(call).ok();
                    let Some(answers) = asked.and_then(|()| answers.recv().ok()) else {
                        return cancel(conversation, id).map(|()| None);
                    };
                    conversation.write(&CallAnswers { id, answers })?;
                }
            }
        }
    })
}

/// Asks the plugin to stop working on the request `id`, and waits until it does.
fn cancel(conversation: &mut Conversation, id: u64) -> Result<(), FailureKind> {
    conversation.write(&Cancel { cancel: id })?;
    loop {
        let reply = conversation.next_reply(id, Some(CANCEL_TIME))?;
        if matches!(reply, Reply::Ok(_) | Reply::Error(_)) {
            return Ok(());
        }
    }
}

/// Returns the error of a plugin that broke a rule.
pub(super) fn broken(what: String) -> PublishError {
    let message = format!("the plugin broke the protocol: {what}");
    PublishError::new(PublishErrorKind::Rejected, Code::PluginFailed, message)
}

/// Returns the error of a plugin that failed. One that does not answer or start would fail for every post now; one that
/// ended may have done so because of this post.
pub(super) fn failed(failure: &PluginFailure) -> PublishError {
    let kind = match failure.kind {
        FailureKind::TimedOut(_) | FailureKind::NotStarted(_) | FailureKind::Stopped => {
            PublishErrorKind::Unavailable
        }
        _ => PublishErrorKind::Rejected,
    };
    PublishError::new(kind, Code::PluginFailed, failure.to_text())
}

/// Returns the error that a plugin answered with.
pub(super) fn refused(error: &ErrorAnswer) -> PublishError {
    let (mut kind, code) = error
        .is
        .and_then(error_of)
        .unwrap_or((PublishErrorKind::Rejected, Code::Rejected));
    if let PublishErrorKind::Throttled { until } = &mut kind {
        *until = error.until.as_deref().and_then(|until| until.parse().ok());
    }
    let refused = PublishError::new(kind, code, error.message.clone());
    match &error.hint {
        Some(hint) => refused.with_hint(hint),
        None => refused,
    }
}

/// Returns the error of a thread that cannot be started.
pub(super) fn not_started(error: &std::io::Error) -> PublishError {
    let message = format!("cannot start a thread for the plugin: {error}");
    PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
}
