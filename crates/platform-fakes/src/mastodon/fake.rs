//! The running fake, and the view of its state that tests have.

use jiff::Timestamp;

use crate::answer::Answer;
use crate::fake::Fake;
use crate::mastodon::records::{Medium, ScheduledStatus, Status};
use crate::mastodon::routes;
use crate::mastodon::server::Mastodon;
use crate::request::Request;
use crate::shared::Platform;

impl Platform for Mastodon {
    fn answer(&mut self, request: &Request, base_url: &str, now: Timestamp) -> Answer {
        routes::answer(self, request, base_url, now)
    }
}

impl Fake<Mastodon> {
    /// Returns the posts that exist, the oldest first.
    #[must_use]
    pub fn posts(&self) -> Vec<Status> {
        self.platform().statuses.clone()
    }

    /// Returns the scheduled posts.
    #[must_use]
    pub fn scheduled_posts(&self) -> Vec<ScheduledStatus> {
        self.platform().scheduled.clone()
    }

    /// Returns the uploaded media, attached or not.
    #[must_use]
    pub fn media(&self) -> Vec<Medium> {
        self.platform().media.clone()
    }

    /// Deletes a post as its author does in the web client.
    pub fn delete_by_hand(&self, id: &str) {
        self.platform().statuses.retain(|status| status.id != id);
    }

    /// Makes a token invalid, as its author does in the preferences.
    pub fn revoke(&self, token: &str) {
        self.platform().access.remove(token);
    }

    /// Returns the code that the page of `/oauth/authorize` last showed or redirected with.
    #[must_use]
    pub fn last_code(&self) -> Option<String> {
        let platform = self.platform();
        let newest = platform.codes.iter().max_by_key(|(_, code)| code.number);
        newest.map(|(text, _)| text.clone())
    }

    /// Returns the posts that are visible now and contain `text`.
    #[must_use]
    pub fn posts_with(&self, text: &str) -> Vec<Status> {
        let mut posts = self.posts();
        posts.retain(|post| post.text.contains(text));
        posts
    }
}
