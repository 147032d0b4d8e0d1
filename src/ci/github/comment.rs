//! The one comment on a pull request. It is found by its first line, which is invisible, and by its author:
//! a comment of a contributor who copied that line is not changed.

use serde_json::{Value, json};

use super::api::{ApiClient, ApiError, Method, next_page};
use super::run::PullRequest;

/// The first line of the comment.
pub(crate) const COMMENT_MARKER: &str = "<!-- syndicate-preview -->";

/// Maximum number of pages of comments that are read, 100 comments each.
const MAX_PAGES: usize = 50;

/// The change that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CommentOutcome {
    /// There was no comment.
    Created,
    /// The comment had another text.
    Updated,
    /// The comment has this text already.
    Unchanged,
}

/// Creates or updates the comment on `pull_request`. Returns the change and the comment's address.
///
/// # Errors
/// Returns an error if the comments cannot be read or written. After a creating request without a clear
/// answer, the comments are read again, so that no second comment is made.
pub(crate) async fn put_comment(
    api: &ApiClient,
    pull_request: &PullRequest,
    body: &str,
) -> Result<(CommentOutcome, String), ApiError> {
    let PullRequest { repository, number } = pull_request;
    let list = api.address(&format!("/repos/{repository}/issues/{number}/comments"));
    let content = json!({"body": body});
    for is_last in [false, true] {
        if let Some(own) = find_own(api, &list).await? {
            if is_same(own["body"].as_str().unwrap_or_default(), body) {
                return Ok((CommentOutcome::Unchanged, address(&own)));
            }
            let id = own["id"].as_u64().unwrap_or_default();
            let one = api.address(&format!("/repos/{repository}/issues/comments/{id}"));
            let updated = api.send(Method::Patch, &one, Some(&content)).await?;
            return Ok((CommentOutcome::Updated, address(&updated.json())));
        }
        match api.send(Method::Post, &list, Some(&content)).await {
            Ok(created) => return Ok((CommentOutcome::Created, address(&created.json()))),
            Err(ApiError::Unclear(_)) if !is_last => {}
            Err(error) => return Err(error),
        }
    }
    Err(ApiError::Unclear("two attempts".to_owned()))
}

/// Returns the first comment that begins with the marker and was written with this token, or by a bot.
async fn find_own(api: &ApiClient, list: &str) -> Result<Option<Value>, ApiError> {
    let mut next = Some(format!("{list}?per_page=100"));
    let mut login = None;
    for _ in 0..MAX_PAGES {
        let Some(address) = next else { break };
        let page = api.send(Method::Get, &address, None).await?;
        let Value::Array(comments) = page.json() else {
            let message = "the list of comments is not JSON".to_owned();
            return Err(ApiError::Refused {
                status: page.status,
                message,
            });
        };
        for comment in comments {
            let body = comment["body"].as_str().unwrap_or_default();
            if !body.starts_with(COMMENT_MARKER) {
                continue;
            }
            let author = &comment["user"];
            if author["type"] == "Bot" {
                return Ok(Some(comment));
            }
            if login.is_none() {
                login = Some(own_login(api).await?);
            }
            if author["login"].is_string() && Some(&author["login"]) == login.as_ref() {
                return Ok(Some(comment));
            }
        }
        next = next_page(&page);
    }
    Ok(None)
}

/// Returns the login of the token's owner, or null for the token of a job, which belongs to a bot and may not
/// read it.
async fn own_login(api: &ApiClient) -> Result<Value, ApiError> {
    match api.send(Method::Get, &api.address("/user"), None).await {
        Ok(user) => Ok(user.json()["login"].clone()),
        Err(ApiError::NotPermitted { .. }) => Ok(Value::Null),
        Err(error) => Err(error),
    }
}

/// Compares two texts as GitHub stores them, without the difference of line ends.
fn is_same(stored: &str, body: &str) -> bool {
    stored.replace("\r\n", "\n").trim_end() == body.trim_end()
}

fn address(comment: &Value) -> String {
    comment["html_url"].as_str().unwrap_or_default().to_owned()
}
