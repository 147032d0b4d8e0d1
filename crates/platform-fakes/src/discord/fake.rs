//! The running fake, and the view of its state that tests have.

use jiff::Timestamp;

use crate::answer::Answer;
use crate::discord::message::Message;
use crate::discord::routes;
use crate::discord::server::{Discord, WEBHOOK_PATH};
use crate::fake::Fake;
use crate::request::Request;
use crate::shared::Platform;

impl Platform for Discord {
    fn answer(&mut self, request: &Request, _: &str, now: Timestamp) -> Answer {
        routes::answer(self, request, now)
    }
}

impl Fake<Discord> {
    /// Returns the URL of the webhook.
    #[must_use]
    pub fn webhook_url(&self) -> String {
        format!("{}{WEBHOOK_PATH}", self.url())
    }

    /// Returns the messages of the channel and its threads, the oldest first.
    #[must_use]
    pub fn posts(&self) -> Vec<Message> {
        self.platform().messages.clone()
    }

    /// Deletes the webhook, as an administrator does.
    pub fn delete_webhook(&self) {
        self.platform().is_deleted = true;
    }

    /// Deletes a message as a moderator does.
    pub fn delete_by_hand(&self, id: &str) {
        self.platform().messages.retain(|message| message.id != id);
    }
}
