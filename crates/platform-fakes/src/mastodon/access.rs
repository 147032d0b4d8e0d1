//! The check of a request's token.

use crate::answer::Answer;
use crate::mastodon::errors::error;
use crate::mastodon::records::Access;
use crate::mastodon::server::Mastodon;
use crate::request::Request;

impl Mastodon {
    /// Returns the access of the request's token.
    pub(super) fn access(&self, request: &Request) -> Result<Access, Answer> {
        let token = request.header("authorization").unwrap_or_default();
        let token = token.strip_prefix("Bearer ").unwrap_or_default();
        self.access
            .get(token)
            .cloned()
            .ok_or_else(|| error(401, "The access token is invalid"))
    }

    /// Refuses a request whose token has none of `scopes` or no user.
    pub(super) fn authorize(&self, request: &Request, scopes: &[&str]) -> Result<Access, Answer> {
        let access = self.access(request)?;
        if !access.has(scopes) {
            return Err(error(403, "This action is outside the authorized scopes"));
        }
        if !access.has_user {
            return Err(error(422, "This method requires an authenticated user"));
        }
        Ok(access)
    }
}
