//! The online checks of `syndicate check --online`: which member the token belongs to, whether the
//! token can post as the author, and when it expires.
//!
//! The right to post is checked by requesting the upload URL of a picture that is never uploaded.
//! That request needs the same token, scope, author and API version as a post, is not visible to
//! anyone, and counts as one request of the daily limit.

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use syndicate_api::http::{HttpRequest, HttpResponse};
use syndicate_api::{
    Code, Context, Diagnostic, ExposeSecret as _, Finding, PublishError, canonical_json,
};
use url::form_urlencoded;

use crate::account::resolve_author;
use crate::author::Author;
use crate::check::{expiry_finding, expiry_message};
use crate::client::{Client, json_body};
use crate::errors::{self, Step};
use crate::options::Options;

/// Maximum deviation of this machine's clock. The dates that depend on it are minutes to days away.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_mins(2);

/// Returns the findings of all online checks.
pub(crate) async fn check(client: &Client<'_>, author: &Author, options: &Options) -> Vec<Finding> {
    let cx = client.cx;
    let mut findings = Vec::new();
    let answer = client.get_userinfo().await;
    if let Ok(answer) = &answer {
        findings.extend(check_clock(cx, answer));
    }
    findings.push(
        match errors::require_success(client, Step::WhoAmI, answer) {
            Ok(answer) => Finding::Passed(describe_member(&answer)),
            Err(error) => member_error(error),
        },
    );
    findings.push(check_post_right(author, client).await);
    findings.extend(introspect_token(options, client).await);
    findings
}

fn describe_member(answer: &HttpResponse) -> String {
    let body = json_body(answer);
    let text = |key: &str| errors::quote(body[key].as_str().unwrap_or("an unnamed member"));
    format!(
        "LinkedIn reports that the token belongs to {}",
        text("name")
    )
}

/// Returns the finding for a failed lookup of the member. It is only a warning if the token lacks
/// the scope, because such a token may still post.
fn member_error(error: PublishError) -> Finding {
    if error.code == syndicate_api::Code::Forbidden {
        let hint = "set `author` to a URN to post with this token, or create a token that also has the \
                    scopes `openid` and `profile`";
        return Finding::Warning {
            message: error.to_string(),
            hint: hint.to_owned(),
        };
    }
    bad_finding(&error)
}

/// Checks whether LinkedIn would accept a post, without creating one.
async fn check_post_right(author: &Author, client: &Client<'_>) -> Finding {
    let owner = match resolve_author(author, client).await {
        Ok(owner) => owner,
        Err(error) => return bad_finding(&error),
    };
    let body = canonical_json(&json!({"initializeUploadRequest": {"owner": owner}}));
    let path = "/rest/images?action=initializeUpload";
    let answer = client.post_for_upload(path, Bytes::from(body)).await;
    match errors::require_success(client, Step::Upload("picture"), answer) {
        Ok(_) => Finding::Passed(format!("the token may post as `{owner}`")),
        Err(error) => bad_finding(&error),
    }
}

fn bad_finding(error: &PublishError) -> Finding {
    Finding::Failed(
        Diagnostic::new(error.code, error.to_string()).with_optional_hint(error.hint.clone()),
    )
}

/// Compares this machine's clock with the `Date` of a response.
fn check_clock(cx: &Context, answer: &HttpResponse) -> Option<Finding> {
    let date = jiff::fmt::rfc2822::parse(answer.header("date")?).ok()?;
    let off = cx.now().duration_since(date.timestamp());
    if off.abs() <= CLOCK_SLACK {
        return Some(Finding::Passed(
            "this machine's clock agrees with LinkedIn's".to_owned(),
        ));
    }
    let side = if off.is_negative() { "behind" } else { "ahead" };
    Some(Finding::Warning {
        message: format!(
            "this machine's clock is {} seconds {side} of LinkedIn's",
            off.abs().as_secs()
        ),
        hint: "set the clock; dates, quiet hours and the token's expiry depend on it".to_owned(),
    })
}

/// Requests the expiry of the token from the OAuth server. Returns `None` if the client ID or the
/// client secret is not set.
async fn introspect_token(options: &Options, client: &Client<'_>) -> Option<Finding> {
    let cx = client.cx;
    let id = options.client_id.resolve(&cx.env).ok()?;
    let secret = options.client_secret.reveal(&cx.env).ok()?;
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", &id)
        .append_pair("client_secret", secret.expose_secret())
        .append_pair("token", client.token().expose_secret())
        .finish();
    let base = options.oauth_endpoint.trim_end_matches('/');
    let call = HttpRequest::new("POST", format!("{base}/oauth/v2/introspectToken"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(Bytes::from(form));
    let not_checked = |why: String| Finding::Warning {
        message: format!("cannot read the token's expiry from LinkedIn: {why}"),
        hint:
            "check that `LINKEDIN_CLIENT_ID` and `LINKEDIN_CLIENT_SECRET` belong to the token's app"
                .to_owned(),
    };
    Some(match cx.http.send(call).await {
        Ok(answer) if answer.status == 200 => {
            check_introspection(cx, client.renewal_hint(), &answer)
        }
        Ok(answer) => not_checked(format!("the response has status {}", answer.status)),
        Err(error) => not_checked(error.to_string()),
    })
}

fn check_introspection(cx: &Context, renewal: &str, answer: &HttpResponse) -> Finding {
    let body = json_body(answer);
    if body["active"] != Value::Bool(true) {
        let status = body["status"].as_str().unwrap_or("not from this app");
        let status = match status {
            "expired" | "revoked" => status,
            _ => "not from this app",
        };
        let message = format!("LinkedIn reports that the token is {status}");
        return Finding::Failed(Diagnostic::new(Code::Unauthorized, message).with_hint(renewal));
    }
    let end = body["expires_at"].as_i64();
    let end = end.and_then(|end| Timestamp::from_second(end).ok());
    match end {
        Some(end) => expiry_finding(cx.now(), "LinkedIn reports that the token", end, renewal),
        None => Finding::Passed(expiry_message("LinkedIn reports that the token", None)),
    }
}
