//! The running fake, and the view of its state that tests have.

use jiff::Timestamp;

use crate::answer::Answer;
use crate::fake::Fake;
use crate::request::Request;
use crate::shared::Platform;
use crate::telegram::message::Message;
use crate::telegram::methods;
use crate::telegram::server::{ChatState, Telegram};

impl Platform for Telegram {
    fn answer(&mut self, request: &Request, _: &str, now: Timestamp) -> Answer {
        methods::answer(self, request, now)
    }
}

impl Fake<Telegram> {
    /// Returns the messages of the channel, the oldest first.
    #[must_use]
    pub fn posts(&self) -> Vec<Message> {
        self.platform().messages.clone()
    }

    /// Changes the relation of the bot to the channel.
    pub fn set_state(&self, state: ChatState) {
        self.platform().state = state;
    }

    /// Deletes a message as an administrator does.
    pub fn delete_by_hand(&self, id: i64) {
        self.platform().messages.retain(|message| message.id != id);
    }
}
