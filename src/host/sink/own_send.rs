//! Messages that a plugin sends itself, by a protocol that the host does not speak. The host cannot see what happens, so
//! every end but a well-formed answer leaves the outcome unknown.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use plugin_protocol::{ErrorAnswer, PreparedSpec, Reply, SendOk, SendTask, Task};
use serde_json::Value;
use syndicate_api::{Code, Prepared, PublishError, PublishErrorKind, Receipt, Role, Step};

use super::dialogue::{failed, not_started, refused};
use super::outcome::error_of;
use super::program_sink::ProgramSink;
use super::receipt::receipt_of;
use super::requests::spec_of;
use crate::host::answer_fields::read_fields;
use crate::host::background;
use crate::host::component::PluginComponent;
use crate::host::conversation::unexpected;
use crate::host::failure::PluginFailure;

impl ProgramSink {
    /// Has the plugin send the message of `step`.
    pub(super) async fn send_message(
        &self,
        prepared: &Prepared,
        step: &Step,
    ) -> Result<Receipt, PublishError> {
        let sending = OwnSend {
            component: &self.network,
            platform: self.platform(),
            creates: step.role == Role::Create,
        };
        let task = SendTask {
            step: step.name.to_string(),
            prepared: PreparedSpec {
                steps: prepared.steps.iter().map(spec_of).collect(),
                slots: prepared.slots.clone().into_iter().collect(),
            },
        };
        sending.run(task).await
    }
}

/// The sending of one message.
struct OwnSend<'a> {
    component: &'a Arc<PluginComponent>,
    /// The name of the platform in messages.
    platform: &'a str,
    /// `true` for the message that creates the post.
    creates: bool,
}

/// The state of a sending, which the thread that waits for the plugin shares with the run.
#[derive(Default)]
struct Progress {
    /// `true` as soon as the plugin may have the message.
    is_passed_on: AtomicBool,
    /// `true` if the run does not wait any more.
    is_cancelled: AtomicBool,
}

impl OwnSend<'_> {
    /// Passes the message to the plugin once. If the result is dropped, the plugin is asked to stop and then ended.
    ///
    /// # Errors
    /// Returns `Unknown` for the creating message unless the plugin says that nothing was created.
    async fn run(&self, task: SendTask) -> Result<Receipt, PublishError> {
        let progress = Arc::<Progress>::default();
        let (component, shared) = (Arc::clone(self.component), Arc::clone(&progress));
        let work = move || ask(&component, task, &shared);
        let cancelled = Arc::clone(&progress);
        let stop = move || cancelled.is_cancelled.store(true, Ordering::Relaxed);
        let running = match background::run(work, stop) {
            Ok(running) => running,
            Err(error) => return Err(not_started(&error)),
        };
        match running.await {
            Some(Ok(Ok(value))) => self.receipt(value),
            Some(Ok(Err(error))) => Err(self.refused(&error)),
            Some(Err(failure)) if !progress.is_passed_on.load(Ordering::Relaxed) => {
                Err(failed(&failure))
            }
            Some(Err(failure)) => Err(self.unclear(&failure.to_text())),
            None => Err(self.unclear("its answer was not read")),
        }
    }

    fn receipt(&self, value: Value) -> Result<Receipt, PublishError> {
        let answer: Result<SendOk, String> = read_fields(value);
        let receipt = answer.and_then(|ok| receipt_of(ok.receipt));
        receipt.map_err(|error| self.unclear(&format!("the answer to `send`: {error}")))
    }

    /// Returns the error that the plugin answered with. Without `is`, it proves nothing.
    fn refused(&self, error: &ErrorAnswer) -> PublishError {
        match error.is.and_then(error_of) {
            Some(_) => refused(error),
            None => self.unclear(&error.message),
        }
    }

    fn unclear(&self, why: &str) -> PublishError {
        let (kind, code) = match self.creates {
            true => (PublishErrorKind::Unknown, Code::OutcomeUnknown),
            false => (PublishErrorKind::Unavailable, Code::Unavailable),
        };
        let message = format!("no clear answer from {}", self.platform);
        PublishError::new(kind, code, message).caused_by(why)
    }
}

/// Waits for the answer of the plugin, also after the wish to end the run, because the message may be on its way.
fn ask(
    component: &PluginComponent,
    task: SendTask,
    progress: &Progress,
) -> Result<Result<Value, ErrorAnswer>, PluginFailure> {
    component.with(|conversation, _| {
        progress.is_passed_on.store(true, Ordering::Relaxed);
        let id = conversation.begin_request(Task::Send(Box::new(task)))?;
        let is_cancelled = || progress.is_cancelled.load(Ordering::Relaxed);
        match conversation.last_reply(id, is_cancelled)? {
            Reply::Ok(ok) => Ok(Ok(ok)),
            Reply::Error(error) => Ok(Err(error)),
            Reply::Item(_) | Reply::Fault(_) | Reply::Call(_) => Err(unexpected()),
        }
    })
}
