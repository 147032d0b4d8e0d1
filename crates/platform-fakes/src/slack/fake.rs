//! The running fake, and the view of its state that tests have.

use jiff::Timestamp;

use crate::answer::Answer;
use crate::fake::Fake;
use crate::request::Request;
use crate::shared::Platform;
use crate::slack::message::Message;
use crate::slack::server::{HookState, Slack, WEBHOOK_PATH};
use crate::slack::{web_api, webhook};

impl Platform for Slack {
    fn answer(&mut self, request: &Request, _: &str, now: Timestamp) -> Answer {
        match request.segments().as_slice() {
            ["api", method] => web_api::call(self, request, method, now),
            ["services", ..] => webhook::post(self, request, now),
            _ => Answer::html(404, "<!DOCTYPE html><title>There's been a glitch…</title>"),
        }
    }
}

impl Fake<Slack> {
    /// Returns the URL of the incoming webhook.
    #[must_use]
    pub fn webhook_url(&self) -> String {
        format!("{}{WEBHOOK_PATH}", self.url())
    }

    /// Returns the messages of the channel, the oldest first.
    #[must_use]
    pub fn posts(&self) -> Vec<Message> {
        self.platform().messages.clone()
    }

    /// Changes the state of the webhook and its channel.
    pub fn set_hook(&self, state: HookState) {
        self.platform().hook = state;
    }

    /// Deletes a message as a member does in the client.
    pub fn delete_by_hand(&self, ts: &str) {
        self.platform().messages.retain(|message| message.ts != ts);
    }
}
