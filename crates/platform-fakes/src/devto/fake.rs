//! The running fake, and the view of its state that tests have.

use jiff::Timestamp;

use crate::answer::Answer;
use crate::devto::article::Article;
use crate::devto::routes;
use crate::devto::server::Devto;
use crate::fake::Fake;
use crate::request::Request;
use crate::shared::Platform;

impl Platform for Devto {
    fn answer(&mut self, request: &Request, base_url: &str, now: Timestamp) -> Answer {
        routes::answer(self, request, base_url, now).unwrap_or_else(|refusal| refusal)
    }
}

impl Fake<Devto> {
    /// Returns the articles of `alice`, drafts included, the oldest first.
    #[must_use]
    pub fn posts(&self) -> Vec<Article> {
        let mut articles = self.platform().articles.clone();
        articles.retain(|article| article.author == "alice");
        articles
    }

    /// Deletes an article as its author does in the dashboard; the API cannot.
    pub fn delete_by_hand(&self, id: u64) {
        self.platform().articles.retain(|article| article.id != id);
    }
}
